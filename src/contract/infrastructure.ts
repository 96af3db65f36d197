import { z } from 'zod'
import { hostName } from './addresses.ts'
import { defineEntity, query } from './kernel.ts'
import { impactOf } from './services.ts'
import { Day, EXAMPLE_ID, Id, IdOrShort, Instant, json, line, ref, strings, text } from './values.ts'

const KINDS = [
  'physical_server',
  'virtual_server',
  'container',
  'workstation',
  'laptop',
  'firewall',
  'switch',
  'router',
  'access_point',
  'nas_san',
  'printer',
  'camera',
  'ups',
  'phone_system',
  'cloud_vm',
  'cloud_service',
  'database',
  'domain_controller',
  'other',
] as const
const STATUS = ['planned', 'active', 'maintenance', 'degraded', 'retired', 'lost'] as const

/** A device, virtual machine or cloud resource of a client. */
export const infrastructure = defineEntity('infrastructure', {
  plural: 'infrastructure',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    site_id: ref('sites').nullable(),
    parent_id: ref('infrastructure').nullable(),
    kind: z.enum(KINDS),
    roles: strings.default([]),
    hostname: line(255),
    fqdn: hostName(255).nullable(),
    asset_tag: line(100).nullable(),
    manufacturer: line(200).nullable(),
    model: line(200).nullable(),
    serial_number: line(200).nullable(),
    os_family: line(50).nullable(),
    os_name: line(200).nullable(),
    os_version: line(100).nullable(),
    os_build: line(100).nullable(),
    os_eol_on: Day.nullable(),
    primary_ip: line(45).nullable(),
    mgmt_ip: line(45).nullable(),
    mgmt_url: line(2_000).nullable(),
    remote_access: z.enum(['rdp', 'ssh', 'winrm', 'screenconnect', 'splashtop', 'web', 'serial', 'none']).nullable(),
    status: z.enum(STATUS).default('active'),
    criticality: z.enum(['low', 'medium', 'high', 'critical']).default('medium'),
    warranty_until: Day.nullable(),
    purchased_on: Day.nullable(),
    installed_on: Day.nullable(),
    /** A short summary for people; single facts are insights. */
    environmental_notes: text().nullable(),
    powershell_version: line(20).nullable(),
    shell: line(50).nullable(),
    package_manager: line(50).nullable(),
    has_gui: z.boolean().nullable(),
    limitations: strings.default([]),
    last_verified_at: Instant.nullable(),
    custom: json.default({}),
  },
  filter: {
    kind: z.enum(KINDS),
    status: z.enum(STATUS),
    site_id: ref('sites'),
    parent_id: ref('infrastructure'),
    primary_ip: line(45),
  },
  sort: ['created_at', 'hostname'],
  searched: ['hostname', 'fqdn', 'primary_ip', 'asset_tag', 'serial_number'],
  named: 'hostname',
  example: {
    client_id: EXAMPLE_ID,
    kind: 'virtual_server',
    hostname: 'SRV-OLD',
    os_name: 'Windows Server 2008 R2',
    powershell_version: '2.0',
  },
})

export const TIMELINE_KIND = ['command', 'file_change', 'change', 'deployment', 'work_item'] as const

export const infrastructureOperations = {
  ...infrastructure.offers,
  impact: impactOf('/infrastructure', 'an asset, with what runs inside it,'),
  timeline: query({
    input: z.strictObject({
      id: IdOrShort,
      kind: z.enum(TIMELINE_KIND).optional(),
      date_from: z.union([Day, Instant]).optional(),
      date_to: z.union([Day, Instant]).optional(),
      limit: z.int().min(1).max(200).optional(),
      cursor: z.string().max(1_000).optional(),
    }),
    output: z.object({
      /** The newest first. */
      items: z.array(
        z.object({
          kind: z.enum(TIMELINE_KIND),
          /** Of the row that tells it. */
          id: Id,
          at: Instant,
          /** The command, the path, the reason or the title. */
          title: z.string(),
          /** What came of it: the status of the row, or `success` and `failed`; null for files. */
          status: z.string().nullable(),
          session_id: Id.nullable(),
          work_item_id: Id.nullable(),
        }),
      ),
      next_cursor: z.string().nullable(),
    }),
    rest: { method: 'GET', path: '/infrastructure/:id/timeline' },
    summary: 'What happened on an asset: commands, files, changes, deployments and work, the newest first',
    example: { id: EXAMPLE_ID, date_from: '2026-01-05' },
    errors: ['NOT_FOUND'],
  }),
}
