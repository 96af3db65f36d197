import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { age, ago } from '../recall/ages.ts'
import { oneLine, visible } from '../recall/clean.ts'
import { getAsset, hostNames } from './assets.ts'
import { addReplay } from './failures-replay.ts'
import { counted, facts, shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

export type Pattern = OutputOf<Contract['failurePatterns']['get']>

interface ListOptions {
  client?: string
  host?: string
  status?: string
  limit?: string
}
interface EditOptions {
  alternative?: string
  cause?: string
  severity?: string
  title?: string
}

const ID = 'id or its last 8 characters'

/** `msp failures list|show|verify|resolve|suppress|edit|merge`. */
export const addFailures: AddVerbs = (program, world) => {
  const failures = program.command('failures').description('what is known to fail where, and what works instead')
  failures
    .command('list')
    .description('failure patterns, last seen first')
    .option('--client <client>', 'of this client only')
    .option('--host <host>', 'of this machine of a client only')
    .option('--status <status>', 'candidate, active, suppressed or obsolete')
    .option('--limit <number>', 'at most so many, up to 200', '20')
    .addHelpText('after', example('msp failures list --client Dataforth', 'msp failures list --host SRV-OLD'))
    .action((options: ListOptions) => list(world, options))
  failures
    .command('show')
    .description('one failure pattern with its cause, evidence and alternative')
    .argument('<id>', ID)
    .addHelpText('after', example('msp failures show 3f2a9c1e'))
    .action((id: string) => show(world, id))
  failures
    .command('verify')
    .description('confirm a pattern: it counts in full from now on, until the command works again')
    .argument('<id>', ID)
    .addHelpText('after', example('msp failures verify 3f2a9c1e'))
    .action(async (id: string) => {
      changed(world, 'Confirmed', await world.api.failurePatterns.activate({ id }))
    })
  failures
    .command('resolve')
    .description('say that a pattern no longer holds, and why; it counts again when it fails again')
    .argument('<id>', ID)
    .requiredOption('--reason <text>', 'what has changed')
    .addHelpText('after', example('msp failures resolve 3f2a9c1e --reason "SRV-OLD now runs Server 2025"'))
    .action(async (id: string, { reason }: { reason: string }) => {
      changed(world, 'Resolved', await world.api.failurePatterns.markObsolete({ id, reason: said('--reason', reason) }))
    })
  failures
    .command('suppress')
    .description('never warn of a pattern again, with the reason')
    .argument('<id>', ID)
    .requiredOption('--reason <text>', 'why nobody should be warned')
    .addHelpText('after', example('msp failures suppress 3f2a9c1e --reason "Only failed in the maintenance window"'))
    .action(async (id: string, { reason }: { reason: string }) => {
      changed(world, 'Suppressed', await world.api.failurePatterns.suppress({ id, reason: said('--reason', reason) }))
    })
  failures
    .command('edit')
    .description('correct what is said of a failure; an alternative of yours is kept, whatever is learned later')
    .argument('<id>', ID)
    .option('--alternative <text>', 'what works instead, best as a command; "" for none')
    .option('--cause <text>', 'why it fails; "" for not known')
    .option('--severity <severity>', 'low, medium, high or critical')
    .option('--title <text>', 'what fails, in one line')
    .addHelpText('after', example('msp failures edit 3f2a9c1e --alternative "net user"'))
    .action((id: string, options: EditOptions) => edit(world, id, options))
  failures
    .command('merge')
    .description('say that a pattern is the same as another one, which counts in its place')
    .argument('<id>', ID)
    .requiredOption('--into <id>', 'the one that stays')
    .addHelpText('after', example('msp failures merge 3f2a9c1e --into 9b1d4e02'))
    .action((id: string, { into }: { into: string }) => merge(world, id, into))
  addReplay(failures, world)
}

async function list(world: World, options: ListOptions): Promise<void> {
  const client = await clientFilter(world, options.client)
  const asset = options.host === undefined ? undefined : await getAsset(world, options.host, client.client_id)
  const page = await world.api.failurePatterns.list({
    ...client,
    ...given({
      infrastructure_id: asset?.id,
      status:
        options.status === undefined
          ? undefined
          : choice('--status', options.status, ['candidate', 'active', 'suppressed', 'obsolete']),
    }),
    limit: count('--limit', options.limit ?? '20', 200),
  })
  world.output.show(page, page.items.length === 0 ? 'No failure patterns.' : await patternTable(world, page.items))
}

/** Patterns as people read them, one a line. */
export async function patternTable(world: World, patterns: readonly Pattern[]): Promise<string> {
  const hosts = await hostNames(
    world,
    patterns.map((one) => one.infrastructure_id),
  )
  const rows = patterns.map((one) => [
    shortId(one.id),
    age(one.last_seen_at, world.now()),
    String(one.occurrences),
    one.verified_by === null ? `${one.confidence_percent} %` : 'verified',
    one.status,
    oneLine(placeOf(one, hosts.get(one.infrastructure_id)), 30),
    oneLine(one.title, 80),
    oneLine(one.recommended_alternative ?? '', 80),
  ])
  return table(['id', 'seen', 'times', 'sure', 'status', 'where', 'what fails', 'instead'], rows)
}

/** Where a pattern holds, in words. */
function placeOf(one: Pattern, hostname: string | undefined): string {
  if (one.infrastructure_id !== null) return hostname ?? `machine ${shortId(one.infrastructure_id)}`
  if (one.host !== null) return one.host
  if (one.machine_id !== null) return `technician's machine ${shortId(one.machine_id)}`
  return one.system ?? (one.client_id === null ? 'everywhere' : 'whole client')
}

async function show(world: World, id: string): Promise<void> {
  const one = await world.api.failurePatterns.get({ id })
  const hosts = await hostNames(world, [one.infrastructure_id])
  const now = world.now()
  const told = (text: string | null) => (text === null ? null : visible(text))
  const sessions = counted(one.distinct_sessions, 'session')
  const text = facts([
    ['what fails', visible(one.title)],
    ['id', one.id],
    ['where', visible(placeOf(one, hosts.get(one.infrastructure_id)))],
    ['matches', told(one.match_key)],
    ['category', `${one.failure_category ?? one.category}, ${one.severity}`],
    ['error', told(one.error_text)],
    ['cause', told(one.root_cause)],
    ['instead', told(one.recommended_alternative)],
    [
      'seen',
      `${counted(one.occurrences, 'time')} in ${sessions}, first ${ago(one.first_seen_at, now)}, last ${ago(one.last_seen_at, now)}`,
    ],
    ['sure', `${one.confidence_percent} %${one.verified_by === null ? '' : ', confirmed by a person'}`],
    ['status', one.status],
    ['why', told(one.suppress_reason ?? one.obsolete_reason)],
    ['counts as', one.merged_into_id && shortId(one.merged_into_id)],
  ])
  world.output.show(one, text)
}

async function edit(world: World, id: string, { alternative, cause, severity, title }: EditOptions): Promise<void> {
  const fields = given({
    recommended_alternative: alternative === undefined ? undefined : alternative.trim() || null,
    root_cause: cause === undefined ? undefined : cause.trim() || null,
    severity:
      severity === undefined ? undefined : choice('--severity', severity, ['low', 'medium', 'high', 'critical']),
    title: title === undefined ? undefined : said('--title', title),
  })
  if (Object.keys(fields).length === 0) throw usage('Nothing to change was given. See: msp failures edit --help')
  const { row_version } = await world.api.failurePatterns.get({ id })
  changed(world, 'Changed', await world.api.failurePatterns.update({ id, row_version, ...fields }))
}

async function merge(world: World, id: string, into: string): Promise<void> {
  const kept = await world.api.failurePatterns.get({ id: into })
  const merged = await world.api.failurePatterns.merge({ id, into: kept.id })
  world.output.show(
    merged,
    `✓ Merged: ${shortId(merged.id)} counts as ${shortId(kept.id)}, ${oneLine(kept.title, 120)}`,
  )
}

/** A text that says something. @throws Failure that names the option */
function said(option: string, text: string): string {
  if (text.trim() !== '') return text.trim()
  throw usage(`${option} says nothing. Write it in quotes, as in: ${option} "SRV-OLD was replaced"`)
}

const changed = (world: World, what: string, one: Pattern): void =>
  world.output.show(one, `✓ ${what}: ${shortId(one.id)} (${one.status}), ${oneLine(one.title, 120)}`)
