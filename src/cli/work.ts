import { age, duration } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { readStdin } from './ask.ts'
import { CATEGORIES } from './categories.ts'
import { getSession } from './current-session.ts'
import { facts, shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface AddOptions {
  category?: string
  outcome?: string
  description?: string
  minutes?: string
  of?: string
}
interface CategorizeOptions {
  category?: string
  tag?: string[]
  title?: string
  problem?: string
  descriptionStdin?: boolean
}
interface ListOptions {
  client?: string
  of?: string
  since?: string
  limit?: string
}

/** `msp work add|list|show|categorize`. */
export const addWork: AddVerbs = (program, world) => {
  const work = program.command('work').description('work items: what was done, in one line each')
  work
    .command('add')
    .description('note a piece of work of a session with a client')
    .argument('<title>', 'what was done, at most 120 characters')
    .option('--category <category>', CATEGORIES.join(', '))
    .option('--outcome <outcome>', 'success, partial, failure or unknown')
    .option('--description <text>', 'the details, Markdown')
    .option('--minutes <number>', 'how long it took')
    .option('--of <session>', 'the session (default: this one)')
    .addHelpText(
      'after',
      example('msp work add "Restart the print spooler on SRV-OLD" --category incident --outcome success'),
    )
    .action((title: string, options: AddOptions) => add(world, title, options))
  work
    .command('list')
    .description('work items, newest first')
    .option('--client <client>', 'of this client only')
    .option('--of <session>', 'of this session only')
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--limit <number>', 'at most so many, up to 200', '20')
    .addHelpText('after', example('msp work list --client Dataforth'))
    .action((options: ListOptions) => list(world, options))
  work
    .command('show')
    .description('one work item with its details')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp work show 3f2a9c1e'))
    .action((id: string) => show(world, id))
  work
    .command('categorize')
    .description('say what kind of work it was; a choice of yours stays, one of an agent gives way to it')
    .argument('<id>', 'id or its last 8 characters')
    .option('--category <category>', CATEGORIES.join(', '))
    .option('--tag <slugs...>', 'tags that exist, as in "msp call tags.list"')
    .option('--title <title>', 'what was done, at most 120 characters')
    .option('--problem <type>', 'what kind of problem it was, in a few words')
    .option('--description-stdin', 'the description is on stdin (Markdown)')
    .addHelpText('after', example('msp work categorize 3f2a9c1e --category incident --tag dns exchange-online'))
    .action((id: string, options: CategorizeOptions) => categorize(world, id, options))
}

async function add(world: World, title: string, options: AddOptions): Promise<void> {
  const session = await getSession(world, options.of)
  if (session.client_id === null)
    throw new Failure(
      EXIT.conflict,
      'Work items belong to a client, and this session has none. Start with "msp mode msp CLIENT".',
    )
  const item = await world.api.workItems.create({
    session_id: session.id,
    client_id: session.client_id,
    title,
    ...given({
      category: options.category === undefined ? undefined : choice('--category', options.category, CATEGORIES),
      outcome:
        options.outcome === undefined
          ? undefined
          : choice('--outcome', options.outcome, ['success', 'partial', 'failure', 'unknown']),
      description: options.description,
      active_seconds: options.minutes === undefined ? undefined : count('--minutes', options.minutes, 10_000) * 60,
    }),
  })
  world.output.show(item, `✓ Work item ${shortId(item.id)}: ${oneLine(item.title, 120)}`)
}

async function categorize(world: World, id: string, options: CategorizeOptions): Promise<void> {
  const { category, tag: slugs = [], title, problem, descriptionStdin } = options
  const said = descriptionStdin ? (await readStdin('Give the description on stdin.')).trim() : undefined
  if (said === '') throw usage('The description on stdin is empty. The one that is there was kept.')
  const tags = await Promise.all(slugs.map((slug) => tagOf(world, slug)))
  const item = await world.api.workItems.categorize({
    id,
    ...given({
      category: category === undefined ? undefined : choice('--category', category, CATEGORIES),
      tags: tags.length === 0 ? undefined : tags,
      title,
      problem_type: problem,
      description: said,
    }),
  })
  world.output.show(item, `✓ Work item ${shortId(item.id)}: ${item.category}, ${oneLine(item.title, 120)}`)
}

async function tagOf(world: World, slug: string): Promise<string> {
  const [found] = (await world.api.tags.list({ slug, limit: 1 })).items
  if (found) return found.id
  throw new Failure(EXIT.notFound, `There is no tag "${slug}". "msp call tags.list" lists them.`)
}

async function list(world: World, options: ListOptions): Promise<void> {
  const session = options.of === undefined ? undefined : await getSession(world, options.of)
  const page = await world.api.workItems.list({
    ...(await clientFilter(world, options.client)),
    ...given({ session_id: session?.id, date_from: options.since }),
    limit: count('--limit', options.limit ?? '20', 200),
  })
  const rows = page.items.map((item) => [
    shortId(item.id),
    age(item.created_at, world.now()),
    item.category,
    item.outcome,
    oneLine(item.title, 90),
  ])
  world.output.show(
    page,
    rows.length === 0 ? 'No work items.' : table(['id', 'age', 'category', 'outcome', 'title'], rows),
  )
}

async function show(world: World, id: string): Promise<void> {
  const item = await world.api.workItems.get({ id })
  const text = facts([
    ['title', item.title],
    ['category', item.category],
    ['status', `${item.status}, ${item.outcome}`],
    ['time', item.active_seconds === null ? null : duration(item.active_seconds)],
    ['session', shortId(item.session_id)],
    ['created', item.created_at],
  ])
  world.output.show(item, item.description ? `${text}\n\n${item.description}` : text)
}
