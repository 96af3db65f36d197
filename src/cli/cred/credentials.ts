import type { OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { oneLine } from '../../recall/clean.ts'
import { readSession } from '../../sessions.ts'
import { ambiguous, getClient } from '../names.ts'
import { EXIT, Failure } from '../output.ts'
import { isUnderClaude } from '../person.ts'
import type { World } from '../world.ts'
import { getClaim } from './agent.ts'

export type Credential = OutputOf<Contract['credentials']['get']>

/** An id, or its last 8 characters. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$/

/**
 * The credential that a text means: its id, the last 8 characters of that, or its name.
 *
 * @throws Failure (exit 5) with the candidates when it is none or several
 */
export async function getCredential(world: World, text: string, client: string | undefined): Promise<Credential> {
  const client_id = await clientOf(world, client)
  if (ID.test(text)) return ofClient(await world.api.credentials.get({ id: text }), client_id)
  const { items } = await world.api.credentials.list({ q: text, limit: 50, ...(client_id ? { client_id } : {}) })
  const exact = items.filter(({ name }) => name.toLowerCase() === text.toLowerCase())
  const [found, ...others] = exact.length > 0 ? exact : items
  if (found === undefined) throw unknown(text)
  if (others.length > 0) throw ambiguous(text, [found, ...others].map(candidate))
  return found
}

/**
 * The client to look in. For the model it is always the one of its session: text that it reads for one client must not lead to the secrets of
 * another one.
 *
 * @throws Failure when the model asks for another one
 */
export async function clientOf(world: World, named: string | undefined): Promise<string | undefined> {
  const claim = isUnderClaude(world) ? getClaim(world) : undefined
  const asked = named === undefined ? undefined : await getClient(world, named)
  if (claim === undefined) return asked?.id
  // Not what an option or a variable of the command says: those are the model's.
  const { client } = readSession(world.settings.paths, claim.session_id) ?? { client: null }
  if (client?.id == null)
    throw new Failure(
      EXIT.conflict,
      'This session is for no client, so it gets no credentials. Ask the user to choose one: /msp CLIENT.',
    )
  if (asked !== undefined && asked.id !== client.id)
    throw new Failure(
      EXIT.notAllowed,
      `This session is for ${client.name}, so it gets no credentials of ${asked.name}. If they are needed, the user switches: /msp ${asked.name}.`,
    )
  return client.id
}

function ofClient(credential: Credential, client_id: string | undefined): Credential {
  if (client_id === undefined || credential.client_id === client_id) return credential
  throw unknown(credential.id)
}

const candidate = ({ id, name }: Credential) => ({ id, name: oneLine(name, 100), code: id.slice(-8) })

const unknown = (text: string): Failure =>
  new Failure(
    EXIT.notFound,
    `There is no credential "${oneLine(text, 100)}", or it is not for you. See what there is: msp cred find TEXT`,
  )
