import { isLook } from './alternative.ts'
import type { Step } from './steps.ts'

/** What only the carrier says: that it did not come through to the machine. */
export const OF_CARRIER =
  /^(?:ssh|plink|kex_exchange|PsExec|Couldn't (?:access|install)|FATAL ERROR: |Winrs? error)|Permission denied \(|no matching (?:host key|key exchange|cipher|mac)|Host key verification failed|REMOTE HOST IDENTIFICATION|Unable to negotiate|Connection (?:refused|timed out|closed by)|Could not resolve hostname|Connecting to remote server|WinRM (?:client )?cannot|Too many authentication failures/im

/**
 * The step that speaks in an output. The one that is alone; the carrier for what only a carrier says; the one whose name stands before the message
 * (`mount: …`, `E: …` is apt's).
 */
export function speaker(steps: readonly Step[], said: string): Step | undefined {
  const carrier = steps.find(({ isCarrier, host }) => isCarrier && host !== null)
  if (carrier && OF_CARRIER.test(said) && !isOfAnother(steps, said)) return carrier
  const all = steps.filter(({ isCarrier, segment }) => !isCarrier && segment.after !== '$(')
  // `node --version && npx vite build`: what only looks seldom fails.
  const doing = all.filter((step) => !isLook(step))
  const working = doing.length === 0 ? all : doing
  if (working.length <= 1) return working[0] ?? (steps.length === 1 ? steps[0] : undefined)
  const named = working.filter(({ segment: { program } }) => speaks(program, said))
  if (named.length === 1) return named[0]
  // The last part of a pipeline only shows or filters what the first one printed.
  const [first, ...others] = working
  return others.every(({ segment }) => segment.after === '|') ? first : undefined
}

/** `curl: (7) … Connection refused`: not what carried it there. */
function isOfAnother(steps: readonly Step[], said: string): boolean {
  const line = said.split('\n').find((one) => OF_CARRIER.test(one)) ?? ''
  const voice = /^([\w.-]+)(?:\[\d+\])?: /.exec(line)?.[1]?.toLowerCase()
  return voice !== undefined && steps.some(({ isCarrier, segment }) => !isCarrier && segment.program === voice)
}

const VOICES: Readonly<Record<string, RegExp>> = { apt: /^E: /m, 'apt-get': /^E: /m, git: /^(?:fatal|error): /m }

function speaks(program: string, said: string): boolean {
  if (VOICES[program]?.test(said)) return true
  const at = said.toLowerCase().indexOf(program)
  return at >= 0 && /^(?:\.exe)?(?: ?:| error|\[\d|\()/.test(said.slice(at + program.length, at + program.length + 6))
}
