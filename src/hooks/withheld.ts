import { isShell } from './calls.ts'
import { isSecretFile, whyWithheld } from './high-risk.ts'
import { type Fields, text } from './input.ts'

/** What the model reads in the place of an output that nobody could look through. It says how to go on. */
export const REDACTOR_FAILED =
  '[ClaudeTools withheld this output: it could not be searched for secrets. Do not try to read it another way. Tell the user; "msp doctor" looks for the cause, and installing the plugin again repairs damaged files.]'

/** What the model reads in the place of an output that is secret as a whole, or undefined where there is no reason. */
export function reasonToWithhold(tool: string, input: Fields): string | undefined {
  const why = isShell(tool) ? whyWithheld(text(input.command) ?? '') : readsSecretFile(input)
  return why === undefined ? undefined : withheldBecause(why)
}

function readsSecretFile(input: Fields): string | undefined {
  const path = text(input.file_path) ?? text(input.path)
  return path !== undefined && isSecretFile(path) ? 'it reads a file that holds nothing but secrets' : undefined
}

const withheldBecause = (why: string): string =>
  `[ClaudeTools withheld this output: ${why}. The command has run. To use a stored secret run "msp cred exec <credential> … -- <command>", which gives it to the program and not to you; to store one the user runs "msp cred add" in a terminal. If only a detail of the output matters, ask the user for it.]`
