import type { Command } from 'commander'
import { oneLine } from '../recall/clean.ts'
import { shortId } from './layout.ts'
import { clientFilter, projectFilter } from './names.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

/** For whom a rate or a rule is. */
export interface BillingScope {
  client?: string
  project?: string
  workType?: string
}

export const scopeOptions = (command: Command): Command =>
  command
    .option('--client <client>', 'for this client (default: for all)')
    .option('--project <project>', 'for this project')
    .option('--work-type <type>', 'for this kind of work, by its name or code')

/** What was named, as the API wants it. @throws Failure (exit 5) */
export async function scopeOf(
  world: World,
  { client, project, workType }: BillingScope,
): Promise<{ client_id?: string; project_id?: string; work_type_id?: string }> {
  return {
    ...(await clientFilter(world, client)),
    ...(await projectFilter(world, project)),
    ...(workType === undefined ? {} : { work_type_id: await workTypeCalled(world, workType) }),
  }
}

async function workTypeCalled(world: World, text: string): Promise<string> {
  const { items } = await world.api.workTypes.list({ limit: 200 })
  const wanted = text.toLowerCase()
  const found = items.find(({ id, name, code }) => [id, name.toLowerCase(), code?.toLowerCase()].includes(wanted))
  if (found) return found.id
  const names = items.map(({ name, code }) => `  ${name}${code ? ` (${code})` : ''}`).join('\n')
  throw new Failure(
    EXIT.notFound,
    `There is no work type "${text}".${names === '' ? ' Add one with: msp work-type add' : `\n${names}`}`,
  )
}

interface Scoped {
  client_id: string | null
  project_id?: string | null
  work_type_id?: string | null
}

/** `for Dataforth, project Firewall`; `for everyone`. */
export async function whoseOf(world: World, { client_id, project_id, work_type_id }: Scoped): Promise<string> {
  const said = [
    ...(client_id === null ? [] : [oneLine((await world.api.clients.get({ id: client_id })).name, 60)]),
    ...(project_id ? [`project ${oneLine((await world.api.projects.get({ id: project_id })).name, 60)}`] : []),
    ...(work_type_id ? [`work type ${oneLine((await world.api.workTypes.get({ id: work_type_id })).name, 60)}`] : []),
  ]
  return said.length === 0 ? 'for everyone' : `for ${said.join(', ')}`
}

export const shortDay = (from: string, to: string | null): string =>
  from === '2000-01-01' && to === null ? 'always' : `${from} to ${to ?? '…'}`

export const idAndName = ({ id, name }: { id: string; name: string }): string => `${shortId(id)}: ${oneLine(name, 100)}`
