import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { OPEN_TASK_STATUS, task } from '../../../src/contract/tasks.ts'
import type { Context, Handlers } from '../../context.ts'
import { readCursor, writeCursor } from '../../crud/cursor.ts'
import { findClient } from '../../crud/find-client.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

const DEFAULT_LIMIT = 50
const SORT = 'urgency'
/** After every instant: what is due on no day comes last. */
const NEVER = '9999-99-99'

type Input = Parameters<Handlers['tasks']['open']>[1]
type Row = Record<string, unknown>

/** What is open, by priority, then by due date, then as it was made. */
export async function listOpenTasks(
  context: Context,
  { limit = DEFAULT_LIMIT, cursor, client, ...columns }: Input,
): Promise<{ items: RowOf<typeof task>[]; next_cursor: string | null }> {
  const wanted = client === undefined ? columns : { ...columns, client_id: (await findClient(context, client)).id }
  const conditions = [
    sql<SqlBool>`status in (${sql.join([...OPEN_TASK_STATUS])})`,
    sql<SqlBool>`archived_at is null`,
    visibleRows(task, context.caller, context.clock()),
    ...Object.entries(wanted).flatMap(([column, value]) =>
      value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${value}`],
    ),
    ...(cursor === undefined ? [] : [after(cursor)]),
  ]
  const found = await sql<Row>`select ${sql.join(task.columns.map((column) => sql.ref(column)))} from tasks
    where ${sql.join(conditions, sql` and `)} order by priority, ${DUE}, id limit ${limit + 1}`.execute(context.db)
  const items = found.rows.slice(0, limit).map((row) => fromStored(task, row) as RowOf<typeof task>)
  const last = found.rows.length > limit ? items.at(-1) : undefined
  return { items, next_cursor: last ? writeCursor({ sort: SORT, value: placeOf(last), id: last.id }) : null }
}

const DUE = sql`coalesce(due_at, ${sql.lit(NEVER)})`
const placeOf = ({ priority, due_at }: RowOf<typeof task>) => `${priority} ${due_at ?? NEVER}`

function after(text: string): RawBuilder<SqlBool> {
  const { value, id } = readCursor(text, SORT)
  const [priority, due] = String(value).split(' ')
  return sql<SqlBool>`(priority > ${priority} or (priority = ${priority} and (${DUE} > ${due} or (${DUE} = ${due} and id > ${id}))))`
}
