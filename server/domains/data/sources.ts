import type { Importable, Source } from '../../../src/contract/data.ts'

/**
 * Whose export a file is, and which of its columns is which field of ours. Columns are written as `plainName` folds them: `Serial Number`
 * and `serial-number` are `serial_number`.
 *
 * A target is a field of the entity; `client` and `site`, found by name; `custom.<word>`, an open attribute; `archived`, which leaves the
 * row out when it is so; `-`, nothing. With a plus several columns are joined, in their order, where no column without one says it.
 */
export interface Shape {
  source: Exclude<Source, 'generic'>
  entity: Importable
  /** How the vendor calls it. */
  called: string
  /** Columns that together only this export has. */
  marks: readonly string[]
  columns: Readonly<Record<string, string>>
  /** A column that names the client by a number of theirs, which nobody here can resolve. */
  clientNumber?: string
}

// IT Glue: the files of an account export. Columns of organizations, configurations and locations as two migration tools read them
// (digitaltechnologypartners/hudu_migration config/sql, and a parser of the export with the same file names); contacts after the
// attributes of the API, since no such file was at hand.
const ITGLUE: Shape[] = [
  {
    source: 'itglue',
    entity: 'clients',
    called: 'organizations',
    marks: ['organization_type', 'organization_status'],
    columns: {
      name: 'name',
      short_name: 'code',
      organization_type: 'type',
      organization_status: 'status',
      description: 'notes+',
      quick_notes: 'notes+',
      alert: 'notes+',
    },
  },
  {
    source: 'itglue',
    entity: 'infrastructure',
    called: 'configurations',
    marks: ['configuration_type', 'configuration_status'],
    columns: {
      id: 'custom.itglue_id',
      organization: 'client',
      hostname: 'hostname',
      name: 'hostname+',
      configuration_type: 'kind',
      configuration_status: 'status',
      location: 'site',
      primary_ip: 'primary_ip',
      default_gateway: 'custom.default_gateway',
      mac_address: 'custom.mac_address',
      operating_system: 'os_name',
      notes: 'environmental_notes+',
      operating_system_notes: 'environmental_notes+',
      warranty_expires_at: 'warranty_until',
      purchased_at: 'purchased_on',
      installed_at: 'installed_on',
      archived: 'archived',
    },
  },
  {
    source: 'itglue',
    entity: 'sites',
    called: 'locations',
    marks: ['organization', 'address_1', 'region'],
    columns: {
      organization: 'client',
      address_1: 'address+',
      address_2: 'address+',
      region: 'address+',
      primary: 'is_primary',
      notes: 'access_instructions',
    },
  },
  {
    source: 'itglue',
    entity: 'contacts',
    called: 'contacts',
    marks: ['organization', 'first_name', 'last_name', 'contact_type'],
    columns: {
      organization: 'client',
      first_name: 'name+',
      last_name: 'name+',
      location: 'site',
      primary_email: 'email',
      primary_phone: 'phone',
      contact_type: 'roles',
    },
  },
]

// Hudu: the attributes of its API (companies and assets), which its CSV export shares; the fields of an asset layout are the account's
// own choice, and come by common words or a mapping.
const HUDU: Shape[] = [
  {
    source: 'hudu',
    entity: 'clients',
    called: 'companies',
    marks: ['nickname', 'address_line_1', 'id_number'],
    columns: { name: 'name', company_type: 'type', website: 'website', notes: 'notes', archived: 'archived' },
  },
  {
    source: 'hudu',
    entity: 'infrastructure',
    called: 'assets',
    marks: ['company_name', 'primary_serial', 'primary_manufacturer'],
    columns: {
      company_name: 'client',
      name: 'hostname',
      asset_type: 'kind',
      primary_serial: 'serial_number',
      primary_model: 'model',
      primary_manufacturer: 'manufacturer',
      archived: 'archived',
    },
  },
  {
    source: 'hudu',
    entity: 'contacts',
    called: 'assets of people',
    marks: ['company_name', 'primary_mail'],
    columns: { company_name: 'client', name: 'name', primary_mail: 'email', archived: 'archived' },
  },
]

// ITFlow: the header rows that its own export writes (itflow-org/itflow post/user/client.php, asset.php, contact.php, location.php).
// Only the clients say whose they are: the others are exported client by client.
const ITFLOW: Shape[] = [
  {
    source: 'itflow',
    entity: 'clients',
    called: 'clients',
    marks: ['client_name', 'industry', 'referral'],
    columns: { client_name: 'name', abbreviation: 'code', website: 'website', currency: 'currency' },
  },
  {
    source: 'itflow',
    entity: 'infrastructure',
    called: 'assets',
    marks: ['make', 'assigned_to', 'physical_location'],
    columns: {
      name: 'hostname',
      type: 'kind',
      make: 'manufacturer',
      purchase_date: 'purchased_on',
      warranty_expire: 'warranty_until',
      install_date: 'installed_on',
      location: 'site',
      physical_location: 'custom.physical_location',
      description: 'environmental_notes+',
      notes: 'environmental_notes+',
    },
  },
  {
    source: 'itflow',
    entity: 'sites',
    called: 'locations',
    marks: ['description', 'postal_code', 'hours'],
    // Their hours are a text; ours are open attributes.
    columns: { address: 'address+', state: 'address+', description: 'access_instructions', hours: '-' },
  },
  {
    source: 'itflow',
    entity: 'contacts',
    called: 'contacts',
    marks: ['department', 'ext', 'mobile'],
    columns: { name: 'name', title: 'title', email: 'email', location: 'site' },
  },
]

// Syncro: organizations and end users as its documentation lists their columns (docs.syncromsp.com: "Customer CSV File Columns
// Reference", "Import or Export Existing Contacts"); assets as its API answers, `GET /customer_assets`.
const SYNCRO: Shape[] = [
  {
    source: 'syncro',
    entity: 'clients',
    called: 'organizations',
    marks: ['business_name', 'firstname', 'lastname'],
    columns: {
      business_name: 'name',
      firstname: 'name+',
      lastname: 'name+',
      notes: 'notes',
      disabled: 'archived',
    },
  },
  {
    source: 'syncro',
    entity: 'contacts',
    called: 'end users',
    marks: ['customer_id', 'contact_id', 'ticket_matching_emails'],
    columns: { name: 'name', title: 'title', email: 'email', phone: 'phone', mobile: 'mobile', notes: 'notes' },
    clientNumber: 'customer_id',
  },
  {
    source: 'syncro',
    entity: 'infrastructure',
    called: 'assets',
    marks: ['customer_id', 'asset_type', 'asset_serial'],
    columns: {
      id: 'custom.syncro_id',
      name: 'hostname',
      asset_type: 'kind',
      asset_serial: 'serial_number',
      customer_business_name: 'client',
    },
    clientNumber: 'customer_id',
  },
]

export const SHAPES: readonly Shape[] = [...ITGLUE, ...HUDU, ...ITFLOW, ...SYNCRO]

export const SOURCE_NAMES: Record<Source, string> = {
  itglue: 'IT Glue',
  hudu: 'Hudu',
  itflow: 'ITFlow',
  syncro: 'Syncro',
  generic: 'no known product',
}
