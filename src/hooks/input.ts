/**
 * Claude Code's JSON as our values: the only file that knows its field names for hooks. Tolerant in both directions: unknown fields are
 * ignored, and a missing one is undefined, which makes the hook do nothing.
 */
export type Fields = Readonly<Record<string, unknown>>

/** What every hook is told. */
export type Common = {
  sessionId: string
  transcriptPath: string | undefined
  cwd: string | undefined
  promptId: string | undefined
  agent: Agent | undefined
}

export type Agent = { id: string; type: string }

/** Undefined when it is not said which session it is: there is nothing to record then. */
export function parseCommon(fields: Fields): Common | undefined {
  const sessionId = text(fields.session_id)
  if (sessionId === undefined || sessionId.length > MAX_ID_CHARS) return undefined
  return {
    sessionId,
    transcriptPath: text(fields.transcript_path),
    cwd: text(fields.cwd),
    promptId: text(fields.prompt_id)?.slice(0, MAX_ID_CHARS),
    agent: parseAgent(fields),
  }
}

/** Which hook it is: `PreToolUse`. */
export const eventOf = (fields: Fields): string | undefined => text(fields.hook_event_name)

/** The subagent in which something happens. With `--agent` the main thread has a type and no id. */
export function parseAgent(fields: Fields): Agent | undefined {
  const id = text(fields.agent_id)
  return id === undefined
    ? undefined
    : { id: id.slice(0, MAX_ID_CHARS), type: (text(fields.agent_type) ?? '').slice(0, 200) }
}

/** One use of a tool, from a hook or from a transcript. */
export type ToolCall = {
  id: string
  tool: string
  input: Fields
  outcome: Outcome
  durationMs: number | undefined
  cwd: string | undefined
  agent: Agent | undefined
}

/** `response` is the tool's own output shape; `text` is what the model saw of it, where that is all there is. */
export type Outcome =
  | { kind: 'done'; response: Fields; text?: string }
  | { kind: 'failed'; error: string; interrupted: boolean }
  /** The client died meanwhile: nobody knows how it ended. */
  | { kind: 'unknown' }

/** The tool call of PostToolUse and PostToolUseFailure, or undefined when something essential is missing. */
export function parseToolCall(fields: Fields): ToolCall | undefined {
  const id = text(fields.tool_use_id)
  const tool = text(fields.tool_name)
  const input = object(fields.tool_input)
  if (id === undefined || tool === undefined || input === undefined) return undefined
  return {
    id: id.slice(0, MAX_ID_CHARS),
    tool,
    input,
    outcome: parseOutcome(fields),
    durationMs: count(fields.duration_ms),
    cwd: text(fields.cwd),
    agent: parseAgent(fields),
  }
}

function parseOutcome(fields: Fields): Outcome {
  if (eventOf(fields) === 'PostToolUseFailure') {
    return { kind: 'failed', error: text(fields.error) ?? '', interrupted: fields.is_interrupt === true }
  }
  return { kind: 'done', response: object(fields.tool_response) ?? {} }
}

/** A non-empty string. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A whole number that is not negative. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) : undefined
}

export function object(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** As long as the contract takes, with room for what an event id puts in front. */
export const MAX_ID_CHARS = 100
