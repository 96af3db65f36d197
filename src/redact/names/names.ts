import { layerOf } from '../rules.ts'
import { NAME_RULES } from './rules.ts'

/** See the rules. */
export const names = layerOf(NAME_RULES)
