import { findSecrets, PRIVATE_KIND } from '../redact/secrets.ts'
import { isShell } from './calls.ts'
import { type Fields, object, text } from './input.ts'
import type { Reply } from './run.ts'

/** Stops a command that holds a secret in plain text. Looks at nothing but the command: no file, no network. */
export function preToolUse(fields: Fields): Reply {
  const command = text(object(fields.tool_input)?.command)
  if (!isShell(text(fields.tool_name) ?? '') || command === undefined || isAllowed(command)) return {}
  const kinds = secretKinds(command)
  return kinds.length === 0 ? {} : { deny: refusal(kinds) }
}

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
