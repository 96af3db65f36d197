import type { Context, Handlers } from '../../context.ts'

type Access = Awaited<ReturnType<Handlers['users']['access']>>
type Granted = Omit<Parameters<Handlers['users']['grant']>[1], 'id'>

/** Gives a user access to a client, or with `none` denies it to them, in place of what was said before. */
export async function grantAccess(
  context: Context,
  userId: string,
  { client_id, level, expires_at }: Granted,
): Promise<Access> {
  await removeAccess(context, userId, client_id)
  await context.db
    .insertInto('user_client_access')
    .values({
      user_id: userId,
      client_id,
      level: level === 'none' ? 'read' : level,
      effect: level === 'none' ? 'deny' : 'allow',
      expires_at: expires_at ?? null,
      granted_by: context.caller.userId,
      created_at: context.clock().toISOString(),
    })
    .execute()
  await noteDenials(context, userId)
  return accessOf(context, userId)
}

/** Takes back what was granted or denied. */
export async function revokeAccess(context: Context, userId: string, clientId: string): Promise<Access> {
  await removeAccess(context, userId, clientId)
  await noteDenials(context, userId)
  return accessOf(context, userId)
}

/** What a user was granted or denied, by client. */
export async function accessOf(context: Context, userId: string) {
  const items = await context.db
    .selectFrom('user_client_access')
    .innerJoin('clients', 'clients.id', 'user_client_access.client_id')
    .select(['client_id', 'clients.name as client_name', 'level', 'effect', 'expires_at'])
    .where('user_id', '=', userId)
    .orderBy('clients.name')
    .execute()
  return {
    items: items.map(({ effect, ...item }) => ({ ...item, level: effect === 'deny' ? ('none' as const) : item.level })),
  }
}

async function removeAccess(context: Context, userId: string, clientId: string): Promise<void> {
  // Held first, as whoever releases a secret to them does: who only refers to the row and changes it later, waits crosswise.
  await context.db
    .updateTable('users')
    .set((eb) => ({ row_version: eb.ref('row_version') }))
    .where('id', '=', userId)
    .execute()
  await context.db
    .deleteFrom('user_client_access')
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .execute()
}

/** Beside the user, where each request reads it: only who is denied a client pays for asking which. */
async function noteDenials(context: Context, userId: string): Promise<void> {
  const denied = await context.db
    .selectFrom('user_client_access')
    .select('client_id')
    .where('user_id', '=', userId)
    .where('effect', '=', 'deny')
    .limit(1)
    .executeTakeFirst()
  await context.db
    .updateTable('users')
    .set({ some_denied: denied ? 1 : 0 })
    .where('id', '=', userId)
    .execute()
}
