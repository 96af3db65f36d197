import { isOutage } from '../api/errors.ts'
import type { SessionReport } from '../contract/sessions.ts'
import { age, aged, duration } from '../recall/ages.ts'
import { type LocalSession, readSession } from '../sessions.ts'
import { spoolStatus } from '../spool/status.ts'
import { currentSession } from './current-session.ts'
import { counted, facts, shortId } from './layout.ts'
import { whatFor } from './mode-report.ts'
import type { World } from './world.ts'

/** Status is asked in the middle of work: the server gets this long, in milliseconds. */
const DEADLINE_MS = 2_000

/** `msp status`: what this session is for and what was recorded of it. Works without a server. */
export async function showStatus(world: World): Promise<void> {
  const { apiUrl, paths } = world.settings
  const claudeId = world.sessionIdIfAny()
  const session = claudeId === null ? undefined : readSession(paths, claudeId)
  const spool = spoolStatus(paths.spool, world.now().getTime())
  const { report, problem } = await reportOf(world, session)
  const running = session?.open ? session : null
  const waits =
    spool.events === 0
      ? 'nothing'
      : `${counted(spool.events, 'event')}, the oldest ${aged(spool.oldestAt, world.now())}`
  const text = facts([
    ['mode', running?.mode ?? 'none'],
    ['for', running && (running.client || running.project) ? whatFor(running) : null],
    ['since', running?.opened_at ? `${age(running.opened_at, world.now())} (${running.opened_at})` : null],
    ['session', report ? shortId(report.session.id) : null],
    ['recorded', report ? recorded(report) : null],
    ['to be sent', waits],
    ['dead letters', spool.deadLetters > 0 ? `${spool.deadLetters}; see: msp spool dead-letter` : null],
    ['server', problem ?? apiUrl],
  ])
  const local = running && {
    mode: running.mode,
    client: running.client,
    project: running.project,
    ticket: running.ticket,
    stretch: running.stretch,
    opened_at: running.opened_at,
  }
  world.output.show({ session: local, report, spool, server: { url: apiUrl, problem } }, text)
}

async function reportOf(
  world: World,
  session: LocalSession | undefined,
): Promise<{ report: SessionReport | null; problem: string | null }> {
  try {
    if (session === undefined) {
      await world.api.auth.me({}, { deadlineMs: DEADLINE_MS })
      return { report: null, problem: null }
    }
    const row = await currentSession(world, session, { deadlineMs: DEADLINE_MS })
    const report = row === null ? null : await world.api.sessions.report({ id: row.id }, { deadlineMs: DEADLINE_MS })
    return { report, problem: null }
  } catch (error) {
    if (!isOutage(error)) throw error
    return { report: null, problem: error.message }
  }
}

function recorded({ counts, time }: SessionReport): string {
  const failures = counts.failures > 0 ? ` (${counts.failures} failed)` : ''
  return `${counted(counts.commands, 'command')}${failures}, ${counted(counts.files, 'file')}, ${duration(time.active_seconds)} active`
}
