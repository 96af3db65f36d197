import { hasOwnToken } from '../claims.ts'
import { knownValues, rememberFindings } from '../known-values.ts'
import type { FindOptions } from '../redact/find.ts'
import type { Finding } from '../redact/finding.ts'
import { findSecrets } from '../redact/index.ts'
import { MARK } from '../redact/marks.ts'
import { PRIVATE_KIND } from '../redact/private.ts'
import { type Paths, pathsOf } from '../settings.ts'
import { isShell } from './calls.ts'
import { asksForSecrets, claimed } from './claims.ts'
import { type Fields, list, object, parseCommon, text } from './input.ts'
import { isAllowed } from './overrides.ts'
import { isPlain } from './plain-commands.ts'
import { isOwnCommand } from './programs.ts'
import type { readersCall } from './readers.ts'
import type { Reply } from './run.ts'
import { insteadOf } from './use-instead.ts'

/**
 * Stops a command that holds a secret in plain text, and whatever would write a mark over the secret that it stands for; then one that is known to
 * fail where it is about to run. Takes down who runs a command that asks for a stored secret. It uses no network.
 *
 * @param failing looks up what is known to fail; it never throws
 * @param ownCall finds the call of `msp` of an agent that runs nothing else; what throws stops the command
 */
export function preToolUse(
  fields: Fields,
  failing: (fields: Fields, command: string) => Reply,
  ownCall: typeof readersCall,
): Reply {
  const input = object(fields.tool_input) ?? {}
  if (!isShell(text(fields.tool_name) ?? '')) return written(input).some(holdsMark) ? { deny: OVERWRITES } : {}
  const command = text(input.command)
  if (command === undefined) return {}
  const agentType = text(fields.agent_type) ?? ''
  const asks = asksForSecrets(command)
  // A program that gets a secret stands behind the call, with pipes and variables of its own: `msp cred` itself looks at that.
  const isOwn = hasOwnToken(agentType) && !(asks && agentType.startsWith('claudetools:credential-'))
  const own = isOwn ? ownCall(command) : {}
  if (own.deny) return own
  if (!own.call && isAllowed(command)) return asks ? claimed(fields, command) : {}
  const secret = secretRefusal(fields, command, asks)
  if (secret !== undefined) return { deny: secret }
  if (own.call) return claimed(fields, command, own.call)
  const known = failing(fields, command)
  return asks && known.deny === undefined ? { ...known, ...claimed(fields, command) } : known
}

/** Why a command may not run for the secrets in it. */
function secretRefusal(fields: Fields, command: string, asks: boolean): string | undefined {
  const session = sessionOf(fields)
  const known = session && knownValues(session.paths, session.id)
  if (known === undefined && isPlain(command)) return undefined
  const looked = asks ? command.replace(NAMED_FIELD, blank) : command
  const secrets = secretsIn(looked, known)
  if (session) rememberFindings(session.paths, session.id, looked, secrets)
  if (secrets.length > 0) return refusal(command, secrets)
  return holdsMark(command) && writesFile(command) ? OVERWRITES : undefined
}

/** What an editing tool is about to write. */
function written(input: Fields): string[] {
  const edits = list(input.edits).map((edit) => object(edit)?.new_string)
  return [input.content, input.new_string, input.new_source, ...edits].flatMap((one) => text(one) ?? [])
}

/** `[PRIVATE]` may be a person's own word; the others are ours. */
const holdsMark = (content: string): boolean => (content.match(MARK) ?? []).some((mark) => mark !== '[PRIVATE]')

/** Does a command put text into a file? Our own command line stores texts with marks in them: that is what they are for. */
const writesFile = (command: string): boolean =>
  !isOwnCommand(command) &&
  />|\b(?:tee|sponge|set-content|add-content|out-file|sed|perl|ed|patch|reg|cmdkey|setx|dd)\b/i.test(command)

const OVERWRITES =
  'ClaudeTools stopped this: the text holds a mark like [REDACTED:password:1a2b3c4d], which stands for a secret that you were not shown. Written into a file it would overwrite the secret. Change only the other lines (a small edit that leaves that line out), or let the user put the secret in.'

/** `--env API_TOKEN=api_key`: the name of a field of a stored secret, which only looks like a secret itself. */
const NAMED_FIELD =
  /\s--(?:env|file)[ =]['"]?[A-Za-z_]\w{0,99}=(?:bearer:|basic:)?(?:password|passphrase|username|totp|pin|psk|community|(?:[a-z]+_)?(?:key|token|secret|code|string|certificate))\b['"]?(?=\s)/g
/** As long as before: places in the text stay where they are. */
const blank = (stretch: string): string => ' '.repeat(stretch.length)

type Session = { id: string; paths: Paths }

/** Whose command it is, or undefined where that is not told or there is no home folder: then only what the command itself shows is known. */
function sessionOf(fields: Fields): Session | undefined {
  const id = parseCommon(fields)?.sessionId
  try {
    return id === undefined ? undefined : { id, paths: pathsOf() }
  } catch {
    return undefined // An account without a home. Other hooks say so.
  }
}

/**
 * The secrets of a command, also those that this session has met before. What is only marked as private may be run, and what only looks like a
 * password stops nobody.
 */
const secretsIn = (command: string, known: FindOptions['known']): Finding[] =>
  findSecrets(command, { as: 'command', isSureOnly: true, known }).filter(({ kind }) => kind !== PRIVATE_KIND)

function refusal(command: string, secrets: readonly Finding[]): string {
  const kinds = [...new Set(secrets.map(({ kind }) => kind))].join(', ')
  const form = insteadOf(command, secrets)
  return [
    `ClaudeTools stopped this command: it holds a secret in plain text (${kinds}), which would stay in the transcript, the process list and the shell history.`,
    form === undefined
      ? 'Use a stored credential: msp cred exec <credential> --env NAME=password -- <the command without the secret> (or --stdin password, or --file NAME=password and {NAME} as its path).'
      : `Run this instead: ${form}`,
    '"msp cred find <text>" names the credential; if it is not stored yet, the user stores it with "msp cred add" in a terminal.',
    'A secret that is already there can also come from an environment variable that is set ("$NAME"), a file that the program reads, or its standard input.',
    'If the user has said that it may run as it is, or it is no secret, end the command with "# msp:allow".',
  ].join(' ')
}
