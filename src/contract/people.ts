import { z } from 'zod'
import { defineEntity, mutation, query } from './kernel.ts'
import { ROLES } from './rights.ts'
import { EXAMPLE_ID, Id, IdOrShort, Instant, json, line, ref, TimeZone } from './values.ts'

export const user = defineEntity('user', {
  plural: 'users',
  belongs: 'everyone',
  fixed: { email: z.email().max(254) },
  editable: {
    name: line(200),
    role: z.enum(ROLES),
    /** Sees every client; else only those of `user_client_access`. */
    all_clients: z.boolean().default(false),
    timezone: TimeZone.nullable(),
  },
  managed: { last_login_at: Instant.nullable() },
  filter: { role: z.enum(ROLES), email: z.email() },
  sort: ['created_at', 'name'],
  searched: ['name', 'email'],
  named: 'email',
  operations: ['list', 'get', 'update', 'archive', 'restore'],
  writers: 'admin',
  example: { email: 'ana@example.com', name: 'Ana', role: 'technician' },
})

/** At least 15 characters are advised, 12 demanded; no composition rules (ASVS 6.2). */
export const Password = z.string().min(12, 'must have at least 12 characters').max(256)

export const ACCESS_LEVELS = ['read', 'write'] as const
const ClientAccess = z.object({
  client_id: ref('clients'),
  client_name: z.string(),
  /** `none` denies the client even to somebody who sees all others. */
  level: z.enum([...ACCESS_LEVELS, 'none']),
  expires_at: Instant.nullable(),
})

const createUser = mutation({
  input: z.strictObject({
    email: z.email().max(254),
    name: line(200),
    role: z.enum(ROLES),
    password: Password,
    all_clients: z.boolean().optional(),
    timezone: TimeZone.nullable().optional(),
  }),
  output: user.row,
  rest: { method: 'POST', path: '/users' },
  summary: 'Create a user with a first password',
  example: { email: 'ana@example.com', name: 'Ana', role: 'technician', password: 'correct horse battery staple' },
  scope: 'msp:admin',
  role: 'admin',
  transaction: false,
  errors: ['CONFLICT', 'UNAVAILABLE'],
})

export const users = {
  ...user.offers,
  create: createUser,
  setPassword: mutation({
    input: z.strictObject({ id: IdOrShort, password: Password }),
    output: z.object({ id: Id, logins_ended: z.int() }),
    rest: { method: 'POST', path: '/users/:id/set-password' },
    summary: 'Set a new password and end every login of the user',
    example: { id: EXAMPLE_ID, password: 'correct horse battery staple' },
    scope: 'msp:admin',
    role: 'admin',
    transaction: false,
    errors: ['NOT_FOUND', 'UNAVAILABLE'],
  }),
  access: query({
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({ items: z.array(ClientAccess) }),
    rest: { method: 'GET', path: '/users/:id/access' },
    summary: 'The clients that a user may work for',
    example: { id: EXAMPLE_ID },
    scope: 'msp:admin',
    role: 'admin',
    errors: ['NOT_FOUND'],
  }),
  grant: mutation({
    input: z.strictObject({
      id: IdOrShort,
      client_id: ref('clients'),
      level: z.enum([...ACCESS_LEVELS, 'none']),
      expires_at: Instant.nullable().optional(),
    }),
    output: z.object({ items: z.array(ClientAccess) }),
    rest: { method: 'POST', path: '/users/:id/grant' },
    summary: 'Give a user access to a client, change it, or deny the client to them',
    example: { id: EXAMPLE_ID, client_id: EXAMPLE_ID, level: 'write' },
    scope: 'msp:admin',
    role: 'admin',
    errors: ['NOT_FOUND'],
  }),
  revoke: mutation({
    input: z.strictObject({ id: IdOrShort, client_id: ref('clients') }),
    output: z.object({ items: z.array(ClientAccess) }),
    rest: { method: 'POST', path: '/users/:id/revoke' },
    summary: 'Take back what was granted or denied to a user for a client, at once',
    example: { id: EXAMPLE_ID, client_id: EXAMPLE_ID },
    scope: 'msp:admin',
    role: 'admin',
    errors: ['NOT_FOUND'],
  }),
}

const OS_TYPES = ['windows', 'linux', 'darwin'] as const

