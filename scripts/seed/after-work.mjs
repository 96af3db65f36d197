// What is billed, changed, deployed and decided in sessions.
import { dayOf, iso, MS_PER_DAY, ZONE } from './calendar.mjs'
import { standard } from './rows.mjs'

const RATE_MINOR = 12_500
const INVOICED_AFTER_DAYS = 45
const CHANGES = [
  ['config', 'Set the start type of the service to automatic'],
  ['patch', 'Installed this month’s updates'],
  ['software_install', 'Installed the new agent'],
  ['certificate', 'Renewed the certificate'],
]

/** `[table, rows]` of one session. */
export function afterWork(about, world) {
  const { random } = about
  return [
    ['billable_time', about.row.is_billable === 1 ? [timeRow(about, world)] : []],
    ['infrastructure_changes', random.chance(0.15) ? [changeRow(about)] : []],
    ['deployments', random.chance(0.04) ? [deploymentRow(about)] : []],
    ['decision_logs', random.chance(0.02) ? [decisionRow(about)] : []],
    ['ticket_links', random.chance(0.3) ? [ticketRow(about, world)] : []],
  ]
}

function timeRow({ random, technician, client, row, item, at, endsAt }, { until }) {
  const seconds = Math.min(row.active_seconds, 8 * 3_600)
  const minutes = Math.ceil(seconds / 900) * 15
  const isOld = until - endsAt > INVOICED_AFTER_DAYS * MS_PER_DAY
  return {
    ...standard(random.uuid(endsAt), endsAt, technician.id),
    ...{ client_id: client.id, project_id: row.project_id, session_id: row.id, work_item_id: item.id },
    ...{ started_at: iso(at), ended_at: iso(endsAt), raw_seconds: seconds, tz: ZONE, work_date: dayOf(at) },
    ...{
      classification: 'billable',
      client_note: item.title,
      technician_id: technician.id,
      machine_id: row.machine_id,
    },
    ...{ source: 'session', paused_seconds: 0, rounded_minutes: minutes, billable_minutes: minutes },
    ...{ rate_minor: RATE_MINOR, currency: 'USD', rate_source: 'default', modifier_bp: 10_000 },
    ...{ amount_minor: Math.round((RATE_MINOR * minutes) / 60) },
    ...{ status: isOld ? 'invoiced' : random.pick(['draft', 'submitted', 'approved']) },
    locked_at: isOld ? iso(endsAt + 30 * MS_PER_DAY) : null,
  }
}

function changeRow({ random, technician, client, row, item, endsAt }) {
  const [category, reason] = random.pick(CHANGES)
  return {
    ...standard(random.uuid(endsAt), endsAt, technician.id),
    ...{ client_id: client.id, infrastructure_id: random.pick(client.hosts).id, session_id: row.id },
    ...{ change_class: 'standard', category, work_item_id: item.id, before_state: null, after_state: null, reason },
    ...{ risk: 'low', planned: 1, backup_taken: 0, status: 'implemented', implemented_by: technician.id },
    changed_at: iso(endsAt),
  }
}

function deploymentRow({ random, technician, client, row, item, at, endsAt }) {
  const version = random.between(1, 400)
  return {
    ...standard(random.uuid(endsAt), endsAt, technician.id),
    ...{ client_id: client.id, project_id: row.project_id, infrastructure_id: client.hosts[3].id },
    ...{ service_id: client.services.at(-1).id, environment: 'production', work_item_id: item.id },
    ...{ version_from: `1.${version}`, version_to: `1.${version + 1}`, strategy: 'in_place', health_check: '{}' },
    ...{ status: random.chance(0.92) ? 'success' : 'failure', started_at: iso(at), finished_at: iso(endsAt) },
    deployed_by: technician.id,
  }
}

const decisionRow = ({ random, technician, client, row, endsAt, title }) => ({
  ...standard(random.uuid(endsAt), endsAt, technician.id),
  ...{ client_id: client.id, project_id: row.project_id, title: `How to ${title.toLowerCase()}` },
  ...{ context: 'It came up again.', decision: 'Do it by script, every month.', alternatives: '["By hand"]' },
  ...{ status: 'accepted', decided_by: technician.id, decided_at: iso(endsAt) },
})

function ticketRow({ random, technician, client, item, number, endsAt }, { tickets }) {
  const external = `${client.code}-${number}`
  return {
    ...standard(random.uuid(endsAt), endsAt, technician.id),
    ...{ client_id: client.id, integration_id: tickets.id, external_id: external, work_item_id: item.id },
    ...{ external_number: String(100_000 + number), relation: 'resolves', subject_cache: item.title },
    ...{ status_cache: 'Resolved', last_synced_at: iso(endsAt), sync_state: 'linked' },
  }
}
