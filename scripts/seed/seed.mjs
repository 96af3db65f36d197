// The rows of a managed service provider with years of work. Equal options give equal rows, byte for byte.
import { assets, integrations } from './assets.mjs'
import { beginOf, iso } from './calendar.mjs'
import { client } from './clients.mjs'
import { documents, documentsSaid, progress } from './documents.mjs'
import { accessRows, firm } from './firm.mjs'
import { createRandom } from './random.mjs'
import { range } from './rows.mjs'
import { work } from './work.mjs'
import { openWriter } from './write.mjs'

/**
 * Fills a migrated database.
 *
 * @param databaseUrl as in MSP_DATABASE_URL
 * @param options `{ clients, years, commands, sessions, technicians, seed, until }`; `until`: midnight UTC after the last day, in ms
 * @param told called now and then with `{ commands, rows }` so far
 * @returns `{ counts, clients, machines }`: rows by table; ids, the client with most work first
 * @throws Error when there are clients and `append` is not set
 */
export async function seed(databaseUrl, options, told = () => undefined) {
  const writer = await openWriter(databaseUrl)
  try {
    const [clients] = await writer.ask('select count(*) from clients')
    const [machines] = await writer.ask('select count(*) from machines')
    if (Number(clients) > 0 && !options.append)
      throw new Error('The database has clients already. Choose an empty one, or add to it with --append.')
    return await fill(counting(writer), options, { told, clients: Number(clients), machines: Number(machines) })
  } finally {
    await writer.close()
  }
}

/** Inserts rows with what finds them, and counts them. */
function counting(writer) {
  const counts = {}
  const insertRows = async (table, rows) => {
    counts[table] = (counts[table] ?? 0) + rows.length
    await writer.insert(table, rows)
  }
  // Those of the work that is being inserted.
  const sessions = new Map()
  const said = (events) =>
    [...Map.groupBy(events, ({ session_id }) => session_id)].flatMap(([id, all]) =>
      documentsSaid(sessions.get(id), all),
    )
  return {
    ...writer,
    counts,
    async insert(tables) {
      for (const [table, rows] of tables) {
        await insertRows(table, rows)
        await insertRows('search_documents', documents(table, rows))
        if (table === 'sessions') for (const row of rows) sessions.set(row.id, row)
        if (table === 'session_events') await insertRows('search_documents', said(rows))
      }
      sessions.clear()
    },
  }
}

/** @param there how many clients and machines there are */
async function fill(writer, options, there) {
  // What is added to other rows must have other ids.
  const random = createRandom(options.seed + there.clients * 7_919)
  const begin = beginOf(options)
  const msp = firm(random, { technicians: options.technicians, begin, number: there.machines })
  const [tickets, backups] = integrations(random, begin + there.clients)
  await writer.insert([...msp.tables, ['external_integrations', [tickets, backups]]])
  const clients = await insertClients(writer, random, {
    ...options,
    begin,
    backups,
    technicians: msp.technicians,
    first: there.clients,
  })
  await writer.insert([['user_client_access', accessRows(random, { ...msp, clients, at: iso(begin) })]])
  await insertWork(writer, work(random, { ...options, ...msp, clients, tickets, patterns: new Set() }), there.told)
  const known = await writer.ask('select entity from search_progress')
  await writer.insert([['search_progress', progress(known, iso(options.until))]])
  await writer.commit()
  return { counts: writer.counts, clients: clients.map(({ id }) => id), machines: msp.machines.map(({ id }) => id) }
}

async function insertClients(writer, random, { clients: count, technicians, first, ...about }) {
  const clients = []
  for (const n of range(count)) {
    const owner = technicians[n % technicians.length].id
    const made = client(random, { number: first + n, begin: about.begin, owner })
    const { services, tables } = assets(random, made, { ...about, number: first + n })
    await writer.insert([...made.tables, ...tables])
    clients.push({ ...made, services })
  }
  return clients
}

async function insertWork(writer, sessions, told) {
  const so = { commands: 0, rows: 0 }
  for (const { commands, tables } of sessions) {
    await writer.insert(tables)
    so.commands += commands
    for (const [, rows] of tables) so.rows += rows.length
    told(so)
  }
}
