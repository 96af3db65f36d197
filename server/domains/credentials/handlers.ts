import { credential } from '../../../src/contract/credentials.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Handlers } from '../../context.ts'
import type { ListOptions } from '../../crud/rows.ts'
import { rows } from '../../crud/rows.ts'
import { type Credential, findCredential, knownCredentials, needLevel } from './access.ts'
import { noteChange, withLevel } from './changes.ts'
import { mayTakeSensitivity, scopeOf } from './rules.ts'
import { secretHandlers } from './secrets.ts'

export const credentials = {
  ...secretHandlers,
  list: (context, input) => rows(context, credential).list(input as ListOptions, [knownCredentials(context)]),
  get: async (context, { id }) => (await findCredential(context, id)).credential,
  update: async (context, { id, row_version, ...change }) => {
    const found = await withLevel(context, id, 'edit', 'update')
    const before = found.credential
    // Whose it is decides who may do what with it.
    if (change.owner_user_id !== undefined && change.owner_user_id !== before.owner_user_id) needLevel(found, 'manage')
    const scope = scopeOf({ ...before, ...change } as Credential)
    const after = await rows(context, credential).update(
      before.id,
      { ...change, scope } as Partial<Credential>,
      row_version,
    )
    await noteChange(context, after, 'update', { details: { fields: Object.keys(change).sort() } })
    return after
  },
  archive: async (context, { id }) => {
    const { credential: before } = await withLevel(context, id, 'manage', 'archive')
    const after = await rows(context, credential).update(before.id, { archived_at: context.clock().toISOString() })
    await noteChange(context, after, 'archive')
    return after
  },
  restore: async (context, { id }) => {
    const { credential: before } = await withLevel(context, id, 'manage', 'update')
    const after = await rows(context, credential).update(before.id, { archived_at: null })
    await noteChange(context, after, 'update', { details: { restored: true } })
    return after
  },
  setPolicy: async (context, { id, ...policy }) => {
    const { credential: before } = await withLevel(context, id, 'manage', 'update')
    if (!mayTakeSensitivity(before.sensitivity, policy.sensitivity))
      throw new AppError(
        'CONFLICT',
        'A break-glass credential stays one, or its second person could be done without. Make another credential and put a new secret there.',
      )
    const after = await rows(context, credential).update(before.id, policy as Partial<Credential>)
    await noteChange(context, after, 'update', { details: { policy } })
    return after
  },
  markCompromised: async (context, { id, reason }) => {
    const { credential: found } = await findCredential(context, id)
    if (found.compromised_at !== null) return found
    const change = { compromised_at: context.clock().toISOString(), compromised_reason: reason }
    const after = await rows(context, credential).update(found.id, change)
    await noteChange(context, after, 'update', { details: { compromised: true } })
    return after
  },
} satisfies Handlers['credentials']
