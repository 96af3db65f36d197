import { readSession } from '../sessions.ts'
import { currentSession } from './current-session.ts'
import { ambiguous, getClient, getProject } from './names.ts'
import { given } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import type { BookOptions } from './time.ts'
import type { World } from './world.ts'

export interface TimePlace {
  client_id: string
  client_name: string
  project_id?: string
  session_id?: string
}

/** For whom time is booked: who was named, else what this Claude Code session works for. @throws Failure when that is nobody */
export async function placeOfTime(world: World, { client, project }: BookOptions): Promise<TimePlace> {
  if (project !== undefined) {
    const { id, client_id } = await getProject(world, project)
    const named = client === undefined ? undefined : await getClient(world, client)
    if (client_id === null || (named !== undefined && named.id !== client_id))
      throw usage(`The project "${project}" is not of ${named?.name ?? 'a client'}. Time is booked for a client.`)
    return {
      client_id,
      client_name: named?.name ?? (await world.api.clients.get({ id: client_id })).name,
      project_id: id,
    }
  }
  if (client !== undefined) {
    const { id, name } = await getClient(world, client)
    return { client_id: id, client_name: name }
  }
  const id = world.sessionIdIfAny()
  const local = id === null ? undefined : readSession(world.settings.paths, id)
  if (!local?.open || local.client === null)
    throw usage('For which client? Name one with --client, or start a session for one with: msp mode msp CLIENT')
  const client_id = local.client.id ?? (await getClient(world, local.client.name)).id
  const session = await currentSession(world, local)
  return {
    ...{ client_id, client_name: local.client.name },
    ...given({
      project_id: local.project?.id ?? undefined,
      session_id: session?.client_id === client_id ? session.id : undefined,
    }),
  }
}

/** The ticket and kind of work that were named. @throws Failure (exit 5) with the candidates for what is not known */
export async function bookedOn(world: World, client_id: string, { ticket, type }: BookOptions) {
  return given({
    ticket_link_id: ticket === undefined ? undefined : await ticketOf(world, client_id, ticket.replace(/^#/, '')),
    work_type_id: type === undefined ? undefined : await workTypeOf(world, type),
  })
}

async function ticketOf(world: World, client_id: string, number: string): Promise<string> {
  const { items } = await world.api.ticketLinks.list({ client_id, external_number: number, limit: 1 })
  if (items[0] !== undefined) return items[0].id
  throw new Failure(
    EXIT.notFound,
    `No ticket #${number} of this client is linked. Link it first (see msp ticket --help), or write its number into --note.`,
  )
}

async function workTypeOf(world: World, text: string): Promise<string> {
  const { items } = await world.api.workTypes.list({ limit: 200 })
  const same = (one: string | null) => one?.toLowerCase() === text.toLowerCase()
  const exact = items.filter(({ name, code }) => same(name) || same(code))
  const [found, ...others] =
    exact.length > 0 ? exact : items.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
  if (found !== undefined && others.length === 0) return found.id
  if (found !== undefined) throw ambiguous(text, [found, ...others])
  const known = items.map(({ name }) => name).join(', ')
  throw new Failure(
    EXIT.notFound,
    `There is no kind of work "${text}". ${known === '' ? 'None is set up yet.' : `There are: ${known}`}`,
  )
}
