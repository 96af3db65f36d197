import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { machine, user } from '../../../src/contract/people.ts'
import { commandsFor } from '../../../src/guard/os-commands/find.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { foldName, fromStored } from '../../crud/stored.ts'
import { withoutSecrets } from '../../redaction/call.ts'
import { accessOf, grantAccess, revokeAccess } from './access.ts'
import { revokeKeysOf } from './api-keys.ts'
import { removeFactors } from './factors.ts'
import { bounded, revokeLogins } from './logins.ts'

type User = RowOf<typeof user>
type Machine = RowOf<typeof machine>

export const users = {
  ...standardHandlers(user),
  create: async (context, { password, all_clients, ...input }) =>
    insertUser(
      context,
      { ...input, all_clients: all_clients ?? false, timezone: input.timezone ?? null },
      await bounded(() => context.passwords.hash(password)),
    ),
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, user).get(id)
    const after = await rows(context, user).update(id, change as Partial<User>, row_version)
    if (before.role === 'admin' && after.role !== 'admin') await refuseWithoutAdmin(context)
    if (before.role !== after.role || before.all_clients !== after.all_clients) await endOldTokens(context, before.id)
    return after
  },
  archive: async (context, { id }) => {
    const archived = await rows(context, user).update(id, { archived_at: context.clock().toISOString() })
    await refuseWithoutAdmin(context)
    await revokeLogins(context, { userId: archived.id }, 'disabled')
    await revokeKeysOf(context, archived.id)
    return archived
  },
  setPassword: async (context, { id, password }) => {
    const found = await rows(context, user).get(id)
    const password_hash = await bounded(() => context.passwords.hash(password))
    const logins_ended = await context.db.transaction().execute(async (db) => {
      await db.updateTable('users').set({ password_hash }).where('id', '=', found.id).execute()
      return revokeLogins({ ...context, db }, { userId: found.id }, 'password')
    })
    return { id: found.id, logins_ended }
  },
  resetFactors: async (context, { id }) => {
    const found = await rows(context, user).get(id)
    const factors_removed = await removeFactors(context, found.id)
    await revokeLogins(context, { userId: found.id }, 'password')
    return { id: found.id, factors_removed }
  },
  access: async (context, { id }) => accessOf(context, (await rows(context, user).get(id)).id),
  grant: async (context, { id, ...granted }) => grantAccess(context, (await rows(context, user).get(id)).id, granted),
  revoke: async (context, { id, client_id }) =>
    revokeAccess(context, (await rows(context, user).get(id)).id, client_id),
} satisfies Handlers['users']

export const machines = {
  ...standardHandlers(machine),
  commandsFor: async (_context, { task = '', os }) => commandsFor(task, os),
  update: async (context, { id, row_version, ...change }) => {
    await ownMachine(context, id)
    return rows(context, machine).update(id, change as Partial<Machine>, row_version)
  },
  archive: async (context, { id }) => {
    await ownMachine(context, id)
    return rows(context, machine).update(id, { archived_at: context.clock().toISOString() })
  },
  restore: async (context, { id }) => {
    await ownMachine(context, id)
    return rows(context, machine).update(id, { archived_at: null })
  },
  register: async (context, input) => {
    const registered = await registerMachine(context, input)
    await nameMachine(context, registered.id)
    return registered
  },
} satisfies Handlers['machines']

async function registerMachine(
  context: Context,
  input: Parameters<Handlers['machines']['register']>[1],
): Promise<Machine> {
  const seen = { ...input, last_seen_at: context.clock().toISOString() } as Partial<Machine>
  const known = await context.db
    .selectFrom('machines')
    .select('id')
    .where('machine_fingerprint', '=', input.machine_fingerprint)
    .executeTakeFirst()
  if (known) return rows(context, machine).update(known.id, { ...seen, archived_at: null })
  return rows(context, machine).insert({
    tools: {},
    vpn_profiles: {},
    is_primary: false,
    owner_user_id: context.caller.userId,
    ...seen,
  })
}

/** The login that a machine is registered with is that machine's. */
async function nameMachine({ db, caller }: Context, machineId: string): Promise<void> {
  if (caller.machineId === machineId || caller.apiKeyId !== undefined) return
  await db.updateTable('logins').set({ machine_id: machineId }).where('id', '=', caller.loginId).execute()
}

/** Makes a user; the caller has hashed the password. */
export async function insertUser(
  context: Pick<Context, 'db' | 'clock' | 'newId' | 'redaction'> & { caller?: Context['caller'] },
  input: Pick<User, 'email' | 'name' | 'role' | 'all_clients' | 'timezone'>,
  passwordHash: string,
): Promise<User> {
  const now = context.clock().toISOString()
  const author = context.caller?.userId ?? null
  const standard = {
    id: context.newId(),
    created_at: now,
    updated_at: now,
    created_by: author,
    updated_by: author,
    archived_at: null,
    row_version: 1,
    last_login_at: null,
  }
  const { changed } = await withoutSecrets(context, user, input, null)
  const row = { ...standard, ...input, ...changed, all_clients: input.all_clients ? 1 : 0 }
  await context.db
    .insertInto('users')
    .values({ ...row, email_key: foldName(input.email), password_hash: passwordHash, epoch: 1 })
    .execute()
  return fromStored(user, row) as User
}

/** Rights that a token was made with have changed: tokens of the epoch before are refused, and refreshing gives new ones. */
async function endOldTokens(context: Context, userId: string): Promise<void> {
  await context.db
    .updateTable('users')
    .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
    .where('id', '=', userId)
    .execute()
}

async function refuseWithoutAdmin(context: Context): Promise<void> {
  // Held, so that two admins who demote each other come one after the other.
  await context.db
    .updateTable('users')
    .set((eb) => ({ role: eb.ref('role') }))
    .where('role', '=', 'admin')
    .execute()
  const admin = await context.db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('archived_at', 'is', null)
    .limit(1)
    .execute()
  if (admin.length === 0) throw new AppError('CONFLICT', 'This is the last admin. Make somebody else an admin first.')
}

/** A technician changes their own machines; an admin any. */
async function ownMachine(context: Context, id: string): Promise<void> {
  const found = await rows(context, machine).get(id)
  if (found.owner_user_id === context.caller.userId || context.caller.role === 'admin') return
  throw new AppError('FORBIDDEN', 'This is the machine of somebody else. Ask them, or an admin.')
}
