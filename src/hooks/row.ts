import { type Fields, list, object, parseCommon, text } from './input.ts'
import { noteThatItAsks } from './row-guard.ts'
import type { Surroundings } from './surroundings.ts'
import { redactedOutput, withheldOutput } from './tool-output.ts'
import { REDACTOR_FAILED, reasonToWithhold } from './withheld.ts'

/**
 * The blocks of a row that Claude Code is about to put into the conversation, without their secrets: asked by `hooks/rows.ts` about what no
 * command hook can replace, which is the output of a command that failed, and a file that a prompt names or that changed meanwhile.
 *
 * @param fields `content`, the blocks; `commands`, by the id of the tool call what was run
 */
export function conversationRow(fields: Fields, { redactor, settings }: Surroundings): { content: unknown } {
  const sessionId = parseCommon(fields)?.sessionId
  if (sessionId !== undefined) noteThatItAsks(settings.paths, sessionId)
  const commands = object(fields.commands) ?? {}
  const content = list(fields.content).map((block) => {
    if (!redactor.works()) return withheldBlock(block, REDACTOR_FAILED)
    const call = object(commands[text(object(block)?.tool_use_id) ?? ''])
    const reason = call && reasonToWithhold(text(call.tool) ?? '', object(call.input) ?? {})
    if (reason !== undefined) return withheldBlock(block, reason)
    return redactedOutput(redactor, block)?.output ?? block
  })
  return {
    content: redactor.works() ? content : list(fields.content).map((block) => withheldBlock(block, REDACTOR_FAILED)),
  }
}

/** How it failed is told in the first line, and is no secret. */
const EXIT_CODE = /^Exit code -?\d{1,10}/

function withheldBlock(block: unknown, sentence: string): unknown {
  const fields = object(block)
  if (fields?.type !== 'text' && fields?.type !== 'tool_result') return block
  const said = text(fields.content)
  const code = said === undefined ? undefined : EXIT_CODE.exec(said)?.[0]
  return withheldOutput(fields, code === undefined ? sentence : `${code}\n${sentence}`)
}
