import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { oneLine } from '../recall/clean.ts'
import { shortId } from './layout.ts'
import { clientFilter, projectFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import { technicianFilter } from './technicians.ts'
import type { World } from './world.ts'

/** What can be searched in, as people say it, and its name in the API. */
const KINDS = {
  session: 'sessions',
  work: 'workItems',
  task: 'tasks',
  problem: 'problemSolutions',
  insight: 'environmentalInsights',
  decision: 'decisions',
  context: 'conversationContexts',
  snippet: 'contextSnippets',
} as const
const WORDS = Object.keys(KINDS) as (keyof typeof KINDS)[]

interface SearchOptions {
  client?: string
  project?: string
  host?: string
  tag?: string
  technician?: string
  kind?: string
  since?: string
  until?: string
  limit?: string
  explain?: boolean
}
type Hit = Omit<OutputOf<Contract['search']['query']>['items'][number], 'kind'> & { kind: string }

/** `msp search`. */
export const addSearch: AddVerbs = (program, world) => {
  program
    .command('search')
    .description(
      'what is known about something: sessions, work, tasks, problems with their solutions, decisions and more',
    )
    .argument('<text...>', 'words; a time among them counts too, as in "last Tuesday" or "im März"')
    .option('--client <client>', 'of this client only')
    .option('--project <project>', 'of this project only')
    .option('--host <host>', 'what belongs to this host or tells of it')
    .option('--tag <tag>', 'only what has this tag')
    .option('--technician <technician>', 'of this technician only: name, e-mail or id')
    .option('--kind <kind>', `${WORDS.join(', ')} (default: all)`)
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--until <day>', 'to the end of this day')
    .option('--limit <number>', 'at most so many, up to 100', '20')
    .option('--explain', 'say why each one was found')
    .addHelpText(
      'after',
      example(
        'msp search print spooler --client Dataforth',
        'msp search "what did we do on SRV-OLD last Tuesday"',
        'msp search "error 1053" --kind problem --explain',
      ),
    )
    .action((words: string[], options: SearchOptions) => search(world, words.join(' '), options))
}

async function search(world: World, q: string, options: SearchOptions): Promise<void> {
  const kind = options.kind === undefined ? undefined : KINDS[choice('--kind', options.kind, WORDS)]
  const { since, until, host, tag } = options
  const limit = count('--limit', options.limit ?? '20', 100)
  const [ofClient, ofProject, ofTechnician] = await Promise.all([
    clientFilter(world, options.client),
    projectFilter(world, options.project),
    technicianFilter(world, options.technician),
  ])
  const found = await world.api.search.query({
    q,
    limit,
    timezone: localTimeZone(),
    ...{ ...ofClient, ...ofProject, ...ofTechnician },
    ...given({ kind, host, tag, since: day('--since', since), until: day('--until', until) }),
  })
  const items = found.items.map((hit) => ({ ...hit, kind: wordFor(hit.kind) }))
  const text = items.map((hit) => shown(hit, options.explain === true)).join('\n')
  world.output.show({ items }, items.length === 0 ? nothing(q, options) : text)
}

/** Date, client, kind, title and id on one line; what was found there below it. */
function shown({ at, client_name, kind, title, id, excerpt, why }: Hit, explains: boolean): string {
  const client = client_name === null ? [] : [oneLine(client_name, 30)]
  const head = [at.slice(0, 10), ...client, kind, oneLine(title, 100), `[${shortId(id)}]`].join('  ')
  const below = oneLine(excerpt, 240)
  return [
    head,
    ...(below === '' || below === oneLine(title, 240) ? [] : [`    ${below}`]),
    ...(explains ? [`    why: ${oneLine(why, 160)}`] : []),
  ].join('\n')
}

/** What may be left out to find more, as it was given; else where else to look. */
function nothing(q: string, options: SearchOptions): string {
  const narrowing = (['client', 'project', 'host', 'tag', 'technician', 'kind', 'since', 'until'] as const)
    .filter((option) => options[option] !== undefined)
    .map((option) => `--${option}`)
  const what = `Nothing found for "${oneLine(q, 80)}".`
  return narrowing.length > 0
    ? `${what} Leave out ${narrowing.join(' or ')}, or take fewer or other words.`
    : `${what} Take fewer or other words: a host, an error code, a product. "msp session list" shows what was done last.`
}

/** @throws Failure that names the option */
export function day(option: string, text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{4}-\d\d-\d\d(T.+)?$/.test(text) && !Number.isNaN(Date.parse(text)))) return text
  throw usage(`${option} is a day as in 2026-01-31, not "${text}".`)
}

/** Where "yesterday" is said. */
export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** A newer server may find what this CLI has no word for. */
const wordFor = (entity: string): string => WORDS.find((word) => KINDS[word] === entity) ?? entity
