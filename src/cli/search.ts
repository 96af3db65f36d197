import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { type AddVerbs, example } from './register.ts'
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
  kind?: string
  since?: string
  limit?: string
}

/** `msp search`. */
export const addSearch: AddVerbs = (program, world) => {
  program
    .command('search')
    .description(
      'what is known about something: sessions, work, tasks, problems with their solutions, decisions and more',
    )
    .argument('<text...>', 'words')
    .option('--client <client>', 'of this client only')
    .option('--kind <kind>', `${WORDS.join(', ')} (default: all)`)
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--limit <number>', 'at most so many, up to 100', '20')
    .addHelpText(
      'after',
      example('msp search print spooler --client Dataforth', 'msp search "error 1053" --kind problem'),
    )
    .action((words: string[], options: SearchOptions) => search(world, words.join(' '), options))
}

async function search(world: World, q: string, options: SearchOptions): Promise<void> {
  const kind = options.kind === undefined ? undefined : KINDS[choice('--kind', options.kind, WORDS)]
  const found = await world.api.search.query({
    q,
    limit: count('--limit', options.limit ?? '20', 100),
    ...(await clientFilter(world, options.client)),
    ...given({ kind, since: options.since }),
  })
  const items = found.items.map((hit) => ({ ...hit, kind: wordFor(hit.kind) }))
  const rows = items.map(({ kind: word, id, at, client_name, title, excerpt }) => [
    word,
    shortId(id),
    age(at, world.now()),
    oneLine(client_name ?? '', 30),
    oneLine(excerpt === '' ? title : `${title}: ${excerpt}`, 110),
  ])
  world.output.show(
    { items },
    rows.length === 0 ? `Nothing found for "${oneLine(q, 80)}".` : table(['kind', 'id', 'age', 'client', 'what'], rows),
  )
}

/** A newer server may find what this CLI has no word for. */
const wordFor = (entity: string): string => WORDS.find((word) => KINDS[word] === entity) ?? entity
