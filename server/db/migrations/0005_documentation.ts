import { type Kysely, sql } from 'kysely'
import { ipRange } from '../../../src/contract/ip-ranges.ts'
import { addColumns, createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** The order of lists: of one client, and of all that a technician may see. */
const NEWEST_FIRST = [['client_id', 'created_at'], ['created_at']]

/** What an MSP writes down about its clients. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  contacts: entityTable({
    columns: {
      client_id: 'id!',
      site_id: 'id',
      name: 'line(200)!',
      title: 'line(200)',
      email: 'line(254)',
      phone: 'line(20)',
      mobile: 'line(20)',
      roles: 'json!',
      is_primary: 'boolean!',
      notes: 'text',
      email_domain: 'line(253)',
    },
    references: { client_id: 'clients' },
    sameClient: { site_id: 'sites' },
    clientParent: true,
    uniqueWhere: [{ name: 'primary', columns: ['client_id'], where: 'is_primary = 1 and archived_at is null' }],
    indexes: [['client_id', 'created_at'], ['client_id', 'name'], ['email'], ['email_domain'], ['created_at']],
  }),
  services: entityTable({
    columns: {
      client_id: 'id!',
      infrastructure_id: 'id',
      name: 'line(200)!',
      type: 'line(20)!',
      vendor: 'line(200)',
      version: 'line(100)',
      url: 'text',
      protocol: 'line(20)',
      port: 'integer',
      process_name: 'line(200)',
      unit_name: 'line(200)',
      install_path: 'text',
      config_path: 'text',
      log_path: 'text',
      start_command: 'text',
      credential_id: 'id',
      criticality: 'oneOf(low|medium|high|critical)!',
      status: 'oneOf(planned|active|maintenance|degraded|retired)!',
      review_due_on: 'day',
      support_contact: 'line(500)',
      licence_expires_on: 'day',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { infrastructure_id: 'infrastructure', credential_id: 'credentials' },
    clientParent: true,
    checks: ['port between 1 and 65535'],
    indexes: [
      ['client_id', 'type'],
      ['client_id', 'created_at'],
      ...ending('licence_expires_on'),
      ['infrastructure_id'],
      ['review_due_on'],
      ['created_at'],
    ],
  }),
  service_relationships: entityTable({
    columns: {
      client_id: 'id!',
      from_service_id: 'id!',
      to_service_id: 'id!',
      type: 'oneOf(hosted_on|depends_on|connects_to|backs_up|replicates_to|proxies|monitors|authenticates_via)!',
      port: 'integer',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { from_service_id: 'services', to_service_id: 'services' },
    checks: ['from_service_id <> to_service_id'],
    uniqueAmongActive: [['from_service_id', 'to_service_id', 'type']],
    indexes: [['to_service_id', 'type'], ...NEWEST_FIRST],
  }),
  networks: entityTable({
    columns: {
      client_id: 'id!',
      site_id: 'id!',
      name: 'line(200)!',
      kind: 'oneOf(lan|dmz|guest|iot|voip|management|wan|vpn|sdwan|cloud_vnet)!',
      cidr: 'line(49)!',
      ip_version: 'integer!',
      range_start: 'line(33)!',
      range_end: 'line(33)!',
      vlan_id: 'integer',
      gateway: 'line(45)',
      dns_servers: 'json!',
      dhcp_enabled: 'boolean!',
      dhcp_server_id: 'id',
      dhcp_range: 'line(200)',
      domain: 'line(253)',
      ssid: 'line(100)',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { site_id: 'sites', dhcp_server_id: 'infrastructure' },
    clientParent: true,
    uniqueAmongActive: [
      ['site_id', 'vlan_id'],
      ['site_id', 'range_start'],
    ],
    checks: ['range_start <= range_end', 'vlan_id between 1 and 4094'],
    indexes: [['range_start', 'range_end'], ['client_id', 'range_start'], ...NEWEST_FIRST],
  }),
  network_interfaces: entityTable({
    columns: {
      client_id: 'id!',
      infrastructure_id: 'id!',
      network_id: 'id',
      name: 'line(100)!',
      mac: 'line(17)',
      ips: 'json!',
      switch_id: 'id',
      switch_port: 'line(50)',
      speed_mbps: 'integer',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { infrastructure_id: 'infrastructure', network_id: 'networks', switch_id: 'infrastructure' },
    indexes: [['infrastructure_id'], ['network_id'], ['switch_id'], ['mac'], ...NEWEST_FIRST],
  }),
  firewall_rules: entityTable({
    columns: {
      client_id: 'id!',
      firewall_id: 'id!',
      ruleset: 'line(100)!',
      seq: 'integer!',
      name: 'line(200)',
      enabled: 'boolean!',
      action: 'oneOf(allow|deny|reject)!',
      direction: 'oneOf(in|out|forward)!',
      src_zone: 'line(100)',
      dst_zone: 'line(100)',
      src: 'json!',
      dst: 'json!',
      protocol: 'line(20)!',
      src_ports: 'json!',
      dst_ports: 'json!',
      nat_type: 'oneOf(none|dnat|snat|masquerade|one_to_one)!',
      nat_to: 'line(200)',
      log: 'boolean!',
      hit_count: 'integer',
      last_hit_at: 'instant',
      expires_at: 'instant',
      justification: 'text',
      requested_by: 'line(200)',
      ticket_ref: 'line(100)',
      source: 'oneOf(manual|imported|synced)!',
      config_hash: 'line(128)',
    },
    references: { client_id: 'clients' },
    sameClient: { firewall_id: 'infrastructure' },
    clientParent: true,
    uniqueAmongActive: [['firewall_id', 'ruleset', 'seq']],
    indexes: [['firewall_id', 'enabled'], ['expires_at'], ...NEWEST_FIRST],
  }),
  m365_tenants: entityTable({
    columns: {
      client_id: 'id!',
      tenant_id: 'line(36)!',
      display_name: 'line(200)!',
      default_domain: 'line(253)',
      onmicrosoft_domain: 'line(253)',
      cloud: 'oneOf(global|gcc|gcc_high|dod|china)!',
      access_model: 'oneOf(gdap|dap|guest|direct|lighthouse)',
      gdap_relationship_id: 'line(100)',
      gdap_expires_on: 'day',
      gdap_auto_extend: 'boolean!',
      gdap_roles: 'json!',
      csp_customer_id: 'line(100)',
      licence_summary: 'json!',
      mfa_method: 'oneOf(security_defaults|conditional_access|per_user|none)',
      secure_score: 'integer',
      admin_upns: 'json!',
      break_glass_credential_id: 'id',
      app_registration_credential_id: 'id',
      hybrid: 'oneOf(none|entra_connect|cloud_sync)!',
      last_synced_at: 'instant',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { break_glass_credential_id: 'credentials', app_registration_credential_id: 'credentials' },
    clientParent: true,
    uniqueAmongActive: [['tenant_id']],
    indexes: [
      ...ending('gdap_expires_on'),
      ['client_id', 'created_at'],
      ['default_domain'],
      ['onmicrosoft_domain'],
      ['created_at'],
    ],
  }),
  domains: entityTable({
    columns: {
      client_id: 'id!',
      name: 'line(253)!',
      m365_tenant_id: 'id',
      registrar: 'line(200)',
      dns_provider: 'line(200)',
      mail_provider: 'line(200)',
      nameservers: 'json!',
      registered_on: 'day',
      expires_on: 'day',
      auto_renew: 'boolean!',
      credential_id: 'id',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: { m365_tenant_id: 'm365_tenants', credential_id: 'credentials' },
    clientParent: true,
    uniqueAmongActive: [['client_id', 'name']],
    indexes: [['name'], ['m365_tenant_id'], ...ending('expires_on'), ...NEWEST_FIRST],
  }),
  certificates: entityTable({
    columns: {
      client_id: 'id!',
      common_name: 'line(253)!',
      subject_alt_names: 'json!',
      domain_id: 'id',
      infrastructure_id: 'id',
      service_id: 'id',
      credential_id: 'id',
      issuer: 'line(200)',
      serial_number: 'line(100)',
      fingerprint_sha256: 'hash',
      key_algorithm: 'line(50)',
      issued_on: 'day',
      expires_on: 'day',
      auto_renew: 'boolean!',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: {
      domain_id: 'domains',
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      credential_id: 'credentials',
    },
    clientParent: true,
    indexes: [['domain_id'], ['infrastructure_id'], ['service_id'], ...ending('expires_on'), ...NEWEST_FIRST],
  }),
  licences: entityTable({
    columns: {
      client_id: 'id!',
      name: 'line(200)!',
      vendor: 'line(200)',
      kind: 'oneOf(subscription|perpetual|volume|oem|trial)!',
      service_id: 'id',
      infrastructure_id: 'id',
      m365_tenant_id: 'id',
      credential_id: 'id',
      seats: 'integer',
      seats_used: 'integer',
      purchased_on: 'day',
      expires_on: 'day',
      auto_renew: 'boolean!',
      cost_minor: 'integer',
      currency: 'line(3)',
      cost_period: 'oneOf(once|month|year)',
      order_ref: 'line(200)',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    sameClient: {
      service_id: 'services',
      infrastructure_id: 'infrastructure',
      m365_tenant_id: 'm365_tenants',
      credential_id: 'credentials',
    },
    clientParent: true,
    indexes: [['service_id'], ['infrastructure_id'], ...ending('expires_on'), ...NEWEST_FIRST],
  }),
  // The public addresses of sites, one a row: `sites.public_ips` is the list that people write.
  site_public_ranges: {
    columns: { site_id: 'id!', client_id: 'id!', range_start: 'line(33)!', range_end: 'line(33)!' },
    primaryKey: ['site_id', 'range_start', 'range_end'],
    sameClient: { site_id: 'sites' },
    indexes: [['range_start', 'range_end']],
  },
}

/** What ends is asked for in the order of the days, of one client or of all. */
function ending(column: string): string[][] {
  return [['client_id', column], [column]]
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  await addColumns(db, dialect, 'infrastructure', {
    columns: {},
    indexes: [['fqdn'], ['mgmt_ip'], ['site_id'], ['parent_id'], ...ending('warranty_until'), ...ending('os_eol_on')],
  })
  // The contract keeps names of the DNS in lower case from here on.
  await sql`update infrastructure set fqdn = lower(fqdn) where fqdn <> lower(fqdn)`.execute(db)
  await sql`update clients set primary_domain = lower(primary_domain) where primary_domain <> lower(primary_domain)`.execute(
    db,
  )
  await onePrimarySite(db, dialect)
  await takeApartPublicIps(db)
}

/** Where a client has several primary sites, the oldest stays one. */
async function onePrimarySite(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await sql`update sites set is_primary = 0 where is_primary = 1 and archived_at is null and id not in (
    select id from (select min(id) as id from sites where is_primary = 1 and archived_at is null group by client_id) as kept
  )`.execute(db)
  const unique = { name: 'primary', columns: ['client_id'], where: 'is_primary = 1 and archived_at is null' }
  for (const statement of dialect.uniqueWhere('sites', unique)) await sql.raw(statement).execute(db)
}

async function takeApartPublicIps(db: Kysely<never>): Promise<void> {
  const sites = await sql<{
    id: string
    client_id: string
    public_ips: string
  }>`select id, client_id, public_ips from sites where public_ips <> '[]'`.execute(db)
  for (const site of sites.rows)
    for (const range of (JSON.parse(site.public_ips) as string[]).map(ipRange))
      if (range)
        await sql`insert into site_public_ranges (site_id, client_id, range_start, range_end)
          select ${site.id}, ${site.client_id}, ${range.start}, ${range.end} where not exists (
            select 1 from site_public_ranges where site_id = ${site.id} and range_start = ${range.start} and range_end = ${range.end}
          )`.execute(db)
}
