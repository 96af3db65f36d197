// How long a search inside one client takes, beside the reading of one row by its key in the same run. The texts are made of words of which few are
// frequent and most are rare (Zipf), as in any language; the passages belong to a hundred clients.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { parseDatabaseUrl } from '../../server/config.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import { find } from '../../server/domains/search/find.ts'
import { documentOf } from '../../server/search/document.ts'
import { countWords } from '../../server/search/statistics.ts'
import { entities } from '../../src/contract/index.ts'
import { freshSchema, sqliteUrl, startMariadb } from './databases.mjs'
import { percentile, print, progress, round } from './figures.mjs'

const CLIENTS = 100
const ASKED_CLIENTS = 10
const QUESTIONS = 200
const VOCABULARY = 40_000
const WORDS = 60
const PER_SESSION = 8
const BATCH = 2_000
const SMALL = 100_000
const LARGE = 1_000_000
/** Goals for the 95th percentile, in ms. */
const GOALS = { sqlite: { [SMALL]: 30, [LARGE]: 100 }, mariadb: { [SMALL]: 150, [LARGE]: 600 } }

/** @param options `{ large, withMariadb }`: a million passages too; MariaDB too */
export async function measureSearch(world, { large, withMariadb }) {
  const server = withMariadb ? await startMariadb(world) : undefined
  for (const size of large ? [SMALL, LARGE] : [SMALL]) {
    await measureOn(world, sqliteUrl(world, `search-${size}`), size)
    if (server) await measureOn(world, await freshSchema(world, server), size)
  }
}

async function measureOn(world, url, size) {
  const database = await openDatabase(parseDatabaseUrl(url))
  const end = world.keep(() => database.db.destroy())
  await migrate(database)
  const kind = database.dialect.kind
  const clients = Array.from({ length: CLIENTS }, () => randomUUID())
  progress(`search: ${size} passages on ${kind}`)
  const texts = await fill(database, clients, size)
  const context = { ...database, clock: () => new Date(), caller: { role: 'admin', allClients: true, scopes: [] } }
  for (const client of clients.slice(0, ASKED_CLIENTS)) await countWords(context, client)
  const asked = texts.map(({ client, text }, index) => ({ client, text: questionFrom(text, index) }))
  for (const mode of ['context', 'problem']) {
    const [took, key] = [[], []]
    for (const { client, text } of asked) {
      took.push(
        await timed(() => find(context, { text, mode, client_id: client, kinds: [entities.workItems], limit: 10 })),
      )
      const number = 1 + Math.floor(Math.random() * size)
      key.push(await timed(() => sql`select title from search_documents where number = ${number}`.execute(database.db)))
    }
    const shares = (all) => ({ p50_ms: round(percentile(all, 0.5)), p95_ms: round(percentile(all, 0.95)) })
    print({
      ...{ figure: `search.${mode}`, database: kind, passages: size, clients: CLIENTS, questions: asked.length },
      ...{ ...shares(took), ratio_p95: round(percentile(took, 0.95) / percentile(key, 0.95)) },
      ...{ goal_p95_ms: GOALS[kind][size], reference: { ...shares(key), what: 'one row by its key' } },
    })
  }
  await end?.()
}

async function timed(work) {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** @returns texts to ask for, of the clients that are asked */
async function fill({ db }, clients, size) {
  const words = Array.from(
    { length: VOCABULARY },
    (_, n) => `${'bcdfghklmnprstvz'[n % 16]}${'aeiou'[n % 5]}${n.toString(36)}`,
  )
  const word = () => words[Math.floor(VOCABULARY ** Math.random()) - 1]
  const kept = []
  const sessions = clients.map(() => randomUUID())
  const begin = Date.parse('2021-01-01T00:00:00Z')
  for (let from = 0; from < size; from += BATCH) {
    const rows = []
    for (let n = from; n < Math.min(size, from + BATCH); n++) {
      const at = n % CLIENTS
      if (n % (CLIENTS * PER_SESSION) < CLIENTS) sessions[at] = randomUUID()
      const description = Array.from({ length: WORDS }, word).join(' ')
      const row = {
        id: randomUUID(),
        client_id: clients[at],
        session_id: sessions[at],
        title: `${word()} ${word()}`,
        description,
      }
      const time = new Date(begin + n * 60_000).toISOString()
      rows.push({
        entity: 'workItems',
        entity_id: row.id,
        part: '',
        ...documentOf(entities.workItems, { ...row, created_at: time, started_at: time }),
      })
      if (at < ASKED_CLIENTS && kept.length < QUESTIONS && Math.random() < 0.2)
        kept.push({ client: clients[at], text: description })
    }
    await db.transaction().execute(async (trx) => {
      for (let part = 0; part < rows.length; part += 500)
        await trx
          .insertInto('search_documents')
          .values(rows.slice(part, part + 500))
          .execute()
    })
    if (from % 100_000 === 0 && from > 0) progress(`search: ${from} of ${size}`)
  }
  return kept
}

/** Eight words, and for each tenth question all of a text: a pasted error. */
const questionFrom = (text, index) =>
  index % 10 === 0
    ? text
    : text
        .split(' ')
        .filter((_, n) => n % 7 === index % 7)
        .slice(0, 8)
        .join(' ')
