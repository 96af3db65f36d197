// The MSP itself: its technicians, their machines, its tags.
import { ZONE } from './calendar.mjs'
import { range, sha256, standard } from './rows.mjs'

const FIRST_NAMES = ['Ana', 'Ben', 'Carla', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hiro', 'Ines', 'Jonas']
const LAST_NAMES = ['Ortega', 'Lindqvist', 'Okafor', 'Moreau', 'Tanaka', 'Novak', 'Reyes', 'Whitfield']
const TAGS = ['active-directory', 'backup', 'certificate', 'dns', 'exchange', 'firewall', 'hyper-v', 'linux', 'mariadb']
const MORE_TAGS = ['m365', 'nginx', 'printing', 'powershell', 'security', 'storage', 'vpn', 'wifi', 'windows-update']

/** @returns `{ technicians, machines, tags, tables }`; `tables`: `[table, rows]` to insert */
export function firm(random, { technicians, begin, number }) {
  const users = range(technicians).map((n) => userRow(random, begin, number + n))
  const machines = users.map((user, n) => machineRow(random, begin, user, number + n))
  const more = number === 0 ? '' : `-${number}`
  const tags = [...TAGS, ...MORE_TAGS].map((slug) => tagRow(random, begin, `${slug}${more}`))
  return {
    technicians: users,
    machines,
    tags,
    tables: [
      ['users', users],
      ['machines', machines],
      ['tags', tags],
    ],
  }
}

function userRow(random, begin, n) {
  const name = `${FIRST_NAMES[n % FIRST_NAMES.length]} ${LAST_NAMES[Math.floor(n / 3) % LAST_NAMES.length]}`
  const email = `technician${n + 1}@msp.example`
  return {
    ...standard(random.uuid(begin), begin),
    ...{ email, email_key: email, name, role: n % 10 === 0 ? 'lead' : 'technician', all_clients: n % 10 === 0 ? 1 : 0 },
    // No password opens these accounts: an admin gives them one.
    ...{ timezone: ZONE, password_hash: '-', epoch: 1 },
  }
}

const machineRow = (random, begin, user, n) => ({
  ...standard(random.uuid(begin), begin, user.id),
  ...{ hostname: `LT-${String(n + 1).padStart(3, '0')}`, friendly_name: `${user.name}'s laptop` },
  ...{
    machine_fingerprint: sha256(`seed machine ${user.id}`),
    os_type: n % 3 === 0 ? 'linux' : 'windows',
    arch: 'amd64',
  },
  ...{ owner_user_id: user.id, tools: '{"docker":true,"git":true,"pwsh":true}', vpn_profiles: '{}', timezone: ZONE },
  is_primary: 1,
})

const tagRow = (random, begin, slug) => ({
  ...standard(random.uuid(begin), begin),
  ...{ slug, slug_key: slug, name: slug.replace('-', ' '), category: 'technology' },
})

/** The clients that a technician works for. Leads see all of them. */
export const accessRows = (random, { technicians, clients, at }) =>
  technicians
    .filter((user) => !user.all_clients)
    .flatMap((user) =>
      clients
        .filter((_, n) => n < 15 || random.chance(0.4))
        .map((client) => ({
          ...{ user_id: user.id, client_id: client.id, level: 'write', expires_at: null, granted_by: null },
          created_at: at,
        })),
    )
