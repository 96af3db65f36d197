import { rememberFindings } from '../known-values.ts'
import type { Finding } from '../redact/finding.ts'
import { PRIVATE_KIND } from '../redact/private.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/** `MSP_PROMPT_SECRETS`, or `prompt_secrets` among the preferences of `config.json`: what happens to a prompt with a secret in it. */
const SETTING = 'MSP_PROMPT_SECRETS'
/** In a prompt, as a word of its own: send it as it is. */
const ALLOWED = /(?:^|\s)#allow(?=\s|$|[.,;:!?)"'])/

/**
 * What to say of the secrets in a prompt: nothing, why it is not sent, or only a line for the person where the setting says so or the secret is
 * only guessed. The values are never repeated, and what is marked as private is no matter of this.
 */
export function pastedSecrets(
  { redactor, settings }: Surroundings,
  sessionId: string,
  prompt: string,
): Pick<Reply, 'block' | 'notice'> {
  if (!redactor.works()) return { notice: UNSEARCHED }
  const found = redactor.find(prompt).filter(({ kind }) => kind !== PRIVATE_KIND)
  const sure = found.filter(({ isGuess }) => isGuess !== true)
  // Whatever becomes of the prompt: programs may print it again.
  rememberFindings(settings.paths, sessionId, prompt, sure)
  if (found.length === 0 || ALLOWED.test(prompt)) return {}
  if (sure.length === 0) return { notice: notice(prompt, found, 'something that looks like a password') }
  const mode = process.env[SETTING]?.trim() || settings.preferences.prompt_secrets
  return mode === 'warn' ? { notice: notice(prompt, sure, 'a secret') } : { block: refusal(prompt, sure) }
}

const UNSEARCHED = 'ClaudeTools: prompts cannot be searched for secrets at the moment. Run "msp doctor".'

const notice = (prompt: string, found: readonly Finding[], what: string): string =>
  `ClaudeTools: this prompt holds ${what} (${placesIn(prompt, found)}). Claude has read it; it is recorded without it. If it is one, change it and store it with "msp cred add".`

function refusal(prompt: string, found: readonly Finding[]): string {
  return [
    `ClaudeTools did not send this prompt: it holds a secret in plain text (${placesIn(prompt, found)}).`,
    'Store it with "msp cred add" in a terminal and name the credential instead: Claude can use it with "msp cred exec" and never sees it.',
    'To send it all the same, press the up arrow and add the word #allow.',
  ].join(' ')
}

/** "password in line 2, github-token in line 5". */
function placesIn(prompt: string, found: readonly Finding[]): string {
  const lineOf = (at: number) => prompt.slice(0, at).split('\n').length
  return [...new Set(found.map(({ kind, start }) => `${kind} in line ${lineOf(start)}`))].slice(0, 5).join(', ')
}
