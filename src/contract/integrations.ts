import { z } from 'zod'
import { action, defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, Id, IdOrShort, Instant, json, line, ref, strings, text } from './values.ts'
import { WebAddress } from './web-address.ts'

const TYPE = [
  'syncro',
  'msp360',
  'zapier',
  'autotask',
  'connectwise',
  'datto_rmm',
  'itglue',
  'teams',
  'generic_webhook',
] as const
const STATUS = ['ok', 'degraded', 'auth_failed', 'rate_limited', 'disabled'] as const

const SECRET_WORDS =
  /password|passwd|passphrase|pwd|secret|token|apikey|accesskey|privatekey|authorization|bearer|cookie|connectionstring|hookurl/
/** Not a secret but where or how long: `token_url`, `token_lifetime_seconds`. */
const PLAIN_ENDING = /token(url|endpoint|path)$|(seconds|minutes|hours|days)$/

/** Does a name like `api_key` or `clientSecret` stand for something that only the vault may hold? */
export function namesSecret(key: string): boolean {
  const bare = key.toLowerCase().replace(/[^a-z]/g, '')
  return SECRET_WORDS.test(bare) && !PLAIN_ENDING.test(bare)
}

/** Settings of a connection: everybody who may read the integration sees them. */
const Config = json.superRefine((value, context) => {
  const path = secretIn(value)
  if (path)
    context.addIssue({
      code: 'custom',
      path,
      message:
        'looks like a secret, and config is shown to every technician. Store it with credentials.create and connect that with integrationCredentials.create.',
    })
})

function secretIn(value: unknown, path: string[] = []): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = namesSecret(key) ? [...path, key] : secretIn(inner, [...path, key])
    if (found) return found
  }
  return undefined
}

/** A configured connection to an external system; without a client it serves all of them. */
export const externalIntegration = defineEntity('external integration', {
  plural: 'externalIntegrations',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable(), type: z.enum(TYPE) },
  editable: {
    name: line(200),
    base_url: WebAddress.nullable(),
    /** Subdomain, zone, codebase, platform, region … never a secret. */
    config: Config.default({}),
    direction: z.enum(['in', 'out', 'both']).default('both'),
  },
  managed: {
    enabled: z.boolean(),
    status: z.enum(STATUS),
    last_ok_at: Instant.nullable(),
    last_error: text(2_000).nullable(),
    last_error_at: Instant.nullable(),
    consecutive_failures: z.int().nonnegative(),
    /** Nothing is sent before this instant. */
    circuit_open_until: Instant.nullable(),
    /** What the vendor allows, and what is left of it. */
    rate_limit: json.nullable(),
    /** How far each resource has been read. */
    cursor: json.nullable(),
    /** What the connector can do with this account: `{ attachByUrl: true }`. */
    capabilities: json,
  },
  initial: { enabled: false, status: 'disabled', consecutive_failures: 0, capabilities: {} },
  filter: { type: z.enum(TYPE), status: z.enum(STATUS), enabled: z.boolean() },
  sort: ['created_at', 'name'],
  searched: ['name', 'base_url'],
  named: 'name',
  readers: 'technician',
  writers: 'admin',
  example: {
    client_id: EXAMPLE_ID,
    type: 'msp360',
    name: 'MSP Backups of Dataforth',
    base_url: 'https://api.mspbackups.com',
    direction: 'in',
    config: { time_zone: 'UTC' },
  },
})

const byAdmin = { role: 'admin' } as const

