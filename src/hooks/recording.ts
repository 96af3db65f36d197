// The hooks that record: a file of its own (dist/hook-record.cjs), so that the guard before every command loads nothing of it.
import { postToolUse, postToolUseFailure } from './post-tool-use.ts'
import { preCompact } from './pre-compact.ts'
import { conversationRow } from './row.ts'
import type { RecordingHook } from './run.ts'
import { sessionEnd } from './session-end.ts'
import { stop } from './stop.ts'
import { subagentStart, subagentStop } from './subagents.ts'
import { userPromptSubmit } from './user-prompt-submit.ts'

export const recording = {
  UserPromptSubmit: userPromptSubmit,
  PostToolUseFailure: postToolUseFailure,
  SubagentStart: subagentStart,
  SubagentStop: subagentStop,
  PreCompact: preCompact,
  Stop: stop,
  SessionEnd: sessionEnd,
} satisfies Record<string, RecordingHook>

/** What hooks look through for secrets before the model reads it. */
export const looking = { postToolUse, conversationRow }
