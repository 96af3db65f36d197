import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../context.ts'
import { readCursor, writeCursor } from '../../crud/cursor.ts'

/**
 * One list out of several tables, in the order of time. Each branch reads its own index from the cursor on and stops at the limit, so a
 * page costs the same however much there is.
 */
export interface Branch {
  kind: string
  /** What a branch is read from, with its joins. */
  from: RawBuilder<unknown>
  /** Instant or day, as stored; led in an index by what the conditions fix. */
  at: RawBuilder<unknown>
  id: RawBuilder<unknown>
  /** Further columns, `expression as name`; the same names in all branches. */
  columns: RawBuilder<unknown>
  conditions: RawBuilder<SqlBool>[]
}

export interface Merged {
  kind: string
  id: string
  at: string
}

interface Page {
  limit?: number | undefined
  cursor?: string | undefined
  /** Names the list in its cursors; with a minus the newest comes first. */
  sort: string
}

interface Last {
  at: string
  kind: string
  id: string
}

const DEFAULT_LIMIT = 50

/** @throws AppError INVALID_INPUT for a cursor of another list. */
export async function mergedPage<R extends Merged>(
  context: Context,
  branches: Branch[],
  { limit = DEFAULT_LIMIT, cursor, sort }: Page,
): Promise<{ items: R[]; next_cursor: string | null }> {
  const descending = sort.startsWith('-')
  const last = cursor === undefined ? undefined : lastOf(cursor, sort)
  if (branches.length === 0) return { items: [], next_cursor: null }
  const parts = branches.map((branch) => partOf(branch, last, descending, limit + 1))
  const found = await sql<R>`${sql.join(parts, sql` union all `)}`.execute(context.db)
  const inOrder = found.rows.sort((a, b) => (descending ? compare(b, a) : compare(a, b)))
  const items = inOrder.slice(0, limit)
  const end = inOrder.length > limit ? items.at(-1) : undefined
  return { items, next_cursor: end ? writeCursor({ sort, value: `${end.at} ${end.kind}`, id: end.id }) : null }
}

function partOf(branch: Branch, last: Last | undefined, descending: boolean, limit: number): RawBuilder<unknown> {
  const { kind, from, at, id, columns } = branch
  const conditions = [...branch.conditions, ...(last ? afterLast(branch, last, descending) : [])]
  const direction = descending ? sql`desc` : sql`asc`
  return sql`select * from (
    select ${sql.lit(kind)} as kind, ${id} as id, ${at} as at, ${columns} from ${from}
    where ${sql.join(conditions, sql` and `)} order by ${at} ${direction}, ${id} ${direction} limit ${sql.lit(limit)}
  ) as ${sql.id(`of_${kind}`)}`
}

/** The order is (at, kind, id). The bound on `at` stands alone, so that an index begins there. */
function afterLast({ kind, at, id }: Branch, last: Last, descending: boolean): RawBuilder<SqlBool>[] {
  const further = descending ? sql`<` : sql`>`
  const from = sql<SqlBool>`${at} ${further}= ${last.at}`
  const beyond = sql<SqlBool>`${at} ${further} ${last.at}`
  if (kind === last.kind) return [from, sql<SqlBool>`(${beyond} or ${id} ${further} ${last.id})`]
  return [kind > last.kind === descending ? beyond : from]
}

function lastOf(cursor: string, sort: string): Last {
  const { value, id } = readCursor(cursor, sort)
  const [at = '', kind = ''] = String(value).split(' ')
  return { at, kind, id }
}

const compare = (a: Merged, b: Merged) => order(a.at, b.at) || order(a.kind, b.kind) || order(a.id, b.id)
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
