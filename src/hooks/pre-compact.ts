import { present, readSession } from '../sessions.ts'
import { startBackground } from './background-job.ts'
import { excerpt } from './excerpts.ts'
import { type Fields, parseCommon, text } from './input.ts'
import { keep } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Records a compaction and has everything delivered, so that the block after it tells what was done so far. Says nothing: what this
 * hook prints would become part of the summary's instructions.
 */
export function preCompact(fields: Fields, surroundings: Surroundings): Reply {
  const common = parseCommon(fields)
  if (!common) return {}
  const session = readSession(surroundings.settings.paths, common.sessionId)
  if (session?.open) {
    const at = surroundings.now()
    const instructions = text(fields.custom_instructions)
    keep(surroundings, {
      kind: 'compaction',
      id: `compact:${at}`,
      stream: common.sessionId,
      stretch: session.stretch,
      at,
      source: 'hook',
      data: {
        trigger: (text(fields.trigger) ?? 'unknown').slice(0, 50),
        ...present({ instructions: instructions && excerpt(surroundings.redactor, instructions).text }),
      },
    })
  }
  startBackground({ after: 'compaction', sessionId: common.sessionId })
  return {}
}
