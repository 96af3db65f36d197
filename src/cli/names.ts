import type { OutputOf } from '../api/client.ts'
import { isOutage } from '../api/errors.ts'
import type { Contract } from '../contract/index.ts'
import type { Named } from '../sessions.ts'
import { EXIT, Failure, usage } from './output.ts'
import type { World } from './world.ts'

export type Client = NonNullable<OutputOf<Contract['clients']['resolve']>['client']>
export type Project = OutputOf<Contract['projects']['get']>

interface Candidate {
  id: string
  name: string
  code?: string | null
}

/** The client that a text means. @throws Failure (exit 5) with the candidates when it is none or several */
export async function getClient(world: World, text: string): Promise<Client> {
  const { client, candidates } = await world.api.clients.resolve({ text })
  if (client !== null) return client
  throw candidates.length > 0 ? ambiguous(text, candidates) : noClient(text, [])
}

/** The id of a client named on the command line, for a filter; nothing when none was named. */
export async function clientFilter(world: World, text: string | undefined): Promise<{ client_id?: string }> {
  return text === undefined ? {} : { client_id: (await getClient(world, text)).id }
}

/** The id of a project named on the command line, for a filter; nothing when none was named. @throws Failure with the candidates */
export async function projectFilter(world: World, text: string | undefined): Promise<{ project_id?: string }> {
  return text === undefined ? {} : { project_id: (await getProject(world, text)).id }
}

/** The project that a text means. @throws Failure (exit 5) with the candidates when it is none or several */
export async function getProject(world: World, text: string): Promise<Project> {
  const { project, candidates } = await world.api.projects.resolve({ text })
  if (project !== null) return project
  if (candidates.length > 0) throw ambiguous(text, candidates)
  throw new Failure(
    EXIT.notFound,
    `There is no project "${text}", or you have no access to it. See them with: msp project list`,
  )
}

/** Several things fit a name: they are listed, and nothing was changed. */
export function ambiguous(text: string, candidates: readonly Candidate[]): Failure {
  const names = candidates.map(({ name, code }) => `  ${name}${code ? ` (${code})` : ''}`).join('\n')
  return new Failure(
    EXIT.notFound,
    `"${text}" can mean any of these; name the one you mean. Nothing was changed.\n${names}`,
    { candidates },
  )
}

/** @param known clients to show instead, e.g. those of the cache */
export function noClient(text: string, known: readonly Candidate[]): Failure {
  const names = known.slice(0, 10).map(({ name, code }) => `  ${name}${code ? ` (${code})` : ''}`)
  const list = names.length > 0 ? `\nClients you work for:\n${names.join('\n')}` : ''
  const create = `create it with: msp client add "${text.replace(/["\\`$]/g, '')}"`
  return new Failure(
    EXIT.notFound,
    `There is no client "${text}", or you have no access to it. Check the name, or ${create}. Nothing was changed.${list}`,
    { candidates: known.slice(0, 10) },
  )
}

/** @param behindClient it stood behind the client's name, so it may have been meant as part of that, or as a ticket */
export function noProject(
  text: string,
  client: Named,
  candidates: readonly Candidate[],
  behindClient: boolean,
): Failure {
  if (candidates.length > 1) return ambiguous(text, candidates)
  const ticket = behindClient && /^\d+$/.test(text) ? ` If it is a ticket, write #${text}.` : ''
  return new Failure(
    EXIT.notFound,
    `${client.name} has no project "${text}".${ticket} See them with: msp project list --client "${client.name}". Nothing was changed.`,
    { candidates },
  )
}

/** Nobody said for whom, and nothing tells it. */
export async function nothingToGoOn(world: World): Promise<Failure> {
  const recent = await recentClients(world)
  const list = recent.length > 0 ? `\nClients:\n${recent.map((name) => `  ${name}`).join('\n')}` : ''
  return usage(
    `For which client? Type its name behind the command, as in: /msp Dataforth #12345. Nothing was changed.${list}`,
  )
}

async function recentClients(world: World): Promise<string[]> {
  try {
    const { items } = await world.api.clients.list({ limit: 10, status: 'active' })
    return items.map(({ name }) => name)
  } catch (error) {
    if (!isOutage(error)) throw error
    return [] // The list is an extra; without the server the question alone must do.
  }
}
