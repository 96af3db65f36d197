import { CLAIM_OPTION, CLAIM_VARIABLE, MAIN_AGENT, writeClaim } from '../claims.ts'
import { errorCode } from '../durable.ts'
import { pathsOf } from '../settings.ts'
import { type Fields, object, parseCommon, text } from './input.ts'
import type { Reply } from './run.ts'

/** Does a command call `msp cred`, by whatever path? It may say more often yes than it should: a claim that nobody shows does nothing. */
export function asksForSecrets(command: string): boolean {
  const program = command.search(/\bmsp\b/)
  return program !== -1 && /\bcred\b/.test(command.slice(program))
}

/**
 * Takes down who runs a command with `msp cred`, and names it to the command. What cannot be taken down does not run.
 *
 * @param call behind what of the command it is named
 */
export function claimed(fields: Fields, command: string, call = CALL): Reply {
  if (command.includes(CLAIM_VARIABLE) || command.includes(CLAIM_OPTION)) return { deny: FORGED }
  const common = parseCommon(fields)
  if (!common) return { deny: refusal('it was not said which session it belongs to') }
  try {
    const name = writeClaim(pathsOf(), {
      session_id: common.sessionId,
      agent_id: common.agent?.id ?? MAIN_AGENT,
      agent_type: common.agent?.type || (text(fields.agent_type) ?? MAIN_AGENT),
      at: new Date().toISOString(),
    })
    return { updatedInput: { ...object(fields.tool_input), command: withClaim(command, name, call) } }
  } catch (error) {
    return { deny: refusal(`MSP_HOME cannot be written (${errorCode(error) || 'unknown reason'})`) }
  }
}

/** `msp cred find`, `"C:\\…\\msp.cmd" --json cred exec`, `node "…/msp.cjs" cred show`: up to the verb. */
const CALL = /\bmsp(?:\.cmd|\.cjs)?["']?(?:\s+--json|\s+--session[= ]\S+)*(?:\s|\\\n)+cred\s+[a-z]+(?![\w-])/g

/**
 * Named behind the verb, not as a variable before the command: so a rule that allows `msp cred find` allows this too. Another line, an assignment
 * even, would make the client ask for permission.
 */
const withClaim = (command: string, name: string, call: RegExp): string =>
  command.replace(call, `$& ${CLAIM_OPTION}${name}`)

const NAMED = new RegExp(` ${CLAIM_OPTION}[0-9a-f]{32}(?![\\w-])`, 'g')

/** The command as it was before a claim was named to it. */
export const withoutClaim = (command: string): string => command.replace(NAMED, '')

const FORGED = `ClaudeTools stopped this command: who asks is said by ClaudeTools itself. Run "msp cred …" without ${CLAIM_VARIABLE} and ${CLAIM_OPTION}`

const refusal = (why: string): string =>
  `ClaudeTools stopped this command: it asks for a secret, and ${why}, so it could not be taken down who asks. Let the user run "msp doctor", then try once more.`
