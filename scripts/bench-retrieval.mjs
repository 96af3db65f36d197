// npm run bench:retrieval: lets an evaluator measure how well the search finds things, through the code that answers `msp search`, `msp context` and
// `msp problems match`.
//   npm run bench:retrieval -- --database sqlite:/tmp/bench.db --port 7777
//   npm run bench:retrieval -- --database mariadb://user:password@127.0.0.1:3306/bench --port 7777
// It serves on loopback until it is ended:
//   DELETE /bench/index
//   POST   /bench/index  {"docs":[{"id","part","group","seq","title","text","date"}]}             part: a client; group: a session
//   POST   /bench/search {"query","k","part","mode":"context|problem","exclude":[]} -> {"results":[{"id","score"}]}
// The database is taken for these documents alone: one that has users is refused.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { parseDatabaseUrl } from '../server/config.ts'
import { migrate } from '../server/db/migrate.ts'
import { openDatabase } from '../server/db/open.ts'
import { find } from '../server/domains/search/find.ts'
import { documentOf } from '../server/search/document.ts'
import { countWords } from '../server/search/statistics.ts'
import { entities } from '../src/contract/index.ts'

const MODES = ['context', 'problem']
const AT_ONCE = 200
const SECOND_MS = 1_000

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { database: { type: 'string' }, port: { type: 'string', default: '7777' }, help: { type: 'boolean' } },
})
if (values.help || !values.database) {
  console.log('Usage: npm run bench:retrieval -- --database sqlite:FILE|mariadb:URL [--port 7777]')
  process.exit(values.help ? 0 : 2)
}

const database = await openDatabase(parseDatabaseUrl(values.database))
await migrate(database)
if (await database.db.selectFrom('users').select('id').limit(1).executeTakeFirst()) {
  console.error('This database belongs to an installation. Give one of its own: sqlite:/tmp/bench.db')
  process.exit(1)
}
const context = { ...database, clock: () => new Date(), caller: { role: 'admin', allClients: true, scopes: [] } }
/** id of a passage's row -> the evaluator's id; clients whose words are to be counted before the next search. */
const idOf = new Map()
const uncounted = new Set()

/** The same name always has the same id. */
const uuid = (name) => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const routes = {
  'DELETE /bench/index': async () => {
    for (const table of ['search_documents', 'search_terms', 'search_counts'])
      await database.db.deleteFrom(table).execute()
    idOf.clear()
    return {}
  },
  'POST /bench/index': async ({ docs }) => {
    const made = docs.flatMap(passageOf)
    for (let from = 0; from < made.length; from += AT_ONCE)
      await database.db
        .insertInto('search_documents')
        .values(made.slice(from, from + AT_ONCE))
        .execute()
    return { indexed: made.length }
  },
  'POST /bench/search': async ({ query, k = 10, part, mode = 'context', exclude = [] }) => {
    if (!MODES.includes(mode)) throw new Error(`mode must be one of ${MODES.join(', ')}`)
    const client_id = uuid(part)
    if (uncounted.delete(client_id)) await countWords(context, client_id)
    const left = new Set(exclude)
    const found = await find(context, {
      ...{ text: query, mode, client_id },
      kinds: [entities.workItems],
      limit: k + left.size,
    })
    const results = found.map(({ passage, score }) => ({ id: idOf.get(passage.entity_id), score }))
    return { results: results.filter(({ id }) => !left.has(id)).slice(0, k) }
  },
}

/** As a work item of the session `group`. Passages of one moment keep their order, by which the index numbers them. */
function passageOf({ id, part, group, seq = 0, title = '', text, date }) {
  const client_id = uuid(part)
  const at = new Date(Date.parse(date ?? '2026-01-01T00:00:00Z') + seq * SECOND_MS).toISOString()
  const row = {
    id: uuid(`${part} ${id}`),
    client_id,
    session_id: uuid(`${part} ${group}`),
    title,
    description: text,
    started_at: at,
  }
  const document = documentOf(entities.workItems, { ...row, created_at: at })
  if (!document) return []
  idOf.set(row.id, id)
  uncounted.add(client_id)
  return [{ entity: 'workItems', entity_id: row.id, part: '', ...document }]
}

const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const route = routes[`${request.method} ${request.url?.split('?')[0]}`]
  if (!route) return answer(404, { error: `There is ${Object.keys(routes).join(', ')}.` })
  try {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    answer(200, await route(JSON.parse(Buffer.concat(chunks).toString() || '{}')))
  } catch (error) {
    answer(400, { error: error.message })
  }
})
server.listen(Number(values.port), '127.0.0.1', () =>
  console.log(
    `listening on http://127.0.0.1:${server.address().port}/bench (${database.kind ?? database.dialect.kind})`,
  ),
)
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
    database.db.destroy().finally(() => process.exit(0))
  })
