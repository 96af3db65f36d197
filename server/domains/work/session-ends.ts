import { duration } from '../../../src/recall/ages.ts'
import { clip, oneLine } from '../../../src/recall/clean.ts'
import { unresolvedFailures } from './rules.ts'
import type { SessionFacts } from './session-facts.ts'

/** What the end of a session hands on: commits for a project, a note for a ticket. Pure. */

export interface Commit {
  hash: string
  branch: string
  message: string
}

const MOST_COMMITS = 20
/** What git says of a commit: `[main 1a2b3c4] Message`, `[main (root-commit) 1a2b3c4] Message`. */
const COMMITTED = /^\[(\S+)(?: \([\w-]+\))? ([0-9a-f]{7,40})\] (.+)$/gm

/** The commits that were made in a session, the oldest first. */
export function commitsOf(commands: SessionFacts['commands']): Commit[] {
  const found = commands.flatMap(({ command, success, stdout_excerpt }) => {
    if (!success || stdout_excerpt === null || !/\bgit\b/.test(command)) return []
    return [...stdout_excerpt.matchAll(COMMITTED)].map(([, branch = '', hash = '', message = '']) => ({
      ...{ hash, branch: oneLine(branch, 100), message: oneLine(message, 200) },
    }))
  })
  return [...new Map(found.map((one) => [one.hash, one])).values()].slice(-MOST_COMMITS)
}

const NOTE_CHARS = 4_000
const MOST_ITEMS = 10

/** An internal note for the ticket of a session, ready to be sent; null without ticket or work. */
export function ticketNote(facts: SessionFacts): string | null {
  const { session, workItems, commands, openTasks, technicianName, timeEntries } = facts
  if (session.ticket === null || workItems.length === 0) return null
  const seconds = timeEntries.reduce((sum, { raw_seconds }) => sum + raw_seconds, 0)
  const done = workItems
    .slice(0, MOST_ITEMS)
    .map(
      ({ title, outcome }) =>
        `- ${oneLine(title, 120)}${outcome === 'success' || outcome === 'unknown' ? '' : ` (${outcome})`}`,
    )
  const open = [
    ...unresolvedFailures(commands)
      .slice(0, 3)
      .map(({ command }) => `- still fails: ${oneLine(command, 120)}`),
    ...openTasks.slice(0, 5).map(({ title }) => `- ${oneLine(title, 150)}`),
  ]
  const head = `${oneLine(technicianName, 60)}, ${session.started_at.slice(0, 10)}${seconds > 0 ? `, ${duration(seconds)}` : ''}`
  return clip([head, 'Done:', ...done, ...(open.length === 0 ? [] : ['Open:', ...open])].join('\n'), NOTE_CHARS)
}
