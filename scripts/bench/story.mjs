// A small MSP as rows: 20 clients, their hosts, tasks and known failures. Equal numbers give equal rows.
import { createHash } from 'node:crypto'

export const CLIENTS = 20
export const MACHINES = 16
export const HOSTS_PER_CLIENT = 10
const TASKS_PER_CLIENT = 25
export const DAYS = 180
export const MS_PER_DAY = 86_400_000

export const THINGS = [
  'nginx',
  'postgresql',
  'print-spooler',
  'backup-agent',
  'wireguard',
  'rsyslog',
  'mariadb',
  'exchange',
]

/** A UUIDv7 of an instant and a number. */
export function idOf(ms, number) {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const tail = number.toString(16).padStart(12, '0')
  const mixed = sha256(`${time}${tail}`)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${mixed.slice(0, 3)}-8${mixed.slice(3, 6)}-${tail}`
}

export const clientId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 1_000, number)
export const machineId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 2_000, number)
export const userId = (base, number) => idOf(base - DAYS * MS_PER_DAY - 3_000, number)
export const hostId = (base, client, host) => idOf(base - DAYS * MS_PER_DAY - 4_000, client * HOSTS_PER_CLIENT + host)

export const sha256 = (text) => createHash('sha256').update(text).digest('hex')
export const iso = (ms) => new Date(ms).toISOString()
export const standard = (id, ms) => ({ id, created_at: iso(ms), updated_at: iso(ms), row_version: 1 })
export const range = (count) => Array.from({ length: count }, (_, number) => number)

/** What does not grow with the work: `[table, rows]`. `base` is the present, in milliseconds. */
export function* surroundings(base) {
  const begin = base - DAYS * MS_PER_DAY - 5_000
  yield ['users', range(5).map((n) => userRow(base, begin, n))]
  yield ['machines', range(MACHINES).map((n) => machineRow(base, begin, n))]
  yield ['clients', range(CLIENTS).map((n) => clientRow(base, begin, n))]
  const hosts = range(CLIENTS).flatMap((client) =>
    range(HOSTS_PER_CLIENT).map((host) => hostRow(base, begin, client, host)),
  )
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
  ...{
    client_id: clientId(base, client),
    kind: 'server',
    roles: '[]',
    hostname: `SRV-${host}`,
    hostname_key: `srv-${host}`,
  },
  ...{ status: 'active', criticality: 'high', os_name: 'Windows Server 2008 R2', custom: '{}' },
  ...(host % 3 === 0
    ? {
        limitations: '["no Get-LocalUser","no TLS 1.2"]',
        powershell_version: '2.0',
        environmental_notes: 'Reboot at night only.',
      }
    : { limitations: '[]' }),
})
const taskRow = (base, client, n) => ({
  ...standard(idOf(base - (n + 1) * MS_PER_DAY, client), base - (n + 1) * MS_PER_DAY),
  ...{
    client_id: clientId(base, client),
    kind: 'task',
    title: `Renew the certificate of ${THINGS[n % THINGS.length]} (${n})`,
  },
  ...{
    priority: `p${1 + (n % 5)}`,
    status: n % 2 ? 'todo' : 'done',
    completed_at: n % 2 ? null : iso(base - n * MS_PER_DAY),
  },
})
const patternRow = (base, n) => ({
  ...standard(idOf(base - MS_PER_DAY, 5_000 + n), base - MS_PER_DAY),
  ...{ scope: 'client', client_id: clientId(base, n % CLIENTS), signature: sha256(`pattern ${n}`), status: 'active' },
  ...{
    title: `Get-LocalUser does not exist (${n})`,
    category: 'compatibility',
    severity: 'medium',
    confidence_percent: 90,
  },
  ...{
    occurrences: 4,
    distinct_sessions: 2,
    first_seen_at: iso(base - 9 * MS_PER_DAY),
    last_seen_at: iso(base - MS_PER_DAY),
  },
  ...{ root_cause: 'PowerShell 2.0 has no such command', recommended_alternative: 'Get-WmiObject Win32_UserAccount' },
})
