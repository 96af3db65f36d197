import type { Kysely } from 'kysely'
import type { Deps } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import { wordsIn } from './document.ts'

/**
 * How rare each word is among the passages of one client. Counted apart from the writing, which it would slow down, and again when the client
 * has a tenth more passages: a rarity that is a little old orders as well. Per client, so that no figure of one tells of another.
 */

type Place = Pick<Deps, 'db' | 'clock'>

/** Of passages that belong to no client. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
export const countsOf = (clientId: string | null): string => clientId ?? NOBODY

/** So many new passages are always few enough to wait. */
const FEW = 50
const SHARE = 10
const BATCH = 1_000
const ROWS_AT_ONCE = 400

export interface Statistics {
  /** How many passages were counted; 0 before the first count. */
  documents: number
  /** Words of a passage, on average. */
  meanWords: number
  /** In how many passages the word stands. */
  having: ReadonlyMap<string, number>
}

export const NOTHING_COUNTED: Statistics = { documents: 0, meanWords: 0, having: new Map() }

/** What was counted of these words, over all of these clients; over all there are for `everyone`. */
export async function readStatistics(
  db: Kysely<Tables>,
  clients: readonly (string | null)[] | 'everyone',
  words: readonly string[],
): Promise<Statistics> {
  if (words.length === 0) return NOTHING_COUNTED
  const ids = clients === 'everyone' ? null : clients.map(countsOf)
  const all = await db
    .selectFrom('search_counts')
    .select(['documents', 'words'])
    .$if(ids !== null, (query) => query.where('client_id', 'in', ids as string[]))
    .execute()
  const found = await db
    .selectFrom('search_terms')
    .select(['term', 'documents'])
    .where('term', 'in', words)
    .$if(ids !== null, (query) => query.where('client_id', 'in', ids as string[]))
    .execute()
  const documents = sum(all.map((row) => Number(row.documents)))
  const having = new Map<string, number>()
  for (const { term, documents: count } of found) having.set(term, (having.get(term) ?? 0) + Number(count))
  return { documents, meanWords: sum(all.map((row) => Number(row.words))) / Math.max(1, documents), having }
}

/** Has the client so many passages more than were counted that they should be counted again? */
export async function isToBeCounted({ db }: Pick<Deps, 'db'>, clientId: string | null): Promise<boolean> {
  const last = await db
    .selectFrom('search_counts')
    .select(['documents', 'last_number'])
    .where('client_id', '=', countsOf(clientId))
    .executeTakeFirst()
  const many = Math.max(FEW, Math.floor(Number(last?.documents ?? 0) / SHARE))
  const newer = await db
    .selectFrom('search_documents')
    .select('number')
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .where('number', '>', Number(last?.last_number ?? 0))
    .limit(last ? many : 1)
    .execute()
  return newer.length >= (last ? many : 1)
}

/**
 * Counts the words of a client's passages. What is written meanwhile counts the next time.
 *
 * While old texts are looked through for secrets nothing is counted: what is taken out of a text must not stay among the words.
 */
export async function countWords(place: Place, clientId: string | null): Promise<void> {
  const before = await sweepsOf(place.db)
  if (before.isRunning) return
  const having = new Map<string, number>()
  let [documents, words, last] = [0, 0, 0]
  for (;;) {
    const batch = await place.db
      .selectFrom('search_documents')
      .select(['number', 'terms'])
      .where('client_id', clientId === null ? 'is' : '=', clientId)
      .where('number', '>', last)
      .orderBy('number')
      .limit(BATCH)
      .execute()
    for (const { number, terms } of batch) {
      const all = wordsIn(terms)
      for (const word of new Set(all)) having.set(word, (having.get(word) ?? 0) + 1)
      documents++
      words += all.length
      last = Number(number)
    }
    if (batch.length < BATCH) break
    await new Promise(setImmediate)
  }
  await write(place, countsOf(clientId), having, { documents, words, last_number: last }, before.state)
}

async function sweepsOf(db: Kysely<Tables>): Promise<{ isRunning: boolean; state: string }> {
  const all = await db
    .selectFrom('redaction_progress')
    .select(['in_table', 'version', 'finished_at'])
    .orderBy('in_table')
    .execute()
  return { isRunning: all.some(({ finished_at }) => finished_at === null), state: JSON.stringify(all) }
}

async function write(
  place: Place,
  client_id: string,
  having: ReadonlyMap<string, number>,
  counts: { documents: number; words: number; last_number: number },
  sweeps: string,
): Promise<void> {
  // A word that stands once is as rare as one that was never seen: not kept, which halves the table.
  const rows = [...having]
    .filter(([, count]) => count > 1)
    .map(([term, count]) => ({ client_id, term, documents: count }))
  await inTransaction(place as Deps, async (db) => {
    if ((await sweepsOf(db)).state !== sweeps) return
    await db.deleteFrom('search_terms').where('client_id', '=', client_id).execute()
    await db.deleteFrom('search_counts').where('client_id', '=', client_id).execute()
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
      await db
        .insertInto('search_terms')
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .execute()
    await db
      .insertInto('search_counts')
      .values({ client_id, ...counts, counted_at: place.clock().toISOString() })
      .execute()
  })
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
