// The clients of the MSP and what they have: sites, hosts, projects.
import { dayOf, iso, MS_PER_DAY, ZONE } from './calendar.mjs'
import { range, standard } from './rows.mjs'

const NAMES = ['Dataforth', 'Northwind', 'Saguaro', 'Copper State', 'Ironwood', 'Mesa Verde', 'Catalina', 'Rincon']
const MORE_NAMES = ['Palo Duro', 'Blue Heron', 'Old Pueblo', 'Summit', 'Harbor', 'Pinnacle', 'Ridgeline', 'Cactus Wren']
const TRADES = ['Dental', 'Legal', 'Logistics', 'Foods', 'Engineering', 'Clinic', 'Realty', 'Electric', 'Manufacturing']
const CITIES = [
  ['Tucson', '85701'],
  ['Phoenix', '85003'],
  ['Mesa', '85201'],
  ['Tempe', '85281'],
]
const HOSTS_PER_CLIENT = 12
/** What a client's hosts are, in turn: name, kind, roles, system, version, what to mind. */
const HOSTS = [
  ['DC01', 'server', ['domain_controller', 'dns'], 'Windows Server 2019', '10.0.17763', {}],
  ['FS01', 'server', ['file_server'], 'Windows Server 2016', '10.0.14393', {}],
  ['SQL01', 'server', ['database'], 'Windows Server 2022', '10.0.20348', {}],
  ['WEB01', 'server', ['web'], 'Ubuntu 22.04', '22.04', {}],
  [
    'OLD01',
    'server',
    ['lob_app'],
    'Windows Server 2008 R2',
    '6.1.7601',
    { limits: ['no Get-LocalUser', 'no TLS 1.2'] },
  ],
  ['HV01', 'server', ['hypervisor'], 'Windows Server 2019', '10.0.17763', {}],
  ['BK01', 'server', ['backup'], 'Debian 12', '12', { note: 'Backups run from 22:00 to 04:00: no reboot then.' }],
  ['FW01', 'firewall', [], 'pfSense', '2.7.2', {}],
  ['SW01', 'switch', [], 'UniFi', '7.0', {}],
  ['NAS01', 'nas_san', ['storage'], 'DSM', '7.2', {}],
  ['WS001', 'workstation', [], 'Windows 11 Pro', '23H2', {}],
  ['WS002', 'workstation', [], 'Windows 10 Pro', '22H2', { limits: ['32-bit Office'] }],
]

/**
 * One client with its sites, hosts and projects.
 *
 * @returns `{ id, code, hosts, projects, sites, tables }`
 */
export function client(random, { number, begin, owner }) {
  const row = clientRow(random, { number, begin, owner })
  const sites = range(number % 4 === 0 ? 2 : 1).map((n) => siteRow(random, row, begin, n))
  const hosts = range(HOSTS_PER_CLIENT).map((n) => hostRow(random, { client: row, number, site: sites[0], begin, n }))
  const projects = range(3).map((n) => projectRow(random, row, begin, n))
  return {
    ...{ id: row.id, name: row.name, code: row.code, sites, hosts, projects },
    tables: [
      ['clients', [row]],
      ['client_aliases', [aliasRow(random, row, begin)]],
      ['sites', sites],
      ['infrastructure', hosts],
      ['projects', projects],
    ],
  }
}

const FIRSTS = [...NAMES, ...MORE_NAMES]

function clientRow(random, { number, begin, owner }) {
  // The first is the client of all examples.
  const round = Math.floor(number / (FIRSTS.length * TRADES.length))
  const trade = TRADES[(number + Math.floor(number / FIRSTS.length)) % TRADES.length]
  const full = `${FIRSTS[number % FIRSTS.length]} ${trade}${round > 0 ? ` ${round + 1}` : ''}`
  const name = number === 0 ? 'Dataforth' : full
  return {
    ...standard(random.uuid(begin), begin),
    ...{ name, name_key: name.toLowerCase(), code: `C${String(number + 1).padStart(4, '0')}`, type: 'msp_managed' },
    ...{
      status: number % 25 === 24 ? 'offboarded' : 'active',
      timezone: ZONE,
      currency: 'USD',
      account_owner_id: owner,
    },
    ...{
      primary_domain: `${name.toLowerCase().replace(/\W/g, '')}.example`,
      security_level: 'standard',
      compliance: '[]',
    },
    onboarded_on: dayOf(begin),
  }
}

const aliasRow = (random, client, begin) => {
  const alias = client.name
    .split(' ')
    .map((word) => word.slice(0, 4))
    .join('')
    .concat(client.code.slice(1))
  return {
    ...standard(random.uuid(begin), begin),
    ...{ client_id: client.id, alias, alias_key: alias.toLowerCase() },
  }
}

function siteRow(random, client, begin, n) {
  const [city, postal_code] = random.pick(CITIES)
  const name = n === 0 ? 'Main office' : `Branch ${n}`
  return {
    ...standard(random.uuid(begin), begin),
    ...{ client_id: client.id, name, name_key: name.toLowerCase(), city, postal_code, country: 'US', timezone: ZONE },
    ...{ public_ips: JSON.stringify([`203.0.113.${random.below(250)}`]), vpn_required: n, hours: '{}' },
    is_primary: n === 0 ? 1 : 0,
  }
}

function hostRow(random, { client, number, site, begin, n }) {
  const [name, kind, roles, os_name, os_version, { limits = [], note = null }] = HOSTS[n]
  const hostname = `${client.code}-${name}`
  const isWindows = os_name.startsWith('Windows')
  return {
    ...standard(random.uuid(begin), begin),
    ...{ client_id: client.id, site_id: site.id, kind, roles: JSON.stringify(roles), hostname },
    ...{ hostname_key: hostname.toLowerCase(), fqdn: `${hostname.toLowerCase()}.${client.primary_domain}` },
    ...{
      os_family: isWindows ? 'windows' : 'linux',
      os_name,
      os_version,
      primary_ip: `10.${number % 250}.0.${10 + n}`,
    },
    ...{ remote_access: isWindows ? 'rdp' : 'ssh', status: 'active', criticality: n < 3 ? 'critical' : 'medium' },
    ...{ serial_number: `SN-${client.code}-${n}`, warranty_until: dayOf(begin + (600 + 80 * n) * MS_PER_DAY) },
    ...{ environmental_notes: note, powershell_version: limits.length > 1 ? '2.0' : null },
    ...{ limitations: JSON.stringify(limits), custom: '{}', last_verified_at: iso(begin) },
  }
}

const PROJECTS = [
  ['Move to Microsoft 365', 'migration', 'completed'],
  ['Network renewal', 'client_project', 'active'],
  ['Monthly maintenance', 'maintenance', 'active'],
]

function projectRow(random, client, begin, n) {
  const [name, kind, status] = PROJECTS[n]
  return {
    ...standard(random.uuid(begin), begin),
    ...{ client_id: client.id, code: `P${n + 1}`, name, name_key: name.toLowerCase(), kind, status },
    ...{ completed_at: status === 'completed' ? iso(begin + 200 * MS_PER_DAY) : null, billing_mode: 'tm' },
    local_paths: '{}',
  }
}
