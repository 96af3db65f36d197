import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// @ts-expect-error: a script of plain JavaScript has no types
import { seed } from '../../scripts/seed/seed.mjs'
import type { Caller } from '../../server/context.ts'
import { handlers } from '../../server/domains/index.ts'
import { createInvoke } from '../../server/http/invoke.ts'
import { requests } from '../../server/limits/rules.ts'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import { scopesOf } from '../../src/contract/rights.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { type Plan, planOf, watched } from './plans.ts'

/**
 * The queries that must stay quick when there are a million commands: none may look at every row of a table that grows with the work, nor
 * sort more than what is few by nature. The statements are those that the handlers run.
 */

/** Tables that grow with the work. */
const GROWING = new Set(
  (
    'sessions session_events work_items commands_run file_changes tasks conversation_contexts problem_solutions failure_patterns ' +
    'operation_failures billable_time infrastructure_changes deployments decision_logs ticket_links credential_audit_log ' +
    'api_audit_log backup_runs search_documents session_tags work_item_tags'
  ).split(' '),
)

/** Large enough that the databases choose the plans that they would choose for a million. */
const FIRM = {
  clients: 12,
  years: 1,
  technicians: 6,
  commands: 8_000,
  sessions: 2_000,
  seed: 1,
  until: Date.parse('2026-01-13T00:00:00Z'),
}

interface Places {
  client: string
  host: string
  service: string
  session: string
}
/** Operation, input, and why it may sort: what it sorts is few. */
type Asked = [operation: string, input: (at: Places) => Record<string, unknown>, sorts?: string]

const QUARTER = { since: '2025-10-01', until: '2025-12-31' }
const A_MONTH = { since: '2025-11-01', until: '2025-11-30' }
const REFERENCES: Asked[] = [
  ['context.get', ({ client }) => ({ client_id: client }), 'open tasks, patterns and hosts of one client'],
  [
    'failurePatterns.match',
    ({ client }) => ({ command: 'Get-LocalUser -Name ana', client_id: client }),
    'patterns of one kind of command',
  ],
  [
    'problemSolutions.match',
    ({ client }) => ({ error_text: 'Access denied', client_id: client }),
    'solutions of one error',
  ],
  [
    'contextRecalls.forPrompt',
    ({ client }) => ({ claude_session_id: 'new', text: 'c0001-dc01 fails: Access denied', client_id: client }),
    'what one client has that can be named, and the best hits',
  ],
  ['contextRecalls.names', ({ client }) => ({ client_id: client }), 'what one client has that can be named'],
  ['infrastructure.timeline', ({ host }) => ({ id: host }), 'one page of each kind of entry'],
  ['infrastructure.impact', ({ host }) => ({ id: host }), 'what depends on one host'],
  ['services.impact', ({ service }) => ({ id: service }), 'what depends on one service'],
  ['billableTime.unbilled', () => ({ before: '2026-02-01' }), 'months of clients'],
  ['tickets.work', () => ({ ticket: '#100012' }), 'work for one ticket'],
  ['tickets.timeDifferences', () => ({})],
  ['clients.identify', () => ({ text: '10.0.0.10' })],
  ['clients.identify', () => ({ text: 'c0001-dc01' })],
  ['backups.board', () => ({}), 'plans of backups'],
  ['search.query', ({ client }) => ({ q: 'print spooler', client_id: client }), 'the best hits'],
  ['search.query', () => ({ q: 'print spooler' }), 'the best hits'],
  ['reports.clientMonth', ({ client }) => ({ client_id: client, month: '2025-11' }), 'one month of one client'],
  ['reports.work', ({ client }) => ({ client_id: client, ...QUARTER }), 'the days of one client'],
  ['reports.hours', () => ({ by: 'client', and_by: 'month', ...A_MONTH }), 'lines of clients and months'],
  ['reports.hours', ({ client }) => ({ client_id: client, by: 'technician', ...QUARTER }), 'technicians'],
  ['reports.lines', () => QUARTER, 'the days of one page'],
  ['reports.lines', ({ client }) => ({ client_id: client, ...QUARTER }), 'the days of one page'],
  ['sessions.report', ({ session }) => ({ id: session }), 'what one session left'],
  ['tasks.open', ({ client }) => ({ client_id: client }), 'open tasks of one client'],
  ['credentialAuditLog.list', ({ client }) => ({ client_id: client })],
  ['commandsRun.list', ({ client }) => ({ client_id: client, success: false })],
  ['commandsRun.list', ({ host }) => ({ infrastructure_id: host })],
  ['commandsRun.list', ({ session }) => ({ session_id: session }), 'one session'],
]

