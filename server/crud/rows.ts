import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import { AppError, notFound } from '../../src/contract/errors.ts'
import type { AnyEntity, Page, Typed } from '../../src/contract/kernel.ts'
import type { Change, Context } from '../context.ts'
import { announceRow } from '../outbox/announce.ts'
import { withoutSecrets } from '../redaction/call.ts'
import { keepWithheld } from '../redaction/quarantine.ts'
import { indexChangedRow, indexNewRow } from '../search/indexing.ts'
import { noteChange } from './changes.ts'
import { afterCursor, readCursor, writeCursor } from './cursor.ts'
import { findClient } from './find-client.ts'
import { checkSameClient, clientOf } from './references.ts'
import { asSent, fromStored, toStored } from './stored.ts'
import { visibleClient, visibleRows } from './visibility.ts'

type Values = Record<string, unknown>
/** The one cast of the server: generic code sees tables as columns of anything; the types of `Rows` say what comes out. */
type AnyTables = Record<string, Values>

/** The rows of an entity that one caller may see. The only way to them. */
export interface Rows<R> {
  find(id: string): Promise<R | undefined>
  /** @throws AppError NOT_FOUND, the same for a missing and a hidden row. */
  get(id: string): Promise<R>
  /** @param also conditions that are no filters of the entity's columns. */
  list(input: ListOptions, also?: RawBuilder<SqlBool>[]): Promise<Page<R>>
  insert(values: Partial<R>): Promise<R>
  /** @throws AppError CONFLICT when `rowVersion` is given and no longer the row's. */
  update(id: string, change: Partial<R>, rowVersion?: number): Promise<R>
}

export interface ListOptions {
  limit?: number | undefined
  cursor?: string | undefined
  sort?: string | undefined
  archived?: boolean | undefined
  total?: boolean | undefined
  [filter: string]: unknown
}

const DEFAULT_LIMIT = 50

