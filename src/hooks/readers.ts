import { commandParts } from './programs.ts'

/** What the agents may run that have a token of their own (`hasOwnToken`). */

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
export function readersCall(whole: string): { call?: RegExp; deny?: string } {
  const command = withoutText(whole)
  const unquoted = command.replace(/'[^']*'/g, '')
  const isOneCall = OWN_CALL.test(command) && commandParts(command).length === 1 && !/[`<>$#]/.test(unquoted)
  return isOneCall && ANY_CALL.test(command) ? { call: ANY_CALL } : { deny: ONE_CALL }
}

/** A command without the text that it is given on its standard input, when that is plainly text: between a delimiter in quotes and the end. */
function withoutText(command: string): string {
  const [, call, delimiter, text] = /^([^\n]*?)\s*<<'([A-Z_]{3,30})'[ \t]*\n([\s\S]*)$/.exec(command) ?? []
  if (call === undefined || text === undefined) return command
  const lines = text.trimEnd().split('\n')
  return lines.indexOf(delimiter as string) === lines.length - 1 ? call : command
}
