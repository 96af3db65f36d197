import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAudit } from './audit/create.ts'
import { OURSELVES } from './audit/entries.ts'
import { type Config, ConfigError } from './config.ts'
import { createOutside } from './connectors/connect.ts'
import { type Deps, uuidv7 } from './context.ts'
import { foldName } from './crud/stored.ts'
import { createPasswords } from './crypto/passwords.ts'
import { refuseWrongClock } from './db/clock.ts'
import { loadKeyRing } from './db/key-ring.ts'
import { isMigrated, migrate } from './db/migrate.ts'
import { type Database, type OpenDatabase, openDatabase } from './db/open.ts'
import { openAuditIncident } from './domains/audit/incident.ts'
import { keepPatternsShort } from './domains/failures/retention.ts'
import { handlers } from './domains/index.ts'
import { workOffNowAndThen } from './domains/integrations/action-worker.ts'
import { refreshNowAndThen } from './domains/integrations/backup-sync.ts'
import { deliverNowAndThen } from './domains/integrations/delivery-worker.ts'
import { forgetNowAndThen } from './domains/integrations/forget-deliveries.ts'
import { processInboundNowAndThen, receive } from './domains/integrations/inbound.ts'
import { syncTicketsNowAndThen } from './domains/integrations/ticket-sync.ts'
import { announceNowAndThen } from './domains/integrations/timely.ts'
import { runNowAndThen } from './domains/integrations/workflow-worker.ts'
import { removeFactors } from './domains/people/factors.ts'
import { insertUser } from './domains/people/handlers.ts'
import { revokeLogins } from './domains/people/logins.ts'
import { sweepNowAndThen } from './domains/people/sweep.ts'
import { endAbandonedNowAndThen } from './domains/work/abandoned.ts'
import { createInvoke, ping } from './http/invoke.ts'
import { createLog } from './http/log.ts'
import { createMetrics } from './http/metrics.ts'
import { createHttp, listen } from './http/serve.ts'
import { createLimits } from './limits/create.ts'
import { requests } from './limits/rules.ts'
import { outboxFigures } from './outbox/figures.ts'
import { createRedaction } from './redaction/create.ts'
import { createRedactionJob } from './redaction/job.ts'
import { indexExistingRows } from './search/backfill.ts'
import { countNowAndThen } from './search/counting.ts'
import { createEmbeddings } from './search/embeddings.ts'
import { loadTokenizer } from './search/tokenizer.ts'
import { createVault } from './vault/create.ts'

/** The composition root: configuration → database → dependencies → HTTP. Nothing else constructs things. */

declare const __VERSION__: string | undefined
/** Set by the build. */
const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev'
const ISSUER = 'claudetools'
const STOP_MS = 8_000

async function createDeps(config: Config, database: OpenDatabase, clock: () => Date): Promise<Deps> {
  const keys = await loadKeyRing(database, config, clock())
  const log = createLog(config.logLevel)
  const newId = () => uuidv7(clock())
  const vault = await createVault({ database, clock, newId, keys })
  const audit = await createAudit({ database, config, clock, newId, keys, log, vault })
  return {
    ...database,
    clock,
    newId,
    keys,
    passwords: await createPasswords(keys.pepper, config.passwordCost),
    vault,
    redaction: createRedaction({ vault, log, pepper: keys.pepper }),
    audit,
    limits: createLimits({ database, clock, factor: config.limitFactor, log }),
    embeddings: config.embeddings && createEmbeddings(config.embeddings),
    outside: createOutside(config.webhookNetworks),
    publicUrl: config.publicUrl,
    issuer: ISSUER,
    log,
  }
}

const hostClock = () => new Date()

export interface RunningServer {
  deps: Deps
  port: number
  url: string
  /** Lets running requests finish, then closes the database. */
  stop(): Promise<void>
}

/**
 * Starts everything. Tests call it with a clock of their own.
 *
 * @throws ConfigError for what a person can mend.
 */
