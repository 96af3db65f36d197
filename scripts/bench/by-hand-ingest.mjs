// Ingest of the reference "by hand": one transaction for the batch, a savepoint for each event, the same rows as the server makes.
import { createHash } from 'node:crypto'
import { uuidv7 } from '../../server/context.ts'
import { answers, failureCategory, isDestructive } from '../../src/guard/failures.ts'
import { commandFingerprint } from '../../src/guard/shape.ts'

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

export function takeIn(database, userId, { machine_id, events }) {
  return database.inTransaction(async (db) => {
    const now = new Date()
    await db.all('select * from machines where id = ?', [machine_id])
    const batch = { userId, machineId: machine_id, now, at: now.toISOString(), sessions: new Map() }
    await db.all('update machines set last_seen_at = ? where id = ?', [batch.at, machine_id])
    const outcomes = []
    for (const arrived of events) outcomes.push(await takeOne(db, batch, arrived))
    for (const { id } of batch.sessions.values())
      await db.all('update sessions set last_activity_at = ? where id = ? and last_activity_at < ?', [
        batch.at,
        id,
        batch.at,
      ])
    return { outcomes }
  })
}

async function takeOne(db, batch, { epoch, seq, event }) {
  const hash = sha256(JSON.stringify(event))
  const name = { id: event.id, stream: event.stream }
  const [known] = await db.all(
    'select body_sha256, source from session_events where machine_id = ? and stream = ? and event_id = ?',
    [batch.machineId, event.stream, event.id],
  )
  if (known) return { ...name, outcome: 'duplicate' }
  await db.all('savepoint event')
  const session = await sessionOf(db, batch, event)
  await insert(db, 'session_events', {
    ...{
      machine_id: batch.machineId,
      stream: event.stream,
      event_id: event.id,
      session_id: session.id,
      kind: event.kind,
    },
    ...{
      source: event.source,
      at: event.at,
      recorded_at: event.at,
      received_at: batch.at,
      epoch,
      seq,
      body_sha256: hash,
    },
    ...{ label: event.kind, text: event.data.text ?? null },
  })
  if (event.kind === 'command') await insertCommand(db, batch, session, event)
  if (event.kind === 'file') await insertFile(db, batch, session, event)
  await db.all('release savepoint event')
  return { ...name, outcome: 'accepted' }
}

async function sessionOf(db, batch, event) {
  const cached = batch.sessions.get(event.stream)
  if (cached) return cached
  const [found] = await db.all('select id, client_id from sessions where claude_session_id = ? and stretch = ?', [
    event.stream,
    event.stretch,
  ])
  const session = found ?? (await openSession(db, batch, event))
  await mayWrite(db, batch, session.client_id)
  const [last] = await db.all('select max(seq) as seq from commands_run where session_id = ?', [session.id])
  const state = { ...session, commands: Number(last.seq ?? 0) }
  batch.sessions.set(event.stream, state)
  return state
}

async function openSession(db, batch, event) {
  const session = { id: uuidv7(batch.now), client_id: event.data.client_id ?? null }
  await mayWrite(db, batch, session.client_id)
  await insert(db, 'sessions', {
    ...standard(batch, session.id),
    ...{
      client_id: session.client_id,
      machine_id: batch.machineId,
      mode: event.data.mode,
      claude_session_id: event.stream,
    },
    ...{ stretch: event.stretch, technician_id: batch.userId, status: 'active', is_billable: 1 },
    ...{ started_at: event.at, last_activity_at: event.at },
  })
  return session
}

const FAILED = 'select id, command, command_fingerprint from commands_run where success = 0 and resolved_by_id is null'
const FAILURE_DAYS = 90

async function insertCommand(db, batch, session, { data, at }) {
  const fingerprint = commandFingerprint(data.command, sha256)
  const failed = await db.all(`${FAILED} and session_id = ? order by seq desc limit 200`, [session.id])
  await mayWrite(db, batch, session.client_id)
  const id = uuidv7(batch.now)
  const signs = { exitCode: data.exit_code, stderr: data.stderr ?? null, error: data.error ?? null }
  await insert(db, 'commands_run', {
    ...standard(batch, id),
    ...{ session_id: session.id, client_id: session.client_id, machine_id: batch.machineId, seq: ++session.commands },
    ...{ tool: data.tool, cwd: data.cwd, command: data.command, command_fingerprint: fingerprint, started_at: at },
    ...{ duration_ms: data.duration_ms, exit_code: data.exit_code, success: data.success ? 1 : 0, interrupted: 0 },
    ...{ stdout_excerpt: data.stdout, is_destructive: isDestructive(data.command) ? 1 : 0, redaction_count: 0 },
    ...{ redactor_version: 1, failure_category: data.success ? null : failureCategory(signs) },
    retry_of_id: failed.find((earlier) => earlier.command_fingerprint === fingerprint)?.id ?? null,
  })
  if (!data.success) return
  const since = new Date(Date.parse(at) - FAILURE_DAYS * 86_400_000).toISOString()
  const elsewhere = await db.all(
    `${FAILED} and command_fingerprint = ? and client_id = ? and session_id != ? and started_at > ? and started_at <= ? limit 200`,
    [fingerprint, session.client_id, session.id, since, at],
  )
  const all = [...failed, ...elsewhere]
  const lines = new Set(all.map((earlier) => earlier.command))
  const told = new Set([...lines].filter((line) => answers(line, data.command)))
  const answered = all.filter((earlier) => told.has(earlier.command))
  if (answered.length > 0) await resolve(db, batch, session, id, answered, at)
}

async function resolve(db, batch, session, id, answered, at) {
  const ids = answered.map((failed) => failed.id)
  const among = `in (${ids.map(() => '?').join(', ')})`
  await db.all(`update commands_run set resolved_by_id = ? where id ${among}`, [id, ...ids])
  await db.all(
    `update tasks set status = 'done', completed_at = ?, completed_in_session_id = ?, updated_at = ?, row_version = row_version + 1 where kind = 'pending' and status = 'todo' and command_id ${among}`,
    [at, session.id, batch.at, ...ids],
  )
}

async function insertFile(db, batch, session, { data, at }) {
  await mayWrite(db, batch, session.client_id)
  await insert(db, 'file_changes', {
    ...standard(batch, uuidv7(batch.now)),
    ...{ session_id: session.id, client_id: session.client_id, machine_id: batch.machineId, path: data.path },
    ...{ change: data.change, lines_added: data.lines_added, is_config: 0, sensitive: 0, changed_at: at },
  })
}

async function mayWrite(db, { userId, at }, clientId) {
  const found = await db.all(
    "select id from clients where id = ? and id in (select client_id from user_client_access where user_id = ? and (expires_at is null or expires_at > ?) and level = 'write')",
    [clientId, userId, at],
  )
  if (found.length === 0) throw new Error('not allowed')
}

const standard = ({ userId, at }, id) => ({
  ...{ id, created_at: at, updated_at: at, created_by: userId, updated_by: userId, row_version: 1 },
})

const insert = (db, table, row) =>
  db.all(
    `insert into ${table} (${Object.keys(row)
      .map((column) => `\`${column}\``)
      .join(', ')}) values (${Object.keys(row).fill('?').join(', ')})`,
    Object.values(row),
  )
