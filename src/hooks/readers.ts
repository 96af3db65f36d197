import { commandParts } from './programs.ts'

/** What the agents may run that only look things up (`isReader`). */

/** `msp search …`, `node "…/dist/msp.cjs" search …`. */
const OWN_CALL = /^\s*(?:msp(?:\.cmd)?|node\s+(?:"[^"$`]*[\\/]msp\.cjs"|[^\s"'$`]*[\\/]msp\.cjs))(?=\s)/

/** The first call of any verb: `msp search`, `msp session list`, `msp call reports.figures`. */
const ANY_CALL =
  /^\s*(?:msp(?:\.cmd)?|node\s+(?:"[^"]*"|\S+))(?:\s+--json|\s+--session[= ]\S+)*\s+(?:(?:search|figures|context)|[a-z][a-z-]*(?:\s+[A-Za-z][\w.]*)?)(?![\w-])/

const ONE_CALL =
  'ClaudeTools stopped this command: this agent runs "msp …" and nothing else, one call to a command, without pipes, redirections, variables or substitutions, and with text in single quotes. Run several calls as several commands.'

/**
 * Behind what a claim is named in the one call of `msp` that a command is, or why it may not run: the token that the agent gets for the claim is
 * to be all that it has. A second call, or one inside another, would go out with the login of the technician.
 */
export function readersCall(command: string): { call?: RegExp; deny?: string } {
  const unquoted = command.replace(/'[^']*'/g, '')
  const isOneCall = OWN_CALL.test(command) && commandParts(command).length === 1 && !/[`<>$#]/.test(unquoted)
  return isOneCall && ANY_CALL.test(command) ? { call: ANY_CALL } : { deny: ONE_CALL }
}