export async function startServer(config: Config, clock: () => Date = hostClock): Promise<RunningServer> {
  const database = await openDatabase(config.database)
  try {
    if (clock === hostClock) await refuseWrongClock(database, clock())
    await migrate(database)
    const deps = await createDeps(config, database, clock)
    await indexExistingRows(deps)
    const redacting = await createRedactionJob(deps)
    deps.redaction.wake = () => void redacting.wake()
    const server = createHttp({
      deps,
      invoke: createInvoke(deps, handlers, requests(config.requestsPerMinute)),
      readiness: () => readiness(deps, database),
      receive: (inbound) => receive(deps, inbound),
      metrics: createMetrics(deps.audit.figures, () => outboxFigures(deps)),
      version: VERSION,
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      scalarPath: join(dirname(fileURLToPath(import.meta.url)), 'web', 'scalar.js'),
    })
    const port = await listen(server, config.host, config.port)
    // The first block of a session should not wait for it.
    void loadTokenizer()
    deps.audit.start((message) => openAuditIncident(deps, message))
    const endSweeping = sweepNowAndThen(deps)
    const endForgetting = keepPatternsShort(deps)
    const endAbandoning = endAbandonedNowAndThen(deps)
    const endCounting = countNowAndThen(deps)
    const endRefreshing = refreshNowAndThen(deps)
    const endActions = workOffNowAndThen(deps)
    const endSyncing = syncTicketsNowAndThen(deps)
    const endDelivering = config.delivering === false ? undefined : deliverNowAndThen(deps)
    const endRunning = config.delivering === false ? undefined : runNowAndThen(deps)
    const endReceiving = config.delivering === false ? undefined : processInboundNowAndThen(deps)
    const endAnnouncing = announceNowAndThen(deps)
    const endForgettingDeliveries = forgetNowAndThen(deps)
    void redacting.wake()
    const endJobs = async () => {
      await redacting.end()
      await endSweeping()
      await endForgetting()
      await endAbandoning()
      await endCounting()
      await endRefreshing()
      await endActions()
      await endSyncing()
      await endDelivering?.()
      await endRunning?.()
      await endReceiving?.()
      await endAnnouncing()
      await endForgettingDeliveries()
      await deps.outside.close()
    }
    deps.log.info({ port, host: config.host, database: config.database.kind, version: VERSION }, 'listening')
    return { deps, port, url: `http://${config.host}:${port}`, stop: () => stop(server, deps, database, endJobs) }
  } catch (error) {
    await database.db.destroy()
    throw error
  }
}

async function readiness(deps: Deps, database: Database): Promise<Record<string, boolean>> {
  const answers = await ping(deps).then(
    () => true,
    () => false,
  )
  const migrated = answers && (await isMigrated(database).catch(() => false))
  return { database: answers, migrations: migrated, keys: deps.keys.verifying.length > 0 }
}

async function stop(server: Server, deps: Deps, database: Database, endJobs: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), STOP_MS).unref()
  })
  await endJobs()
  await deps.audit.close()
  await database.db.destroy()
}

/**
 * Prepares an installation: schema, keys, first admin. Run again it changes nothing.
 *
 * @returns the admin's e-mail and, only when it was made just now, the password: it is kept nowhere.
 */
export function setUp(
  config: Config,
  email: string,
  name: string,
): Promise<{ email: string; password: string | null }> {
  return withDeps(config, async (deps) => {
    const admin = await findAdmin(deps)
    if (admin) return { email: admin.email, password: null }
    const password = newPassword()
    const row = { email, name, role: 'admin', all_clients: true, timezone: null } as const
    const { id } = await insertUser(deps, row, await deps.passwords.hash(password))
    takeDown(deps, 'add', '/users/setup', id)
    return { email, password }
  })
}

/**
 * Gives an admin a new password and ends their logins. Whoever can run it can read the master key: nothing is gained by asking them who they are.
 *
 * @param email whose; the first admin's when it is not given.
 * @throws ConfigError when there is no such admin.
 */
export function resetAdmin(config: Config, email: string | undefined): Promise<{ email: string; password: string }> {
  return withDeps(config, async (deps) => {
    const admin = await findAdmin(deps, email)
    if (!admin)
      throw new ConfigError(
        email
          ? `There is no admin ${email}. Leave the address out to take the first one.`
          : 'There is no admin yet. Run "npm start".',
      )
    const password = newPassword()
    const password_hash = await deps.passwords.hash(password)
    await deps.db.updateTable('users').set({ password_hash }).where('id', '=', admin.id).execute()
    await revokeLogins(deps, { userId: admin.id }, 'password')
    // Perhaps it was the authenticator that was lost, and nobody else could take it away.
    await removeFactors(deps, admin.id)
    takeDown(deps, 'modify', '/users/reset-admin', admin.id)
    return { email: admin.email, password }
  })
}

/** What was done to a user from the host. */
const takeDown = ({ audit }: Deps, action: 'add' | 'modify', path_template: string, entity_id: string) =>
  audit.note(OURSELVES, { action, method: 'HOST', path_template, entity_type: 'users', entity_id })

const newPassword = () => randomBytes(15).toString('base64url')

/** The first admin who may sign in, or the one with this address. */
function findAdmin({ db }: Deps, email?: string) {
  const admins = db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('role', '=', 'admin')
    .where('archived_at', 'is', null)
  const which = email === undefined ? admins : admins.where('email_key', '=', foldName(email))
  return which.orderBy('created_at').executeTakeFirst()
}

/** Opens the database for one piece of work, with its schema up to date. */
export async function withDeps<T>(config: Config, work: (deps: Deps) => Promise<T>): Promise<T> {
  const database = await openDatabase(config.database)
  try {
    await migrate(database)
    const deps = await createDeps(config, database, () => new Date())
    return await work(deps).finally(() => deps.audit.close())
  } finally {
    await database.db.destroy()
  }
}
