import { z } from 'zod'
import { defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref, strings, text } from './values.ts'

const ACTION = ['allow', 'deny', 'reject'] as const
const SOURCE = ['manual', 'imported', 'synced'] as const

/** One line of a firewall's rule set. An empty list of addresses or ports means any. */
export const firewallRule = defineEntity('firewall rule', {
  plural: 'firewallRules',
  belongs: 'client',
  clientFrom: 'firewall_id',
  fixed: { firewall_id: ref('infrastructure') },
  editable: {
    ruleset: line(100).default('default'),
    /** Its place in the rule set. */
    seq: z.int().nonnegative(),
    name: line(200).nullable(),
    enabled: z.boolean().default(true),
    action: z.enum(ACTION),
    direction: z.enum(['in', 'out', 'forward']).default('forward'),
    src_zone: line(100).nullable(),
    dst_zone: line(100).nullable(),
    /** Addresses, networks, names of objects or `any`. */
    src: strings.default([]),
    dst: strings.default([]),
    /** An IANA keyword like `tcp`, or `any`. */
    protocol: line(20).default('any'),
    /** Ports and ranges: `443`, `8000-8100`, or `any`. */
    src_ports: strings.default([]),
    dst_ports: strings.default([]),
    nat_type: z.enum(['none', 'dnat', 'snat', 'masquerade', 'one_to_one']).default('none'),
    nat_to: line(200).nullable(),
    log: z.boolean().default(false),
    hit_count: z.int().nonnegative().nullable(),
    last_hit_at: Instant.nullable(),
    expires_at: Instant.nullable(),
    justification: text(2_000).nullable(),
    requested_by: line(200).nullable(),
    ticket_ref: line(100).nullable(),
    source: z.enum(SOURCE).default('manual'),
    /** Hash of the configuration that it was read from. */
    config_hash: line(128).nullable(),
  },
  managed: { client_id: ref('clients') },
  filter: {
    firewall_id: ref('infrastructure'),
    ruleset: line(100),
    enabled: z.boolean(),
    action: z.enum(ACTION),
    source: z.enum(SOURCE),
  },
  sort: ['created_at', 'seq', 'expires_at'],
  searched: ['name', 'justification', 'ticket_ref', 'src', 'dst'],
  example: {
    firewall_id: EXAMPLE_ID,
    seq: 10,
    name: 'ERP from the office',
    action: 'allow',
    src: ['192.168.10.0/24'],
    dst: ['10.20.0.5'],
    protocol: 'tcp',
    dst_ports: ['1433'],
    justification: 'The ERP clients talk to the database.',
  },
})

export const FINDING = ['any_any', 'expired', 'no_justification', 'touches_port'] as const

export const firewallRules = {
  ...firewallRule.offers,
  findings: query({
    input: z.strictObject({
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      firewall_id: ref('infrastructure').optional(),
      kind: z.enum(FINDING).optional(),
      /** Only rules that let through or block this destination port. */
      port: z.int().min(1).max(65_535).optional(),
      limit: z.int().min(1).max(200).optional(),
      cursor: z.string().max(1_000).optional(),
    }),
    output: z.object({
      items: z.array(
        z.object({
          rule: firewallRule.row,
          firewall: z.string(),
          findings: z.array(z.object({ kind: z.enum(FINDING), message: z.string() })),
        }),
      ),
      /** A page may hold fewer rules than the limit, even none: go on while this is not null. */
      next_cursor: z.string().nullable(),
    }),
    rest: { method: 'GET', path: '/firewall-rules/findings' },
    summary: 'Enabled firewall rules that ask for a look: any to any, expired, without a justification, on a port',
    example: { port: 3389 },
    errors: ['NOT_FOUND'],
  }),
}
