import type { InputOf, OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { oneLine } from '../recall/clean.ts'
import { table } from './layout.ts'
import { clientFilter, projectFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import { day, localTimeZone } from './search.ts'
import { technicianFilter } from './technicians.ts'
import type { World } from './world.ts'

type Ask = NonNullable<InputOf<Contract['reports']['figures']>>
type Figures = OutputOf<Contract['reports']['figures']>

/** The words of the API, which needs zod to say them; a test compares the two. */
export const MEASURES = [
  ...(['sessions', 'active_minutes', 'commands', 'failed_commands', 'work_items', 'work_minutes'] as const),
  ...(['time_entries', 'worked_minutes', 'billable_minutes'] as const),
] satisfies Ask['measure'][]
export const GROUPINGS = [
  ...(['client', 'technician', 'project', 'host', 'category', 'mode', 'month', 'week'] as const),
] satisfies NonNullable<Ask['by']>[]
const FORMATS = ['table', 'csv'] as const

interface FiguresOptions {
  by?: string[]
  client?: string
  project?: string
  technician?: string
  since?: string
  until?: string
  limit?: string
  format: string
}

/** `msp figures`. */
export const addFigures: AddVerbs = (program, world) => {
  program
    .command('figures')
    .description('add up sessions, commands, failures, work or time')
    .argument('<measure>', MEASURES.join(', '))
    .option('--by <what>', `${GROUPINGS.join(', ')}; twice for both`, (one: string, before: string[] = []) => [
      ...before,
      one,
    ])
    .option('--client <client>', 'of this client only')
    .option('--project <project>', 'of this project only')
    .option('--technician <technician>', 'of this technician only: name, e-mail or id')
    .option('--since <day>', 'the first day that counts (default: the first of this month)')
    .option('--until <day>', 'the last day that counts (default: today)')
    .option('--limit <number>', 'at most so many lines, up to 200', '50')
    .option('--format <format>', FORMATS.join(' or '), 'table')
    .addHelpText(
      'after',
      example(
        'msp figures billable_minutes --by client --since 2026-01-01 --until 2026-01-31',
        'msp figures failed_commands --by host --by month --client Dataforth --since 2026-01-01',
        'msp figures active_minutes --by technician --format csv',
      ),
    )
    .action((measure: string, options: FiguresOptions) => figures(world, measure, options))
}

async function figures(world: World, measure: string, options: FiguresOptions): Promise<void> {
  const format = choice('--format', options.format, FORMATS)
  const [by, and_by, third] = (options.by ?? []).map((one) => choice('--by', one, GROUPINGS))
  if (third !== undefined) throw usage('--by can be given twice, not more often.')
  const asked = choice('The measure', measure, MEASURES)
  const limit = count('--limit', options.limit ?? '50', 200)
  const [ofClient, ofProject, ofTechnician] = await Promise.all([
    clientFilter(world, options.client),
    projectFilter(world, options.project),
    technicianFilter(world, options.technician),
  ])
  const found = await world.api.reports.figures({
    measure: asked,
    limit,
    timezone: localTimeZone(),
    ...{ ...ofClient, ...ofProject, ...ofTechnician },
    ...given({ by, and_by, since: day('--since', options.since), until: day('--until', options.until) }),
  })
  world.output.show(found, format === 'csv' ? asCsv(found) : asTable(found))
}

/** Aligned columns, the sum of them at the end. */
function asTable(found: Figures): string {
  const { measure, by, since, until, rows, others, total } = found
  const title = `${measure.replace('_', ' ')}, ${since} to ${until}`
  if (rows.length === 0) return `${title}: none. Ask for other days with --since and --until.`
  if (by.length === 0) return `${title}: ${total}`
  const lines = rows.map(({ keys, value }) => [...keys.map(named), `${value}`])
  const more = others.rows === 0 ? [] : [[`(${others.rows} more)`, ...blank(by.length - 1), `${others.value}`]]
  const all = [...lines, ...more, ['total', ...blank(by.length - 1), `${total}`]]
  const widest = Math.max(...all.map((cells) => cells.at(-1)?.length ?? 0))
  const aligned = all.map((cells) => [...cells.slice(0, -1), (cells.at(-1) ?? '').padStart(widest)])
  return `${title}\n${table([...by, found.unit === 'minutes' ? 'minutes' : 'count'], aligned)}`
}

/** The lines alone: who reads them adds up for themselves, so what is beyond the limit is a line too. */
function asCsv({ by, measure, rows, others }: Figures): string {
  const more = others.rows === 0 ? [] : [[`(${others.rows} more)`, ...blank(by.length - 1), `${others.value}`]]
  const lines = [[...by, measure], ...rows.map(({ keys, value }) => [...keys.map(named), `${value}`]), ...more]
  return lines.map((cells) => cells.map(cell).join(',')).join('\r\n')
}

const named = ({ key, label }: Figures['rows'][number]['keys'][number]): string => oneLine(label ?? key ?? '(none)', 60)
const blank = (cells: number): string[] => Array.from({ length: Math.max(0, cells) }, () => '')

/** Quoted where CSV wants it; a name that a spreadsheet would compute is made text. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
