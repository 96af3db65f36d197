import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref, strings, text } from './values.ts'

export const CREDENTIAL_TYPES = [
  'password',
  'api_key',
  'oauth2_client',
  'bearer_token',
  'ssh_key',
  'certificate',
  'totp',
  'connection_string',
  'snmp_community',
  'wifi_psk',
  'recovery_key',
  'licence_key',
  'webhook_secret',
  'pin',
] as const
const SENSITIVITIES = ['normal', 'high', 'break_glass'] as const
const ACCESS_POLICIES = ['open', 'reason_required', 'approval_required'] as const

/** An address without `user:password@` in it. */
const Url = line(2_000).refine(
  (address) => !/^[^/?#]*:?\/\/[^/?#]*@/.test(address),
  'must not carry a user name or password: leave out what stands before the @',
)

/**
 * What is known about a secret, never the secret. Without a client it is the MSP's own, or, with an owner, a person's.
 */
export const credential = defineEntity('credential', {
  plural: 'credentials',
  belongs: 'client-or-author',
  fixed: {
    client_id: ref('clients').nullable(),
    type: z.enum(CREDENTIAL_TYPES),
    sensitivity: z.enum(SENSITIVITIES).default('normal'),
    access_policy: z.enum(ACCESS_POLICIES).default('open'),
  },
  editable: {
    name: line(200),
    username: line(200).nullable(),
    url: Url.nullable(),
    site_id: ref('sites').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    m365_tenant_id: ref('m365Tenants').nullable(),
    owner_user_id: ref('users').nullable(),
    expires_at: Instant.nullable(),
    rotate_every_days: z.int().min(1).max(3_650).nullable(),
  },
  managed: {
    /** What it opens: follows from the one place that it names. */
    scope: z.enum(['client', 'site', 'infrastructure', 'service', 'tenant', 'integration', 'user']),
    /** Programs that may be given it, and hosts that they may reach; empty where no rule was set. */
    allowed_programs: strings,
    allowed_hosts: strings,
    current_version_id: z.uuid().nullable(),
    has_totp: z.boolean(),
    last_rotated_at: Instant.nullable(),
    last_used_at: Instant.nullable(),
    compromised_at: Instant.nullable(),
    compromised_reason: text(2_000).nullable(),
  },
  initial: { scope: 'client', allowed_programs: [], allowed_hosts: [], has_totp: false },
  filter: {
    type: z.enum(CREDENTIAL_TYPES),
    sensitivity: z.enum(SENSITIVITIES),
    site_id: ref('sites'),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    m365_tenant_id: ref('m365Tenants'),
    owner_user_id: ref('users'),
  },
  sort: ['created_at', 'name', 'expires_at', 'last_rotated_at', 'last_used_at'],
  dated: 'created_at',
  searched: ['name', 'username', 'url'],
  readers: 'technician',
  example: { client_id: EXAMPLE_ID, name: 'Domain administrator', type: 'password', username: 'DATAFORTH\\svc-msp' },
})

export const credentials = {
  ...credential.offers,
  setPolicy: action(credential, 'setPolicy', 'Set how sensitive a credential is, who may get it and where it may go', {
    input: {
      sensitivity: z.enum(SENSITIVITIES).optional(),
      access_policy: z.enum(ACCESS_POLICIES).optional(),
      allowed_programs: strings.optional(),
      allowed_hosts: strings.optional(),
    },
    example: { access_policy: 'reason_required', allowed_programs: ['mariadb'], allowed_hosts: ['db1.dataforth.com'] },
    role: 'lead',
  }),
  markCompromised: action(credential, 'markCompromised', 'Say that a secret is known to others and must be replaced', {
    input: { reason: text(2_000).min(1) },
    example: { reason: 'Found in a pasted transcript' },
  }),
}

const PERMISSION_LEVELS = ['metadata', 'use', 'reveal', 'edit', 'manage'] as const
const PRINCIPALS = ['user', 'role', 'api_key', 'agent'] as const

/** What somebody may do with one credential, or with all of a type that a client (or the MSP itself) has. `deny` wins. */
export const credentialPermission = defineEntity('credential permission', {
  plural: 'credentialPermissions',
  belongs: 'client-or-author',
  fixed: {
    /** Taken from the credential where one is named. */
    client_id: ref('clients').nullable(),
    credential_id: ref('credentials').nullable(),
    type: z.enum([...CREDENTIAL_TYPES, 'any']).nullable(),
    principal_type: z.enum(PRINCIPALS),
    /** The id of a user or API key, a role, or the type of an agent. */
    principal_id: line(100),
  },
  editable: {
    level: z.enum(PERMISSION_LEVELS),
    effect: z.enum(['allow', 'deny']).default('allow'),
    expires_at: Instant.nullable(),
    reason: text(2_000).nullable(),
  },
  managed: { granted_by: ref('users').nullable() },
  filter: {
    credential_id: ref('credentials'),
    principal_type: z.enum(PRINCIPALS),
    principal_id: line(100),
    level: z.enum(PERMISSION_LEVELS),
    effect: z.enum(['allow', 'deny']),
  },
  sort: ['created_at', 'expires_at'],
  readers: 'lead',
  writers: 'lead',
  example: { client_id: EXAMPLE_ID, type: 'any', principal_type: 'role', principal_id: 'technician', level: 'use' },
})

const ACTIONS = [
  'create',
  'list',
  'view_metadata',
  'use',
  'reveal',
  'copy',
  'totp_code',
  'update',
  'rotate',
  'share',
  'export',
  'import',
  'archive',
  'purge',
  'grant',
  'revoke',
  'decrypt_failed',
  'denied',
] as const
const OUTCOMES = ['intent', 'success', 'denied', 'error'] as const

/** How an entry hangs in its chain: each holds the hash of the one before. */
export const chained = {
  chain: line(80),
  seq: z.int().positive(),
  prev_hash: z.string(),
  row_hash: z.string(),
  /** HMAC of `row_hash` under the key of the epoch. */
  mac: z.string().nullable(),
  epoch: z.int().nonnegative(),
}
/** A first entry. */
export const CHAINED_EXAMPLE = {
  chain: 'system',
  seq: 1,
  prev_hash: '0'.repeat(64),
  row_hash: 'a'.repeat(64),
  epoch: 0,
}

/** Who did something, and from where. */
export const acting = {
  actor_user_id: ref('users').nullable(),
  actor_kind: z.enum(['human', 'agent', 'api_key', 'system']),
  api_key_id: ref('apiKeys').nullable(),
  agent_id: line(100).nullable(),
  agent_type: line(200).nullable(),
  session_id: ref('sessions').nullable(),
  machine_id: ref('machines').nullable(),
  ip: line(45).nullable(),
  user_agent: line(500).nullable(),
  request_id: z.uuid().nullable(),
}

/** Who did what with which credential. Only ever appended to. */
export const credentialAuditLog = defineEntity('credential audit entry', {
  plural: 'credentialAuditLog',
  belongs: 'client-or-author',
  managed: {
    ...chained,
    client_id: ref('clients').nullable(),
    credential_id: ref('credentials').nullable(),
    /** The credential's name as it was then. */
    credential_label: line(200).nullable(),
    version_no: z.int().positive().nullable(),
    action: z.enum(ACTIONS),
    outcome: z.enum(OUTCOMES),
    /** The entry that announced what this one reports. */
    intent_id: ref('credentialAuditLog').nullable(),
    ...acting,
    work_item_id: ref('workItems').nullable(),
    purpose: text(2_000).nullable(),
    ticket_ref: line(100).nullable(),
    /** SHA-256 of further details, which are kept apart so that they can be erased. */
    body_hash: z.string().nullable(),
    occurred_at: Instant,
  },
  filter: {
    credential_id: ref('credentials'),
    actor_user_id: ref('users'),
    action: z.enum(ACTIONS),
    outcome: z.enum(OUTCOMES),
    session_id: ref('sessions'),
    chain: line(80),
  },
  sort: ['occurred_at', 'seq'],
  dated: 'occurred_at',
  searched: ['chain', 'credential_label', 'purpose', 'ticket_ref'],
  operations: ['list', 'get'],
  readers: 'lead',
  example: {
    ...CHAINED_EXAMPLE,
    client_id: EXAMPLE_ID,
    action: 'use',
    outcome: 'success',
    actor_kind: 'human',
    occurred_at: '2026-01-12T09:00:00.000Z',
  },
})
