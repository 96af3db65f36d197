import type { EventData } from '../contract/events.ts'
import { isFailureOfKnowledge } from '../guard/failures.ts'
import { startBackground } from './background-job.ts'
import { recordedCall } from './calls.ts'
import { type Common, type Fields, object, parseCommon, parseToolCall, text } from './input.ts'
import { hasLetThrough, isAllowed } from './overrides.ts'
import { redactPersisted } from './persisted-output.ts'
import { keepCall } from './record.ts'
import { asksAboutRows } from './row-guard.ts'
import type { Replaced, Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { redactedOutput, withheldOutput } from './tool-output.ts'
import { REDACTOR_FAILED, reasonToWithhold } from './withheld.ts'

/**
 * Keeps the secrets in a tool's output from the model, and records the command or edit. Both in one process: a second one would cost more than
 * all of the work. The client replaces its own record of the output too, in the transcript.
 */
export function postToolUse(fields: Fields, surroundings: Surroundings): Replaced {
  return { reply: { output: replacement(fields, surroundings) }, record: () => recordCall(fields, surroundings) }
}

/**
 * Records a command that failed. What it printed no command hook can replace: `hooks/rows.ts` does. A client that does not run that file has
 * shown the model the secrets, and both are told.
 */
export async function postToolUseFailure(fields: Fields, surroundings: Surroundings): Promise<Reply> {
  await recordCall(fields, surroundings)
  const sessionId = parseCommon(fields)?.sessionId ?? ''
  if (asksAboutRows(surroundings.settings.paths, sessionId)) return {}
  const found = surroundings.redactor.find(text(fields.error) ?? '').filter(({ isGuess }) => isGuess !== true)
  if (found.length === 0) return {}
  const kinds = [...new Set(found.map(({ kind }) => kind))].join(', ')
  return {
    context: `The output of the command that failed holds a secret (${kinds}). Do not repeat it, do not use it and write it nowhere.`,
    notice: `ClaudeTools: the output of a failing command held a secret (${kinds}), and this version of Claude Code shows such outputs to Claude as they are. Change the secret, and update Claude Code.`,
  }
}

function replacement(fields: Fields, { redactor }: Surroundings): Reply['output'] {
  const output = fields.tool_response
  if (output === undefined || output === null) return undefined
  if (!redactor.works()) return { value: withheldOutput(output, REDACTOR_FAILED) }
  const reason = reasonToWithhold(text(fields.tool_name) ?? '', object(fields.tool_input) ?? {})
  redactPersisted(redactor, object(output) ?? {}, reason)
  if (reason !== undefined) return { value: withheldOutput(output, reason) }
  const redacted = redactedOutput(redactor, output)
  if (!redactor.works()) return { value: withheldOutput(output, REDACTOR_FAILED) }
  return redacted && { value: redacted.output }
}

async function recordCall(fields: Fields, surroundings: Surroundings): Promise<void> {
  const common = parseCommon(fields)
  const call = parseToolCall(fields)
  const recorded = call && recordedCall(surroundings.redactor, call)
  if (!common || !recorded) return
  await keepCall(surroundings, common, recorded)
  if (recorded.kind === 'command' && isTelling(surroundings, common, recorded.data))
    startBackground({ after: 'outcome', sessionId: common.sessionId })
}

/** Does the outcome of a command say something of what is known to fail: did it fail, or run although it was stopped before? */
function isTelling({ settings }: Surroundings, { sessionId }: Common, data: EventData<'command'>): boolean {
  if (data.success) return isAllowed(data.command) || hasLetThrough(settings.paths, sessionId)
  const { command, success, interrupted = false, exit_code, error = null } = data
  return isFailureOfKnowledge({ command, success, interrupted, exit_code, error_message: error })
}
