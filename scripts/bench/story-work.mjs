// The recorded work of the MSP of story.mjs as rows: as many commands as asked for, in sessions. Equal numbers give equal rows.
import {
  CLIENTS,
  clientId,
  DAYS,
  HOSTS_PER_CLIENT,
  hostId,
  idOf,
  iso,
  MS_PER_DAY,
  machineId,
  range,
  sha256,
  standard,
  THINGS,
  userId,
} from './story.mjs'

const PROGRAMS = [
  'systemctl status',
  'journalctl -u',
  'docker logs',
  'apt-get install',
  'git log',
  'ping -c 3',
  'df -h',
  'ls -la',
]
/** One in so many kinds of command never works. */
const HOPELESS = 13
const COMMANDS_PER_SESSION = 50

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
  ...{
    status: 'ended',
    started_at: iso(startMs),
    last_activity_at: iso(endMs),
    ended_at: iso(endMs),
    end_reason: 'user',
  },
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
    ...{
      session_id: id,
      seq: seq + 1,
      tool: 'bash',
      cwd: '/home/tech/work',
      command,
      started_at: iso(at),
      duration_ms: 800,
    },
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
    ...{
      machine_id,
      stream: `seed-${number}`,
      event_id: `prompt:${n}`,
      session_id: id,
      kind: 'prompt',
      source: 'hook',
    },
    ...{
      at: iso(startMs + n),
      recorded_at: iso(startMs + n),
      received_at: iso(startMs + n),
      epoch: `prompts-${number}`,
    },
    ...{ seq: n, body_sha256: sha256(`prompt ${n}`), label: 'conversation' },
    text: `Please find out why ${THINGS[(number + n) % THINGS.length]} does not start and mend it.`,
  }))

const fileRow = (id, place, startMs, n, number) => ({
  ...standard(idOf(startMs, 50_000_000 + number * 10 + n), startMs),
  ...place,
  ...{
    session_id: id,
    path: `/etc/${THINGS[n % THINGS.length]}/${n}.conf`,
    change: 'M',
    lines_added: 3,
    lines_removed: 1,
  },
  ...{ is_config: 1, sensitive: 0, changed_at: iso(startMs + n) },
})

const itemRow = (id, { client_id }, startMs, number) => ({
  ...standard(idOf(startMs, 90_000_000 + number), startMs),
  ...{ client_id, session_id: id, seq: 1, title: 'Service repaired', category: 'repair', status: 'completed' },
  ...{ outcome: 'success', priority: 'p3', started_at: iso(startMs) },
})
