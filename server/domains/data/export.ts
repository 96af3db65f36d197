import { stringify } from 'csv-stringify/sync'
import { EXPORT_TYPES, type ExportFormat } from '../../../src/contract/data.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { type Entities, entities } from '../../../src/contract/index.ts'
import type { AnyEntity, Operation, Page, Streamed } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { mayCall } from '../../crud/rights.ts'
import { cellOf } from './cells.ts'

type Row = Record<string, unknown>
/** The list of an entity, as its domain gives it to this caller. */
export type ListOf = (name: keyof Entities) => (context: Context, input: Row) => Promise<Page<Row>>

export interface ExportInput {
  /** The REST path without its slash: `work-items`. */
  entity: string
  format?: ExportFormat | undefined
  bom?: boolean | undefined
  [filter: string]: unknown
}

const PAGE_ROWS = 200

/**
 * Every row that the caller may list, oldest first, so that a row comes after those it names. One page is in memory at a time, and the
 * next is read when the last has been taken. Each row comes once, whatever is added meanwhile.
 *
 * @throws AppError FORBIDDEN as the list would; INVALID_INPUT for a filter that the entity does not have.
 */
export async function exportRows(context: Context, listOf: ListOf, input: ExportInput): Promise<Streamed> {
  const { entity: path, format = 'csv', bom = false, ...filters } = input
  const [name, entity] = entityAt(path)
  const operation = (entity.offers as { list: Operation }).list
  mayCall(context.caller, operation, `${name}.list`)
  const sort = entity.sort.includes('created_at') ? 'created_at' : entity.sort[0]
  const read = async (more: Row) => {
    const page = await listOf(name)(context, { ...filters, sort, limit: PAGE_ROWS, ...more })
    return context.redaction.isSwept ? page : context.redaction.outgoing(page)
  }
  refuseUnknownFilters(entity, operation, filters)
  const first = await read({ total: true })
  return {
    contentType: EXPORT_TYPES[format],
    filename: `${path}-${context.clock().toISOString().slice(0, 10)}.${format}`,
    total: first.total ?? first.items.length,
    body: WRITERS[format](pages(first, read), entity.columns, bom),
  }
}

type Listed = AnyEntity & { offers: object }

function entityAt(path: string): [keyof Entities, Listed] {
  const found = Object.entries(entities).find(([, entity]) => entity.path === `/${path}`)
  return found as unknown as [keyof Entities, Listed]
}

function refuseUnknownFilters(entity: AnyEntity, operation: Operation, filters: Row): void {
  const { shape } = operation.input as unknown as { shape: Row }
  const unknown = Object.keys(filters).find((filter) => !(filter in shape))
  if (unknown === undefined) return
  throw new AppError('INVALID_INPUT', `${unknown} says nothing about a ${entity.name}: leave it out.`)
}

async function* pages(first: Page<Row>, read: (more: Row) => Promise<Page<Row>>): AsyncGenerator<Row[]> {
  for (let page = first; ; page = await read({ cursor: page.next_cursor })) {
    yield page.items
    if (page.next_cursor === null) return
  }
}

type Write = (pages: AsyncIterable<Row[]>, columns: readonly string[], bom: boolean) => AsyncGenerator<string>

const WRITERS: Record<ExportFormat, Write> = {
  async *csv(pages, columns, bom) {
    // RFC 4180; a lone CR or LF inside a cell is quoted as well.
    const lines = (rows: string[][]) => stringify(rows, { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
    yield (bom ? '\uFEFF' : '') + lines([[...columns]])
    for await (const rows of pages) yield lines(rows.map((row) => columns.map((column) => cellOf(row[column]))))
  },
  async *json(pages) {
    let before = '['
    for await (const rows of pages) {
      yield rows.map((row, at) => `${at === 0 ? before : ','}\n${JSON.stringify(row)}`).join('')
      if (rows.length > 0) before = ','
    }
    yield before === '[' ? '[]\n' : '\n]\n'
  },
  async *ndjson(pages) {
    for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  },
}