export function rows<R>(context: Context, entity: AnyEntity & { row: Typed<R> }): Rows<R> {
  const db = context.db as unknown as Kysely<AnyTables>
  const read = (row: Values) => asSent(entity, row) as R
  const visible = (level: 'read' | 'write' = 'read') => visibleRows(entity, context.caller, context.clock(), level)

  const scoped = entity.columns.includes('client_id')

  // As text: Kysely's builder would take longer to put a list together than the database to answer it.
  const columns = quoted(entity.columns)
  async function select(what: RawBuilder<unknown>, conditions: RawBuilder<SqlBool>[], rest = sql``): Promise<Values[]> {
    const where = sql.join(conditions, sql` and `)
    const found = await sql<Values>`select ${what} from ${sql.table(entity.table)} where ${where} ${rest}`.execute(db)
    return found.rows
  }

  async function find(id: string): Promise<R | undefined> {
    const named = id.length === 8 ? sql<SqlBool>`id like ${`%${id}`}` : sql<SqlBool>`id = ${id}`
    const found = await select(columns, [named, visible()], sql`limit 2`)
    if (found.length > 1)
      throw new AppError('CONFLICT', `More than one ${entity.name} ends in ${id}. Use the whole id.`)
    return found[0] && read(found[0])
  }

  async function get(id: string): Promise<R> {
    const row = await find(id)
    if (!row) throw notFound(`The ${entity.name}`, id)
    return row
  }

  async function insert(given: Partial<R>): Promise<R> {
    const owned = await withClient(given as Values)
    await mayWriteFor(context, entity, owned)
    const { changed, withheld } = await withoutSecrets(context, entity, owned, ownerOf(entity, owned))
    const values = { ...owned, ...changed }
    if (scoped) await checkSameClient(context, entity, (values.client_id as string | undefined) ?? null, values)
    const now = context.clock().toISOString()
    const standard = {
      id: context.newId(),
      created_at: now,
      updated_at: now,
      created_by: context.caller.userId,
      updated_by: context.caller.userId,
      archived_at: null,
      row_version: 1,
    }
    const empty = Object.fromEntries(entity.columns.map((column) => [column, null]))
    const row = { ...empty, ...entity.initial, ...standard, ...values } as Values
    const stored = toStored(entity, row)
    await sql`insert into ${sql.table(entity.table)} (${quoted(Object.keys(stored))}) values (${sql.join(Object.values(stored))})`.execute(
      db,
    )
    await keepWithheld(context, entity, row.id as string, ownerOf(entity, row), withheld)
    await indexNewRow(context, entity, row)
    const told = { ...(given as Values), ...changed }
    noteChange(context, { entity: entity.name, id: row.id as string, after: columnsIn(entity, told) })
    await announceRow(context, entity.plural, undefined, row)
    return fromStored(entity, stored) as R
  }

  async function withClient(values: Values): Promise<Values> {
    const { clientFrom } = entity
    if (clientFrom === undefined || values.client_id !== undefined) return values
    return { ...values, client_id: await clientOf(context, entity, clientFrom, values[clientFrom]) }
  }

  async function update(id: string, change: Partial<R>, rowVersion?: number): Promise<R> {
    const before = (await get(id)) as Values
    if (scoped) await checkSameClient(context, entity, before.client_id as string | null, change as Values)
    const owner = ownerOf(entity, { ...before, ...(change as Values) })
    const { changed, withheld } = await withoutSecrets(context, entity, change as Values, owner)
    const result = await db
      .updateTable(entity.table)
      .set({
        ...toStored(entity, { ...(change as Values), ...changed }),
        updated_at: context.clock().toISOString(),
        updated_by: context.caller.userId,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', before.id)
      .where(visible('write'))
      .$if(rowVersion !== undefined, (statement) => statement.where('row_version', '=', rowVersion))
      .executeTakeFirst()
    if (Number(result.numUpdatedRows) === 0)
      throw whyNotUpdated(entity, (await get(before.id as string)) as Values, rowVersion)
    await keepWithheld(context, entity, before.id as string, owner, withheld)
    const after = await get(before.id as string)
    await indexChangedRow(context, entity, before, after as Values)
    noteChange(context, changeOf(entity, before, after as Values))
    await announceRow(context, entity.plural, before, after as Values)
    return after
  }

  async function list(options: ListOptions, also: RawBuilder<SqlBool>[] = []): Promise<Page<R>> {
    const { limit = DEFAULT_LIMIT, sort = `-${entity.sort[0]}`, cursor, total } = options
    const conditions = [visible(), ...also, ...(await filters(context, entity, options))]
    const descending = sort.startsWith('-')
    const column = sql.ref(descending ? sort.slice(1) : sort)
    const from = cursor ? [afterCursor(column, sql.ref('id'), readCursor(cursor, sort), descending)] : []
    const direction = descending ? sql`desc` : sql`asc`
    const order = sql`order by ${column} ${direction}, id ${direction} limit ${limit + 1}`
    const found = await select(columns, [...conditions, ...from], order)
    const items = found.slice(0, limit).map(read)
    const last = found.length > limit ? found[limit - 1] : undefined
    const value = (last?.[descending ? sort.slice(1) : sort] ?? null) as string | number | null
    return {
      items,
      next_cursor: last ? writeCursor({ sort, value, id: last.id as string }) : null,
      ...(total ? { total: await count(conditions) } : {}),
    }
  }

  async function count(conditions: RawBuilder<SqlBool>[]): Promise<number> {
    const [found] = await select(sql`count(*) as number_of_rows`, conditions)
    return Number(found?.number_of_rows)
  }

  return { find, get, list, insert, update }
}

/** The client that a row is of, or is. */
const ownerOf = (entity: AnyEntity, row: Values): string | null =>
  ((entity.belongs === 'is-client' ? row.id : row.client_id) ?? null) as string | null

/** What a new row holds, without what is stored beside the fields that are sent: hashes of passwords and keys. */
const columnsIn = (entity: AnyEntity, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([column, value]) => (value ?? null) !== null && entity.columns.includes(column)),
  )

/** The fields that differ, without those that change each time. */
function changeOf(entity: AnyEntity, before: Values, after: Values): Change {
  const fields = entity.columns.filter(
    (column) => !BOOKKEEPING.has(column) && JSON.stringify(before[column]) !== JSON.stringify(after[column]),
  )
  const only = (row: Values) => Object.fromEntries(fields.map((field) => [field, row[field]]))
  return { entity: entity.name, id: after.id as string, before: only(before), after: only(after) }
}

const BOOKKEEPING = new Set(['updated_at', 'updated_by', 'row_version'])

const lists = new Map<string, RawBuilder<unknown>>()

/** Names of columns as text, put together once for each entity. */
function quoted(columns: readonly string[]): RawBuilder<unknown> {
  const key = columns.join()
  const list = lists.get(key) ?? sql.raw(columns.map((column) => `\`${column.replaceAll('`', '``')}\``).join(', '))
  lists.set(key, list)
  return list
}

function whyNotUpdated(entity: AnyEntity, current: Values, rowVersion: number | undefined): AppError {
  if (rowVersion !== undefined && current.row_version !== rowVersion)
    return new AppError(
      'CONFLICT',
      `The ${entity.name} was changed by somebody else (version ${current.row_version}, not ${rowVersion}). Read it again, then change it.`,
      { details: { row_version: current.row_version } },
    )
  return new AppError(
    'FORBIDDEN',
    `You may read this ${entity.name} but not change it. Ask an admin for write access to the client.`,
  )
}

/** @throws AppError NOT_FOUND or FORBIDDEN when the caller may not write for the client that the values name. */
export async function mayWriteFor(context: Context, entity: AnyEntity, values: Values): Promise<void> {
  const clientId = values.client_id
  if (context.caller.onlyClient !== undefined && (clientId === null || clientId === undefined))
    throw new AppError('FORBIDDEN', 'This API key is for one client: it changes rows of that client only.')
  if (entity.belongs === 'everyone' || entity.belongs === 'is-client' || clientId === null || clientId === undefined)
    return
  const allowed = (level: 'read' | 'write') =>
    sql`select 1 from clients where id = ${clientId} and ${visibleClient(sql`clients.id`, context.caller, context.clock(), level)}`
      .execute(context.db)
      .then(({ rows: found }) => found.length > 0)
  if (await allowed('write')) return
  if (await allowed('read'))
    throw new AppError('FORBIDDEN', 'You may read this client but not write for it. Ask an admin for write access.')
  throw notFound('The client', String(clientId))
}

async function filters(context: Context, entity: AnyEntity, options: ListOptions): Promise<RawBuilder<SqlBool>[]> {
  const conditions: RawBuilder<SqlBool>[] = []
  if (!options.archived) conditions.push(sql<SqlBool>`${sql.ref('archived_at')} is null`)
  for (const column of entity.filters) {
    const value = options[column]
    if (value !== undefined)
      conditions.push(sql<SqlBool>`${sql.ref(column)} = ${entity.booleanColumns.has(column) ? Number(value) : value}`)
  }
  if (typeof options.client === 'string')
    conditions.push(sql<SqlBool>`${sql.ref('client_id')} = ${(await findClient(context, options.client)).id}`)
  if (typeof options.date_from === 'string')
    conditions.push(sql<SqlBool>`${sql.ref(entity.dated as string)} >= ${options.date_from}`)
  if (typeof options.date_to === 'string')
    conditions.push(sql<SqlBool>`${sql.ref(entity.dated as string)} <= ${endOf(options.date_to)}`)
  if (typeof options.q === 'string') {
    const text = options.q
    conditions.push(
      sql<SqlBool>`(${sql.join(
        entity.searched.map((column) => context.dialect.contains(sql.ref(column), text)),
        sql` or `,
      )})`,
    )
  }
  return conditions
}

/** A day means all of it. */
const endOf = (dayOrInstant: string) => (dayOrInstant.length === 10 ? `${dayOrInstant}T23:59:59.999Z` : dayOrInstant)
