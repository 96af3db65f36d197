import { aged, ago } from '../recall/ages.ts'
import { code, errorLine, oneLine } from '../recall/clean.ts'
import { getAsset } from './assets.ts'
import { checked } from './env-check.ts'
import { type Fact, type FailedRun, type Known, knownOf } from './env-knowledge.ts'
import { patternTable } from './failures.ts'
import { facts as lines } from './layout.ts'
import { choice } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface CheckOptions {
  target: string
  client?: string
  shell?: string
}

const DECIDED = { deny: '✗ stopped', note: '! doubtful', allow: '✓ allowed' } as const
const MOST = { facts: 15, runs: 5, alternatives: 5, failures: 10 }

/** `msp env check|show`. */
export const addEnv: AddVerbs = (program, world) => {
  const env = program.command('env').description('what a machine of a client is like, and what fails there')
  env
    .command('check')
    .description('whether a planned command would be stopped, what limits it, what failed before and what works')
    .requiredOption('--target <host>', 'where it is to run, by any of its names; "local" for this machine')
    .option('--client <client>', 'for this client (default: that of this session, else of the machine)')
    .option('--shell <shell>', 'at which it is typed: bash or powershell', 'bash')
    .argument('<command...>', 'the command, behind --')
    .addHelpText('after', example('msp env check --target SRV-OLD -- Get-LocalUser -Name ana'))
    .action((words: string[], options: CheckOptions) => check(world, words, options))
  env
    .command('show')
    .description('a machine of a client: facts, notes, what is known to fail there, what failed last')
    .argument('<host>', 'host name, full name, address, asset tag or a unique part of one')
    .option('--client <client>', 'of this client (default: that of this session, else any)')
    .addHelpText('after', example('msp env show D2TESTNAS', 'msp env show 10.0.0.9 --client Dataforth'))
    .action((host: string, options: { client?: string }) => show(world, host, options.client))
}

async function check(world: World, words: readonly string[], { target, client, shell }: CheckOptions): Promise<void> {
  if (words.join('').trim() === '')
    throw usage('Name the command behind --, as in: msp env check --target SRV-OLD -- hostname')
  const at = choice('--shell', shell ?? 'bash', ['bash', 'powershell'])
  const known = await knownOf(world, target, client)
  try {
    const found = await checked(world, known, { words, target, shell: at })
    const head = lines([
      ['decision', DECIDED[found.decision]],
      ['because', found.reason && oneLine(`${found.reason}${found.where === null ? '' : ` (${found.where})`}`, 300)],
      ...found.alternatives.slice(0, MOST.alternatives).map((one) => ['instead', code(one, 300)] as const),
      ['looked up', code(found.command, 300)],
      ['machine', known.target === null ? 'not on record' : oneLine(known.target.hostname, 100)],
      ...machineLines(known),
    ])
    const patterns = found.patterns.length === 0 ? [] : (await patternTable(world, found.patterns)).split('\n')
    world.output.show(
      { target, ...told(known), ...found },
      blocks([
        head,
        section('Facts', factLines(world, known.facts)),
        section('Known to fail', patterns),
        section('Failed there before', runLines(world, found.there)),
        section('Failed elsewhere for this client', runLines(world, found.elsewhere)),
      ]),
    )
  } finally {
    known.guard.close()
  }
}

async function show(world: World, host: string, client: string | undefined): Promise<void> {
  const known = await knownOf(world, host, client)
  known.guard.close()
  if (known.target === null && known.source === 'cache')
    throw new Failure(EXIT.notFound, `The cache knows no machine "${host}", and the server does not answer.`)
  const { patterns, failures } = known.source === 'cache' ? NOTHING : await readRecords(world, host, known)
  const head = lines([['machine', oneLine(known.target?.hostname ?? host, 100)], ...machineLines(known)])
  const table = patterns.length === 0 ? [] : (await patternTable(world, patterns)).split('\n')
  world.output.show(
    { ...told(known), patterns, failures },
    blocks([
      head,
      section('Facts', factLines(world, known.facts)),
      section('Known to fail', table),
      section('Failed last', runLines(world, failures)),
      known.facts.length + patterns.length + failures.length === 0 ? 'Nothing is known of it yet.' : '',
    ]),
  )
}

const NOTHING = { patterns: [], failures: [] }

/** What counts there, and what failed there last. */
async function readRecords(world: World, host: string, known: Known) {
  const { id } = await getAsset(world, host, known.client?.id ?? undefined)
  const [candidates, active, failures] = await Promise.all([
    world.api.failurePatterns.list({ infrastructure_id: id, status: 'candidate', limit: MOST.runs }),
    world.api.failurePatterns.list({ infrastructure_id: id, status: 'active', limit: 200 }),
    world.api.commandsRun.list({ infrastructure_id: id, success: false, limit: MOST.failures }),
  ])
  return { patterns: [...active.items, ...candidates.items], failures: failures.items }
}

/** The same for both verbs, as `--json` has it. */
const told = ({ source, asOf, client, target, facts }: Known) => ({ source, as_of: asOf, client, asset: target, facts })

function machineLines({ client, target }: Known): (readonly [string, string | null])[] {
  return [
    ['client', client && oneLine(client.name, 100)],
    ['system', target?.system ? oneLine(target.system, 100) : null],
    ['vpn', target?.vpn ? `only over ${oneLine(target.vpn, 100)}` : null],
    ['limits', target?.limitations.length ? oneLine(target.limitations.join('; '), 300) : null],
    ['notes', target?.notes ? oneLine(target.notes, 600) : null],
  ]
}

const factLines = (world: World, known: readonly Fact[]): string[] =>
  known.slice(0, MOST.facts).map(({ statement, confidence_percent, as_of }) => {
    const sure = confidence_percent === null ? '' : `, ${confidence_percent} % sure`
    return `${oneLine(statement, 200)}${as_of === null ? '' : ` (${aged(as_of, world.now())}${sure})`}`
  })

/** What of a failed run is shown, wherever it comes from. */
type Run = Pick<FailedRun, 'command' | 'started_at' | 'failure_category' | 'error_message'> & {
  hostname?: string | null
  resolved_by?: FailedRun['resolved_by']
}

const runLines = (world: World, runs: readonly Run[]): string[] =>
  runs.slice(0, MOST.failures).flatMap((run) => {
    const place = run.hostname ? ` on ${oneLine(run.hostname, 60)}` : ''
    const error = errorLine(run.error_message, 120)
    const why = [run.failure_category, error].filter(Boolean).join(': ')
    const worked = run.resolved_by ? [`  worked: ${code(run.resolved_by.command, 200)}`] : []
    return [`${ago(run.started_at, world.now())}${place}: ${code(run.command, 120)}${why && ` (${why})`}`, ...worked]
  })

const section = (title: string, rows: readonly string[]): string =>
  rows.length === 0 ? '' : [title, ...rows.map((row) => `  ${row}`)].join('\n')

const blocks = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')
