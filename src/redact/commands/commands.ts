import { layerOf } from '../rules.ts'
import { COMMAND_RULES } from './rules.ts'

/** See the rules. */
export const commands = layerOf(COMMAND_RULES)
