import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { facts, shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { count } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface ListOptions {
  client?: string
  all?: boolean
  limit?: string
}

const ENDED = ['closed', 'false_positive']

/** `msp incident list|show`: security incidents, also those that the server opened by itself. */
export const addIncidents: AddVerbs = (program, world) => {
  const incident = program.command('incident').description('security incidents, also those that the server opened')
  incident
    .command('list')
    .description('open incidents, the newest first')
    .option('--client <client>', 'of this client only')
    .option('--all', 'closed ones too')
    .option('--limit <number>', 'at most so many, up to 200', '50')
    .addHelpText('after', example('msp incident list'))
    .action((options: ListOptions) => list(world, options))
  incident
    .command('show')
    .description('one incident and what it touched')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp incident show 3f2a9c1e'))
    .action((id: string) => show(world, id))
}

async function list(world: World, options: ListOptions): Promise<void> {
  const page = await world.api.securityIncidents.list({
    ...(await clientFilter(world, options.client)),
    limit: count('--limit', options.limit ?? '50', 200),
  })
  const items = page.items.filter(({ status }) => options.all || !ENDED.includes(status))
  const rows = items.map((one) => [
    shortId(one.id),
    age(one.detected_at ?? one.created_at, world.now()),
    one.severity,
    one.status,
    oneLine(one.title, 90),
  ])
  const text = rows.length === 0 ? 'No open incidents.' : table(['id', 'seen', 'severity', 'status', 'what'], rows)
  world.output.show({ ...page, items }, text)
}

async function show(world: World, id: string): Promise<void> {
  const one = await world.api.securityIncidents.get({ id })
  const { items: touched } = await world.api.incidentEntities.list({ incident_id: one.id, limit: 100 })
  const named = touched.flatMap((entity) =>
    Object.entries(entity).flatMap(([key, value]) =>
      NAMING.includes(key) && typeof value === 'string' ? [`${key.replace('_id', '')} ${shortId(value)}`] : [],
    ),
  )
  const text = facts([
    ['incident', `${one.title} (${one.number})`],
    ['status', `${one.status}, ${one.severity}`],
    ['category', `${one.category}${one.subtype ? `, ${one.subtype}` : ''}`],
    ['detected', one.detected_at],
    ['what', one.description],
    ['touched', named.join(', ')],
    ['notify by', one.notification_due_at],
    ['cause', one.root_cause],
    ['learnt', one.lessons],
  ])
  world.output.show({ ...one, entities: touched }, text)
}

const NAMING = [
  'user_id',
  'machine_id',
  'credential_id',
  'session_id',
  'infrastructure_id',
  'service_id',
  'm365_tenant_id',
]
