import { type Kysely, sql } from 'kysely'
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
  const visible = visibleRows(target, context.caller, context.clock())
  const { rows } = await sql`select 1 from ${sql.table(target.table)} where id = ${id} and ${visible}`.execute(
    context.db,
  )
  if (rows.length === 0) throw notFound(`The ${target.name}`, id)
}

/**
 * A row points to rows of its own client or to those of none. Most of that the database sees by its composite keys, which do not count
 * when a part is null: so this looks where the row itself, or the one that it names, may be without a client.
 *
 * @throws AppError INVALID_INPUT
 */
export async function checkSameClient(
  context: Context,
  entity: AnyEntity,
  clientId: string | null,
  values: Record<string, unknown>,
): Promise<void> {
  for (const [field, name] of Object.entries(entity.references)) {
    const target = entityNamed(name)
    const id = values[field]
    if (typeof id !== 'string' || !target.columns.includes('client_id')) continue
    if (clientId !== null && !mayLackClient(target)) continue
    const found = await untyped(context)
      .selectFrom(target.table)
      .select('client_id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (!found?.client_id || found.client_id === clientId) continue
    throw new AppError(
      'INVALID_INPUT',
      clientId === null
        ? `${field} names a ${target.name} of a client: give its client_id too.`
        : `${field} names a ${target.name} of another client. Both must be of the same one.`,
    )
  }
}

/** May a row of it be of no client? */
const mayLackClient = (entity: AnyEntity) =>
  ['client-or-author', 'client-or-everyone', 'client-or-machine'].includes(entity.belongs)

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
