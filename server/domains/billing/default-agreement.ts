import { agreement } from '../../../src/contract/agreements.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'

/**
 * The agreement that time falls under by itself must be one of the client's own.
 *
 * @param clientId null for a client that is only being created: it has no agreement yet.
 * @throws AppError INVALID_INPUT
 */
export async function checkDefaultAgreement(
  context: Context,
  clientId: string | null,
  agreementId: string | null | undefined,
): Promise<void> {
  if (!agreementId) return
  if (clientId === null)
    throw new AppError(
      'INVALID_INPUT',
      'A new client has no agreement yet. Create the client, then its agreement, then set default_agreement_id.',
    )
  const { client_id } = await rows(context, agreement).get(agreementId)
  if (client_id !== clientId)
    throw new AppError('INVALID_INPUT', 'default_agreement_id names an agreement of another client.')
}
