// List and context of the reference "by hand": the statements that the server's code comes to, and the same block from the same facts.
import { contextBlock } from '../../src/recall/block.ts'

const ACCESS =
  'in (select client_id from user_client_access where user_id = ? and (expires_at is null or expires_at > ?))'
const MS_PER_DAY = 86_400_000

// As a case, so that the database goes through a list by its order: see server/crud/visibility.ts.
const ofTheirs = (table) =>
  `(case when ${table}.client_id is null then ${table}.created_by = ? when ${table}.client_id ${ACCESS} then 1 else 0 end = 1)`
const booleans = (row, ...columns) => {
  for (const column of columns) if (row[column] !== null) row[column] = Boolean(row[column])
  return row
}

export async function readList(db, userId, clientId, limit) {
  const now = new Date().toISOString()
  const found = await db.all(
    `select * from commands_run where ${ofTheirs('commands_run')} and archived_at is null and client_id = ? order by started_at desc, id desc limit ${limit + 1}`,
    [userId, userId, now, clientId],
  )
  const items = found
    .slice(0, limit)
    .map((row) => booleans(row, 'elevated', 'success', 'interrupted', 'is_destructive'))
  const last = items.at(-1)
  return { items, next_cursor: last && Buffer.from(JSON.stringify([last.started_at, last.id])).toString('base64url') }
}

export async function readContext(db, userId, clientId, countTokens) {
  const now = new Date()
  const [client] = await db.all(`select * from clients where id = ? and id ${ACCESS}`, [
    clientId,
    userId,
    now.toISOString(),
  ])
  const facts = {
    ...{ purpose: 'start', machine: null, mode: null, client, project: null, ticket: null, notices: [] },
    ...(await readTasks(db, userId, clientId, now)),
    failures: await readFailures(db, userId, clientId, now),
    patterns: await readPatterns(db, userId, clientId, now),
    hosts: await readHosts(db, userId, clientId, now),
    sessions: await readSessions(db, userId, clientId, now),
    ...{ credentials: [], expiring: [] },
  }
  const named = { id: client.id, name: client.name }
  return { ...contextBlock(facts, { countTokens, now }), mode: null, client: named, project: null, suggestion: null }
}

async function readTasks(db, userId, clientId, now) {
  const where = `from tasks where archived_at is null and ${ofTheirs('tasks')} and client_id = ? and status in ('todo', 'in_progress', 'blocked', 'waiting_client', 'waiting_vendor')`
  const values = [userId, userId, now.toISOString(), clientId]
  const tasks = await db.all(
    `select * ${where} order by priority, due_at is null, due_at, created_at, id limit 40`,
    values,
  )
  return { tasks, totals: { tasks: tasks.length } }
}

async function readFailures(db, userId, clientId, now) {
  const from = new Date(now.getTime() - 90 * MS_PER_DAY).toISOString()
  const found = await db.all(
    `select commands_run.*, infrastructure.hostname as host from commands_run left join infrastructure on infrastructure.id = commands_run.infrastructure_id where commands_run.client_id = ? and success = 0 and interrupted = 0 and resolved_by_id is null and started_at > ? and ${ofTheirs('commands_run')} order by started_at desc, commands_run.id desc limit 60`,
    [clientId, from, userId, userId, now.toISOString()],
  )
  return found.map((row) => ({ ...booleans(row, 'success', 'interrupted', 'is_destructive'), alternative: null }))
}

const readPatterns = (db, userId, clientId, now) =>
  db.all(
    `select failure_patterns.*, infrastructure.hostname as host from failure_patterns left join infrastructure on infrastructure.id = failure_patterns.infrastructure_id where failure_patterns.status = 'active' and (failure_patterns.client_id is null or failure_patterns.client_id = ?) and (failure_patterns.client_id is null or failure_patterns.client_id ${ACCESS}) order by last_seen_at desc limit 30`,
    [clientId, userId, now.toISOString()],
  )

async function readHosts(db, userId, clientId, now) {
  const found = await db.all(
    `select * from infrastructure where client_id = ? and archived_at is null and status not in ('retired', 'lost') and (environmental_notes is not null or limitations != '[]' or powershell_version is not null) and client_id ${ACCESS} order by hostname limit 60`,
    [clientId, userId, now.toISOString()],
  )
  return found.map((row) => ({ ...row, limitations: JSON.parse(row.limitations) }))
}

async function readSessions(db, userId, clientId, now) {
  const found = await db.all(
    `select sessions.*, users.name as technician_name, coalesce(machines.friendly_name, machines.hostname) as machine_name from sessions join users on users.id = sessions.technician_id join machines on machines.id = sessions.machine_id where sessions.client_id = ? and (sessions.summary is not null or exists (select event_id from session_events where session_id = sessions.id and kind in ('prompt', 'command', 'file'))) and ${ofTheirs('sessions')} order by sessions.started_at desc, sessions.id desc limit 6`,
    [clientId, userId, userId, now.toISOString()],
  )
  const ids = found.map((row) => row.id)
  const counts = await countsOf(db, ids)
  return found.map((row) => ({ ...row, goal: counts.goals.get(row.id) ?? null, counts: counts.of(row.id) }))
}

async function countsOf(db, ids) {
  const among = `session_id in (${ids.map(() => '?').join(', ')})`
  const commands = await db.all(
    `select session_id, count(*) as found, sum(case when success = 0 then 1 else 0 end) as failures from commands_run where ${among} group by session_id`,
    ids,
  )
  const files = await db.all(
    `select session_id, count(*) as found from file_changes where ${among} group by session_id`,
    ids,
  )
  const items = await db.all(
    `select session_id, count(*) as found from work_items where ${among} and archived_at is null group by session_id`,
    ids,
  )
  const prompts = await db.all(
    `select session_id, text, at from session_events where ${among} and kind = 'prompt' order by at desc limit 500`,
    ids,
  )
  const rowOf = (rows, id) => rows.find((row) => row.session_id === id)
  return {
    goals: new Map(prompts.map((row) => [row.session_id, row.text])),
    of: (id) => ({
      commands: rowOf(commands, id)?.found ?? 0,
      failures: Number(rowOf(commands, id)?.failures ?? 0),
      files: rowOf(files, id)?.found ?? 0,
      work_items: rowOf(items, id)?.found ?? 0,
    }),
  }
}
