import { type LocalSession, present, readSession } from '../sessions.ts'
import { startBackground } from './background-job.ts'
import { excerpt } from './excerpts.ts'
import { type Common, type Fields, parseCommon, text } from './input.ts'
import { isOfSkippedPrompt, keep } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/** Records the end of an answer, then has the spool delivered and the transcript looked through for what a killed hook left out. */
export function stop(fields: Fields, surroundings: Surroundings): Reply {
  const common = parseCommon(fields)
  if (!common) return {}
  const session = readSession(surroundings.settings.paths, common.sessionId)
  if (session?.open) keepTurn(surroundings, common, session, text(fields.last_assistant_message))
  startBackground({ after: 'stop', sessionId: common.sessionId })
  return {}
}

function keepTurn(surroundings: Surroundings, common: Common, session: LocalSession, answer: string | undefined): void {
  const at = surroundings.now()
  const told =
    answer === undefined || isOfSkippedPrompt(session, common) ? undefined : excerpt(surroundings.redactor, answer).text
  keep(surroundings, {
    kind: 'turn',
    // One prompt has several turns when subagents work on in the background.
    id: `turn:${common.promptId ?? ''}:${at}`,
    stream: common.sessionId,
    stretch: session.stretch,
    at,
    source: 'hook',
    data: present({ text: told }),
  })
}
