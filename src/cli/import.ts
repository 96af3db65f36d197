import { choice } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

// As in src/contract/data.ts, which needs zod.
const IMPORTABLE = ['clients', 'sites', 'contacts', 'infrastructure'] as const
const SOURCES = ['auto', 'itglue', 'hudu', 'itflow', 'syncro', 'generic'] as const
const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const
const ALSO: Readonly<Record<string, string>> = { assets: 'infrastructure', asset: 'infrastructure' }

interface Options {
  client?: string
  source?: string
  map?: string[]
  dateOrder?: string
  createClients?: boolean
  dryRun?: boolean
}

/** What is asked of the server with each piece of the file. */
export interface ImportRequest {
  entity: (typeof IMPORTABLE)[number]
  client?: string
  source: (typeof SOURCES)[number]
  mapping: Record<string, string>
  date_order?: (typeof DATE_ORDERS)[number]
  create_clients: boolean
  dry_run: boolean
}

/** `msp import`: rows from a file. */
export const addImport: AddVerbs = (program, world) => {
  program
    .command('import')
    .description('create and update clients, sites, contacts or assets from a CSV or JSON file')
    .argument('<entity>', `${IMPORTABLE.join(', ')} (assets)`)
    .argument('<file>', 'CSV, JSON or NDJSON; an export of IT Glue, Hudu, ITFlow or Syncro is recognised')
    .option('--client <client>', 'whose rows these are where no column says it')
    .option('--source <source>', `whose export it is: ${SOURCES.join(', ')}`, 'auto')
    .option(
      '--map <column=field>',
      'their column=our field; =custom.word keeps it, =- leaves it out; again for more',
      more,
    )
    .option('--date-order <order>', 'how to read 03/04/2026: dmy or mdy')
    .option('--create-clients', 'create clients that a column names and nobody knows (leads and admins)')
    .option('--dry-run', 'say what would happen and keep nothing')
    .addHelpText(
      'after',
      example(
        'msp import infrastructure configurations.csv --dry-run',
        'msp import assets assets.csv --client Dataforth --map "Rack unit=custom.rack_unit"',
      ),
    )
    .action((entity: string, file: string, options: Options) => run(world, entity, file, options))
}

const more = (one: string, others: string[] = []): string[] => [...others, one]

async function run(world: World, entity: string, file: string, options: Options): Promise<void> {
  const named = ALSO[entity.toLowerCase()] ?? entity
  const request: ImportRequest = {
    entity: choice('The entity', named.endsWith('s') || named === 'infrastructure' ? named : `${named}s`, IMPORTABLE),
    source: choice('--source', options.source ?? 'auto', SOURCES),
    mapping: Object.fromEntries((options.map ?? []).map(pair)),
    create_clients: options.createClients === true,
    dry_run: options.dryRun === true,
    ...(options.client === undefined ? {} : { client: options.client }),
    ...(options.dateOrder === undefined ? {} : { date_order: choice('--date-order', options.dateOrder, DATE_ORDERS) }),
  }
  const { importFrom } = await import('./import-file.ts')
  await importFrom(world, request, file)
}

/** `Their column=our field`; a column may have an equals sign in its name. */
function pair(text: string): [column: string, field: string] {
  const at = text.lastIndexOf('=')
  const [column, field] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  if (at > 0 && column !== '' && field !== '') return [column, field]
  throw usage(`--map takes "Their column=our field", not "${text}".`)
}
