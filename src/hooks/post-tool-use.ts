import { recordedCall } from './calls.ts'
import { type Fields, parseCommon, parseToolCall } from './input.ts'
import { keepCall } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/** Records a command or an edit, whether it went well (PostToolUse) or not (PostToolUseFailure). */
export async function postToolUse(fields: Fields, surroundings: Surroundings): Promise<Reply> {
  const common = parseCommon(fields)
  const call = parseToolCall(fields)
  const recorded = call && recordedCall(surroundings.redactor, call)
  if (common && recorded) await keepCall(surroundings, common, recorded)
  return {}
}
