import { findSecrets } from '../redact/find.ts'
import { PRIVATE_KIND } from '../redact/private.ts'
import { isShell } from './calls.ts'
import { asksForSecrets, claimed } from './claims.ts'
import { type Fields, object, text } from './input.ts'
import type { Reply } from './run.ts'

/**
 * Stops a command that holds a secret in plain text, and takes down who runs one that asks for a stored secret. It uses no network, and
 * the disk only for the latter.
 */
export function preToolUse(fields: Fields): Reply {
  const command = text(object(fields.tool_input)?.command)
  if (!isShell(text(fields.tool_name) ?? '') || command === undefined) return {}
  const asks = asksForSecrets(command)
  const kinds = isAllowed(command) ? [] : secretKinds(asks ? command.replace(NAMED_FIELD, ' ') : command)
  if (kinds.length > 0) return { deny: refusal(kinds) }
  return asks ? claimed(fields, command) : {}
}

/** `--env API_TOKEN=api_key`: the name of a field of a stored secret, which only looks like a secret itself. */
const NAMED_FIELD =
  /\s--(?:env|file)[ =]['"]?[A-Za-z_]\w{0,99}=(?:bearer:|basic:)?(?:password|passphrase|username|totp|pin|psk|community|(?:[a-z]+_)?(?:key|token|secret|code|string|certificate))\b['"]?(?=\s)/g

/** What kinds of secrets stand in a command, each once. What is only marked as private may be run. */
function secretKinds(command: string): string[] {
  return [...new Set(findSecrets(command).map(({ kind }) => kind))].filter((kind) => kind !== PRIVATE_KIND)
}

/** A person has said that this command may run as it is. */
const isAllowed = (command: string): boolean => /#\s*msp:allow\s*$/.test(command)

function refusal(kinds: readonly string[]): string {
  return [
    `ClaudeTools stopped this command: it holds a secret in plain text (${kinds.join(', ')}), which would stay in the transcript, the process list and the shell history.`,
    'Pass it another way: an environment variable that is already set ("$NAME"), a file that the program reads, or its standard input.',
    'If the user has said that it may run as it is, or it is no secret, end the command with "# msp:allow".',
  ].join(' ')
}
