import { sql } from 'kysely'
import { client } from '../../src/contract/clients.ts'
import { AppError } from '../../src/contract/errors.ts'
import type { RowOf } from '../../src/contract/kernel.ts'
import type { Context } from '../context.ts'
import { foldName, fromStored } from './stored.ts'
import { visibleClient } from './visibility.ts'

type Client = RowOf<typeof client>
export interface Candidate {
  id: string
  name: string
  code: string | null
  matched: 'id' | 'name' | 'code' | 'alias' | 'domain' | 'prefix' | 'contains'
}

const MOST_CANDIDATES = 10

/** Only such a text is compared with ids: one of the databases refuses to compare them with letters that no id has. */
export const canBeId = (text: string): boolean => /^[0-9a-f-]{36}$/i.test(text)

/**
 * Which client is meant by a name, code, alias, domain or beginning of one, among those the caller may see. An exact match
 * of one kind wins over the kinds after it; within a kind, two matches are ambiguous.
 */
export async function resolveClient(
  context: Context,
  text: string,
): Promise<{ client: Client | null; candidates: Candidate[] }> {
  const key = foldName(text)
  const stages: [Candidate['matched'], () => Promise<string[]>][] = [
    ['id', async () => (canBeId(text) ? idsWhere(context, sql`clients.id = ${text.toLowerCase()}`) : [])],
    ['name', () => idsWhere(context, sql`name_key = ${key}`)],
    ['code', () => idsWhere(context, sql`code = ${text.toUpperCase()}`)],
    [
      'alias',
      () =>
        idsWhere(
          context,
          sql`clients.id in (select client_id from client_aliases where alias_key = ${key} and archived_at is null)`,
        ),
    ],
    ['domain', () => idsWhere(context, sql`primary_domain = ${key.replace(/^.*@|^https?:\/\/(www\.)?|\/.*$/g, '')}`)],
    [
      'prefix',
      () =>
        idsWhere(
          context,
          sql`(${startsWith('name_key', key)} or clients.id in (select client_id from client_aliases where ${startsWith('alias_key', key)} and archived_at is null))`,
        ),
    ],
    ['contains', () => idsWhere(context, context.dialect.contains(sql.ref('name'), text))],
  ]
  for (const [matched, ids] of stages) {
    const found = await readClients(context, await ids())
    const [only] = found
    const candidates = found.map(({ id, name, code }) => ({ id, name, code, matched }))
    // A piece out of the middle is only ever offered.
    if (only) return { client: found.length === 1 && matched !== 'contains' ? only : null, candidates }
  }
  return { client: null, candidates: [] }
}

/** @throws AppError NOT_FOUND that lists the candidates. */
export async function findClient(context: Context, text: string): Promise<Client> {
  const { client: found, candidates } = await resolveClient(context, text)
  if (found) return found
  const names = candidates.map((candidate) => candidate.name).join(', ')
  const advice =
    names === '' ? 'List them with "msp client list", or create it with "msp client add".' : `Did you mean: ${names}?`
  throw new AppError('NOT_FOUND', `No client is meant by "${text}" for certain. ${advice}`, { details: { candidates } })
}

const startsWith = (column: string, key: string) => sql`substr(${sql.ref(column)}, 1, ${[...key].length}) = ${key}`

async function idsWhere(context: Context, condition: ReturnType<typeof sql>): Promise<string[]> {
  const found = await context.db
    .selectFrom('clients')
    .select('clients.id')
    .where(sql<boolean>`${condition}`)
    .where('archived_at', 'is', null)
    .where(visibleClient(sql.ref('clients.id'), context.caller, context.clock()))
    .orderBy('name')
    .limit(MOST_CANDIDATES)
    .execute()
  return found.map((row) => row.id)
}

async function readClients(context: Context, ids: string[]): Promise<Client[]> {
  if (ids.length === 0) return []
  const found = await context.db.selectFrom('clients').selectAll().where('id', 'in', ids).orderBy('name').execute()
  return found.map((row) => fromStored(client, row) as Client)
}
