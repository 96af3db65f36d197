import type { EventData } from '../contract/events.ts'
import type { Redactor } from '../redaction.ts'
import { present } from '../sessions.ts'
import { withoutClaim } from './claims.ts'
import { type Excerpt, excerpt, sha256 } from './excerpts.ts'
import { whyWithheld } from './high-risk.ts'
import { type Fields, list, type Outcome, object, type ToolCall, text } from './input.ts'
import { COMMAND_CHARS } from './limits.ts'
import { outputOf } from './persisted-output.ts'
import { isSkipped } from './privacy.ts'
import { isOwnCommand } from './programs.ts'

/** What a tool call is recorded as. Hooks and transcript recovery both come through here, so that they record the same. */
export type Recorded =
  | { kind: 'command'; id: string; data: EventData<'command'> }
  | { kind: 'file'; id: string; data: EventData<'file'> }

const SHELLS: Readonly<Record<string, EventData<'command'>['tool']>> = { Bash: 'bash', PowerShell: 'powershell' }
const EDITORS: ReadonlySet<string> = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit'])

export const isShell = (tool: string): boolean => Object.hasOwn(SHELLS, tool)
export const isRecorded = (tool: string): boolean => isShell(tool) || EDITORS.has(tool)

/** The event of a tool call, or undefined for what is not recorded: other tools, our own CLI, `#skip`, an edit that was not made. */
export function recordedCall(redactor: Redactor, call: ToolCall): Recorded | undefined {
  const shell = Object.hasOwn(SHELLS, call.tool) ? SHELLS[call.tool] : undefined
  if (shell) {
    const command = withoutClaim(text(call.input.command) ?? '')
    if (command === '' || isSkipped(command) || isOwnCommand(command)) return undefined
    return { kind: 'command', id: `cmd:${call.id}`, data: commandData(redactor, call, shell, command) }
  }
  if (!EDITORS.has(call.tool) || call.outcome.kind !== 'done' || isSkipped(newTextOf(call))) return undefined
  const data = fileData(redactor, call, call.outcome.response)
  return data && { kind: 'file', id: `file:${call.id}`, data }
}

/** What an edit puts into a file. */
const newTextOf = ({ input }: ToolCall): string =>
  [input.content, input.new_string, input.new_source, ...list(input.edits).map((edit) => object(edit)?.new_string)]
    .flatMap((one) => text(one) ?? [])
    .join('\n')

function commandData(
  redactor: Redactor,
  call: ToolCall,
  tool: EventData<'command'>['tool'],
  command: string,
): EventData<'command'> {
  const line = excerpt(redactor, command, COMMAND_CHARS)
  const { outcome } = call
  const told =
    outcome.kind === 'done'
      ? succeeded(redactor, outcome)
      : outcome.kind === 'failed'
        ? failed(redactor, outcome)
        : UNKNOWN
  const ended = whyWithheld(command) === undefined ? told : withoutText(outcome, told)
  const excerpts = [line, ended.stdout, ended.stderr, ended.error].filter((one) => one !== undefined)
  return {
    tool,
    command: line.text,
    exit_code: ended.exitCode,
    success: ended.success,
    redaction_count: excerpts.reduce((sum, one) => sum + one.redactions, 0),
    redactor_version: redactor.version,
    ...present({
      agent_id: call.agent?.id,
      agent_type: call.agent?.type || undefined,
      cwd: call.cwd?.slice(0, MAX_PATH_CHARS),
      duration_ms: call.durationMs,
      interrupted: ended.interrupted || undefined,
      stdout: ended.stdout?.text || undefined,
      stderr: ended.stderr?.text || undefined,
      error: ended.error?.text || undefined,
      ...wholeOf(ended),
    }),
  }
}

type Ended = {
  exitCode: number | null
  success: boolean
  interrupted?: boolean
  stdout?: Excerpt
  stderr?: Excerpt
  error?: Excerpt
  /** Size of an output that the client keeps in a file, when that was not read as a whole. */
  bytes?: number | undefined
}

/** The client died while it ran, or while it asked whether it may. */
const UNKNOWN: Ended = {
  exitCode: null,
  success: false,
  interrupted: true,
  error: { text: 'Claude Code ended before the outcome was known; the command may not have run.', redactions: 0 },
}

