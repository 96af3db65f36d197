import { removeAgentTokens, removeClaims } from '../claims.ts'
import type { EventData } from '../contract/events.ts'
import type { Redactor } from '../redaction.ts'
import { type LocalSession, newSession, readSession, stretchAt } from '../sessions.ts'
import { type AgentMark, readAgent, writeAgent } from './agents.ts'
import { excerpt } from './excerpts.ts'
import { type Agent, type Common, type Fields, parseCommon, text } from './input.ts'
import { isSkipped } from './privacy.ts'
import { isOfSkippedPrompt, keep } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { taskOf } from './transcript.ts'

/** Records that a subagent was started, and remembers for which stretch it works. */
export function subagentStart(fields: Fields, surroundings: Surroundings): Reply {
  const common = parseCommon(fields)
  if (!common?.agent || isInternal(common.agent)) return {}
  const mark = markOf(surroundings, common, common.agent)
  const starts = mark.starts + 1
  keepRun(surroundings, common, mark, {
    kind: 'agent.started',
    id: runId('agent-start', common.agent, starts),
    data: runData(surroundings, common.agent),
  })
  writeAgent(surroundings.settings.paths, common.sessionId, common.agent.id, { ...mark, starts })
  return {}
}

/** Records what a subagent reported. Says nothing to the client: whatever is said here would make the subagent go on. */
export function subagentStop(fields: Fields, surroundings: Surroundings): Reply {
  const common = parseCommon(fields)
  if (!common?.agent || isInternal(common.agent)) return {}
  const mark = markOf(surroundings, common, common.agent)
  const stops = mark.stops + 1
  const { paths } = surroundings.settings
  const isPrivate =
    isOfSkippedPrompt(readSession(paths, common.sessionId), common) ||
    isSkipped(taskOf(text(fields.agent_transcript_path) ?? '') ?? '')
  const data = runData(surroundings, common.agent, isPrivate ? undefined : text(fields.last_assistant_message))
  keepRun(surroundings, common, mark, { kind: 'agent.stopped', id: runId('agent-stop', common.agent, stops), data })
  writeAgent(paths, common.sessionId, common.agent.id, { ...mark, stops })
  removeAgentTokens(paths, common.sessionId, common.agent.id)
  removeClaims(paths, common.sessionId, common.agent.id)
  return {}
}

/** The client runs agents of its own (to compact, say) without a type; only their end is told. */
const isInternal = (agent: Agent): boolean => agent.type === ''

function markOf({ settings, startedAt }: Surroundings, { sessionId }: Common, agent: Agent): AgentMark {
  const known = readAgent(settings.paths, sessionId, agent.id)
  if (known) return known
  const session: LocalSession = readSession(settings.paths, sessionId) ?? newSession(sessionId)
  return { stretch: stretchAt(session, startedAt), starts: 0, stops: 0 }
}

/** The first run has the plain id, by which transcript recovery knows it. */
export const runId = (what: 'agent-start' | 'agent-stop', agent: Agent, time: number): string =>
  `${what}:${agent.id}${time > 1 ? `:${time}` : ''}`

export function runData(
  { redactor }: { redactor: Redactor },
  agent: Agent,
  report?: string,
): EventData<'agent.started'> {
  return {
    agent_id: agent.id,
    agent_type: agent.type,
    ...(report === undefined ? {} : { report: excerpt(redactor, report).text }),
  }
}

type Run = { kind: 'agent.started' | 'agent.stopped'; id: string; data: EventData<'agent.started'> }

function keepRun(surroundings: Surroundings, { sessionId }: Common, mark: AgentMark, run: Run): void {
  const place = { stream: sessionId, stretch: mark.stretch, at: surroundings.startedAt, source: 'hook' } as const
  keep(surroundings, { ...run, ...place })
}
