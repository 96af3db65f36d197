import type { Blame, Shell } from './blame.ts'
import { blamed } from './blamed-parts.ts'
import { MENU_PATH, MENU_PATHS, markedWord } from './consoles.ts'
import { refusedDialect } from './dialects.ts'
import { keysOf, syntaxKey } from './keys.ts'
import { refusedFeature } from './queries.ts'
import type { Step } from './steps.ts'

/** Parts of a command line that no error names: a way of writing, a clause of a query, the word that a console marks. */
export function refusedWriting(steps: readonly Step[], shell: Shell, said: string): Blame | undefined {
  const working = steps.filter(({ isCarrier }) => !isCarrier)
  for (const step of working) {
    const found = dialectOf(step, said) ?? featureOf(step, said) ?? phraseOf(step, said)
    if (found) return found
  }
  const [only] = working
  return (only && working.length === 1 ? markedPart(only, shell, said) : undefined) ?? lackingTransport(steps, said)
}

/** With the program in front, as keys are made. */
function dialectOf(step: Step, said: string): Blame | undefined {
  const name = refusedDialect(step.segment, said)
  const key = name && keysOf(step).options.find((option) => option.endsWith(` :${name}`))
  return key ? blamed('option', key, step) : undefined
}

function featureOf(step: Step, said: string): Blame | undefined {
  if (!/\bnear (?:the keyword )?['"]|not (?:supported|available|allowed|enabled)/.test(said)) return undefined
  const key = refusedFeature(step.segment, keysOf(step).functions, said)
  return key === undefined ? undefined : blamed('option', key, step)
}

/** `No such command 'sip show peers'`: of the module `sip` nothing is there. */
function phraseOf(step: Step, said: string): Blame | undefined {
  const quoted = /(?:no such|unknown|invalid) command:? ['"‘“]?([a-z][\w-]{1,30} [a-z][\w-]{1,30})/i.exec(said)?.[1]
  const key = quoted && keysOf(step).phrases.find((phrase) => phrase.endsWith(` ${quoted.toLowerCase()}`))
  return key ? blamed('shape', key, step) : undefined
}

const MARKS = /% ?(?:Invalid|Unrecognized|Unknown|Incomplete)|bad command name|expected end of command|syntax error/i

/** What a console marks: the command itself, its second word, or the word of a menu's command. */
function markedPart(step: Step, shell: Shell, said: string): Blame | undefined {
  if (step.at === null || !MARKS.test(said)) return undefined
  const { segment } = step
  if (MENU_PATHS.test(segment.typed) && /bad command name \/|syntax error/.test(said))
    return blamed('syntax', syntaxKey(step.shell ?? shell, MENU_PATH), step)
  const at = markedWord(segment, said)
  if (at === null) return undefined
  const { programs, phrases } = keysOf(step)
  const [phrase] = phrases
  if (at === 0) return programs[0] === undefined ? undefined : blamed('program', programs[0], step)
  const word = phrases.find(
    (key) => key.startsWith('word ') && key.endsWith(` ${segment.words[at - 1]?.toLowerCase()}`),
  )
  if (word) return blamed('shape', word, step)
  return at === 1 && phrase?.startsWith('phrase ') ? blamed('shape', phrase, step) : undefined
}

/** `Invoke-Command -ComputerName` wants WSMan, which PowerShell has on Windows only: the parameter that names the machine is what does not work. */
function lackingTransport(steps: readonly Step[], said: string): Blame | undefined {
  if (!/parameter set requires \w+, and no supported/.test(said)) return undefined
  const step = steps.find(({ segment }) => segment.program === 'invoke-command')
  const option = step && keysOf(step).options.find((key) => key.endsWith(' -computername'))
  return option ? blamed('option', option, step) : undefined
}
