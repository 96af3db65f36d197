import { z } from 'zod'
import { defineEntity, query } from './kernel.ts'
import { Day, EXAMPLE_ID, Id, IdOrShort, line, ref, text } from './values.ts'

const SERVICE_TYPE = [
  'web',
  'database',
  'email',
  'directory',
  'dns',
  'dhcp',
  'file',
  'print',
  'rdp_gateway',
  'vpn',
  'backup',
  'monitoring',
  'voip',
  'lob_app',
  'container_platform',
  'ci_cd',
  'api',
  'other',
] as const
const SERVICE_STATUS = ['planned', 'active', 'maintenance', 'degraded', 'retired'] as const
const CRITICALITY = ['low', 'medium', 'high', 'critical'] as const
const Port = z.int().min(1).max(65_535)

/** Something that runs for a client: a website, a database, a backup job. */
export const service = defineEntity('service', {
  plural: 'services',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    /** Where it runs. */
    infrastructure_id: ref('infrastructure').nullable(),
    name: line(200),
    type: z.enum(SERVICE_TYPE),
    vendor: line(200).nullable(),
    version: line(100).nullable(),
    url: line(2_000).nullable(),
    protocol: line(20).nullable(),
    port: Port.nullable(),
    process_name: line(200).nullable(),
    unit_name: line(200).nullable(),
    install_path: line(1_000).nullable(),
    config_path: line(1_000).nullable(),
    log_path: line(1_000).nullable(),
    start_command: line(2_000).nullable(),
    credential_id: ref('credentials').nullable(),
    criticality: z.enum(CRITICALITY).default('medium'),
    status: z.enum(SERVICE_STATUS).default('active'),
    review_due_on: Day.nullable(),
    support_contact: line(500).nullable(),
    licence_expires_on: Day.nullable(),
    notes: text().nullable(),
  },
  filter: {
    type: z.enum(SERVICE_TYPE),
    status: z.enum(SERVICE_STATUS),
    criticality: z.enum(CRITICALITY),
    infrastructure_id: ref('infrastructure'),
  },
  sort: ['created_at', 'name', 'review_due_on'],
  searched: ['name', 'vendor', 'url'],
  example: { client_id: EXAMPLE_ID, name: 'ERP database', type: 'database', vendor: 'Microsoft', port: 1433 },
})

const RELATIONSHIP = [
  'hosted_on',
  'depends_on',
  'connects_to',
  'backs_up',
  'replicates_to',
  'proxies',
  'monitors',
  'authenticates_via',
] as const

/** Read as a sentence: the service `from` depends on the service `to`. */
export const serviceRelationship = defineEntity('service relationship', {
  plural: 'serviceRelationships',
  belongs: 'client',
  clientFrom: 'from_service_id',
  fixed: { from_service_id: ref('services'), to_service_id: ref('services'), type: z.enum(RELATIONSHIP) },
  editable: { port: Port.nullable(), notes: text(2_000).nullable() },
  managed: { client_id: ref('clients') },
  filter: { from_service_id: ref('services'), to_service_id: ref('services'), type: z.enum(RELATIONSHIP) },
  sort: ['created_at'],
  example: { from_service_id: EXAMPLE_ID, to_service_id: EXAMPLE_ID, type: 'depends_on' },
})

/** With whom a service fails: what it stands on, not what it watches or copies. */
export const CARRIES_FAILURE = [
  'hosted_on',
  'depends_on',
  'connects_to',
  'proxies',
  'authenticates_via',
] as const satisfies readonly (typeof RELATIONSHIP)[number][]

const Impact = z.object({
  /** Nearest first. */
  affected: z.array(
    z.object({
      service_id: Id,
      name: z.string(),
      type: z.enum(SERVICE_TYPE),
      criticality: z.enum(CRITICALITY),
      status: z.enum(SERVICE_STATUS),
      infrastructure_id: Id.nullable(),
      hostname: z.string().nullable(),
      /** How many steps away; 0 runs on the failed asset itself. */
      depth: z.int().nonnegative(),
      /** The service nearer to the failure through which it is hit; null when it runs on the failed asset. */
      via_service_id: Id.nullable(),
      via_type: z.enum(CARRIES_FAILURE).nullable(),
    }),
  ),
})

/** `impactOf('/services', 'a service')`: what fails when that row of the path fails. */
export const impactOf = (path: string, what: string) =>
  query({
    input: z.strictObject({ id: IdOrShort, depth: z.int().min(1).max(20).optional() }),
    output: Impact,
    rest: { method: 'GET', path: `${path}/:id/impact` },
    summary: `Which services fail when ${what} fails`,
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  })

export const services = { ...service.offers, impact: impactOf('/services', 'a service') }
