/** What a program gets of the environment, beside the secret. */

/** Ours, and the tokens of Claude Code: none of them is for a program that we start. */
const NEVER = /^(?:MSP_|ANTHROPIC_|CLAUDE_CODE_(?:OAUTH|SESSION_ACCESS)|CLAUDE_.*TOKEN)/i

/**
 * For the model only these. It can set variables, and many make a program load code, write a log or take another way: `LD_PRELOAD`,
 * `NODE_OPTIONS`, `HTTPS_PROXY`, `PAGER`, `PSQLRC`.
 */
const FOR_MODEL =
  /^(?:PATH|PATHEXT|HOME|USER|LOGNAME|USERNAME|USERPROFILE|SYSTEMROOT|WINDIR|COMSPEC|APPDATA|LOCALAPPDATA|PROGRAMDATA|HOMEDRIVE|HOMEPATH|TEMP|TMP|TMPDIR|LANG|LC_[A-Z]+|TZ|TERM|COLUMNS|LINES|CLAUDECODE|CLAUDE_CODE_SESSION_ID|AI_AGENT)$/i

export function childEnvironment(environment: NodeJS.ProcessEnv, isForModel: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !NEVER.test(name) && (!isForModel || FOR_MODEL.test(name)),
  )
  return Object.fromEntries(kept)
}
