import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { counted, table } from './layout.ts'
import { clientFilter, getClient } from './names.ts'
import { given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import { show as showAction } from './ticket-writes.ts'
import { integrationFilter, ticketSession } from './tickets-where.ts'
import type { World } from './world.ts'

interface OfClient {
  client?: string
}

/** `msp backups refresh|status|failures|stats|report`. */
export const addBackups: AddVerbs = (program, world) => {
  const backups = program.command('backups').description('the backups of clients, as MSP Backups tells of them')
  backups
    .command('refresh')
    .description('read the state of all backups now; else it is read every hour')
    .option('--integration <name>', 'from this system only')
    .addHelpText('after', example('msp backups refresh'))
    .action((options: { integration?: string }) => refresh(world, options))
  backups
    .command('status')
    .description('how many plans are in order, and what needs somebody')
    .option('--client <client>', 'of this client only')
    .addHelpText('after', example('msp backups status --client Dataforth'))
    .action((options: OfClient) => status(world, options))
  backups
    .command('failures')
    .description('what failed, is late, or is told of no longer')
    .option('--client <client>', 'of this client only')
    .addHelpText('after', example('msp backups failures'))
    .action((options: OfClient) => failures(world, options))
  backups
    .command('stats')
    .description('per client: plans, computers, protected data, runs and failures')
    .option('--client <client>', 'of this client only')
    .option('--since <day>', 'from this day on (default: 30 days)')
    .option('--until <day>', 'to this day')
    .addHelpText('after', example('msp backups stats --since 2026-01-01 --until 2026-01-31'))
    .action((options: OfClient & { since?: string; until?: string }) => stats(world, options))
  backups
    .command('report')
    .description('a report as text, or on a ticket with --ticket')
    .option('--client <client>', 'of this client (with --ticket: that of the session)')
    .option('--ticket <ticket>', 'attach it to this ticket, once a day')
    .option('--of <session>', 'the session that it is about (default: this one)')
    .option('--integration <name>', 'the system of the ticket, where there are several')
    .addHelpText('after', example('msp backups report --client Dataforth', "msp backups report --ticket '#12345'"))
    .action((options: ReportOptions) => report(world, options))
}

async function refresh(world: World, options: { integration?: string }): Promise<void> {
  const { items } = await world.api.backups.refresh(await integrationFilter(world, options.integration))
  const failed = items.filter(({ error }) => error !== null)
  const lines = items.map((one) =>
    one.error === null
      ? `✓ ${one.name}: ${counted(one.plans, 'plan')}, ${counted(one.new_runs, 'new run')}${one.vanished > 0 ? `, ${one.vanished} vanished` : ''}${one.unmatched > 0 ? `, ${one.unmatched} of companies that nobody matched with a client (msp integrations match)` : ''}`
      : `✗ ${one.name}: ${oneLine(one.error, 300)} What is known stays.`,
  )
  world.output.show(
    { items },
    lines.join('\n') || 'No system of backups is connected. An admin adds one with: msp integrations add msp360',
  )
  if (failed.length > 0) process.exitCode = 1
}

async function status(world: World, options: OfClient): Promise<void> {
  const board = await world.api.backups.board(await clientFilter(world, options.client))
  const rows = board.clients.map((one) => [
    oneLine(one.client_name ?? '(not matched)', 40),
    ...[one.counts.ok, one.counts.warning, one.counts.overdue, one.counts.failed, one.counts.vanished].map(String),
  ])
  world.output.show(
    board,
    rows.length === 0
      ? 'No backup plan is known.'
      : table(['client', 'ok', 'warning', 'overdue', 'failed', 'vanished'], rows),
  )
}

async function failures(world: World, options: OfClient): Promise<void> {
  const board = await world.api.backups.board(await clientFilter(world, options.client))
  const rows = board.clients.flatMap((of) =>
    of.computers.flatMap(({ computer, plans }) =>
      plans.map((plan) => [
        oneLine(of.client_name ?? '(not matched)', 30),
        oneLine(computer, 30),
        oneLine(plan.plan_name, 40),
        plan.health,
        plan.last_start === null ? 'never' : age(plan.last_start, world.now()),
        oneLine(plan.error ?? '', 80),
      ]),
    ),
  )
  world.output.show(
    board,
    rows.length === 0
      ? 'All backups are in order.'
      : table(['client', 'computer', 'plan', 'state', 'last run', 'error'], rows),
  )
}

async function stats(world: World, options: OfClient & { since?: string; until?: string }): Promise<void> {
  const found = await world.api.backups.statistics({
    ...(await clientFilter(world, options.client)),
    ...given({ date_from: options.since, date_to: options.until }),
  })
  const rows = found.items.map((one) => [
    oneLine(one.client_name ?? '(not matched)', 40),
    ...[one.plans, one.computers].map(String),
    `${(one.protected_bytes / 1_073_741_824).toFixed(1)} GiB`,
    ...[one.runs, one.failures].map(String),
    one.last_success_at === null ? 'never' : age(one.last_success_at, world.now()),
  ])
  world.output.show(
    found,
    rows.length === 0
      ? 'No backup plan is known.'
      : table(['client', 'plans', 'computers', 'protected', 'runs', 'failures', 'last success'], rows),
  )
}

interface ReportOptions extends OfClient {
  ticket?: string
  of?: string
  integration?: string
}

async function report(world: World, options: ReportOptions): Promise<void> {
  if (options.ticket !== undefined) return reportOnTicket(world, options.ticket, options)
  const found = await world.api.backups.report(await clientFilter(world, options.client))
  world.output.show(found, found.markdown)
}

/** A report of the day is one, however often it is asked for: the state of backups changes by the minute. */
async function reportOnTicket(world: World, ticket: string, { client, of, integration }: ReportOptions): Promise<void> {
  const session = await ticketSession(world, of)
  const client_id = session.client_id as string
  if (client !== undefined && (await getClient(world, client)).id !== client_id)
    throw usage('The session is for another client. Leave --client out, or name a session of the client with --of.')
  const found = await world.api.backups.report({ client_id })
  const day = world.now().toISOString().slice(0, 10)
  const name = `backup-report-${day}.md`
  const { id } = await world.api.attachments.create({
    session_id: session.id,
    name,
    media_type: 'text/markdown',
    base64: Buffer.from(found.markdown).toString('base64'),
  })
  const action = await world.api.tickets.attach({
    ticket,
    client_id,
    session_id: session.id,
    attachment_id: id,
    dedup_id: `backup-report:${client_id}:${ticket.replace(/^#/, '')}:${day}`,
    ...(await integrationFilter(world, integration)),
  })
  showAction(world, action, `Backup report (${counted(found.attention, 'plan')} to look at) on ${ticket}`)
}
