import { type AddVerbs, example } from './register.ts'

export interface WhoseOptions {
  client?: string
  project?: string
  technician?: string
  since?: string
  until?: string
  month?: string
  period?: string
}
export interface FileOptions {
  format?: string
  output?: string
  force?: boolean
  bom?: boolean
}
export type ReportOptions = WhoseOptions & FileOptions & { by?: string[]; before?: string; limit?: string }

/** What hours are told apart by: the words of the API, which needs zod to say them; a test compares the two. */
export const HOURS_BY = [
  ...(['client', 'technician', 'project', 'category', 'classification', 'work_type', 'month'] as const),
] as const
export const FORMATS = ['table', 'markdown', 'html', 'csv', 'json'] as const

/** `msp report hours|client|work|period|unbilled|failures`. */
export const addReports: AddVerbs = (program, world) => {
  const report = program.command('report').description('hours, months of clients, what is not billed yet, what fails')
  const verbs = () => import('./report/verbs.ts')
  type Command = typeof report
  const days = (command: Command) =>
    command
      .option('--month <month>', 'as in 2026-01')
      .option('--period <period>', '2025-Q4, 2025 or 2026-01')
      .option('--since <day>', 'the first day')
      .option('--until <day>', 'the last day')
  const written = (command: Command) =>
    command
      .option('--format <format>', `${FORMATS.join(', ')} (default: by the file's ending, else table)`)
      .option('--output <file>', 'write to a file, whole or not at all (default: stdout)')
      .option('--force', 'replace the file when there is one')
      .option('--bom', 'begin CSV with a byte order mark, for Excel')
  written(
    days(report.command('hours').description('worked beside billed time and amounts (default: this month)'))
      .option('--by <what>', `${HOURS_BY.join(', ')}; twice for both`, (one: string, before: string[] = []) => [
        ...before,
        one,
      ])
      .option('--client <client>', 'of this client only')
      .option('--project <project>', 'of this project only')
      .option('--technician <technician>', 'of this technician only: name, e-mail or id'),
  )
    .addHelpText(
      'after',
      example(
        'msp report hours --by client --month 2026-01',
        'msp report hours --by technician --by month --period 2025-Q4 --format csv --output hours.csv',
      ),
    )
    .action(async (options: ReportOptions) => (await verbs()).hours(world, options))
  written(
    days(
      report
        .command('client')
        .description('the report of a month for a client, to be sent or printed (default: last month)'),
    ),
  )
    .argument('<client>', 'name, code or id')
    .addHelpText(
      'after',
      example(
        'msp report client Dataforth --month 2026-01',
        'msp report client Dataforth --month 2026-01 --output dataforth-2026-01.html',
        'msp report client Dataforth --period 2025-Q4 --format csv --bom --output dataforth-2025-Q4.csv',
      ),
    )
    .action(async (client: string, options: ReportOptions) => (await verbs()).client(world, client, options))
  written(days(report.command('work').description('all work for a client, piece by piece (default: this month)')))
    .argument('<client>', 'name, code or id')
    .option('--limit <number>', 'at most so many pieces, up to 200', '100')
    .addHelpText(
      'after',
      example(
        'msp report work Dataforth --month 2026-01',
        'msp report work Dataforth --since 2026-01-12 --until 2026-01-16',
      ),
    )
    .action(async (client: string, options: ReportOptions) => (await verbs()).work(world, client, options))
  written(report.command('unbilled').description('what was worked and not exported yet, per client and month'))
    .option('--client <client>', 'of this client only')
    .option('--before <day>', 'only work done before this day')
    .addHelpText('after', example('msp report unbilled --before 2026-02-01'))
    .action(async (options: ReportOptions) => (await verbs()).unbilled(world, options))
  written(report.command('failures').description('which failures cost most, most often first'))
    .option('--client <client>', 'of this client only')
    .option('--limit <number>', 'at most so many, up to 200', '50')
    .addHelpText('after', example('msp report failures --client Dataforth'))
    .action(async (options: ReportOptions) => (await verbs()).failures(world, options))
}
