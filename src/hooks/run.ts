import { writeSync } from 'node:fs'
import { errorCode } from '../durable.ts'
import type { Paths } from '../settings.ts'
import type { Fields } from './input.ts'
import { parseCommon } from './input.ts'
import { logFailure } from './log.ts'
import { claimNotice } from './notices.ts'
import { readStdin, type Stdin } from './stdin.ts'
import { readSurroundings, type Surroundings } from './surroundings.ts'
import { withheldOutput } from './tool-output.ts'
import { REDACTOR_FAILED } from './withheld.ts'

/** What a hook has to say. All of it may be missing: most hooks say nothing. */
export type Reply = {
  /** For the model. */
  context?: string | undefined
  /** For the user, one line. */
  notice?: string | undefined
  /** For the model and the user: why the tool may not run. PreToolUse only. */
  deny?: string | undefined
  /** What the tool is to be called with instead, whole. PreToolUse only; it decides nothing about permission. */
  updatedInput?: Fields | undefined
  /** What the model gets in the place of the tool's output, in the tool's own shape. PostToolUse only. */
  output?: { value: unknown } | undefined
  /** For the user: why the prompt was not sent. It is not shown again. UserPromptSubmit only. */
  block?: string | undefined
}

export type RecordingHook = (fields: Fields, surroundings: Surroundings) => Reply | Promise<Reply>
export type ProtectingHook = (fields: Fields) => Reply
/** Says what stands in the place of a tool's output, and gives back what records the call. */
export type ReplacingHook = (fields: Fields, surroundings: Surroundings) => Replaced
export type Replaced = { reply: Reply; record: () => Promise<void> }
/** Gives the blocks of a row of the conversation without their secrets. */
export type RowHook = (fields: Fields, surroundings: Surroundings) => unknown

/** Claude Code sends at once; what has not come by then does not come. */
const STDIN_LIMIT_MS = 2_000

/**
 * Runs a hook that loads or records. The technician's session goes on whatever happens, so every failure becomes a line for the user, at
 * most once per session, and exit code 0.
 *
 * @param limitMs after which the hook is left as it is
 */
export async function runRecording(event: string, hook: RecordingHook, limitMs: number): Promise<never> {
  const late = setTimeout(() => leave(0, false), limitMs)
  const stdin = await readStdin(STDIN_LIMIT_MS)
  const reply = await recordingReply(event, hook, stdin)
  clearTimeout(late)
  return finish(event, reply, stdin)
}

async function recordingReply(event: string, hook: RecordingHook, stdin: Stdin, known?: Surroundings): Promise<Reply> {
  if (stdin.kind === 'empty') return {}
  const fields = stdin.kind === 'given' ? stdin.fields : {}
  const sessionId = parseCommon(fields)?.sessionId ?? 'unknown'
  let surroundings = known
  try {
    surroundings ??= readSurroundings(sessionId)
    const { settings, problem } = surroundings
    if (stdin.kind === 'broken') return once(settings.paths, sessionId, 'input', BROKEN)
    const reply = await hook(fields, surroundings)
    // Whatever else is said may come from it.
    if (problem === undefined) return reply
    return { ...reply, ...once(settings.paths, sessionId, 'settings', `ClaudeTools: ${problem}`) }
  } catch (error) {
    const paths = surroundings?.settings.paths
    logFailure(paths, new Date().toISOString(), event, error)
    return once(paths, sessionId, 'failure', `ClaudeTools: ${sentence(error)}`)
  }
}

/**
 * Runs the hook that protects. It fails closed: what cannot be checked does not run, and the reason says how to go on. Only when Claude
 * Code tells nothing at all (a known fault of clients on Windows) there is nothing to check and nothing is said.
 */
export async function runProtecting(event: string, hook: ProtectingHook): Promise<never> {
  const stdin = await readStdin(STDIN_LIMIT_MS)
  return finish(event, protectingReply(hook, stdin), stdin)
}

function protectingReply(hook: ProtectingHook, stdin: Stdin): Reply {
  if (stdin.kind === 'empty') return {}
  if (stdin.kind === 'broken') return APPROVED.test(stdin.text) ? {} : { deny: unchecked('its text could not be read') }
  try {
    return hook(stdin.fields)
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown reason'
    return { deny: unchecked(`the check failed (${kind})`) }
  }
}

/**
 * Runs the hook that keeps secrets in a tool's output from the model. It fails closed: an output that could not be searched is withheld. The
 * session goes on, and what was recorded of the call or not is the smaller trouble: that is told in one line, once.
 *
 * An output replaced by nothing would be the raw one, so every way out of here prints. What the client does with a hook that prints nothing
 * (a crash of Node itself, the client's own time limit) is its own matter: also with `onFailure: "block"` it shows the raw output, only with
 * an error beside it. The row hook is there for that.
 */
