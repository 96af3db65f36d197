import type { Importable } from '../../../src/contract/data.ts'

/** Columns of any file: what people call our fields, and the words that stand in them. */

const to = (target: string, ...columns: string[]): [string, string][] => columns.map((column) => [column, target])

const OF_CLIENT = to(
  'client',
  ...['client', 'client_id', 'client_name', 'company', 'company_name', 'customer', 'customer_name', 'business_name'],
  ...['organization', 'organization_name', 'organisation', 'organisation_name', 'account', 'account_name'],
)
const ARCHIVED = to('archived', 'archived', 'archived_at')
const OF_SITE = to('site', 'site', 'site_name', 'location', 'location_name')

/** Column → target, as in `sources.ts`. */
export const COMMON_COLUMNS: Record<Importable, ReadonlyMap<string, string>> = {
  clients: new Map([
    ...ARCHIVED,
    ...OF_CLIENT.flatMap(([column]) => to('name', ...(column === 'client_id' ? [] : [column]))),
    ...to('code', 'short_name', 'abbreviation', 'client_code'),
    ...to('primary_domain', 'domain', 'domain_name'),
    ...to('website', 'url', 'web_site'),
    ...to('timezone', 'time_zone'),
    ...to('notes', 'description', 'comments'),
  ]),
  sites: new Map([
    ...ARCHIVED,
    ...OF_CLIENT,
    ...to('name', 'site', 'site_name', 'location', 'location_name'),
    ...to('address+', 'street', 'address_1', 'address_2', 'address1', 'address2', 'address_line_1', 'address_line_2'),
    ...to('postal_code', 'zip', 'zip_code', 'postcode', 'plz'),
    ...to('country', 'country_name', 'country_code'),
    ...to('is_primary', 'primary'),
    ...to('timezone', 'time_zone'),
    ...to('public_ips', 'public_ip', 'external_ip', 'wan_ip'),
    ...to('access_instructions', 'notes', 'description', 'comments'),
  ]),
  contacts: new Map([
    ...ARCHIVED,
    ...OF_CLIENT,
    ...OF_SITE,
    ...to('name', 'full_name', 'contact', 'contact_name', 'display_name'),
    ...to('name+', 'first_name', 'firstname', 'given_name', 'last_name', 'lastname', 'surname'),
    ...to('email', 'e_mail', 'mail', 'email_address', 'primary_email'),
    ...to('title', 'job_title', 'position'),
    ...to('phone', 'telephone', 'phone_number', 'office_phone', 'work_phone', 'primary_phone'),
    ...to('mobile', 'mobile_phone', 'cell', 'cell_phone'),
    ...to('is_primary', 'primary'),
    ...to('notes', 'description', 'comments'),
  ]),
  infrastructure: new Map([
    ...ARCHIVED,
    ...OF_CLIENT,
    ...OF_SITE,
    ...to('hostname', 'name', 'host', 'host_name', 'device', 'device_name', 'computer', 'computer_name', 'asset_name'),
    ...to('kind', 'type', 'asset_type', 'device_type', 'configuration_type'),
    ...to('manufacturer', 'make', 'vendor', 'brand'),
    ...to('serial_number', 'serial', 'serial_no', 'sn', 'service_tag', 'asset_serial'),
    ...to('os_name', 'os', 'operating_system'),
    ...to('primary_ip', 'ip', 'ip_address', 'ip_addresses', 'ipv4'),
    ...to('custom.mac_address', 'mac', 'mac_address'),
    ...to('warranty_until', 'warranty', 'warranty_expires', 'warranty_end', 'warranty_expiration'),
    ...to('purchased_on', 'purchased', 'purchase_date', 'date_purchased'),
    ...to('installed_on', 'installed', 'install_date'),
    ...to('environmental_notes', 'notes', 'description', 'comments'),
  ]),
}

/** What other products call the values of ours: field → their word → ours. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: {
    server: 'physical_server',
    vm: 'virtual_server',
    virtual_machine: 'virtual_server',
    hypervisor: 'physical_server',
    desktop: 'workstation',
    computer: 'workstation',
    pc: 'workstation',
    notebook: 'laptop',
    firewall_router: 'firewall',
    managed_firewall: 'firewall',
    network_switch: 'switch',
    wireless_access_point: 'access_point',
    wap: 'access_point',
    wifi: 'access_point',
    nas: 'nas_san',
    san: 'nas_san',
    storage: 'nas_san',
    multifunction_printer: 'printer',
    security_camera: 'camera',
    phone: 'phone_system',
    pbx: 'phone_system',
    battery_backup: 'ups',
    domain_controller_server: 'domain_controller',
    cloud_server: 'cloud_vm',
  },
  status: {
    // Of assets.
    in_use: 'active',
    deployed: 'active',
    ready_to_deploy: 'planned',
    out_for_repair: 'maintenance',
    decommissioned: 'retired',
    disposed: 'retired',
    stolen: 'lost',
    missing: 'lost',
    // Of clients and assets.
    inactive: 'retired',
  },
  type: {
    client: 'msp_managed',
    customer: 'msp_managed',
    managed: 'msp_managed',
    owner: 'internal',
    lead: 'prospect',
    partner: 'vendor',
    supplier: 'vendor',
  },
}

/** The same word means another thing of a client. */
export const WORDS_OF_CLIENTS: typeof WORDS = { status: { inactive: 'offboarded', on_hold: 'paused' } }

/** What a row has when no column says it. */
export const WHEN_NOT_SAID: Record<Importable, Readonly<Record<string, unknown>>> = {
  clients: {},
  sites: {},
  contacts: {},
  infrastructure: { kind: 'other' },
}
