import { choice, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

export const FORMATS = ['csv', 'json', 'ndjson'] as const
export type Format = (typeof FORMATS)[number]

interface Options {
  format?: string
  client?: string
  output?: string
  dateFrom?: string
  dateTo?: string
  archived?: boolean
  bom?: boolean
  force?: boolean
}

/** `msp export`: a whole list as a file. */
export const addExport: AddVerbs = (program, world) => {
  program
    .command('export')
    .description('every row of a list that you may see, as CSV, JSON or one JSON document per line')
    .argument('<entity>', 'clients, sites, infrastructure, sessions, work-items, …: the names of the REST paths')
    .option('--format <format>', `${FORMATS.join(', ')} (default: by the file's ending, else csv)`)
    .option('--client <client>', 'only this client')
    .option('--output <file>', 'write to a file, whole or not at all (default: stdout)')
    .option('--force', 'replace the file when there is one')
    .option('--date-from <date>', 'from this day or instant, as in 2026-01-31')
    .option('--date-to <date>', 'to this day or instant')
    .option('--archived', 'archived rows, too')
    .option('--bom', 'begin CSV with a byte order mark, for Excel')
    .addHelpText(
      'after',
      example(
        'msp export infrastructure --client Dataforth --output assets.csv',
        'msp export commands-run --format ndjson --date-from 2026-01-01 > commands.ndjson',
      ),
    )
    .action((entity: string, options: Options) => run(world, entity, options))
}

async function run(world: World, entity: string, options: Options): Promise<void> {
  const format = formatOf(world, options)
  const query = new URLSearchParams(
    given({
      format,
      client: options.client,
      date_from: options.dateFrom,
      date_to: options.dateTo,
      archived: options.archived ? 'true' : undefined,
      bom: options.bom ? 'true' : undefined,
    }) as Record<string, string>,
  )
  const path = `export/${encodeURIComponent(pathOf(entity))}?${query}`
  const { exportTo } = await import('./export-file.ts')
  await exportTo(world, { path, format, file: options.output, force: options.force === true, what: pathOf(entity) })
}

function formatOf(world: World, { format, output }: Options): Format {
  if (format !== undefined) return choice('--format', format, FORMATS)
  const ending = FORMATS.find((one) => output?.toLowerCase().endsWith(`.${one}`))
  if (ending !== undefined) return ending
  return world.output.isJson && output === undefined ? 'json' : 'csv'
}

/** `workItems` and `work items` are `/work-items`. */
function pathOf(entity: string): string {
  const path = entity
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[\s_]+/g, '-')
    .toLowerCase()
  if (/^[a-z0-9-]+$/.test(path)) return path
  throw usage(`"${entity}" is no name of a list. Name one as in: msp export clients`)
}
