import { apiKey } from '../../../src/contract/api-keys.ts'
import { credentialPermission } from '../../../src/contract/credentials.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { user } from '../../../src/contract/people.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { withLevel } from './changes.ts'
import { holdConcerned } from './queries.ts'
import { checkPrincipal } from './rules.ts'

type Permission = RowOf<typeof credentialPermission>
type Grant = Parameters<Handlers['credentialPermissions']['create']>[1]

const standard = standardHandlers(credentialPermission)

export const credentialPermissions = {
  ...standard,
  create: async (context, input) => {
    const client_id = await clientOfGrant(context, input)
    await checkPrincipalStands(context, input.principal_type, input.principal_id)
    const granted = { ...input, client_id, granted_by: context.caller.userId }
    return noted(context, await rows(context, credentialPermission).insert(granted as Partial<Permission>), 'grant')
  },
  update: async (context, { id, row_version, ...change }) => {
    const before = await managed(context, id, 'grant')
    const values = { ...change, granted_by: context.caller.userId } as Partial<Permission>
    return noted(context, await rows(context, credentialPermission).update(before.id, values, row_version), 'grant')
  },
  archive: async (context, { id }) => {
    const before = await managed(context, id, 'revoke')
    return noted(context, await standard.archive(context, before), 'revoke')
  },
  restore: async (context, { id }) => {
    const before = await managed(context, id, 'grant')
    return noted(context, await standard.restore(context, before), 'grant')
  },
} satisfies Handlers['credentialPermissions']

type Change = 'grant' | 'revoke'

/** A permission that the caller may change: where it is about one credential, who manages that. */
async function managed(context: Context, id: string, change: Change): Promise<Permission> {
  const found = await rows(context, credentialPermission).get(id)
  if (found.credential_id !== null) await withLevel(context, found.credential_id, 'manage', change)
  return found
}

/** Whoever gets a secret at this moment had it before this change, or does not get it. */
async function noted(context: Context, permission: Permission, action: Change): Promise<Permission> {
  const { client_id, credential_id, principal_type, principal_id, level, effect, type, expires_at } = permission
  await holdConcerned(context, permission)
  await context.audit.credential(context, {
    action,
    outcome: 'success',
    clientId: client_id,
    credentialId: credential_id,
    purpose: permission.reason,
    details: { permission_id: permission.id, principal_type, principal_id, level, effect, type, expires_at },
  })
  return permission
}

async function clientOfGrant(context: Context, { client_id, credential_id, type }: Grant): Promise<string | null> {
  if (((credential_id ?? null) === null) === ((type ?? null) === null))
    throw new AppError('INVALID_INPUT', 'Give either credential_id, or the type of credentials (any: of all types).')
  if (!credential_id) return client_id ?? null
  const { client_id: owner } = (await withLevel(context, credential_id, 'manage', 'grant')).credential
  if (client_id && client_id !== owner)
    throw new AppError('INVALID_INPUT', 'client_id is not the client of the credential. Leave it out.')
  return owner
}

async function checkPrincipalStands(context: Context, type: Permission['principal_type'], id: string): Promise<void> {
  checkPrincipal(type, id)
  if (type === 'user') await rows(context, user).get(id)
  if (type === 'api_key') await rows(context, apiKey).get(id)
}
