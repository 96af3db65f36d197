import { age, aged } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { deadLetters, discardDeadLetter, retryDeadLetter } from '../spool/dead-letter.ts'
import type { DeliveryReport } from '../spool/deliver.ts'
import { spoolStatus } from '../spool/status.ts'
import { flush } from './delivery.ts'
import { counted, facts, table } from './layout.ts'
import { EXIT, type ExitCode, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface LetterOptions {
  retry?: boolean
  discard?: boolean
  all?: boolean
}

/** `msp spool status|flush|dead-letter`. */
export const addSpool: AddVerbs = (program, world) => {
  const spool = program.command('spool').description('what was recorded here and still has to reach the server')
  spool
    .command('status')
    .description('how much waits, since when, and why')
    .addHelpText('after', example('msp spool status --json'))
    .action(() => status(world))
  spool
    .command('flush')
    .description('send everything now')
    .addHelpText('after', example('msp spool flush'))
    .action(() => flushAll(world))
  spool
    .command('dead-letter')
    .description('what the server refused: list it, send it again, or discard it')
    .argument('[ids...]', 'event ids, as listed')
    .option('--retry', 'send these again')
    .option('--discard', 'remove these for good')
    .option('--all', 'all of them')
    .addHelpText(
      'after',
      example(
        'msp spool dead-letter',
        'msp spool dead-letter --retry --all',
        'msp spool dead-letter --discard cmd:toolu_01',
      ),
    )
    .action((ids: string[], options: LetterOptions) => letters(world, ids, options))
}

function status(world: World): void {
  const now = world.now()
  const spool = spoolStatus(world.settings.paths.spool, now.getTime())
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`
  const text = facts([
    [
      'waiting',
      `${counted(spool.events, 'event')}${spool.oldestAt ? `, the oldest ${aged(spool.oldestAt, now)}` : ''}`,
    ],
    ['size', `${megabytes(spool.usedBytes)} of ${megabytes(spool.limitBytes)}`],
    ['dead letters', spool.deadLetters === 0 ? 'none' : `${spool.deadLetters}; see: msp spool dead-letter`],
    ['damaged', spool.quarantine.files === 0 ? null : `${counted(spool.quarantine.files, 'file')} put aside`],
    ['last sent', spool.lastSuccessAt ? `${age(spool.lastSuccessAt, now)} (${spool.lastSuccessAt})` : 'never'],
    ['last problem', spool.lastFailure ? spool.lastFailure.message : null],
    ['next try', spool.retryAt ?? null],
  ])
  world.output.show(spool, text)
}

/** Everything may take minutes after a long time without the server. */
const FLUSH_ALL_MS = 10 * 60_000

async function flushAll(world: World): Promise<void> {
  const isTerminal = process.stderr.isTTY === true
  const total = isTerminal ? spoolStatus(world.settings.paths.spool).events : 0
  const progress = (sent: number) => {
    if (isTerminal && sent % 50 === 0) process.stderr.write(`\r${sent} of ${total} sent`)
  }
  const report = await flush(world, FLUSH_ALL_MS, progress)
  if (isTerminal && total > 0) process.stderr.write('\r\u001b[K')
  const sent = report.accepted + report.duplicates
  if (report.ended === 'delivered') {
    const refused = report.deadLettered > 0 ? ` ${report.deadLettered} were refused; see: msp spool dead-letter` : ''
    world.output.show(report, `✓ ${sent === 0 ? 'Nothing was waiting.' : `${counted(sent, 'event')} sent.`}${refused}`)
    return
  }
  throw new Failure(
    exitOf(report),
    report.problem?.message ?? 'Another process is sending already. Look again with "msp spool status".',
    report,
  )
}

function exitOf({ ended, problem }: DeliveryReport): ExitCode {
  if (ended === 'busy') return EXIT.conflict
  if (problem?.kind === 'unauthorised') return EXIT.notAllowed
  return problem?.kind === 'unreachable' ? EXIT.unreachable : EXIT.failed
}

async function letters(world: World, ids: string[], options: LetterOptions): Promise<void> {
  const { spool } = world.settings.paths
  if (!options.retry && !options.discard) {
    const items = deadLetters(spool)
    const rows = items.map(({ at, reason, event, message }) => [
      event.id,
      age(at, world.now()),
      reason,
      oneLine(message, 90),
    ])
    return world.output.show(
      { items },
      rows.length === 0 ? 'No dead letters.' : table(['id', 'age', 'why', 'message'], rows),
    )
  }
  if (options.retry && options.discard) throw usage('Give --retry or --discard, not both.')
  if (ids.length === 0 && !options.all) throw usage('Name the events, or give --all.')
  const change = options.retry ? retryDeadLetter : discardDeadLetter
  const { ended, changed } = await change(spool, options.all ? 'all' : ids)
  if (ended === 'busy') throw new Failure(EXIT.conflict, 'A delivery is running. Try again in a moment.')
  if (changed === 0 && !options.all)
    throw new Failure(EXIT.notFound, 'There is no such dead letter. See them with: msp spool dead-letter')
  const done = options.retry ? 'will be sent again with the next delivery: msp spool flush' : 'discarded.'
  world.output.show({ changed }, `✓ ${counted(changed, 'event')} ${done}`)
}
