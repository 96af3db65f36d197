import { AppError } from '../../src/contract/errors.ts'
import type { AnyEntity, Typed } from '../../src/contract/kernel.ts'
import type { Context } from '../context.ts'
import { mayWriteFor, rows } from './rows.ts'

interface Living {
  id: string
  status: string
}

/** A step in the life of a row: from where it is possible, and to where it leads. */
export interface Move<S extends string> {
  from: readonly S[]
  to: S
}

/**
 * Is the move possible? False when the row is there already: doing it again changes nothing. Pure.
 *
 * @throws AppError CONFLICT that names the status it has and those it must have.
 */
export function mayMove<S extends string>(name: string, status: S, { from, to }: Move<S>): boolean {
  if (status === to) return false
  if (from.includes(status)) return true
  throw new AppError(
    'CONFLICT',
    `This ${name} is ${said(status)}. Only one that is ${from.map(said).join(' or ')} can become ${said(to)}.`,
    {
      details: { status },
    },
  )
}

const said = (status: string) => status.replaceAll('_', ' ')

/**
 * Moves a row to another status, with what changes beside it.
 *
 * @returns the row as it is then; unchanged when it was there already.
 * @throws AppError CONFLICT where its status does not allow the move.
 */
export async function move<R extends Living>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  id: string,
  step: Move<R['status']>,
  change: (before: R) => Partial<R> = () => ({}),
): Promise<R> {
  const before = await rows(context, entity).get(id)
  // First: who may not write is told so, whatever the status.
  await mayWriteFor(context, entity, before as unknown as Record<string, unknown>)
  if (!mayMove(entity.name, before.status, step)) return before
  return rows(context, entity).update(before.id, { ...change(before), status: step.to })
}
