import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const KINDS = ['session', 'work', 'problem'] as const
type Kind = (typeof KINDS)[number]

interface SearchOptions {
  client?: string
  kind?: string
  since?: string
  limit?: string
}
interface Hit {
  kind: Kind
  id: string
  at: string
  title: string
}

/** `msp search`. */
export const addSearch: AddVerbs = (program, world) => {
  program
    .command('search')
    .description('what was done about something: sessions, work items, problems with their solutions')
    .argument('<text...>', 'words')
    .option('--client <client>', 'of this client only')
    .option('--kind <kind>', `${KINDS.join(', ')} (default: all)`)
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--limit <number>', 'at most so many of each, up to 200', '10')
    .addHelpText(
      'after',
      example('msp search print spooler --client Dataforth', 'msp search "error 1053" --kind problem'),
    )
    .action((words: string[], options: SearchOptions) => search(world, words.join(' '), options))
}

async function search(world: World, q: string, options: SearchOptions): Promise<void> {
  const kinds: readonly Kind[] = options.kind === undefined ? KINDS : [choice('--kind', options.kind, KINDS)]
  const filter = {
    q,
    limit: count('--limit', options.limit ?? '10', 200),
    ...(await clientFilter(world, options.client)),
    ...given({ date_from: options.since }),
  }
  const found = await world.api.batch((call) =>
    kinds.map((kind): Promise<Hit[]> => {
      if (kind === 'session')
        return call.sessions
          .list(filter)
          .then(({ items }) => items.map((row) => hit(kind, row.id, row.started_at, row.title ?? row.summary)))
      if (kind === 'work')
        return call.workItems
          .list(filter)
          .then(({ items }) => items.map((row) => hit(kind, row.id, row.created_at, row.title)))
      return call.problemSolutions
        .list(filter)
        .then(({ items }) => items.map((row) => hit(kind, row.id, row.created_at, `${row.title} → ${row.solution}`)))
    }),
  )
  const failed = found.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  const hits = found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  const rows = hits.map(({ kind, id, at, title }) => [kind, shortId(id), age(at, world.now()), oneLine(title, 110)])
  world.output.show(
    { items: hits },
    rows.length === 0 ? `Nothing found for "${q}".` : table(['kind', 'id', 'age', 'what'], rows),
  )
}

const hit = (kind: Kind, id: string, at: string, title: string | null): Hit => ({ kind, id, at, title: title ?? '' })
