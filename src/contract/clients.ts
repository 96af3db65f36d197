import { z } from 'zod'
import { hostName } from './addresses.ts'
import { defineEntity, mutation, query } from './kernel.ts'
import { Currency, Day, EXAMPLE_ID, Id, Instant, json, line, ref, strings, TimeZone, text } from './values.ts'

const CODE = z.string().regex(/^[A-Z0-9]{2,10}$/, 'must be 2 to 10 capital letters or digits')
const CLIENT_STATUS = ['active', 'paused', 'offboarded'] as const

export const client = defineEntity('client', {
  plural: 'clients',
  belongs: 'is-client',
  editable: {
    name: line(200),
    /** Made from the name when it is not given. */
    code: CODE.nullable(),
    type: z.enum(['msp_managed', 'break_fix', 'project', 'internal', 'prospect', 'vendor']).default('msp_managed'),
    status: z.enum(CLIENT_STATUS).default('active'),
    timezone: TimeZone.nullable(),
    currency: Currency.nullable(),
    /** What time for this client falls under when nobody says otherwise. */
    default_agreement_id: ref('agreements').nullable(),
    account_owner_id: ref('users').nullable(),
    website: line(500).nullable(),
    primary_domain: hostName(253).nullable(),
    security_level: z.enum(['standard', 'sensitive', 'regulated']).default('standard'),
    compliance: strings.default([]),
    notes: text().nullable(),
    onboarded_on: Day.nullable(),
    offboarded_on: Day.nullable(),
  },
  filter: { status: z.enum(CLIENT_STATUS), code: CODE },
  sort: ['created_at', 'name', 'code'],
  searched: ['name', 'code', 'primary_domain'],
  named: 'name',
  writers: 'lead',
  example: { name: 'Dataforth', code: 'DF', timezone: 'America/Phoenix' },
})

export const clientAlias = defineEntity('client alias', {
  plural: 'clientAliases',
  belongs: 'client',
  fixed: { client_id: ref('clients'), alias: line(200) },
  sort: ['created_at', 'alias'],
  named: 'alias',
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: { client_id: EXAMPLE_ID, alias: 'DFC' },
})

const Candidate = z.object({
  id: Id,
  name: z.string(),
  code: z.string().nullable(),
  matched: z.enum(['id', 'name', 'code', 'alias', 'domain', 'prefix', 'contains']),
})

/** The ways to a client from something technical, the surest first. */
export const IDENTIFIED_VIA = [
  'fqdn',
  'contact',
  'hostname',
  'primary_ip',
  'mgmt_ip',
  'public_ip',
  'domain',
  'primary_domain',
  'tenant_domain',
  'alias',
  'network',
  'contact_domain',
  'short_name',
] as const

export const clients = {
  ...client.offers,
  resolve: query({
    input: z.strictObject({ text: line(200) }),
    output: z.object({
      /** The one that is meant, or null when nothing or more than one fits. */
      client: client.row.nullable(),
      candidates: z.array(Candidate),
    }),
    rest: { method: 'GET', path: '/clients/resolve' },
    summary: 'Which client is meant by a name, code, alias, domain or unique beginning of one',
    example: { text: 'dataf' },
  }),
  identify: query({
    input: z.strictObject({ text: line(2_000) }),
    output: z.object({
      /** What the text was taken for. */
      kind: z.enum(['ip', 'email', 'url', 'host']),
      /** Each way in which it leads to a client, the surest first; several clients can own a private address. */
      matches: z.array(
        z.object({
          client_id: Id,
          client_name: z.string(),
          via: z.enum(IDENTIFIED_VIA),
          /** The row that says so, and how it is called: the host, the network, the site, … */
          id: Id,
          label: z.string(),
        }),
      ),
    }),
    rest: { method: 'GET', path: '/clients/identify' },
    summary: 'Whose is this host, address, domain, mailbox or URL, and how is that known',
    example: { text: 'https://mail.dataforth.com/owa' },
  }),
}

const PROJECT_STATUS = ['planned', 'active', 'on_hold', 'completed', 'cancelled'] as const

export const project = defineEntity('project', {
  plural: 'projects',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    code: CODE.nullable(),
    name: line(200),
    kind: z
      .enum(['client_project', 'internal_product', 'infrastructure', 'maintenance', 'migration'])
      .default('client_project'),
    status: z.enum(PROJECT_STATUS).default('active'),
    manager_id: ref('users').nullable(),
    starts_on: Day.nullable(),
    due_on: Day.nullable(),
    completed_at: Instant.nullable(),
    budget_minutes: z.int().nonnegative().nullable(),
    budget_minor: z.int().nonnegative().nullable(),
    budget_period: z.enum(['total', 'month']).nullable(),
    billing_mode: z.enum(['tm', 'fixed', 'retainer', 'non_billable']).default('tm'),
    repo_url: line(2_000).nullable(),
    /** Machine id → folder. */
    local_paths: json.default({}),
    /** The git remote without scheme, user and `.git`: `github.com/acme/site`. */
    git_remote_fingerprint: line(500).nullable(),
  },
  filter: { status: z.enum(PROJECT_STATUS), git_remote_fingerprint: line(500) },
  sort: ['created_at', 'name', 'due_on'],
  searched: ['name', 'code'],
  named: 'name',
  example: { client_id: EXAMPLE_ID, name: 'Firewall migration' },
})

export const projects = {
  ...project.offers,
  resolve: query({
    input: z.strictObject({
      text: line(500).optional(),
      git_remote: line(2_000).optional(),
      client_id: ref('clients').optional(),
    }),
    output: z.object({
      project: project.row.nullable(),
      candidates: z.array(z.object({ id: Id, name: z.string(), client_id: ref('clients'), client_name: z.string() })),
    }),
    rest: { method: 'GET', path: '/projects/resolve' },
    summary: 'Which project is meant by a name or found in a git remote',
    example: { text: 'firewall' },
  }),
  /** For `/dev` in a repository that no project knows yet. */
  adopt: mutation({
    input: z.strictObject({
      name: line(200),
      git_remote: line(2_000).optional(),
      client_id: ref('clients').optional(),
    }),
    output: project.row,
    rest: { method: 'POST', path: '/projects/adopt' },
    summary: "Find the project of a git remote or name, or create it as the MSP's own",
    example: { name: 'claudetools', git_remote: 'git@git.example.com:msp/claudetools.git' },
    errors: ['NOT_FOUND'],
  }),
}

export const site = defineEntity('site', {
  plural: 'sites',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    name: line(200),
    code: line(20).nullable(),
    address: text(1_000).nullable(),
    city: line(200).nullable(),
    postal_code: line(20).nullable(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code like US')
      .nullable(),
    timezone: TimeZone.nullable(),
    public_ips: strings.default([]),
    isp: line(200).nullable(),
    circuit_id: line(200).nullable(),
    vpn_required: z.boolean().default(false),
    vpn_type: z
      .enum(['wireguard', 'openvpn', 'ipsec_ikev2', 'sstp', 'l2tp', 'zerotier', 'tailscale', 'ssl_vpn'])
      .nullable(),
    vpn_notes: text().nullable(),
    access_instructions: text().nullable(),
    hours: json.default({}),
    travel_minutes: z.int().min(0).max(10_000).nullable(),
    travel_zone: line(50).nullable(),
    is_primary: z.boolean().default(false),
  },
  filter: { is_primary: z.boolean() },
  sort: ['created_at', 'name'],
  searched: ['name', 'code', 'city'],
  named: 'name',
  example: { client_id: EXAMPLE_ID, name: 'Head office', country: 'US' },
})
