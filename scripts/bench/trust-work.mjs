// Single pieces of what trust costs, on a database of its own: a secret opened, an entry written, a chain verified, a token checked. Each
// beside the least that could be done instead.
import { createHash, randomBytes, verify } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { LOGS } from '../../server/audit/chain.ts'
import { currentKey } from '../../server/audit/epochs.ts'
import { verifyAudit } from '../../server/audit/verify.ts'
import { parseDatabaseUrl } from '../../server/config.ts'
import { signAccessToken } from '../../server/crypto/tokens.ts'
import { authenticate } from '../../server/http/caller.ts'
import { setUp, startServer } from '../../server/start.ts'

process.on('disconnect', () => process.exit())
const SECONDS = 1.5
const PARALLEL = 16

/** `{ databaseUrl, entries }` → `{}`, then `{}` → figures by name: `{ value, reference }` with `{ per_second, p50_ms, p99_ms }` or `{ seconds, entries_per_second }` */
process.once('message', async ({ databaseUrl, entries }) => {
  const config = {
    ...{ home: '', database: parseDatabaseUrl(databaseUrl), host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1' },
    ...{ masterKey: randomBytes(32), logLevel: 'error', trustedProxies: [], requestsPerMinute: 1e9, limitFactor: 1e6 },
    ...{ checkpointPlaces: [], backupFolder: undefined, backupRecipients: [] },
  }
  await setUp(config, 'bench@example.com', 'Bench')
  const { deps } = await startServer(config)
  process.once('message', async () => process.send(await measureAll(deps, entries)))
  process.send({})
})

async function measureAll(deps, entries) {
  const user = await deps.db.selectFrom('users').select(['id', 'epoch']).executeTakeFirstOrThrow()
  const vault = await measureVault(deps, user.id)
  const token = await measureToken(deps, user)
  const append = await measureAppend(deps, user.id)
  return { vault, token, append, ...(await measureChain(deps, user.id, entries)) }
}

async function measureVault(deps, userId) {
  const owner = { credentialId: await aCredential(deps, userId), clientId: null }
  const { versionId } = await deps.db
    .transaction()
    .execute((db) => deps.vault.store(db, owner, { password: 'correct horse battery staple' }, userId))
  return {
    value: await repeated(() => deps.vault.open(deps.db, owner, versionId, ['password'])),
    reference: await repeated(() =>
      deps.db.selectFrom('credential_secrets').select('envelope').where('version_id', '=', versionId).execute(),
    ),
  }
}

async function aCredential({ db, newId, clock }, userId) {
  const [id, now] = [newId(), clock().toISOString()]
  const standard = { created_at: now, updated_at: now, created_by: userId, updated_by: userId, row_version: 1 }
  const lists = { allowed_programs: '[]', allowed_hosts: '[]' }
  const what = { name: 'bench', type: 'password', sensitivity: 'normal', access_policy: 'open', scope: 'client' }
  await db
    .insertInto('credentials')
    .values({ id, ...standard, ...what, ...lists, has_totp: 0 })
    .execute()
  return id
}

async function measureToken(deps, { id, epoch }) {
  const [loginId, now] = [deps.newId(), deps.clock()]
  const times = {
    created_at: now.toISOString(),
    last_used_at: now.toISOString(),
    expires_at: '2999-01-01T00:00:00.000Z',
  }
  await deps.db
    .insertInto('logins')
    .values({ id: loginId, user_id: id, label: null, ...times, revoked_at: null, revoke_reason: null })
    .execute()
  const claims = { sub: id, sid: loginId, epoch: Number(epoch), scope: 'msp:read' }
  const token = await signAccessToken(deps.keys.signing, deps.issuer, claims, now, deps.newId())
  const [header, payload, signature] = token.split('.')
  const signed = Buffer.from(`${header}.${payload}`)
  return {
    value: await repeated(() => authenticate(deps, `Bearer ${token}`)),
    reference: await repeated(async () =>
      verify(null, signed, deps.keys.signing.publicKey, Buffer.from(signature, 'base64url')),
    ),
  }
}

const contextOf = (deps, userId) => ({
  ...deps,
  caller: {
    ...{ userId, loginId: '', email: '', name: '', role: 'admin', scopes: [], allClients: true },
    loginExpiresAt: '',
  },
  origin: { ip: '127.0.0.1', userAgent: 'bench' },
  requestId: deps.newId(),
})

/** One entry at a time by each of some callers, each on the disk before the next; beside a bare row of the same size. */
async function measureAppend(deps, userId) {
  const context = contextOf(deps, userId)
  const entry = { action: 'use', outcome: 'intent', clientId: null, credentialId: deps.newId(), label: 'bench' }
  const { columns, table } = LOGS.api
  const text = `insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')}) values (${columns.map(() => '?').join(', ')})`
  let seq = 0
  const bareRow = () => {
    const now = deps.clock().toISOString()
    const hashes = { prev_hash: '0'.repeat(64), row_hash: '0'.repeat(64), mac: '0'.repeat(64) }
    const times = { created_at: now, updated_at: now, occurred_at: now }
    const what = {
      chain: 'bare',
      seq: ++seq,
      epoch: 0,
      direction: 'in',
      action: 'view',
      actor_kind: 'human',
      method: 'GET',
    }
    const row = { id: deps.newId(), ...hashes, ...times, ...what, path_template: '/x', rate_limited: 0, row_version: 1 }
    return columns.map((column) => row[column] ?? null)
  }
  return {
    value: await repeated(async () => {
      await deps.audit.credential(context, entry)
      await deps.settled()
    }, PARALLEL),
    reference: await repeated(async () => {
      await deps.db.transaction().execute((db) => db.executeQuery(CompiledQuery.raw(text, bareRow())))
      await deps.settled()
    }, PARALLEL),
  }
}

/** Fills chains by taking down reads, then verifies them. */
async function measureChain(deps, userId, entries) {
  const context = contextOf(deps, userId)
  const clients = Array.from({ length: 4 }, () => deps.newId())
  const read = {
    action: 'view',
    method: 'GET',
    path_template: '/api/v1/infrastructure/:id',
    entity_type: 'infrastructure',
  }
  const noted = await timed(async () => {
    for (let number = 0; number < entries; number++) {
      deps.audit.note(context, {
        ...read,
        client_id: clients[number % clients.length],
        status_code: 200,
        duration_ms: 3,
      })
      if (number % 500 === 499) await deps.audit.flush()
    }
    await deps.audit.flush()
    await deps.settled()
  })
  const signers = new Map(deps.keys.checkpoints.map(({ kid, publicKey }) => [kid, publicKey]))
  const key = await currentKey(deps.db, deps.keys.masters)
  let report
  const verified = await timed(async () => {
    for (const chain of clients) {
      const one = await verifyAudit({
        db: deps.db,
        now: deps.clock(),
        key,
        signers,
        outside: [],
        chain: `client:${chain}`,
      })
      report = { intact: (report?.intact ?? true) && one.intact, entries: (report?.entries ?? 0) + one.entries }
    }
  })
  const read_only = await timed(() => readAll(deps.db, clients))
  const perSecond = (seconds) => ({ seconds, entries_per_second: Math.round(entries / seconds) })
  return {
    note: { value: perSecond(noted) },
    verify: { value: { ...report, ...perSecond(verified) }, reference: perSecond(read_only) },
  }
}

/** The rows read in the same pages, and one SHA-256 over their text. */
async function readAll(db, clients) {
  const hash = createHash('sha256')
  for (const client of clients)
    for (let seq = 0; ; ) {
      const page = await db
        .selectFrom('api_audit_log')
        .selectAll()
        .where('chain', '=', `client:${client}`)
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(1_000)
        .execute()
      for (const row of page) hash.update(JSON.stringify(row))
      if (page.length < 1_000) break
      seq = Number(page.at(-1).seq)
    }
}

async function timed(work) {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1_000
}

/** Runs it over and over, several at once. */
async function repeated(work, parallel = 1) {
  for (let warm = 0; warm < 50; warm++) await work()
  const latencies = []
  const startedAt = performance.now()
  const endAt = startedAt + SECONDS * 1_000
  const loop = async () => {
    while (performance.now() < endAt) {
      const begin = performance.now()
      await work()
      latencies.push(performance.now() - begin)
    }
  }
  await Promise.all(Array.from({ length: parallel }, loop))
  const sorted = latencies.sort((one, other) => one - other)
  const at = (share) => Number(sorted[Math.floor(sorted.length * share)].toFixed(4))
  return {
    per_second: Math.round((latencies.length / (performance.now() - startedAt)) * 1_000),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
  }
}
