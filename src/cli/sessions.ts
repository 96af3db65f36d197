import type { InputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { age, duration } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { readStdin } from './ask.ts'
import { getSession, type SessionRow } from './current-session.ts'
import { shortId, table } from './layout.ts'
import { reportText } from './mode-report.ts'
import { clientFilter, projectFilter } from './names.ts'
import { choice, count } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface ListOptions {
  client?: string
  project?: string
  since?: string
  mode?: string
  status?: string
  limit?: string
}
type Filter = NonNullable<InputOf<Contract['sessions']['list']>>

/** `msp session list|show|end|summarize`. */
export const addSessions: AddVerbs = (program, world) => {
  const session = program.command('session').description('what was worked on, when and for whom')
  session
    .command('list')
    .description('sessions, newest first')
    .option('--client <client>', 'of this client only')
    .option('--project <project>', 'of this project only')
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--mode <mode>', 'msp, dev or normal')
    .option('--status <status>', 'active, paused, ended or abandoned')
    .option('--limit <number>', 'at most so many, up to 200', '20')
    .addHelpText(
      'after',
      example('msp session list --client Dataforth --limit 5', 'msp session list --since 2026-01-01 --json'),
    )
    .action((options: ListOptions) => list(world, options))
  session
    .command('show')
    .description('what was done in a session')
    .argument('[id]', 'id or its last 8 characters (default: this session)')
    .addHelpText('after', example('msp session show 3f2a9c1e'))
    .action((id?: string) => show(world, id))
  session
    .command('end')
    .description('end a session that was left open; your own running one ends with "msp mode end"')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp session end 3f2a9c1e'))
    .action((id: string) => end(world, id))
  session
    .command('summarize')
    .description('replace the summary of a session by the text on stdin (Markdown)')
    .argument('[id]', 'id or its last 8 characters (default: this session)')
    .option('--title <title>', 'a title as well, at most 200 characters')
    .addHelpText('after', example('msp session summarize 3f2a9c1e < summary.md'))
    .action((id: string | undefined, options: { title?: string }) => summarize(world, id, options.title))
}

async function list(world: World, options: ListOptions): Promise<void> {
  const filter: Filter = {
    ...(await clientFilter(world, options.client)),
    ...(await projectFilter(world, options.project)),
    ...(options.since === undefined ? {} : { date_from: options.since }),
    ...(options.mode === undefined ? {} : { mode: choice('--mode', options.mode, ['msp', 'dev', 'normal']) }),
    ...(options.status === undefined
      ? {}
      : { status: choice('--status', options.status, ['active', 'paused', 'ended', 'abandoned']) }),
    limit: count('--limit', options.limit ?? '20', 200),
  }
  const page = await world.api.sessions.list(filter)
  const rows = page.items.map((row) => rowOf(row, world.now()))
  const text =
    rows.length === 0 ? 'No sessions.' : table(['id', 'age', 'mode', 'status', 'active', 'ticket', 'title'], rows)
  world.output.show(page, text)
}

const rowOf = (row: SessionRow, now: Date): string[] => [
  shortId(row.id),
  age(row.started_at, now),
  row.mode,
  row.status,
  row.active_seconds === null ? '' : duration(row.active_seconds),
  row.ticket === null ? '' : `#${row.ticket}`,
  oneLine(row.title ?? row.summary ?? row.unresolved_client ?? '', 70),
]

async function show(world: World, id: string | undefined): Promise<void> {
  const row = await getSession(world, id)
  const report = await world.api.sessions.report({ id: row.id })
  const { session } = report
  const who = [report.client_name, report.project_name, session.ticket && `#${session.ticket}`]
    .filter(Boolean)
    .join(' · ')
  const head = `${who || session.mode} · ${report.technician_name} on ${report.machine_name} · ${session.started_at} · ${session.status}`
  world.output.show(report, `${head}\n${reportText(report)}`)
}

async function end(world: World, id: string): Promise<void> {
  const report = await world.api.sessions.end({ id, reason: 'user' })
  world.output.show(report, reportText(report))
}

async function summarize(world: World, id: string | undefined, title: string | undefined): Promise<void> {
  const summary = (await readStdin('Give the summary on stdin, as in: msp session summarize < summary.md')).trim()
  if (summary === '') throw usage('The summary on stdin is empty. The one that is there was kept.')
  const row = await getSession(world, id)
  const changed = await world.api.sessions.update({
    id: row.id,
    row_version: row.row_version,
    summary,
    ...(title === undefined ? {} : { title }),
  })
  world.output.show(changed, `✓ Summary of session ${shortId(changed.id)} stored (${summary.length} characters).`)
}
