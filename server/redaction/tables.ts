import { hash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import type { FreeText } from '../../src/contract/values.ts'
import { commandFingerprint } from '../../src/guard/shape.ts'
import { contentHash } from '../crud/content-hash.ts'
import type { Tables } from '../db/tables.ts'
import { indexRows, indexSaidIn } from '../search/indexing.ts'
import type { TextColumns } from './columns.ts'

/** Where free text is kept, for what looks through all of it again: the tables of entities, and those beside them. */

type Values = Record<string, unknown>

export interface TextTable extends TextColumns {
  table: string
  /** The columns of its primary key. */
  key: readonly string[]
  /** SQL for the client of a row. */
  client: RawBuilder<unknown>
  /** Makes the search know the rows of these keys (of `keyOf`) as they are now. */
  reindex?: (place: { db: Kysely<Tables> }, keys: readonly string[]) => Promise<void>
  /** What changes with the texts of a row. */
  also?: (changed: Values, count: number, version: number) => Values
  /** Nothing in it may change: it is only counted. */
  isFixed?: true
}

const NO_JSON: ReadonlySet<string> = new Set()
const NOBODY = sql`null`
const name = (maxChars: number): FreeText => ({ as: 'line', maxChars })

const counted = (_: Values, count: number, version: number): Values => ({
  redaction_count: sql`coalesce(redaction_count, 0) + ${count}`,
  redactor_version: version,
})

/** A shape that was made of a password could be found by trying. */
const ofCommand = (changed: Values, count: number, version: number): Values => ({
  ...counted(changed, count, version),
  ...(typeof changed.command === 'string'
    ? { command_fingerprint: commandFingerprint(changed.command, (text) => hash('sha256', text)) }
    : {}),
})

const ofSnippet = ({ text }: Values): Values => (typeof text === 'string' ? { content_hash: contentHash(text) } : {})

const FURTHER: Readonly<Record<string, NonNullable<TextTable['also']>>> = {
  commands_run: ofCommand,
  context_snippets: ofSnippet,
}

function tableOf(entity: AnyEntity): TextTable {
  const { table, freeTexts, jsonColumns, belongs } = entity
  const isOfClients = entity.columns.includes('client_id')
  const client = belongs === 'is-client' ? sql.ref('id') : isOfClients ? sql.ref('client_id') : NOBODY
  const isFixed = entity.columns.includes('row_hash')
  return {
    ...{ table, key: ['id'], freeTexts, jsonColumns, client },
    ...(entity.indexed ? { reindex: (place, keys) => indexRows(place, entity, keys) } : {}),
    ...(FURTHER[table] ? { also: FURTHER[table] } : {}),
    ...(isFixed ? { isFixed } : {}),
  }
}

async function reindexEvents({ db }: { db: Kysely<Tables> }, keys: readonly string[]): Promise<void> {
  const sessions = new Set<string>()
  for (const key of keys) {
    const [machine_id, stream, event_id] = JSON.parse(key) as [string, string, string]
    const found = await db
      .selectFrom('session_events')
      .select('session_id')
      .where('machine_id', '=', machine_id)
      .where('stream', '=', stream)
      .where('event_id', '=', event_id)
      .executeTakeFirst()
    if (found?.session_id) sessions.add(found.session_id)
  }
  for (const id of sessions) await indexSaidIn({ db }, id)
}

const OTHERS: readonly TextTable[] = [
  {
    table: 'session_events',
    key: ['machine_id', 'stream', 'event_id'],
    freeTexts: { text: { as: 'text' }, label: name(200) },
    jsonColumns: NO_JSON,
    client: sql`(select client_id from sessions where sessions.id = session_events.session_id)`,
    also: counted,
    reindex: reindexEvents,
  },
  {
    table: 'approvals',
    key: ['id'],
    // The subject is what was agreed to, letter by letter: it is refused with a secret in it, and not changed afterwards.
    freeTexts: { reason: { as: 'text', maxChars: 2_000 }, ticket_ref: name(100) },
    jsonColumns: NO_JSON,
    client: sql.ref('client_id'),
  },
  { table: 'logins', key: ['id'], freeTexts: { label: name(200) }, jsonColumns: NO_JSON, client: NOBODY },
  {
    table: 'outbox_messages',
    key: ['id'],
    freeTexts: { payload: { as: 'text' }, last_error: { as: 'text' }, answer: { as: 'text' } },
    jsonColumns: new Set(['payload', 'answer']),
    client: sql.ref('client_id'),
  },
  {
    table: 'inbound_events',
    key: ['id'],
    freeTexts: { payload: { as: 'text' }, error: { as: 'text' } },
    jsonColumns: new Set(['payload']),
    client: sql.ref('client_id'),
  },
  {
    table: 'audit_bodies',
    key: ['id'],
    freeTexts: { body: { as: 'text' } },
    jsonColumns: NO_JSON,
    client: NOBODY,
    isFixed: true,
  },
]

/** Every table with free text in it. */
export const TEXT_TABLES: readonly TextTable[] = [
  ...(Object.values(entities) as AnyEntity[]).filter(({ freeTexts }) => Object.keys(freeTexts).length > 0).map(tableOf),
  ...OTHERS,
]

/** A row's key as it is remembered: its id, or JSON of several columns. */
export const keyOf = ({ key }: Pick<TextTable, 'key'>, row: Values): string =>
  key.length === 1 ? String(row[key[0] as string]) : JSON.stringify(key.map((column) => row[column]))
export const partsOf = ({ key }: Pick<TextTable, 'key'>, text: string): string[] =>
  key.length === 1 ? [text] : (JSON.parse(text) as string[])

/** A changed value as its column holds it. */
export const storedText = ({ jsonColumns }: Pick<TextTable, 'jsonColumns'>, column: string, value: unknown) =>
  jsonColumns.has(column) ? JSON.stringify(value) : value
