import type { DateOrder } from '../../../src/contract/data.ts'
import type { Context, Handlers } from '../../context.ts'
import type { Columns } from './columns.ts'
import type { Target } from './targets.ts'
import type { Whose } from './whose.ts'

/** What the rows of one import have in common. */
export interface Job {
  context: Context
  all: Handlers
  target: Target
  columns: Columns
  /** Whose rows these are where no column says it. */
  client: Whose | undefined
  createClients: boolean
  dateOrder: DateOrder | undefined
  /** Those that were found, by what the file calls them. */
  clients: Map<string, Whose>
}

/** Field → value. */
export type Values = Record<string, unknown>
