import { guardedClient, mayBeKnown } from '../guard-cache.ts'
import { readSession } from '../sessions.ts'
import { pathsOf } from '../settings.ts'
import { load } from './code-cache.ts'
import type { knownFailure, readersCall } from './guard.ts'
import { type Fields, parseCommon, text } from './input.ts'
import { everydayWords } from './plain-commands.ts'
import { preToolUse } from './pre-tool-use.ts'
import type { looking, recording } from './recording.ts'
import type { Reply } from './run.ts'
import { type RecordingHook, runProtecting, runRecording, runReplacing, runRow } from './run.ts'
import type { promptRecall, sessionStart } from './session.ts'

// The entry of every hook: `node hook.cjs <Event>`, with Claude Code's JSON on stdin. Hooks run on every step of a session, so this file
// has the guard against secrets, which every command waits for, and what the others need is in files of their own.
/** A file beside this one, loaded within the run: one that is missing or damaged is told like any other failure. */
const recordFile = () => load('hook-record.cjs') as { recording: typeof recording; looking: typeof looking }
const guardFile = () => load('hook-guard.cjs') as { knownFailure: typeof knownFailure; readersCall: typeof readersCall }
const sessionFile = () =>
  load('hook-session.cjs') as { sessionStart: typeof sessionStart; promptRecall: typeof promptRecall }

/** The recording hooks, each with the time after which it is left as it is: below the client's own limit in `hooks.json`. */
const LIMITS_MS = {
  UserPromptSubmit: 6_000,
  PostToolUseFailure: 10_000,
  SubagentStart: 10_000,
  SubagentStop: 10_000,
  PreCompact: 6_000,
  Stop: 6_000,
  SessionEnd: 10_000,
} as const
const SESSION_START_LIMIT_MS = 6_000
/** For what is recorded of a call, after its output was looked through. */
const RECORD_LIMIT_MS = 3_000

const isRecorded = (event: string): event is keyof typeof LIMITS_MS => Object.hasOwn(LIMITS_MS, event)

const record =
  (event: keyof typeof LIMITS_MS): RecordingHook =>
  (fields, surroundings) =>
    recordFile().recording[event](fields, surroundings)
const prompt: RecordingHook = (fields, surroundings) =>
  recordFile().recording.UserPromptSubmit(fields, surroundings, (...given) => sessionFile().promptRecall(...given))
const start: RecordingHook = (fields, surroundings) => sessionFile().sessionStart(fields, surroundings)

/** What is known to fail. A help: a file that is missing or damaged stops no command. */
function failing(fields: Fields, command: string): Reply {
  try {
    return needsLook(fields, command) ? guardFile().knownFailure(fields, command) : {}
  } catch {
    return {} // "msp doctor" looks for the files of the plugin.
  }
}

/** Nearly no command of every day needs what reads commands to be loaded. */
function needsLook(fields: Fields, command: string): boolean {
  const sessionId = parseCommon(fields)?.sessionId
  if (sessionId === undefined) return false
  const paths = pathsOf()
  const words = text(fields.tool_name) === 'Bash' ? everydayWords(command) : undefined
  return mayBeKnown(paths, guardedClient(readSession(paths, sessionId)), words)
}

const event = process.argv[2] ?? ''
if (event === 'PreToolUse')
  void runProtecting(event, (fields) => preToolUse(fields, failing, (command) => guardFile().readersCall(command)))
else if (event === 'PostToolUse')
  void runReplacing(event, (...given) => recordFile().looking.postToolUse(...given), RECORD_LIMIT_MS)
else if (event === 'ConversationRow') void runRow(event, (...given) => recordFile().looking.conversationRow(...given))
else if (event === 'SessionStart') void runRecording(event, start, SESSION_START_LIMIT_MS)
else if (event === 'UserPromptSubmit') void runRecording(event, prompt, LIMITS_MS[event])
else if (isRecorded(event)) void runRecording(event, record(event), LIMITS_MS[event])
