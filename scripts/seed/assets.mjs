// What runs at a client, and what is known about it: services with their dependencies, a network, facts, plans of backups.
import { dayOf, iso, MS_PER_DAY } from './calendar.mjs'
import { range, standard } from './rows.mjs'

/** Name, type, host (its place in the client's hosts), port, and the service that it depends on. */
const SERVICES = [
  ['Active Directory', 'directory', 0, 389, null],
  ['DNS', 'dns', 0, 53, 0],
  ['File shares', 'file', 1, 445, 0],
  ['ERP database', 'database', 2, 1433, 0],
  ['ERP', 'lob_app', 4, 8080, 3],
  ['Portal', 'web', 3, 443, 4],
]
const FACTS = [
  ['os', 'powershell.version', '"2.0"', 'The old server has PowerShell 2.0: no Get-LocalUser.', 4],
  ['policy', 'reboot.window', '"22:00"', 'Servers are restarted after 22:00 only.', 0],
  ['network', 'ntp.source', '"10.0.0.10"', 'Clocks follow the domain controller.', 0],
  ['access', 'vpn.required', 'true', 'The branch is reached by VPN only.', 7],
]
const PLANS_PER_CLIENT = 2

/** The integrations that all clients share. */
export const integrations = (random, begin) =>
  ['syncro', 'msp360'].map((type) => ({
    ...standard(random.uuid(begin), begin),
    ...{
      type,
      name: `Seeded ${type}`,
      name_key: `seeded ${type} ${begin}`,
      config: '{}',
      direction: 'both',
      enabled: 1,
    },
    ...{ status: 'ok', consecutive_failures: 0, capabilities: '[]' },
  }))

/** @returns `{ services, tables }`; `tables`: `[table, rows]` to insert */
export function assets(random, client, { number, begin, until, backups }) {
  const services = SERVICES.map((service) => serviceRow(random, client, begin, service))
  return {
    services,
    tables: [
      ['services', services],
      ['service_relationships', SERVICES.flatMap((_, n) => relationship(random, client, begin, services, n))],
      ['networks', [networkRow(random, client, begin, number)]],
      ['environmental_insights', FACTS.map((fact) => insightRow(random, client, begin, fact))],
      ['backup_plan_status', range(PLANS_PER_CLIENT).map((n) => planRow(random, client, { begin, until, backups, n }))],
    ],
  }
}

const serviceRow = (random, client, begin, [name, type, host, port]) => ({
  ...standard(random.uuid(begin), begin),
  ...{ client_id: client.id, infrastructure_id: client.hosts[host].id, name, type, protocol: 'tcp', port },
  ...{ criticality: host < 3 ? 'critical' : 'medium', status: 'active' },
})

function relationship(random, client, begin, services, n) {
  const on = SERVICES[n][4]
  if (on === null) return []
  const between = { from_service_id: services[n].id, to_service_id: services[on].id }
  return [{ ...standard(random.uuid(begin), begin), client_id: client.id, ...between, type: 'depends_on' }]
}

function networkRow(random, client, begin, number) {
  const third = number % 250
  const hex = (last) => `0a${third.toString(16).padStart(2, '0')}00${last}`
  return {
    ...standard(random.uuid(begin), begin),
    ...{ client_id: client.id, site_id: client.sites[0].id, name: 'LAN', kind: 'lan', cidr: `10.${third}.0.0/24` },
    ...{ ip_version: 4, range_start: hex('00'), range_end: hex('ff'), gateway: `10.${third}.0.1`, dns_servers: '[]' },
    dhcp_enabled: 1,
  }
}

const insightRow = (random, client, begin, [category, key, value, statement, host]) => ({
  ...standard(random.uuid(begin), begin),
  ...{ client_id: client.id, infrastructure_id: client.hosts[host].id, key, value, statement, source: 'stated' },
  ...{ confidence_percent: 90, category, priority: random.between(3, 9), is_current: 1, valid_from: iso(begin) },
  ...{ last_confirmed_at: iso(begin), times_recalled: 0, times_helpful: 0 },
})

function planRow(random, client, { begin, until, backups, n }) {
  const status = random.chance(0.9) ? 'success' : 'error'
  const last = until - random.between(1, 30) * 3_600_000
  return {
    ...standard(random.uuid(begin), begin),
    ...{ integration_id: backups.id, client_id: client.id, infrastructure_id: client.hosts[n].id },
    ...{ plan_key: `${client.code}-${n}`, plan_name: n === 0 ? 'Image' : 'Files', plan_type: 'image' },
    ...{ computer: client.hosts[n].hostname, status, last_start: iso(last), next_start: iso(last + MS_PER_DAY) },
    ...{ last_success_at: iso(status === 'success' ? last : last - 3 * MS_PER_DAY), interval_seconds: 86_400 },
    ...{ first_seen_at: iso(begin), last_seen_at: iso(last), raw: JSON.stringify({ day: dayOf(last) }) },
  }
}
