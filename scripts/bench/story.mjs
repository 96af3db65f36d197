// The work of a small MSP as rows: 20 clients, their hosts and tasks, and as many commands as asked for. Equal numbers give equal rows.
import { createHash } from 'node:crypto'

export const CLIENTS = 20
const HOSTS_PER_CLIENT = 10
const TASKS_PER_CLIENT = 25
const COMMANDS_PER_SESSION = 50
const DAYS = 180
const MS_PER_DAY = 86_400_000

const PROGRAMS = ['systemctl status', 'journalctl -u', 'docker logs', 'apt-get install', 'git log', 'ping -c 3', 'df -h', 'ls -la']
const THINGS = ['nginx', 'postgresql', 'print-spooler', 'backup-agent', 'wireguard', 'rsyslog', 'mariadb', 'exchange']
/** One in so many kinds of command never works. */
const HOPELESS = 13

/** A UUIDv7 of an instant and a number. */
export function idOf(ms, number) {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const tail = number.toString(16).padStart(12, '0')
  const mixed = sha256(`${time}${tail}`)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${mixed.slice(0, 3)}-8${mixed.slice(3, 6)}-${tail}`
}

export const clientId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 1_000, number)
export const machineId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 2_000, number)
const userId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 3_000, number)
const hostId = (base, client, host) => idOf(base - DAYS * MS_PER_DAY - 4_000, client * HOSTS_PER_CLIENT + host)

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const iso = (ms) => new Date(ms).toISOString()
const standard = (id, ms) => ({ id, created_at: iso(ms), updated_at: iso(ms), row_version: 1 })
const range = (count) => Array.from({ length: count }, (_, number) => number)

/** What does not grow with the work: `[table, rows]`. `base` is the present, in milliseconds. */
export function* surroundings(base) {
  const begin = base - DAYS * MS_PER_DAY - 5_000
  yield ['users', range(5).map((n) => userRow(base, begin, n))]
  yield ['machines', range(5).map((n) => machineRow(base, begin, n))]
  yield ['clients', range(CLIENTS).map((n) => clientRow(base, begin, n))]
  const hosts = range(CLIENTS).flatMap((client) => range(HOSTS_PER_CLIENT).map((host) => hostRow(base, begin, client, host)))
  yield ['infrastructure', hosts]
  yield ['tasks', range(CLIENTS).flatMap((client) => range(TASKS_PER_CLIENT).map((n) => taskRow(base, client, n)))]
  yield ['failure_patterns', range(CLIENTS * 3).map((n) => patternRow(base, n))]
}

const userRow = (base, begin, n) => ({
  ...standard(userId(base, n), begin),
  ...{ email: `t${n}@example.com`, email_key: `t${n}@example.com`, name: `Technician ${n}`, role: 'technician' },
  ...{ all_clients: 0, password_hash: '-', epoch: 1 },
})
const machineRow = (base, begin, n) => ({
  ...standard(machineId(base, n), begin),
  ...{ hostname: `LT-${n}`, machine_fingerprint: sha256(`machine ${n}`), os_type: 'linux', tools: '{"docker":true}' },
  ...{ vpn_profiles: '{}', is_primary: 1, timezone: 'America/Phoenix' },
})
const clientRow = (base, begin, n) => ({
  ...standard(clientId(base, n), begin),
  ...{ name: `Client ${n}`, name_key: `client ${n}`, code: `C${n}`, type: 'msp_managed', status: 'active' },
  ...{ security_level: 'standard', compliance: '[]' },
})
const hostRow = (base, begin, client, host) => ({
  ...standard(hostId(base, client, host), begin),
  ...{ client_id: clientId(base, client), kind: 'server', roles: '[]', hostname: `SRV-${host}`, hostname_key: `srv-${host}` },
  ...{ status: 'active', criticality: 'high', os_name: 'Windows Server 2008 R2', custom: '{}' },
  ...(host % 3 === 0
    ? { limitations: '["no Get-LocalUser","no TLS 1.2"]', powershell_version: '2.0', environmental_notes: 'Reboot at night only.' }
    : { limitations: '[]' }),
})
const taskRow = (base, client, n) => ({
  ...standard(idOf(base - (n + 1) * MS_PER_DAY, client), base - (n + 1) * MS_PER_DAY),
  ...{ client_id: clientId(base, client), kind: 'task', title: `Renew the certificate of ${THINGS[n % THINGS.length]} (${n})` },
  ...{ priority: `p${1 + (n % 5)}`, status: n % 2 ? 'todo' : 'done', completed_at: n % 2 ? null : iso(base - n * MS_PER_DAY) },
})
const patternRow = (base, n) => ({
  ...standard(idOf(base - MS_PER_DAY, 5_000 + n), base - MS_PER_DAY),
  ...{ scope: 'client', client_id: clientId(base, n % CLIENTS), signature: sha256(`pattern ${n}`), status: 'active' },
  ...{ title: `Get-LocalUser does not exist (${n})`, category: 'compatibility', severity: 'medium', confidence_percent: 90 },
  ...{ occurrences: 4, distinct_sessions: 2, first_seen_at: iso(base - 9 * MS_PER_DAY), last_seen_at: iso(base - MS_PER_DAY) },
  ...{ root_cause: 'PowerShell 2.0 has no such command', recommended_alternative: 'Get-WmiObject Win32_UserAccount' },
})

/** The recorded work, session by session, oldest first: `[table, rows]`. */
export function* work(base, commands) {
  const sessions = Math.ceil(commands / COMMANDS_PER_SESSION)
  for (const number of range(sessions)) {
    const startMs = Math.floor(base - (DAYS * MS_PER_DAY * (sessions - number)) / sessions)
    const count = Math.min(COMMANDS_PER_SESSION, commands - number * COMMANDS_PER_SESSION)
    yield* session({ base, number, startMs, count })
  }
}

function* session({ base, number, startMs, count }) {
  const [who, endMs] = [number % 5, startMs + count * 60_000]
  const id = idOf(startMs, 1_000_000 + number)
  const place = { client_id: clientId(base, (number * 7) % CLIENTS), machine_id: machineId(base, who) }
  const runs = range(count).map((seq) => commandRow({ base, place, id, startMs, number, seq }))
  yield ['sessions', [sessionRow({ base, id, place, number, who, startMs, endMs, count })]]
  yield ['commands_run', runs]
  yield ['session_events', [...runs.map((run) => eventOf(run, number)), ...prompts(id, place, number, startMs)]]
  yield ['file_changes', range(Math.floor(count / 10)).map((n) => fileRow(id, place, startMs, n, number))]
  yield ['work_items', [itemRow(id, place, startMs, number)]]
}

const sessionRow = ({ base, id, place, number, who, startMs, endMs, count }) => ({
  ...standard(id, startMs),
  ...place,
  ...{ mode: 'msp', claude_session_id: `seed-${number}`, stretch: 1, technician_id: userId(base, who), is_billable: 1 },
  ...{ title: `Repair of ${THINGS[number % THINGS.length]} (${number})`, cwd: '/home/tech/work', git_branch: 'main' },
  ...{ status: 'ended', started_at: iso(startMs), last_activity_at: iso(endMs), ended_at: iso(endMs), end_reason: 'user' },
  ...{ wall_seconds: count * 60, active_seconds: count * 45, created_by: userId(base, who) },
  summary: `## What was done\n${'- looked into the service, found the cause, mended it and checked that it works\n'.repeat(8)}`,
})

