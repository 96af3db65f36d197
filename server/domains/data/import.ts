import { sql } from 'kysely'
import type { DateOrder, Importable, ImportReport, RowOutcome, Source } from '../../../src/contract/data.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { contract } from '../../../src/contract/index.ts'
import { type Context, type Handlers, RolledBack } from '../../context.ts'
import { changesUntilNow } from '../../crud/changes.ts'
import { findClient } from '../../crud/find-client.ts'
import { refusalOf } from '../../crud/refusals.ts'
import { mayCall } from '../../crud/rights.ts'
import { columnsOf, targetsOf } from './columns.ts'
import { type Done, importRow, labelOf } from './import-row.ts'
import type { Job } from './job.ts'
import { type Line, readTable, type Table } from './read-file.ts'
import { targetOf } from './targets.ts'

export interface ImportInput {
  entity: Importable
  format: 'csv' | 'json'
  content: string
  client?: string | undefined
  mapping?: Record<string, string> | undefined
  source?: Source | 'auto' | undefined
  create_clients?: boolean | undefined
  date_order?: DateOrder | undefined
  dry_run?: boolean | undefined
}

/**
 * Brings the rows of a file in, each for itself: a bad one is reported and leaves nothing, the others stay. A dry run does the very
 * same and keeps nothing of it.
 *
 * @throws AppError INVALID_INPUT when the file as a whole cannot be understood; FORBIDDEN for who may not create such rows.
 */
export async function importFile(context: Context, all: Handlers, input: ImportInput): Promise<ImportReport> {
  const { job, table } = await prepare(context, all, input)
  const rows: RowOutcome[] = []
  for (const [at, line] of table.rows.entries()) rows.push({ row: at + 1, ...(await importLine(job, line)) })
  const count = (outcome: RowOutcome['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const report: ImportReport = {
    entity: input.entity,
    source: job.columns.source,
    dry_run: input.dry_run ?? false,
    mapping: Object.fromEntries(job.columns.mapping),
    unmapped: job.columns.unmapped,
    left_out: job.columns.leftOut,
    counts: {
      rows: rows.length,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      refused: count('refused'),
    },
    rows,
  }
  if (!input.dry_run) return report
  // What would be created has no id that lasts.
  throw new RolledBack({ ...report, rows: rows.map((row) => (row.outcome === 'created' ? { ...row, id: null } : row)) })
}

async function prepare(context: Context, all: Handlers, input: ImportInput): Promise<{ job: Job; table: Table }> {
  const target = targetOf(input.entity, all)
  mayCall(context.caller, target.create, `${input.entity}.create`)
  if (input.create_clients) mayCall(context.caller, contract.clients.create, 'clients.create')
  const fields = Object.keys((target.create.input as unknown as { shape: object }).shape)
  const table = readTable(input.format, input.content, (key) => fields.includes(key))
  const columns = columnsOf(table.header, {
    entity: input.entity,
    fields,
    source: input.source ?? 'auto',
    wanted: input.mapping ?? {},
  })
  const job: Job = {
    context,
    all,
    target,
    columns,
    client: input.client === undefined ? undefined : await findClient(context, input.client),
    createClients: input.create_clients ?? false,
    dateOrder: input.date_order,
    clients: new Map(),
  }
  refuseUnlessComplete(job, table)
  return { job, table }
}

/** Without these no row could come in: better one sentence than a thousand. */
function refuseUnlessComplete({ target, columns, client }: Job, { header, rows }: Table): void {
  const has = targetsOf(columns)
  const there = header.length === 0 ? 'It has no columns.' : `It has: ${header.join(', ')}.`
  const refuse = (what: string) => {
    throw new AppError('INVALID_INPUT', `${what} ${there}`)
  }
  if (!has.includes(target.label))
    refuse(
      `No column of the file is the ${target.label}: name it in the mapping, like {"Their column": "${target.label}"}.`,
    )
  if (target.name === 'clients' || has.includes('client')) return
  if (!client) refuse('No column of the file names the client: say whose rows these are (client).')
  const { clientNumber } = columns
  if (clientNumber === undefined) return
  const numbers = new Set(rows.flatMap((row) => ('cells' in row ? (row.cells.get(clientNumber) ?? '') : [])))
  if (numbers.size > 1)
    refuse(
      `The file is of ${numbers.size} clients and names them by numbers of another product (${clientNumber}): import it client by client, or add a column with their names.`,
    )
}

async function importLine(job: Job, line: Line): Promise<Omit<RowOutcome, 'row'>> {
  if ('broken' in line) return { outcome: 'refused', id: null, key: '', message: `The row ${line.broken}.` }
  const { db, dialect } = job.context
  const key = labelOf(job, line.cells)
  const forgetChanges = changesUntilNow(job.context)
  await sql`savepoint one_row`.execute(db)
  try {
    const done: Done = await importRow(job, line.cells)
    await sql`release savepoint one_row`.execute(db)
    return { key, ...done }
  } catch (error) {
    const refusal = refusalOf(dialect, error)
    // Not this row's fault: the whole import is tried again, or fails.
    if (!refusal || refusal.code === 'UNAVAILABLE' || refusal.code === 'INTERNAL') throw error
    await sql`rollback to savepoint one_row`.execute(db)
    forgetChanges()
    return { key, outcome: 'refused', id: null, message: refusal.message }
  }
}
