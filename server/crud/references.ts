import type { Kysely } from 'kysely'
import { AppError, notFound } from '../../src/contract/errors.ts'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import type { Context } from '../context.ts'
import { visibleRows } from './visibility.ts'

/** What the fields that name other rows point to. Users are left out: everybody may know them. */
const REFERENCES: Record<string, AnyEntity> = {
  client_id: entities.clients,
  project_id: entities.projects,
  site_id: entities.sites,
  machine_id: entities.machines,
  infrastructure_id: entities.infrastructure,
  session_id: entities.sessions,
  parent_session_id: entities.sessions,
  work_item_id: entities.workItems,
  task_id: entities.tasks,
  parent_task_id: entities.tasks,
  superseded_by_id: entities.problemSolutions,
}

/**
 * Every row that an input names must be one that the caller may see; checked for all operations before their handlers run.
 *
 * @throws AppError NOT_FOUND, the same for a missing and a hidden row.
 */
export async function checkNamedRows(context: Context, input: object): Promise<void> {
  for (const [field, id] of Object.entries(input)) {
    const target = Object.hasOwn(REFERENCES, field) ? REFERENCES[field] : undefined
    if (!target || typeof id !== 'string') continue
    const found = await untyped(context)
      .selectFrom(target.table)
      .select('id')
      .where('id', '=', id)
      .where(visibleRows(target, context.caller, context.clock()))
      .executeTakeFirst()
    if (!found) throw notFound(`The ${target.name}`, id)
  }
}

/**
 * A row without a client may not point to rows of one: the database cannot see that by its composite keys, which do not
 * count when a part is null.
 *
 * @throws AppError INVALID_INPUT
 */
export async function checkRowWithoutClient(context: Context, values: Record<string, unknown>): Promise<void> {
  for (const [field, id] of Object.entries(values)) {
    const target = Object.hasOwn(REFERENCES, field) ? REFERENCES[field] : undefined
    if (!target || typeof id !== 'string' || !target.columns.includes('client_id')) continue
    const found = await untyped(context)
      .selectFrom(target.table)
      .select('client_id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (found?.client_id)
      throw new AppError('INVALID_INPUT', `${field} names a ${target.name} of a client: give its client_id too.`)
  }
}

const untyped = (context: Context) => context.db as unknown as Kysely<Record<string, Record<string, unknown>>>
