import { z } from 'zod'
import { defineEntity, mutation, query } from './kernel.ts'
import { ROLES } from './rights.ts'
import { EXAMPLE_ID, Hash, Id, IdOrShort, Instant, json, line, ref, TimeZone } from './values.ts'

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
  resetFactors: mutation({
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({ id: Id, factors_removed: z.int() }),
    rest: { method: 'POST', path: '/users/:id/reset-factors' },
    summary: 'Take the authenticator from a user who has lost it, and end every login of theirs',
    example: { id: EXAMPLE_ID },
    scope: 'msp:admin',
    role: 'admin',
    errors: ['NOT_FOUND'],
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
  filter: { owner_user_id: ref('users'), hostname: line(255), machine_fingerprint: Hash },
  sort: ['last_seen_at', 'created_at', 'hostname'],
  searched: ['hostname', 'friendly_name'],
  operations: ['list', 'get', 'update', 'archive', 'restore'],
  example: { hostname: 'ANA-LT1', machine_fingerprint: 'a'.repeat(64), os_type: 'windows' },
})

const Named = z.object({ id: z.string(), title: z.string() })
const NamedTask = Named.extend({ changes: z.boolean() })

/** What the table of commands knows of a task. */
const OsCommands = z.object({
  /** Null where several tasks fit, or none. */
  task: NamedTask.nullable(),
  /** What fits too; the best first. Every task when none was named. */
  candidates: z.array(NamedTask),
  /** Those that were meant; none when the name is unknown. */
  systems: z.array(Named),
  commands: z.array(
    z.object({
      system: z.string(),
      title: z.string(),
      command: z.string(),
      /** Needs an administrator, root or the privileged mode. */
      elevated: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
})

export const machines = {
  ...machine.offers,
  commandsFor: query({
    input: z.strictObject({
      /** By id, words or synonym, in English, Dutch, German or French. */
      task: line(200).optional(),
      /** `server 2008`, `rocky`, `macos 15`, `fortigate`; every system when not named. */
      os: line(100).optional(),
    }),
    output: OsCommands,
    rest: { method: 'GET', path: '/machines/commands-for' },
    summary:
      'How a task is done on an operating system or appliance: the command, whether it changes something and needs rights',
    example: { task: 'list users', os: 'server 2008' },
  }),
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
