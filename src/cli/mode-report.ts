import type { SessionReport } from '../contract/sessions.ts'
import { duration } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import type { LocalSession } from '../sessions.ts'
import { counted, shortId } from './layout.ts'

/** `Dataforth · Firewall migration · #12345`, or the mode when it is for nobody. */
export function whatFor({ mode, client, project, ticket }: LocalSession): string {
  const parts = [client?.name, project?.name, ticket === null ? null : `#${ticket}`].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : (mode ?? 'nobody in particular')
}

/** What was done in a session, as it is shown at its end: figures, summary, what is open. */
export function reportText(report: SessionReport): string {
  const { session, counts, time, open_tasks } = report
  // The summary that the server makes names them already; one that a person wrote may not.
  const untold = open_tasks.filter(({ id }) => !session.summary?.includes(shortId(id)))
  const failures = counts.failures > 0 ? ` (${counts.failures} failed, ${counts.unresolved_failures} unresolved)` : ''
  const figures = [
    `${counted(counts.commands, 'command')}${failures}`,
    counted(counts.files, 'file'),
    counted(counts.work_items, 'work item'),
    counted(counts.prompts, 'prompt'),
    counts.agents > 0 ? counted(counts.agents, 'subagent') : null,
  ]
  const activity = time.by_activity.map(({ label, active_seconds }) => `${label} ${duration(active_seconds)}`)
  const present = {
    attended: time.attended_seconds,
    'subagents at work': time.agent_seconds,
    waiting: time.waiting_seconds,
  }
  const presence = Object.entries(present).flatMap(([who, seconds]) =>
    seconds > 0 ? [`${who} ${duration(seconds)}`] : [],
  )
  return [
    `Session ${shortId(session.id)}: ${duration(time.active_seconds)} active, ${duration(time.wall_seconds)} in all.`,
    figures.filter(Boolean).join(' · '),
    ...(activity.length > 0 ? [`Time: ${activity.join(', ')}`] : []),
    ...(presence.length > 1 ? [`Of it: ${presence.join(', ')}`] : []),
    ...(session.summary ? ['', session.summary.trim()] : []),
    ...(report.ticket_note && session.ticket ? ['', ticketLine(session.id, session.ticket)] : []),
    ...(untold.length > 0 ? ['', 'Open tasks:', ...untold.map(taskLine)] : []),
  ].join('\n')
}

/** The note and the time are made; a person or the agent sends them. */
const ticketLine = (id: string, ticket: string): string => {
  const number = `'#${oneLine(ticket, 40).replace(/^#/, '')}'`
  return `For the ticket: msp ticket note ${number} --of ${shortId(id)} --summary, msp ticket time ${number} --of ${shortId(id)}`
}

const taskLine = ({ id, title }: { id: string; title: string }): string => `- ${shortId(id)} ${oneLine(title, 150)}`
