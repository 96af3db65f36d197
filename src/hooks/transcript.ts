import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { errorCode } from '../durable.ts'
import { isRecorded } from './calls.ts'
import { type Agent, type Fields, list, MAX_ID_CHARS, type Outcome, object, type ToolCall, text } from './input.ts'
import { isFromTheClient } from './privacy.ts'

/** Something that a transcript tells and that a hook would have recorded. `at` is the transcript's own time. */
export type Happening =
  | { kind: 'prompt'; promptId: string; text: string; at: string }
  /** `at` is when the result came, or for a call without one when it was made. */
  | { kind: 'call'; call: ToolCall; startedAt: string; at: string; promptId: string | undefined }
  | { kind: 'answer'; text: string; at: string }

export type ReadOptions = {
  /** The subagent whose transcript it is. */
  agent?: Agent | undefined
  /** Only about this much of the end is read. Everything unless given. */
  tailBytes?: number | undefined
  /** Calls without a result are told as well: the client is gone and none will come. */
  withUnfinished: boolean
}

/**
 * What happened, in the order of the file, reading a part at a time. The format is Claude Code's own and changes: lines that are not
 * understood are passed over, also a last one that is cut off. A file that is not there is empty.
 */
export function* happeningsIn(path: string, options: ReadOptions): Generator<Happening> {
  const running = new Map<string, Started>()
  for (const line of linesOf(path, options.tailBytes)) {
    const queued = options.agent ? undefined : queuedPrompt(line)
    if (queued) yield queued
    const entry = queued ? undefined : parseEntry(line)
    if (!entry) continue
    if (entry.fields.type === 'assistant') yield* assistantSays(entry, running)
    else yield* userSays(entry, running, options.agent)
  }
  if (!options.withUnfinished) return
  for (const [id, started] of running) yield called(id, started, { kind: 'unknown' }, { at: started.at }, options.agent)
}

/** The task that a subagent was given: the first line of its transcript. Undefined where there is none. */
export function taskOf(path: string): string | undefined {
  if (path === '') return undefined
  for (const line of linesOf(path, undefined)) {
    const message = object(parseLine(line)?.message)
    return text(message?.content) ?? typedText(list(message?.content))
  }
  return undefined
}

type Entry = { fields: Fields; at: string; blocks: readonly unknown[]; plain: string | undefined }
type Started = { tool: string; input: Fields; cwd: string | undefined; at: string }

function parseEntry(line: Buffer): Entry | undefined {
  // Most of a file are lines of other types, some of them of megabytes.
  if (!line.includes('"type":"user"') && !line.includes('"type":"assistant"')) return undefined
  const fields = parseLine(line)
  const at = text(fields?.timestamp)
  const message = object(fields?.message)
  if (!fields || !message || at === undefined || Number.isNaN(Date.parse(at))) return undefined
  if (fields.type !== 'user' && fields.type !== 'assistant') return undefined
  return { fields, at: new Date(at).toISOString(), blocks: list(message.content), plain: text(message.content) }
}

/** What a person typed while the model worked. It joins the running turn, and no hook is told of it. */
function queuedPrompt(line: Buffer): Happening | undefined {
  if (!line.includes('"queued_command"')) return undefined
  const fields = parseLine(line)
  const queued = object(fields?.attachment)
  if (fields?.type !== 'attachment' || queued?.type !== 'queued_command') return undefined
  if (queued.commandMode !== 'prompt' || object(queued.origin)?.kind !== 'human') return undefined
  const promptId = text(queued.source_uuid) ?? text(fields.uuid)
  const said = text(queued.prompt) ?? typedText(list(queued.prompt))
  const at = text(queued.timestamp) ?? text(fields.timestamp)
  if (promptId === undefined || said === undefined || at === undefined || Number.isNaN(Date.parse(at))) return undefined
  if (isFromTheClient(said)) return undefined
  return { kind: 'prompt', promptId: promptId.slice(0, MAX_ID_CHARS), text: said, at: new Date(at).toISOString() }
}

function parseLine(line: Buffer): Fields | undefined {
  try {
    return object(JSON.parse(line.toString('utf8')))
  } catch {
    return undefined // Cut off, or no JSON: a client that was killed leaves such a line.
  }
}

function* assistantSays({ fields, at, blocks }: Entry, running: Map<string, Started>): Generator<Happening> {
  for (const block of blocks.map(object)) {
    const said = block?.type === 'text' ? text(block.text) : undefined
    if (said !== undefined) yield { kind: 'answer', text: said, at }
    const id = text(block?.id)
    const tool = text(block?.name)
    if (block?.type !== 'tool_use' || id === undefined || tool === undefined || !isRecorded(tool)) continue
    running.set(id, { tool, input: object(block.input) ?? {}, cwd: text(fields.cwd), at })
  }
}