export async function runReplacing(event: string, hook: ReplacingHook, limitMs: number): Promise<never> {
  const stdin = await readStdin(STDIN_LIMIT_MS)
  if (stdin.kind !== 'given') return finish(event, await recordingReply(event, () => ({}), stdin), stdin)
  const { fields } = stdin
  const sessionId = parseCommon(fields)?.sessionId ?? 'unknown'
  let done: Replaced
  let surroundings: Surroundings
  try {
    surroundings = readSurroundings(sessionId)
    done = hook(fields, surroundings)
  } catch (error) {
    const paths = knownPaths()
    logFailure(paths, new Date().toISOString(), event, error)
    return finish(event, { ...withheld(fields), ...once(paths, sessionId, 'withheld', WITHHELD) }, stdin)
  }
  const late = setTimeout(() => finish(event, done.reply, stdin), limitMs)
  const reply = await recordingReply(event, () => done.record().then(() => ({})), stdin, surroundings)
  clearTimeout(late)
  return finish(event, { ...reply, ...done.reply }, stdin)
}

const withheld = (fields: Fields): Reply => ({
  output: { value: withheldOutput(fields.tool_response, REDACTOR_FAILED) },
})

const WITHHELD =
  'ClaudeTools: an output could not be searched for secrets and was withheld from Claude. "msp doctor" looks for the cause.'

function knownPaths(): Paths | undefined {
  try {
    return readSurroundings().settings.paths
  } catch {
    return undefined // No home folder: nowhere to log to.
  }
}

/**
 * Runs the hook that `hooks/rows.ts` asks about a row of the conversation. Whoever asks withholds the row when nothing is printed, so this one
 * says nothing but the row.
 */
export async function runRow(event: string, hook: RowHook): Promise<never> {
  const stdin = await readStdin(STDIN_LIMIT_MS)
  if (stdin.kind !== 'given') return leave(1, stdin.hangs)
  try {
    print(JSON.stringify(hook(stdin.fields, readSurroundings(parseCommon(stdin.fields)?.sessionId))))
    return leave(0, false)
  } catch (error) {
    logFailure(knownPaths(), new Date().toISOString(), event, error)
    return leave(1, false)
  }
}

/** A person has said that this command may run as it is. Also found in a text that cannot be parsed. */
export const APPROVED = /#\s*msp:allow\s*(?:["\\]|$)/

const unchecked = (why: string): string =>
  `ClaudeTools could not check this command for secrets: ${why}. Try it once more. If it stays so, ask the user; with their yes, end the command with "# msp:allow". "msp doctor" looks for the cause.`

const BROKEN =
  'ClaudeTools: Claude Code sent something that is not JSON, so this step was not recorded. Run "msp doctor".'

function once(paths: Paths | undefined, sessionId: string, name: string, notice: string): Reply {
  return claimNotice(paths, sessionId, name) ? { notice } : {}
}

/** Known by name: the hook that throws them is in another bundle, which has classes of its own. */
const OURS: ReadonlySet<string> = new Set(['SpoolError', 'SettingsError', 'LockError'])

/** Our own errors are sentences for people; others are named only, because their messages may quote what they stumbled over. */
function sentence(error: unknown): string {
  if (error instanceof Error && OURS.has(error.name)) return error.message
  const what = errorCode(error) || (error instanceof Error ? error.name : 'unknown reason')
  return `this step could not be recorded (${what}). Your session goes on; run "msp doctor".`
}

function finish(event: string, reply: Reply, stdin: Stdin): never {
  print(printed(event, reply))
  return leave(0, stdin.kind !== 'given' && stdin.hangs)
}

/** The reply in Claude Code's form; the empty string when there is nothing to say. */
export function printed(event: string, reply: Reply): string {
  const specific = {
    ...(reply.context ? { additionalContext: reply.context } : {}),
    ...(reply.updatedInput ? { updatedInput: reply.updatedInput } : {}),
    ...(reply.output ? { updatedToolOutput: reply.output.value } : {}),
    ...(reply.block ? { suppressOriginalPrompt: true } : {}),
    ...(reply.deny ? { permissionDecision: 'deny', permissionDecisionReason: reply.deny } : {}),
  }
  const output = {
    ...(Object.keys(specific).length > 0 ? { hookSpecificOutput: { hookEventName: event, ...specific } } : {}),
    ...(reply.block ? { decision: 'block', reason: reply.block } : {}),
    ...(reply.notice ? { systemMessage: reply.notice } : {}),
  }
  return Object.keys(output).length > 0 ? JSON.stringify(output) : ''
}

const FULL_PIPE_WAIT_MS = 2

/** Writes all of it, also into a pipe that takes it in parts. A reader that has gone away is not our failure. */
function print(output: string): void {
  const bytes = Buffer.from(output)
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_WAIT_MS)
    }
  }
}

/**
 * Ends the process now, also while a request or a timer is open.
 *
 * @param isReading stdin is still being read. `process.exit` would wait for that read, which may never end: where Node can replace the
 *   process it is replaced by one that ends well, else it is killed. Both come after everything is written.
 */
function leave(code: number, isReading: boolean): never {
  if (isReading) {
    if (process.platform !== 'win32' && typeof process.execve === 'function')
      process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {})
    process.kill(process.pid, 'SIGKILL')
  }
  process.exit(code)
}
