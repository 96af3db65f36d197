import type { z } from 'zod'
import { AppError } from '../../../src/contract/errors.ts'
import { resolveClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import type { Job, Values } from './job.ts'
import { idsByKey } from './queries.ts'
import type { Row } from './targets.ts'
import type { Whose } from './whose.ts'

/**
 * The row that is meant already, by a natural key: the values may be changed, where what was found is called otherwise here.
 *
 * @throws AppError CONFLICT when two are meant.
 */
export async function findRow(job: Job, whose: Whose | undefined, values: Values): Promise<Row | undefined> {
  const { context, target } = job
  if (target.name === 'clients') return findClientRow(job, values)
  for (const key of target.keys) {
    const value = values[key]
    if (typeof value !== 'string') continue
    const [id, another] = await idsByKey(context, target.entity, whose?.id, key, keyForm(job, key, value))
    if (another !== undefined)
      throw new AppError('CONFLICT', `${whose?.name} has two of that ${key}: it is not clear which is meant.`)
    if (id !== undefined) return rows(context, target.entity).get(id)
  }
  return undefined
}

/** The form in which the column keeps it: an e-mail address in lower case, a line without spaces around it. */
function keyForm({ target }: Job, key: string, value: string): string {
  const { shape } = target.create.input as unknown as { shape: Record<string, z.ZodType> }
  const parsed = shape[key]?.safeParse(value)
  return parsed?.success ? String(parsed.data) : value
}

async function findClientRow({ context, target }: Job, values: Values): Promise<Row | undefined> {
  for (const key of target.keys) {
    const value = values[key]
    if (typeof value !== 'string') continue
    const { client, candidates } = await resolveClient(context, value)
    const matched = candidates[0]?.matched
    if (!client || (key === 'code' ? matched !== 'code' : matched !== 'name' && matched !== 'alias')) continue
    // By an alias it is found, not renamed.
    if (matched === 'alias') delete values.name
    return client as unknown as Row
  }
  return undefined
}
