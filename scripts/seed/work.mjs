// The recorded work: sessions with their events, commands, file changes, work items and what became of them.
import { afterWork } from './after-work.mjs'
import { beginnings, iso } from './calendar.mjs'
import { typed } from './commands.mjs'
import { followUps } from './follow-ups.mjs'
import { range, sha256, standard } from './rows.mjs'

const TITLES = [
  ['Repair the print spooler', 'incident'],
  ['Renew the certificate of the portal', 'maintenance'],
  ['Set up the workstation of a new employee', 'service_request'],
  ['Find out why the backup fails', 'problem'],
  ['Install this month’s updates', 'maintenance'],
  ['Move the mailboxes to Microsoft 365', 'project'],
  ['Mend the VPN of the branch', 'incident'],
  ['Free disk space on the file server', 'incident'],
  ['Close the ports that the scan found', 'security'],
  ['Restore a deleted folder', 'service_request'],
]
const PROMPTS = ['Please find out why this does not work and mend it.', 'Check that it still works after a restart.']
const PATHS = ['/etc/nginx/sites-available/portal.conf', 'C:\\inetpub\\wwwroot\\web.config', '/srv/app/src/index.ts']
const SESSION_SPREAD = 0.4

/** The sessions in order of time, each as `{ commands, tables }`: how many commands it has, and `[table, rows]` to insert. */
export function* work(random, world) {
  const { commands, sessions } = world
  const perSession = commands / sessions
  let number = 0
  let told = 0
  for (const at of beginnings(random, { ...world, count: sessions })) {
    number++
    const jitter = number === sessions ? 0 : (random.next() - 0.5) * 2 * SESSION_SPREAD
    const upTo = Math.max(told, Math.min(commands, Math.round((number + jitter) * perSession)))
    yield { commands: upTo - told, tables: session(random, world, { at, number, count: upTo - told }) }
    told = upTo
  }
}

function session(random, world, { at, number, count }) {
  const who = random.below(world.technicians.length)
  const technician = world.technicians[who]
  const client = world.clients[random.share(world.clients.length)]
  const place = { session_id: random.uuid(at), client_id: client.id, machine_id: world.machines[who].id }
  const [title, category] = random.pick(TITLES)
  const about = { random, technician, client, place, at, number, title, category }
  const item = itemRow(about, count)
  const runs = commandRows(about, item, count)
  const endsAt = Date.parse(runs.at(-1)?.started_at ?? iso(at)) + 60_000
  item.ended_at = iso(endsAt)
  const files = fileRows(about, item, runs)
  const row = sessionRow(about, runs, endsAt)
  return [
    ['sessions', [row]],
    ['work_items', [item]],
    ['commands_run', runs],
    ['file_changes', files],
    ['session_events', eventRows(about, runs, files)],
    ...followUps({ ...about, row, item, runs, endsAt }, world),
    ...afterWork({ ...about, row, item, runs, endsAt }, world),
  ]
}

function sessionRow({ random, technician, client, place, at, title }, runs, endsAt) {
  const seconds = Math.round((endsAt - at) / 1_000)
  return {
    ...standard(place.session_id, at, technician.id),
    ...{ machine_id: place.machine_id, client_id: client.id, project_id: random.pick(client.projects).id, mode: 'msp' },
    // The stream's name is as good as any other: the id's own hash.
    ...{ claude_session_id: streamOf(place.session_id), stretch: 1, model: 'claude', ticket: null },
    ...{ cwd: '/home/tech/work', git_branch: 'main', title: `${title} (${client.code})` },
    ...{
      summary: `## What was done\n${title}: ${runs.length} commands, ${runs.filter((run) => !run.success).length} of them failed.\n`,
    },
    ...{ is_billable: random.chance(0.85) ? 1 : 0, technician_id: technician.id, status: 'ended', started_at: iso(at) },
    ...{ last_activity_at: iso(endsAt), ended_at: iso(endsAt), end_reason: 'user', wall_seconds: seconds },
    active_seconds: Math.round(seconds * 0.7),
  }
}

const streamOf = (sessionId) => `seed-${sessionId}`

function itemRow({ random, technician, place, at, title, category }, count) {
  const outcome = random.chance(0.9) ? 'success' : 'partial'
  return {
    ...standard(random.uuid(at), at, technician.id),
    ...{ session_id: place.session_id, client_id: place.client_id, seq: 1, title, category, status: 'completed' },
    ...{ description: `${title}. It took ${count} commands.`, outcome, priority: `p${1 + random.below(5)}` },
    ...{ is_billable: 1, started_at: iso(at), ended_at: null, active_seconds: count * 45 },
    verification: 'Restarted the service and looked at its log.',
  }
}

function commandRows({ random, client, technician, place, at }, item, count) {
  const names = client.hosts.map((host) => host.hostname)
  let time = at
  const rows = typed(random, names, count).map((run, n) => {
    time += random.between(8_000, 120_000)
    const always = standard(random.uuid(time), time, technician.id)
    return {
      ...always,
      ...place,
      ...{ work_item_id: item.id, infrastructure_id: run.host === null ? null : client.hosts[run.host].id, seq: n + 1 },
      ...{ tool: run.tool, cwd: '/home/tech/work', command: run.command, command_fingerprint: run.fingerprint },
      ...{ started_at: always.created_at, duration_ms: random.between(40, 4_000), exit_code: run.exitCode },
      ...{
        success: run.category === null ? 1 : 0,
        interrupted: 0,
        stdout_excerpt: run.stdout,
        stderr_excerpt: run.stderr,
      },
      ...{ failure_category: run.category, is_destructive: run.destructive, retry_of_id: null, resolved_by_id: null },
      ...{ redaction_count: 0, redactor_version: 1, answers: run.answers },
    }
  })
  for (const row of rows) {
    if (row.answers !== null) rows[row.answers].resolved_by_id = row.id
    delete row.answers
  }
  return rows
}

/** One change for about ten commands. */
function fileRows({ random, technician, place }, item, runs) {
  return runs
    .filter((_, n) => n % 10 === 9)
    .map((run) => {
      const at = Date.parse(run.started_at) + 1_000
      return {
        ...standard(random.uuid(at), at, technician.id),
        ...place,
        ...{ work_item_id: item.id, infrastructure_id: run.infrastructure_id, path: random.pick(PATHS), change: 'M' },
        ...{ after_sha256: sha256(run.id), lines_added: random.below(40), lines_removed: random.below(9) },
        ...{ is_config: 1, sensitive: 0, changed_at: iso(at) },
      }
    })
}

function eventRows({ random, place, at, title, client }, runs, files) {
  const stream = streamOf(place.session_id)
  const event = (kind, name, time, label, text, seq) => ({
    ...{ machine_id: place.machine_id, stream, event_id: `${kind}:${name}`, session_id: place.session_id, kind },
    ...{ source: 'hook', at: time, recorded_at: time, received_at: time, epoch: stream, seq },
    ...{ body_sha256: BODY, label, text },
  })
  const prompts = range(2).map((n) => {
    const text = n === 0 ? `${title} at ${client.name}. ${PROMPTS[0]}` : random.pick(PROMPTS)
    return event('prompt', n, iso(at + n), 'conversation', text, n)
  })
  return [
    ...prompts,
    ...runs.map((run, n) => event('command', run.id, run.started_at, run.tool, null, 10 + n)),
    ...files.map((file, n) => event('file', file.id, file.changed_at, file.path, null, 10 + runs.length + n)),
  ]
}

/** Nothing reads it again: only a second delivery of the same event would. */
const BODY = sha256('')
