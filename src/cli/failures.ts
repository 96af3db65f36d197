import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { facts, shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface ListOptions {
  client?: string
  status?: string
  limit?: string
}

/** `msp failures list|show`. */
export const addFailures: AddVerbs = (program, world) => {
  const failures = program.command('failures').description('what is known to fail where, and what works instead')
  failures
    .command('list')
    .description('failure patterns, last seen first')
    .option('--client <client>', 'of this client only')
    .option('--status <status>', 'candidate, active, suppressed or obsolete')
    .option('--limit <number>', 'at most so many, up to 200', '20')
    .addHelpText('after', example('msp failures list --client Dataforth'))
    .action((options: ListOptions) => list(world, options))
  failures
    .command('show')
    .description('one failure pattern with its cause and alternative')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp failures show 3f2a9c1e'))
    .action((id: string) => show(world, id))
}

async function list(world: World, options: ListOptions): Promise<void> {
  const page = await world.api.failurePatterns.list({
    ...(await clientFilter(world, options.client)),
    ...given({
      status:
        options.status === undefined
          ? undefined
          : choice('--status', options.status, ['candidate', 'active', 'suppressed', 'obsolete']),
    }),
    limit: count('--limit', options.limit ?? '20', 200),
  })
  const rows = page.items.map((one) => [
    shortId(one.id),
    age(one.last_seen_at, world.now()),
    String(one.occurrences),
    one.severity,
    one.status,
    oneLine(one.title, 80),
  ])
  world.output.show(
    page,
    rows.length === 0
      ? 'No failure patterns.'
      : table(['id', 'seen', 'times', 'severity', 'status', 'what fails'], rows),
  )
}

async function show(world: World, id: string): Promise<void> {
  const one = await world.api.failurePatterns.get({ id })
  const text = facts([
    ['what fails', one.title],
    ['category', `${one.category}, ${one.severity}`],
    [
      'seen',
      `${one.occurrences} times in ${one.distinct_sessions} sessions, ${one.first_seen_at} to ${one.last_seen_at}`,
    ],
    ['cause', one.root_cause],
    ['instead', one.recommended_alternative],
    ['sure', `${one.confidence_percent} %`],
    ['status', one.status],
  ])
  world.output.show(one, text)
}
