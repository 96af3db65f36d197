import { AppError } from '../../../src/contract/errors.ts'
import { contract, entities } from '../../../src/contract/index.ts'
import type { Context, Handlers } from '../../context.ts'
import { resolveClient } from '../../crud/find-client.ts'
import { short } from './convert.ts'
import { idsByKey } from './queries.ts'

export interface Whose {
  id: string
  name: string
}

/** A beginning or a piece of a name is enough for a person who looks at the answer, not for a thousand rows. */
const CERTAIN: ReadonlySet<string> = new Set(['id', 'name', 'code', 'alias', 'domain'])

/**
 * The client that a cell names for certain, among those that the caller may see.
 *
 * @throws AppError NOT_FOUND that says which it could mean.
 */
export async function clientNamed(context: Context, text: string): Promise<Whose> {
  const { client, candidates } = await resolveClient(context, text)
  if (client && candidates.every(({ matched }) => CERTAIN.has(matched))) return client
  const names = candidates.map(({ name }) => name).join(', ')
  const advice = names === '' ? 'Create it first' : `Did you mean: ${names}? If not, create it first`
  throw new AppError('NOT_FOUND', `There is no client "${short(text)}". ${advice}, or import with create_clients.`)
}

/** Makes the client that a cell names, by the rules of clients. */
export async function newClient(context: Context, all: Handlers, name: string): Promise<Whose> {
  const parsed = contract.clients.create.input.safeParse({ name })
  if (!parsed.success)
    throw new AppError(
      'INVALID_INPUT',
      `"${short(name)}" cannot be the name of a client: ${parsed.error.issues[0]?.message}.`,
    )
  return all.clients.create(context, parsed.data as never) as unknown as Promise<Whose>
}

export const siteNamed = async (context: Context, clientId: string, name: string): Promise<string | undefined> =>
  (await idsByKey(context, entities.sites, clientId, 'name', name))[0]
