import { AppError } from '../../../src/contract/errors.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { clientOf } from '../../crud/references.ts'

/**
 * The one of several fields that names a row. Pure.
 *
 * @throws AppError INVALID_INPUT when none does, or more than one.
 */
export function onlyNamed<F extends string>(
  input: { readonly [field in F]?: string | null | undefined },
  fields: readonly F[],
): { field: F; id: string } {
  const named = fields.flatMap((field) => (input[field] ? [{ field, id: input[field] as string }] : []))
  const [only] = named
  if (only && named.length === 1) return only
  throw new AppError('INVALID_INPUT', `Name exactly one of ${fields.join(', ')}.`)
}

/**
 * Whose the row is that a field names: null for one of no client. What is remembered of one client is never told in work for another.
 *
 * @throws AppError INVALID_INPUT when it is another client's.
 */
export async function namedClient(
  context: Context,
  entity: AnyEntity,
  { field, id }: { field: string; id: string },
  clientId: string | null,
): Promise<string | null> {
  const whose = await clientOf(context, entity, field, id)
  if (whose === null || whose === clientId) return whose
  throw new AppError(
    'INVALID_INPUT',
    `${field} names a row of another client. Choose one of the same client, or a general one.`,
  )
}
