import type { AppError } from '../../../src/contract/errors.ts'
import type { CredentialEntry } from '../../audit/audit.ts'
import { CommittedError, type Context } from '../../context.ts'
import { type Credential, type Found, findCredential, needLevel } from './access.ts'
import type { Level } from './levels.ts'

/** Changes of credentials, in the transaction that the operation has already. */

/**
 * A credential on which the caller has the level that the change needs.
 *
 * @throws AppError NOT_FOUND; FORBIDDEN, and what says so in the audit stays
 */
export async function withLevel(
  context: Context,
  id: string,
  needed: Level,
  asked: CredentialEntry['action'],
): Promise<Found> {
  const found = await findCredential(context, id)
  try {
    needLevel(found, needed)
  } catch (error) {
    const { code, message, details } = error as AppError
    await noteChange(context, found.credential, 'denied', { outcome: 'denied', details: { asked, code } })
    throw new CommittedError(code, message, { details })
  }
  return found
}

/** Writes down what was done with a credential, in the transaction of the doing. @throws AppError UNAVAILABLE */
export async function noteChange(
  context: Context,
  { id, client_id, name }: Pick<Credential, 'id' | 'client_id' | 'name'>,
  action: CredentialEntry['action'],
  more: Partial<CredentialEntry> = {},
): Promise<void> {
  await context.audit.credential(context, {
    action,
    outcome: 'success',
    clientId: client_id,
    credentialId: id,
    label: name,
    ...more,
  })
}
