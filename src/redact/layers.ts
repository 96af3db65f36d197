import { commands } from './commands/commands.ts'
import { decoded } from './decoded/decoded.ts'
import { devices } from './devices/devices.ts'
import type { Layer } from './finding.ts'
import { likely } from './likely/likely.ts'
import { names } from './names/names.ts'
import { prose } from './prose/prose.ts'
import { tables } from './tables/tables.ts'
import { tokens } from './tokens/tokens.ts'

/** Where two layers find the same text, the first one names it. */
export const LAYERS: readonly Layer[] = [tokens, commands, devices, names, tables, prose, decoded, likely]
