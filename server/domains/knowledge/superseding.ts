import { sql } from 'kysely'
import { AppError } from '../../../src/contract/errors.ts'
import type { AnyEntity, Typed } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'

export interface Supersedable {
  id: string
  client_id: string | null
  superseded_by_id: string | null
}

/**
 * Notes which row takes the place of another; doing it again changes nothing.
 *
 * @throws AppError NOT_FOUND, INVALID_INPUT or CONFLICT.
 */
export async function supersede<R extends Supersedable>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  id: string,
  successorId: string,
): Promise<R> {
  const before = await rows(context, entity).get(id)
  // Held, so that of two rows neither becomes the successor of the other at the same time.
  await sql`update ${sql.table(entity.table)} set row_version = row_version where id in (${before.id}, ${successorId})`.execute(
    context.db,
  )
  const successor = await rows(context, entity).get(successorId)
  if (before.superseded_by_id === successor.id) return before
  checkSuccessor(entity.name, before, successor)
  return rows(context, entity).update(before.id, { superseded_by_id: successor.id } as Partial<R>)
}

/** What takes a place must hold it: never superseded itself, so that no circle can come about. Pure. */
export function checkSuccessor(name: string, before: Supersedable, successor: Supersedable): void {
  if (before.id === successor.id)
    throw new AppError('CONFLICT', `A ${name} cannot take its own place. Name another one.`)
  if (before.client_id !== successor.client_id)
    throw new AppError('INVALID_INPUT', `The ${name} that takes its place must be of the same client.`)
  if (successor.superseded_by_id !== null)
    throw new AppError(
      'CONFLICT',
      `That ${name} has been superseded itself. Name the one that took its place: ${successor.superseded_by_id}.`,
    )
}
