import { layerOf } from '../rules.ts'
import { TOKEN_RULES } from './rules.ts'

/** See the rules. */
export const tokens = layerOf(TOKEN_RULES)
