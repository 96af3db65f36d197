import type { KnowledgeFacts, SnippetFact, StateFact } from './facts.ts'
import { decisionLine, folded, insightLine, snippetLine, stateLines } from './knowledge-lines.ts'
import { by, newest } from './order.ts'
import type { Remembered, Section } from './pack.ts'

/**
 * What people and agents wrote down. It stands behind tasks and known failures: those are about today, this holds for months. What does not
 * find room here is still found by the search and by a prompt that names it, so that more than the first few is not counted as left out.
 */

/** Lines of a kind that a block has at most, whatever its budget. */
const MOST = { decisions: 4, insights: 5, snippets: 6, state: 4 } as const

/** A project's state comes right behind its tasks: it says what they are for. */
export function stateSection(state: StateFact | null, now: Date): Section[] {
  if (state === null) return []
  const what = ['state line', 'where the project stands now'] as const
  return [section('Project state', stateLines(state, now), MOST.state, what, 0.4, 0.6)]
}

/** @param when behind each heading: ` since this session paused 2 h ago` */
export function knowledgeSections(facts: Omit<KnowledgeFacts, 'state'>, when: string, now: Date): Section[] {
  const insights = [...facts.insights].sort(
    by(
      (insight) => -insight.priority,
      (insight) => newest(insight.known_at),
      (insight) => insight.id,
    ),
  )
  const decisions = [...facts.decisions].sort(
    by(
      (decision) => newest(decision.decided_at),
      (decision) => decision.id,
    ),
  )
  const told = new Set(insights.map(({ statement }) => folded(statement)))
  const snippets = inOrder(facts.snippets, told, now)
  const ofInsights = section(
    `Facts${when}`,
    insights.map((insight) => insightLine(insight, now)),
    MOST.insights,
    ['fact', 'hold for the client as a whole, a site or a service; by priority, then the last confirmed'],
    2.2,
    1.4,
  )
  const ofSnippets = section(
    `Notes${when}`,
    snippets.map((snippet) => snippetLine(snippet, now)),
    MOST.snippets,
    ['note', 'noted for here; by relevance, use and age'],
    2.4,
    1.4,
  )
  const ofDecisions = section(
    `Decided${when}`,
    decisions.map((decision) => decisionLine(decision, now)),
    MOST.decisions,
    ['decision', 'accepted and not superseded; the newest first'],
    2.6,
    1.4,
  )
  return [
    { ...ofInsights, about: remembered('insight', insights) },
    { ...ofSnippets, about: remembered('snippet', snippets) },
    { ...ofDecisions, about: remembered('decision', decisions) },
  ]
}

const remembered = (kind: Remembered['kind'], all: readonly { id: string }[]): Remembered[] =>
  all.map(({ id }) => ({ kind, id }))

/** The notes by what they are worth, without those that say again what another line says. */
function inOrder(snippets: readonly SnippetFact[], told: ReadonlySet<string>, now: Date): SnippetFact[] {
  const said = new Set(told)
  return [...snippets]
    .sort(
      by(
        (snippet) => -worthOf(snippet, now),
        (snippet) => newest(snippet.created_at),
        (snippet) => snippet.id,
      ),
    )
    .filter(({ text }) => {
      const isNew = !said.has(folded(text))
      said.add(folded(text))
      return isNew
    })
}

const HALF_LIFE_MS = 180 * 86_400_000
const MOST_USES = 5

/**
 * Relevance, more for what was used, a little less for what is old: age takes a tenth at most, since an old note that still holds is worth as much
 * as a new one, and one that no longer holds is superseded. In whole thousandths, which are the same on every machine.
 */
export function worthOf({ relevance, use_count, created_at }: SnippetFact, now: Date): number {
  const age = Math.max(0, now.getTime() - Date.parse(created_at)) || 0
  const decay = 0.9 + 0.1 * 0.5 ** (age / HALF_LIFE_MS)
  return Math.round(1_000 * (relevance + 4 * Math.min(use_count, MOST_USES)) * decay)
}

function section(
  heading: string,
  all: readonly string[],
  most: number,
  [noun, why]: readonly [noun: string, why: string],
  rank: number,
  step: number,
): Section {
  const lines = all.slice(0, most)
  return { heading, lines, beyond: all.slice(most), total: lines.length, noun, command: COMMAND, why, rank, step }
}

const COMMAND = 'msp search'