function succeeded(redactor: Redactor, { response, text: seen }: Outcome & { kind: 'done' }): Ended {
  const interrupted = response.interrupted === true
  // A command in the background has not ended; and of codes like grep's 1 the client tells only what they mean.
  const isCodeKnown = response.backgroundTaskId === undefined && response.returnCodeInterpretation === undefined
  const output = outputOf(response)
  return {
    exitCode: interrupted || !isCodeKnown ? null : 0,
    success: !interrupted,
    interrupted,
    stdout: excerpt(redactor, output.text || (seen ?? '')),
    stderr: excerpt(redactor, text(response.stderr) ?? ''),
    bytes: output.bytes,
  }
}

/** A failure tells its code, standard output and errors in one text: "Exit code 3", then what the command printed. */
function failed(redactor: Redactor, { error, interrupted }: Outcome & { kind: 'failed' }): Ended {
  const code = /^(?:Error: )?Exit code (-?\d+)\s*/.exec(error)
  const rest = code ? error.slice(code[0].length) : error
  return {
    exitCode: code ? Number(code[1]) : null,
    success: false,
    interrupted,
    error: excerpt(redactor, rest === '' ? (code?.[0].trim() ?? '') : rest),
  }
}

/** What a command that gives out secrets is recorded with: how it ended, and size and hash of what it printed. */
function withoutText(outcome: Outcome, { exitCode, success, interrupted }: Ended): Ended {
  const printed =
    outcome.kind === 'done'
      ? outputOf(outcome.response).text || (outcome.text ?? '')
      : outcome.kind === 'failed'
        ? outcome.error
        : ''
  const whole = { bytes: Buffer.byteLength(printed), sha256: sha256(printed) }
  return { exitCode, success, interrupted: interrupted === true, stdout: { text: '', redactions: 0, whole } }
}

function wholeOf(ended: Ended): { output_bytes?: number | undefined; output_sha256?: string | undefined } {
  if (ended.bytes !== undefined) return { output_bytes: ended.bytes }
  const whole = ended.stdout?.whole ?? ended.error?.whole ?? ended.stderr?.whole
  return whole ? { output_bytes: whole.bytes, output_sha256: whole.sha256 } : {}
}

const MAX_PATH_CHARS = 4_000

function fileData(redactor: Redactor, call: ToolCall, response: Fields): EventData<'file'> | undefined {
  const path = text(call.input.file_path) ?? text(call.input.notebook_path) ?? text(response.filePath)
  if (path === undefined || text(response.error) !== undefined) return undefined
  const { before, after } = contents(call, response)
  const isNew = response.type === 'create' || response.originalFile === null
  return {
    path: excerpt(redactor, path, MAX_PATH_CHARS).text,
    change: isNew ? 'A' : 'M',
    ...present({
      agent_id: call.agent?.id,
      agent_type: call.agent?.type || undefined,
      ...lineCounts(call, response, isNew),
      before_sha256: before === undefined ? undefined : sha256(before),
      after_sha256: after === undefined ? undefined : sha256(after),
    }),
  }
}

/** The whole file before and after, where the tool tells enough to know them. */
function contents(call: ToolCall, response: Fields): { before?: string | undefined; after?: string | undefined } {
  const before = string(response.originalFile) ?? string(response.original_file)
  // A person changed the proposed text: what is in the file now is not told.
  if (response.userModified === true) return { before }
  const told = string(response.updated_file) ?? (call.tool === 'Write' ? string(call.input.content) : undefined)
  return { before, after: told ?? edited(before, response) }
}

/** The file after an Edit. */
function edited(before: string | undefined, response: Fields): string | undefined {
  const from = string(response.oldString)
  const to = string(response.newString)
  if (from === undefined || to === undefined) return undefined
  if (from === '') return before === undefined || before === '' ? to : undefined
  if (before === undefined) return undefined
  return response.replaceAll === true ? before.split(from).join(to) : before.replace(from, () => to)
}

function lineCounts(
  call: ToolCall,
  response: Fields,
  isNew: boolean,
): { lines_added?: number; lines_removed?: number } {
  const patch = list(response.structuredPatch).flatMap((hunk) => list(object(hunk)?.lines))
  const starting = (mark: string) => patch.filter((line) => typeof line === 'string' && line.startsWith(mark)).length
  if (patch.length > 0) return { lines_added: starting('+'), lines_removed: starting('-') }
  const [added, removed] = [string(call.input.content) ?? string(response.new_source), string(response.old_source)]
  if (isNew && added !== undefined) return { lines_added: linesIn(added), lines_removed: 0 }
  if (added === undefined || removed === undefined) return {}
  return { lines_added: linesIn(added), lines_removed: linesIn(removed) }
}

const linesIn = (content: string): number => (content === '' ? 0 : content.replace(/\n$/, '').split('\n').length)

const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
