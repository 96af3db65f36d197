import { age } from './ages.ts'
import { oneLine } from './clean.ts'
import type { DecisionFact, InsightFact, SnippetFact, StateFact } from './facts.ts'
import { shortId } from './lines.ts'

/** One line of text for each thing that people and agents wrote down, with its age and short id like those of `lines.ts`. */

/** `Mail goes to Exchange Online: the local server becomes a relay (2 mo) [9c1e0001]` */
export function decisionLine({ id, title, decision, decided_at }: DecisionFact, now: Date): string {
  const name = oneLine(title, 100)
  const words = oneLine(decision, 160)
  const said = words === '' || folded(words) === folded(name) ? name : `${name}: ${words}`
  return `${said} (${age(decided_at, now)}) ${shortId(id)}`
}

/** `Reboots only after 18:00 (3 w) [9c1e0001]` */
export const insightLine = ({ id, statement, known_at }: InsightFact, now: Date): string =>
  `${oneLine(statement, 180)} (${age(known_at, now)}) ${shortId(id)}`

/** `gotcha: The scanner sends mail over port 25 only (3 w) [9c1e0001]` */
export const snippetLine = ({ id, kind, text, created_at }: SnippetFact, now: Date): string =>
  `${oneLine(kind, 20)}: ${oneLine(text, 180)} (${age(created_at, now)}) ${shortId(id)}`

/** What is being done, what is next, what is in the way, where it is: a line each, as far as it was said. */
export function stateLines(state: StateFact, now: Date): string[] {
  const tail = `(${age(state.created_at, now)}) ${shortId(state.id)}`
  const progress = state.progress_pct === null ? '' : `, ${state.progress_pct} %`
  const focus = oneLine(state.focus ?? '', 200)
  const status = oneLine(state.status, 120)
  return [
    `${status}${progress}${focus === '' || folded(focus) === folded(status) ? '' : `; focus: ${focus}`} ${tail}`,
    ...listed('Next', state.next_actions, tail),
    ...listed('Blocked by', state.blockers, tail),
    ...listed('Key files', state.key_files, tail),
  ]
}

const MOST_NAMED = 5

function listed(label: string, all: readonly string[], tail: string): string[] {
  const named = all.map((one) => oneLine(one, 90)).filter(Boolean)
  if (named.length === 0) return []
  const more = named.length > MOST_NAMED ? `; +${named.length - MOST_NAMED} more` : ''
  return [`${label}: ${named.slice(0, MOST_NAMED).join('; ')}${more} ${tail}`]
}

/** For comparing: what differs in letter case, spaces and full stops says the same. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s.;]+/g, ' ')
    .trim()