function* userSays(entry: Entry, running: Map<string, Started>, agent: Agent | undefined): Generator<Happening> {
  for (const block of entry.blocks.map(object)) {
    const id = text(block?.tool_use_id)
    const started = id === undefined ? undefined : running.get(id)
    if (block?.type !== 'tool_result' || id === undefined || !started) continue
    running.delete(id)
    const outcome = outcomeOf(entry.fields, block)
    if (outcome) yield called(id, started, outcome, { at: entry.at, promptId: text(entry.fields.promptId) }, agent)
  }
  const prompt = agent ? undefined : promptOf(entry)
  if (prompt) yield prompt
}

/** How a call ended, or undefined when it was never made: refused by a person, a rule or a hook, or wrong in itself. */
function outcomeOf(fields: Fields, result: Fields): Outcome | undefined {
  const seen = seenText(result.content)
  if (result.is_error !== true) {
    return { kind: 'done', response: object(fields.toolUseResult) ?? {}, ...(seen === undefined ? {} : { text: seen }) }
  }
  // The client says so itself when a session goes on in which it was killed.
  if (fields.toolDenialKind === 'interrupted' && seen?.includes('session ended')) return { kind: 'unknown' }
  const wasAccepted = object(fields.permissionDecision)?.decision === 'accept'
  if (!wasAccepted && !/^Exit code \d/.test(seen ?? '')) return undefined
  return { kind: 'failed', error: seen ?? '', interrupted: /interrupted/i.test(text(fields.toolDenialKind) ?? '') }
}

function called(
  id: string,
  started: Started,
  outcome: Outcome,
  { at, promptId }: { at: string; promptId?: string | undefined },
  agent: Agent | undefined,
): Happening {
  const { tool, input, cwd } = started
  const call: ToolCall = { id: id.slice(0, MAX_ID_CHARS), tool, input, outcome, cwd, agent, durationMs: undefined }
  return { kind: 'call', call, startedAt: started.at, at, promptId: promptId?.slice(0, MAX_ID_CHARS) }
}

function promptOf({ fields, at, blocks, plain }: Entry): Happening | undefined {
  const promptId = text(fields.promptId)?.slice(0, MAX_ID_CHARS)
  const said = plain ?? typedText(blocks)
  if (promptId === undefined || said === undefined || isFromTheClient(said)) return undefined
  const isOther = [fields.isMeta, fields.isCompactSummary, fields.isSidechain, fields.repeatsCompactSummary].includes(
    true,
  )
  return isOther || fields.promptSource === 'system' ? undefined : { kind: 'prompt', promptId, text: said, at }
}

/** A prompt with pictures comes in blocks. */
function typedText(blocks: readonly unknown[]): string | undefined {
  const parts = blocks.map(object)
  if (parts.some((part) => part?.type === 'tool_result')) return undefined
  return text(parts.flatMap((part) => (part?.type === 'text' ? (text(part.text) ?? []) : [])).join('\n'))
}

function seenText(content: unknown): string | undefined {
  return text(content) ?? typedText(list(content))
}

const CHUNK_BYTES = 1024 * 1024
/** Longer lines are passed over: no prompt or tool result of the client is that long. */
const MAX_LINE_BYTES = 16 * 1024 * 1024
const NEWLINE = 0x0a

function* linesOf(path: string, tailBytes: number | undefined): Generator<Buffer> {
  const fd = openIfThere(path)
  if (fd === undefined) return
  try {
    const start = tailBytes === undefined ? 0 : Math.max(0, fstatSync(fd).size - tailBytes)
    // What comes before the first newline of a tail is the end of a line.
    let isPartial = start > 0
    let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0)
    for (const chunk of chunksOf(fd, start)) {
      const [lines, left] = cutLines(Buffer.concat([rest, chunk]))
      yield* isPartial ? lines.slice(1) : lines
      isPartial = (isPartial && lines.length === 0) || left.length > MAX_LINE_BYTES
      rest = left.length > MAX_LINE_BYTES ? Buffer.alloc(0) : left
    }
    if (!isPartial && rest.length > 0) yield rest
  } finally {
    closeSync(fd)
  }
}

function* chunksOf(fd: number, start: number): Generator<Buffer> {
  for (let position = start; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    const bytes = readSync(fd, chunk, 0, CHUNK_BYTES, position)
    if (bytes === 0) return
    position += bytes
    yield chunk.subarray(0, bytes)
  }
}

/** The whole lines of a piece, and what is left of it. */
function cutLines(bytes: Buffer): [lines: Buffer[], left: Buffer] {
  const lines: Buffer[] = []
  let from = 0
  for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
    lines.push(bytes.subarray(from, to))
    from = to + 1
  }
  return [lines, bytes.subarray(from)]
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