/** What a machine can do, as its background probe found it. Open: newer clients may tell more. */
const describable = {
  friendly_name: line(200).nullable(),
  os_type: z.enum(OS_TYPES),
  os_version: line(200).nullable(),
  arch: line(20).nullable(),
  default_shell: line(200).nullable(),
  /** `{docker: true, package_managers: ["apt"], shells: {bash: "5.2"}, mcp_servers: [], skills: []}` */
  tools: json.default({}),
  /** `{profiles: ["Dataforth"]}` */
  vpn_profiles: json.default({}),
  timezone: line(64).nullable(),
  agent_version: line(50).nullable(),
}

export const machine = defineEntity('machine', {
  plural: 'machines',
  belongs: 'everyone',
  fixed: {
    hostname: line(255),
    machine_fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'),
  },
  editable: { ...describable, is_primary: z.boolean().default(false) },
  managed: { owner_user_id: ref('users').nullable(), last_seen_at: Instant.nullable() },
  filter: { owner_user_id: ref('users'), hostname: line(255), machine_fingerprint: z.string().max(64) },
  sort: ['last_seen_at', 'created_at', 'hostname'],
  searched: ['hostname', 'friendly_name'],
  operations: ['list', 'get', 'update', 'archive', 'restore'],
  example: { hostname: 'ANA-LT1', machine_fingerprint: 'a'.repeat(64), os_type: 'windows' },
})

export const machines = {
  ...machine.offers,
  register: mutation({
    input: z.strictObject({
      hostname: line(255),
      machine_fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'),
      friendly_name: describable.friendly_name.optional(),
      os_type: describable.os_type,
      os_version: describable.os_version.optional(),
      arch: describable.arch.optional(),
      default_shell: describable.default_shell.optional(),
      tools: json.optional(),
      vpn_profiles: json.optional(),
      timezone: describable.timezone.optional(),
      agent_version: describable.agent_version.optional(),
    }),
    output: machine.row,
    rest: { method: 'POST', path: '/machines/register' },
    summary: 'Recognise this machine by its fingerprint, or enrol it, and refresh what it can do',
    example: { hostname: 'ANA-LT1', machine_fingerprint: 'a'.repeat(64), os_type: 'windows', tools: { docker: false } },
  }),
}

const Tokens = z.object({
  token_type: z.literal('Bearer'),
  access_token: z.string(),
  /** Seconds until the access token ends. */
  expires_in: z.int(),
  refresh_token: z.string(),
  refresh_expires_at: Instant,
  user: z.object({ id: Id, email: z.string(), name: z.string(), role: z.enum(ROLES) }),
})
export type Tokens = z.infer<typeof Tokens>

export const auth = {
  login: mutation({
    input: z.strictObject({
      email: z.email().max(254),
      password: z.string().min(1).max(256),
      label: line(200).optional(),
    }),
    output: Tokens,
    rest: { method: 'POST', path: '/auth/login' },
    summary: 'Sign in with e-mail and password',
    example: { email: 'ana@example.com', password: 'correct horse battery staple' },
    scope: null,
    role: 'viewer',
    transaction: false,
    errors: ['UNAUTHENTICATED', 'UNAVAILABLE'],
  }),
  refresh: mutation({
    input: z.strictObject({
      refresh_token: z.string().min(20).max(200),
      /** Chosen and stored by the client before the call: the same one again, after a lost answer, gives the same successor. */
      rotation_id: z.uuid(),
    }),
    output: Tokens,
    rest: { method: 'POST', path: '/auth/refresh' },
    summary: 'Exchange a refresh token for its successor and a new access token',
    example: { refresh_token: 'rt_'.padEnd(46, 'x'), rotation_id: 'b0f3c1de-2f0a-4c61-8f6e-0d6a5f9f5a10' },
    scope: null,
    role: 'viewer',
    errors: ['UNAUTHENTICATED'],
  }),
  logout: mutation({
    input: z.strictObject({ everywhere: z.boolean().optional() }),
    output: z.object({ logins_ended: z.int() }),
    rest: { method: 'POST', path: '/auth/logout' },
    summary: 'End this login, or every login of the caller',
    example: {},
    scope: 'msp:read',
    role: 'viewer',
  }),
  me: query({
    input: z.strictObject({}),
    output: z.object({
      id: Id,
      email: z.string(),
      name: z.string(),
      role: z.enum(ROLES),
      scopes: z.array(z.string()),
      all_clients: z.boolean(),
      login_expires_at: Instant,
    }),
    rest: { method: 'GET', path: '/auth/me' },
    summary: 'Who is signed in, and what they may do',
    example: {},
  }),
}
