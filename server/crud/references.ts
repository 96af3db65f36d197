import type { Kysely } from 'kysely'
import { referencesOf } from '../../src/contract/entity-schemas.ts'
import { AppError, notFound } from '../../src/contract/errors.ts'
import { entities, everyOperation } from '../../src/contract/index.ts'
import type { AnyEntity, Operation } from '../../src/contract/kernel.ts'
import type { Context } from '../context.ts'
import { visibleRows } from './visibility.ts'

const entityNamed = (name: string): AnyEntity => {
  const found = (entities as Record<string, AnyEntity>)[name]
  if (!found) throw new Error(`The contract refers to ${name}, which is no entity.`)
  return found
}

/** The fields of each operation that name rows. */
const NAMED = new Map<Operation, [field: string, target: AnyEntity][]>(
  everyOperation().map(([, , operation]) => [
    operation,
    Object.entries(referencesOf((operation.input as unknown as { shape: never }).shape)).map(([field, name]) => [
      field,
      entityNamed(name),
    ]),
  ]),
)

/**
 * Every row that an input names must be one that the caller may see; checked for all operations before their handlers run.
 *
 * @throws AppError NOT_FOUND, the same for a missing and a hidden row.
 */
export async function checkNamedRows(
  context: Context,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<void> {
  for (const [field, target] of NAMED.get(operation) ?? []) {
    const value = input[field]
    const ids = Array.isArray(value) ? value : [value]
    for (const id of ids) if (typeof id === 'string') await checkVisible(context, target, id)
  }
}

async function checkVisible(context: Context, target: AnyEntity, id: string): Promise<void> {
  const found = await untyped(context)
    .selectFrom(target.table)
    .select('id')
    .where('id', '=', id)
    .where(visibleRows(target, context.caller, context.clock()))
    .executeTakeFirst()
  if (!found) throw notFound(`The ${target.name}`, id)
}

/**
 * A row without a client may not point to rows of one: the database cannot see that by its composite keys, which do not
 * count when a part is null.
 *
 * @throws AppError INVALID_INPUT
 */
export async function checkRowWithoutClient(
  context: Context,
  entity: AnyEntity,
  values: Record<string, unknown>,
): Promise<void> {
  for (const [field, name] of Object.entries(entity.references)) {
    const target = entityNamed(name)
    const id = values[field]
    if (typeof id !== 'string' || !target.columns.includes('client_id')) continue
    const found = await untyped(context)
      .selectFrom(target.table)
      .select('client_id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (found?.client_id)
      throw new AppError('INVALID_INPUT', `${field} names a ${target.name} of a client: give its client_id too.`)
  }
}

/**
 * The client of the row that a field names.
 *
 * @throws AppError NOT_FOUND.
 */
export async function clientOf(
  context: Context,
  entity: AnyEntity,
  field: string,
  id: unknown,
): Promise<string | null> {
  const target = entityNamed(entity.references[field] as string)
  const found = await untyped(context)
    .selectFrom(target.table)
    .select('client_id')
    .where('id', '=', id as string)
    .executeTakeFirst()
  if (!found) throw notFound(`The ${target.name}`, String(id))
  return found.client_id as string | null
}

const untyped = (context: Context) => context.db as unknown as Kysely<Record<string, Record<string, unknown>>>