/** Orders that are for few rows: those of one session, or what people write. */
const FOR_FEW = new Set(['workItems seq', 'commandsRun seq', 'sessions ended_at'])

/** Every order of the longest lists, of all clients and of one. */
const LISTS: Asked[] = ['sessions', 'workItems', 'commandsRun', 'fileChanges', 'billableTime'].flatMap((name) =>
  ((entities as unknown as Record<string, AnyEntity>)[name] as AnyEntity).sort
    .filter((column) => !FOR_FEW.has(`${name} ${column}`))
    .flatMap((column) => [column, `-${column}`])
    .flatMap((sort): Asked[] => [
      [`${name}.list`, () => ({ sort })],
      [`${name}.list`, ({ client }) => ({ sort, client_id: client })],
    ]),
)

for (const database of DATABASES) {
  describe(`plans, on ${database}`, () => {
    let msp: TestServer
    let places: Places
    let callers: Caller[]
    beforeAll(async () => {
      msp = await testServer({ database })
      // Beside a server that is just writing, whoever fills the database would wait for a lock, and in this process the server with them.
      await msp.server.stop()
      const seeded = await seed(msp.databaseUrl, FIRM)
      await msp.restart()
      places = await placesOf(msp, seeded.clients[0])
      callers = await callersOf(msp)
    }, 300_000)
    afterAll(() => msp[Symbol.asyncDispose]())

    test.each([...REFERENCES, ...LISTS].map(titled))('%s', async (_, [operation, input, sorts]) => {
      for (const caller of callers) {
        const plans = await plansFor(msp, caller, operation, input(places))
        expect(plans.length).toBeGreaterThan(0)
        expect(plans.flatMap((plan) => faults(plan, sorts !== undefined))).toEqual([])
      }
    })
  })
}

const NAMES: Places = { client: 'client', host: 'host', service: 'service', session: 'session' }
const titled = (asked: Asked): [string, Asked] => [`${asked[0]} ${JSON.stringify(asked[1](NAMES))}`, asked]

/** What is wrong with a plan, with the statement. */
function faults({ statement, scanned, walked, sorts }: Plan, maySort: boolean): string[] {
  const wrong = scanned.filter((table) => GROWING.has(table)).map((table) => `looks at every row of ${table}`)
  const walkedFor = sorts ? walked.filter((table) => GROWING.has(table)) : []
  wrong.push(...walkedFor.map((table) => `goes through all of ${table} before it sorts`))
  if (sorts && !maySort) wrong.push('sorts')
  return wrong.map((what) => `${what}: ${statement}`)
}

async function plansFor(msp: TestServer, caller: Caller, operation: string, input: unknown): Promise<Plan[]> {
  const { deps } = msp.server
  const { db, seen } = watched(deps.db)
  const [domain = '', name = ''] = operation.split('.')
  await createInvoke(
    { ...deps, db },
    handlers,
    requests(1_000_000),
  )({
    domain,
    name,
    input,
    caller,
    requestId: 'plans',
    origin: { ip: null, userAgent: null },
  })
  const reads = seen.filter((query) => /^\s*(select|with)\b/i.test(query.sql))
  return Promise.all(reads.map((query) => planOf(deps, query)))
}

/** Who sees all clients, and who sees some. */
async function callersOf({ admin, server }: TestServer): Promise<Caller[]> {
  const found = await sql<{ id: string }>`select id from users where all_clients = 0 order by id limit 1`.execute(
    server.deps.db,
  )
  const who = {
    loginId: '',
    email: '',
    name: '',
    role: 'admin',
    scopes: scopesOf('admin'),
    loginExpiresAt: '',
  } as const
  return [
    { ...who, userId: admin.id, allClients: true },
    { ...who, userId: found.rows[0]?.id as string, allClients: false },
  ]
}

async function placesOf({ server }: TestServer, client: string): Promise<Places> {
  const first = async (from: string) => {
    const what = sql.raw(`select id from ${from} limit 1`)
    const { rows } = await sql<{ id: string }>`${what}`.execute(server.deps.db)
    return rows[0]?.id as string
  }
  return {
    client,
    host: await first(`infrastructure where client_id = '${client}' and hostname like '%OLD01'`),
    service: await first(`services where client_id = '${client}' and name = 'Active Directory'`),
    session: await first(`sessions where client_id = '${client}' order by started_at desc`),
  }
}