function commandRow({ base, place, id, startMs, number, seq }) {
  const kind = (number * 31 + seq * 17) % (PROGRAMS.length * THINGS.length)
  const success = kind % HOPELESS !== 0 && (number + seq) % 15 !== 0
  const at = startMs + seq * 60_000
  const command = `ssh SRV-${seq % HOSTS_PER_CLIENT} ${PROGRAMS[kind % PROGRAMS.length]} ${THINGS[Math.floor(kind / PROGRAMS.length)]}`
  return {
    ...standard(idOf(at, number * COMMANDS_PER_SESSION + seq), at),
    ...place,
    ...{ session_id: id, seq: seq + 1, tool: 'bash', cwd: '/home/tech/work', command, started_at: iso(at), duration_ms: 800 },
    command_fingerprint: sha256(`kind ${kind}`),
    infrastructure_id: hostId(base, (number * 7) % CLIENTS, seq % HOSTS_PER_CLIENT),
    ...{ success: success ? 1 : 0, exit_code: success ? 0 : 3, interrupted: 0, is_destructive: 0 },
    failure_category: success ? null : 'ObjectNotFound',
    stdout_excerpt: `${command}\n${'active (running) since Mon 2026-01-12 09:03:11 UTC; 3 days ago\n'.repeat(4)}`,
    stderr_excerpt: success ? null : `Unit ${THINGS[kind % THINGS.length]}.service could not be found.`,
    ...{ redaction_count: 0, redactor_version: 1 },
  }
}

const eventOf = (run, number) => ({
  ...{ machine_id: run.machine_id, stream: `seed-${number}`, event_id: `cmd:${run.id}`, session_id: run.session_id },
  ...{ kind: 'command', source: 'hook', at: run.started_at, recorded_at: run.started_at, received_at: run.started_at },
  ...{ epoch: `seed-${number}`, seq: run.seq, body_sha256: run.command_fingerprint, label: 'ssh', text: null },
})

const prompts = (id, { machine_id }, number, startMs) =>
  range(4).map((n) => ({
    ...{ machine_id, stream: `seed-${number}`, event_id: `prompt:${n}`, session_id: id, kind: 'prompt', source: 'hook' },
    ...{ at: iso(startMs + n), recorded_at: iso(startMs + n), received_at: iso(startMs + n), epoch: `prompts-${number}` },
    ...{ seq: n, body_sha256: sha256(`prompt ${n}`), label: 'conversation' },
    text: `Please find out why ${THINGS[(number + n) % THINGS.length]} does not start and mend it.`,
  }))

const fileRow = (id, place, startMs, n, number) => ({
  ...standard(idOf(startMs, 50_000_000 + number * 10 + n), startMs),
  ...place,
  ...{ session_id: id, path: `/etc/${THINGS[n % THINGS.length]}/${n}.conf`, change: 'M', lines_added: 3, lines_removed: 1 },
  ...{ is_config: 1, sensitive: 0, changed_at: iso(startMs + n) },
})

const itemRow = (id, { client_id }, startMs, number) => ({
  ...standard(idOf(startMs, 90_000_000 + number), startMs),
  ...{ client_id, session_id: id, seq: 1, title: 'Service repaired', category: 'repair', status: 'completed' },
  ...{ outcome: 'success', priority: 'p3', started_at: iso(startMs) },
})