export const externalIntegrations = {
  ...externalIntegration.offers,
  enable: action(externalIntegration, 'enable', 'Let an integration read and send', byAdmin),
  disable: action(externalIntegration, 'disable', 'Stop an integration; what waits to be sent stays', byAdmin),
  resetCircuit: action(
    externalIntegration,
    'resetCircuit',
    'Try a system again that failed too often, without waiting for the pause to end',
    byAdmin,
  ),
  test: mutation({
    ...byAdmin,
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({
      ok: z.boolean(),
      /** Whom the system takes us for. */
      account: z.string().nullable(),
      /** Why not: what a person can mend, in their words where they gave some. */
      error: z.string().nullable(),
      integration: externalIntegration.row,
    }),
    rest: { method: 'POST', path: '/external-integrations/:id/test' },
    summary: 'Sign in to a system, also while its integration is disabled or left alone, and remember what it can do',
    example: { id: EXAMPLE_ID },
    transaction: false,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}

const KIND = ['api_key', 'basic', 'oauth2_password', 'oauth2_client', 'bearer', 'webhook_url', 'hmac_secret'] as const

/** Which credential of the vault an integration signs in with. */
export const integrationCredential = defineEntity('integration credential', {
  plural: 'integrationCredentials',
  belongs: 'client-or-everyone',
  clientFrom: 'integration_id',
  fixed: { integration_id: ref('externalIntegrations'), kind: z.enum(KIND) },
  editable: { credential_id: ref('credentials'), scopes: strings.default([]) },
  managed: {
    client_id: ref('clients').nullable(),
    /** Of the token that was got with the credential; the token itself stays on the server. */
    token_expires_at: Instant.nullable(),
    rotated_at: Instant.nullable(),
  },
  filter: { integration_id: ref('externalIntegrations'), credential_id: ref('credentials'), kind: z.enum(KIND) },
  sort: ['created_at', 'token_expires_at'],
  readers: 'admin',
  writers: 'admin',
  example: { integration_id: EXAMPLE_ID, kind: 'basic', credential_id: EXAMPLE_ID, scopes: ['monitoring'] },
})

export const REFERRED = [
  'client',
  'contact',
  'site',
  'infrastructure',
  'service',
  'project',
  'user',
  'agreement',
  'work_type',
] as const
const REF_STATUS = ['suggested', 'confirmed'] as const

/** What one of our rows is called in an external system. */
export const externalRef = defineEntity('external reference', {
  plural: 'externalRefs',
  belongs: 'client-or-everyone',
  fixed: {
    integration_id: ref('externalIntegrations'),
    entity_type: z.enum(REFERRED),
    entity_id: Id,
    external_id: line(200),
  },
  editable: { external_name: line(300).nullable(), external_url: WebAddress.nullable() },
  managed: {
    /** Of the row that is referred to. */
    client_id: ref('clients').nullable(),
    /** A match that a program found is only suggested until a person says so. */
    status: z.enum(REF_STATUS),
    confirmed_by: ref('users').nullable(),
    confirmed_at: Instant.nullable(),
    /** SHA-256 of the external row as it was read last: unchanged means nothing to do. */
    raw_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    synced_at: Instant.nullable(),
  },
  filter: {
    integration_id: ref('externalIntegrations'),
    entity_type: z.enum(REFERRED),
    entity_id: Id,
    external_id: line(200),
    status: z.enum(REF_STATUS),
  },
  sort: ['created_at', 'external_id', 'synced_at'],
  searched: ['external_id', 'external_name'],
  readers: 'technician',
  writers: 'lead',
  example: {
    integration_id: EXAMPLE_ID,
    entity_type: 'client',
    entity_id: EXAMPLE_ID,
    external_id: '4711',
    external_name: 'Dataforth Corp.',
  },
})

export const externalRefs = {
  ...externalRef.offers,
  confirm: action(externalRef, 'confirm', 'Say that a suggested match is right', { role: 'lead' }),
  suggest: mutation({
    input: z.strictObject({ integration_id: ref('externalIntegrations') }),
    output: z.object({
      /** Read over there. */
      customers: z.int(),
      assets: z.int(),
      /** Matches that were found now, and wait for `confirm`. */
      suggested: z.int(),
      /** Customers that are like none, or more than one, of our clients. */
      unmatched: z.array(z.object({ external_id: z.string(), name: z.string() })),
    }),
    rest: { method: 'POST', path: '/external-refs/suggest' },
    summary: 'Read the customers and assets of a system and suggest which clients and machines of ours they are',
    example: { integration_id: EXAMPLE_ID },
    role: 'lead',
    transaction: false,
    errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED', 'UNAVAILABLE'],
  }),
}
