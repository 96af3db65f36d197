import { readSession } from '../sessions.ts'
import { currentSession, getSession, type SessionRow } from './current-session.ts'
import { ambiguous } from './names.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

/** Where a ticket is, and which of our work it is about. */

/** The integration that is named, for a filter; nothing when none was named. @throws Failure (exit 5) */
export async function integrationFilter(world: World, name: string | undefined): Promise<{ integration_id?: string }> {
  return name === undefined ? {} : { integration_id: (await getIntegration(world, name)).id }
}

/** An integration by its name, a unique beginning of it, or its id. @throws Failure (exit 5) with the candidates */
export async function getIntegration(world: World, name: string) {
  const { items } = await world.api.externalIntegrations.list({ limit: 200 })
  const wanted = name.toLowerCase()
  const exact = items.filter((one) => one.name.toLowerCase() === wanted || one.id === wanted || one.id.endsWith(wanted))
  const like = exact.length > 0 ? exact : items.filter((one) => one.name.toLowerCase().startsWith(wanted))
  const [only, another] = like
  if (another) throw ambiguous(name, like)
  if (only) return only
  const names = items.map((one) => `  ${one.name} (${one.type})`).join('\n')
  throw new Failure(
    EXIT.notFound,
    `There is no integration "${name}".${names === '' ? ' An admin adds one with: msp integrations add' : `\n${names}`}`,
  )
}

/** The session that something is about. @throws Failure when it has no client, which every ticket has */
export async function ticketSession(world: World, id: string | undefined): Promise<SessionRow> {
  const session = await getSession(world, id)
  if (session.client_id !== null) return session
  throw new Failure(EXIT.conflict, 'This session has no client, and a ticket has one. Start with: msp mode msp CLIENT')
}

/** What runs here, where something does: an action is told of it, and its client is the ticket's. */
export async function sessionHere(
  world: World,
  id: string | undefined,
): Promise<{ session_id?: string; client_id?: string }> {
  const claudeSessionId = world.sessionIdIfAny()
  const local = claudeSessionId === null ? undefined : readSession(world.settings.paths, claudeSessionId)
  const session = id === undefined ? local && (await currentSession(world, local)) : await getSession(world, id)
  return session?.client_id ? { session_id: session.id, client_id: session.client_id } : {}
}
