import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { turn } from './model.ts'
import { tool } from './model-reply.ts'
import { repoRoot } from './world.ts'

/** What an agent of ours is launched for, and how a model would go about it. */
export interface Delegation {
  agent: string
  asked: string
  /** What the agent runs, in its order. */
  runs: readonly string[]
  /** The report that a model would write of it, within its limit of words. */
  report: string
}

/** The words that an agent's prose lets it return. */
export const mostWords = (agent: string): number =>
  Number(/[Aa]t most (\d+) words/.exec(readFileSync(join(repoRoot, 'agents', `${agent}.md`), 'utf8'))?.[1])

/** A report as long as the agent may make it, so that what is measured is the most that reaches the conversation. */
export function longest({ agent, report }: Delegation): string {
  const most = mostWords(agent)
  const words = report.split(/(?<=\s)/)
  while (words.length < most) words.push(FILLER[words.length % FILLER.length] as string)
  return words.join('').trimEnd()
}
const FILLER =
  'The spooler on SRV-OLD stopped after the update; a stale lock was removed, the service started, and the client told [1a2b3c4d]. '.split(
    /(?<=\s)/,
  )

const launch = ({ agent, asked }: Delegation) =>
  tool('Agent', {
    ...{ subagent_type: `claudetools:${agent}`, description: 'look it up', prompt: asked },
    run_in_background: false,
  })

/** One agent: it runs its commands one after the other, then those that it may not, and reports. */
export const turnsOf = (delegation: Delegation, refused: readonly string[]) => [
  turn({ kind: 'main', tail: `please ${delegation.asked}`, reply: launch(delegation) }),
  ...[...delegation.runs, ...refused].map((command, index) =>
    turn({
      ...({ kind: 'subagent', reply: tool('Bash', { command }) } as const),
      ...(index === 0 ? { first: delegation.asked } : {}),
    }),
  ),
  turn({ kind: 'subagent', reply: longest(delegation) }),
]
