import { apiKey } from '../../../src/contract/api-keys.ts'
import { credential, credentialPermission } from '../../../src/contract/credentials.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { user } from '../../../src/contract/people.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { checkPrincipal, scopeOf } from './rules.ts'

type Credential = RowOf<typeof credential>
type Permission = RowOf<typeof credentialPermission>

export const credentials = {
  ...standardHandlers(credential),
  create: (context, input) =>
    rows(context, credential).insert({ ...input, scope: scopeOf(input) } as Partial<Credential>),
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, credential).get(id)
    const scope = scopeOf({ ...before, ...change } as Credential)
    return rows(context, credential).update(before.id, { ...change, scope } as Partial<Credential>, row_version)
  },
  setPolicy: (context, { id, ...policy }) => rows(context, credential).update(id, policy as Partial<Credential>),
  markCompromised: async (context, { id, reason }) => {
    const found = await rows(context, credential).get(id)
    if (found.compromised_at !== null) return found
    const change = { compromised_at: context.clock().toISOString(), compromised_reason: reason }
    return rows(context, credential).update(found.id, change)
  },
} satisfies Handlers['credentials']

export const credentialPermissions = {
  ...standardHandlers(credentialPermission),
  create: async (context, input) => {
    const client_id = await clientOfGrant(context, input)
    await checkPrincipalStands(context, input.principal_type, input.principal_id)
    const granted = { ...input, client_id, granted_by: context.caller.userId }
    return rows(context, credentialPermission).insert(granted as Partial<Permission>)
  },
  update: (context, { id, row_version, ...change }) =>
    rows(context, credentialPermission).update(
      id,
      { ...change, granted_by: context.caller.userId } as Partial<Permission>,
      row_version,
    ),
} satisfies Handlers['credentialPermissions']

type Grant = Parameters<Handlers['credentialPermissions']['create']>[1]

async function clientOfGrant(context: Context, { client_id, credential_id, type }: Grant): Promise<string | null> {
  if (((credential_id ?? null) === null) === ((type ?? null) === null))
    throw new AppError('INVALID_INPUT', 'Give either credential_id, or the type of credentials (any: of all types).')
  if (!credential_id) return client_id ?? null
  const { client_id: owner } = await rows(context, credential).get(credential_id)
  if (client_id && client_id !== owner)
    throw new AppError('INVALID_INPUT', 'client_id is not the client of the credential. Leave it out.')
  return owner
}

async function checkPrincipalStands(context: Context, type: Permission['principal_type'], id: string): Promise<void> {
  checkPrincipal(type, id)
  if (type === 'user') await rows(context, user).get(id)
  if (type === 'api_key') await rows(context, apiKey).get(id)
}
