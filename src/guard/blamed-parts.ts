import type { Grain } from '../contract/failures.ts'
import type { Blame, Shell } from './blame.ts'
import { isCmdlet } from './cmdlets.ts'
import { ANY_SCRIPT, isOfProgram, keysOf, syntaxKey } from './keys.ts'
import { asFlag } from './shape.ts'
import type { Step } from './steps.ts'

/** The parts of a command line that an output names as what was wrong: a program, a flag or its value, an operator, a filter. */

export const lastOf = (steps: readonly Step[]): Step => steps.at(-1) as Step

export const blamed = (grain: Grain, key: string, { at, host, segment, shell }: Step): Blame => ({
  grain,
  key,
  host: isOfProgram(key) ? at : host,
  // `sudo` may be what is missing of `sudo nginx`.
  program: grain === 'syntax' ? '' : grain === 'program' ? nameIn(key) : segment.program,
  shell,
})

/** `program sudo` is about `sudo`; a script and a program under PowerShell are called by more than their name. */
const nameIn = (key: string): string => key.slice('program '.length).replace(/ in powershell$|(?<=.)\.ps1$/, '')

/** `bash: docker: command not found`, `The term 'Get-LocalUser' is not recognized`, `'wsl' is not recognized as an internal…`. */
const MISSING = [
  /(?:^|[\s:])([\w.+-]+): (?:command )?not found/im,
  /[Tt]he (?:term|name) ['‘"]([^'’"\s]{1,80})['’"] (?:is|was) not/,
  /['"]([^'"\s]{1,80})['"] is not recognized as an internal/,
  /command not found: (\S{1,80})/i,
  /Command '([^'\s]{1,80})' (?:not found|is available)/,
  /exec: "?([^"\s:]{1,80})"?: executable file not found/,
  /(?:^|\s)(\w{2,40}) was not found; run without arguments/,
  /Unknown command:? ['"]?([\w-]{1,80})/,
  /could not start ([\w.-]{1,80}) on /,
  /bad command name ([\w-]{1,80})/,
  /File .{0,200}[\\/]([\w.-]{1,60}\.ps1) cannot be loaded because running scripts/,
  /([\w.+-]{1,80}): No such file or directory$/m,
  /env: ['‘]?([\w.+-]{1,80})['’]?: No such/,
]

/** The program that the output says is not there. One that is there and misses something of its own (a module) is not it. */
export function missingProgram(steps: readonly Step[], said: string): Blame | undefined {
  const script = steps.find(({ segment }) => /\.ps1$/i.test(segment.typed))
  if (script && /running scripts is disabled/.test(said)) return blamed('program', `program ${ANY_SCRIPT}`, script)
  for (const pattern of MISSING) {
    const name = pattern.exec(said)?.[1]?.toLowerCase()
    const program = name
      ?.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
      .replace(/\.(?:exe|cmd|bat|com)$/, '')
    if (!program) continue
    for (const step of steps) {
      // `rsync` may be missing at the other end.
      if (/^(?:rsync|scp)$/.test(program) && step.host !== step.at) continue
      const wanted = keysOf(step).programs.find(
        (key) =>
          key === `program ${program}` ||
          key === `program ${program} in powershell` ||
          (isPython.test(key) && program === 'python'),
      )
      if (wanted) return blamed('program', wanted, step)
    }
  }
  const only = steps.filter(({ isCarrier }) => !isCarrier)
  const [step] = only
  return step && only.length === 1 && /Unknown action \d/.test(said)
    ? blamed('program', `program ${step.segment.program}`, step)
    : undefined
}

/** Windows names its own place holder. */
const isPython = /^program python\d/

const REFUSED = [
  /(?:unrecogni[sz]ed|unknown|invalid|illegal|unexpected|ambiguous) (?:command[- ]line )?(?:option|argument|flag|parameter|switch)s?:? ?(?:--)? ?['"‘“`]?-{0,2}([A-Za-z][\w-]{0,60})/i,
  /parameter name ['‘"]([\w-]{1,60})['’"]/i,
  /unrecogni[sz]ed:? -{1,2}([A-Za-z][\w-]{0,60})/,
  /-{1,2}([A-Za-z][\w-]{0,60})(?:=\S{0,60})?: (?:unknown|unrecogni[sz]ed|invalid|illegal) option/,
  /not an? (?:recogni[sz]ed|valid|known) (?:flag|option)[: ]{1,3}-{0,2}([A-Za-z][\w-]{0,60})/i,
  /(?:bad|no such) option:? -{0,2}([A-Za-z][\w-]{0,60})/i,
  /['"](\w{2,60})['"] is not a recogni[sz]ed built-in function/,
  /function (\w{2,60})\(?.{0,200} does not exist/i,
  /doesn't yet support ['"](\w{2,60})/,
  /bad command name ([\w-]{2,60})/,
  /unknown variable ['"]?-{0,2}([\w-]{1,60})/,
  /['"]?([\w-]{2,60})['"]? is not a \w{2,20} command/,
  /[Uu]nknown (?:docker |sub)?command:? ['"]?(?:docker )?([\w-]{2,60})/,
  /No module named ['"]?([\w]{2,60})/,
  /[Bb]ad configuration option: ([\w]{2,60})/,
  /install the ([\w:]{2,60}) module/,
  /install the python3?-(\w{2,40}) package/,
  /cannot load such file -- ([\w/-]{2,60})/,
  /Cannot find module ['"]([@\w/.-]{2,60})['"]/,
  /[Ii]nvalid [Pp]arameter #\d+ ?: ?"?\/(\w{1,30})/,
  /-([A-Za-z][\w-]{1,60}): unknown (?:primary|predicate)/,
  /unknown predicate [`'"‘]-{1,2}([A-Za-z][\w-]{0,60})/,
  /-([A-Za-z]) option is not (?:compiled|supported|available)/,
  /unknown shorthand flag: ['"]([A-Za-z])['"]/i,
  /(?:option|flag) ['"‘`]?-{1,2}([A-Za-z][\w-]{0,60})['"’`]? (?:is )?(?:not|un)/i,
]

/** The flag that a program says it does not know, wherever it is given to that program again. */
export function refusedOption(steps: readonly Step[], said: string): Blame | undefined {
  for (const pattern of REFUSED) {
    const name = pattern.exec(said)?.[1]
    if (name === undefined) continue
    for (const step of steps) {
      const { options, functions } = keysOf(step)
      const option = optionNamed([...options, ...functions], name)
      if (option) return blamed('option', option, step)
    }
  }
  return undefined
}

/** The narrowest: of `-oP` and `-P` the one that is a single flag. */
function optionNamed(options: readonly string[], name: string): string | undefined {
  const found = options.filter((key) => {
    const option = key
      .slice(key.lastIndexOf(' ') + 1)
      .replace(/[=:]?\?$/, '')
      .replace(/^(?:-{1,2}|[/:])/, '')
    if (name.length > 2 && key.endsWith(`=${name.toLowerCase()}`)) return true
    return name.length === 1 && !/ \/\w$/.test(key) ? option === name : option.toLowerCase() === name.toLowerCase()
  })
  return found.at(-1)
}

/** The flag whose value the output repeats: `authentication protocol SHA-256 not supported`. */
export function refusedValue(steps: readonly Step[], said: string): Blame | undefined {
  const folded = said.toLowerCase().replace(/\d+/g, '#')
  for (const step of steps) {
    // Messages also repeat the machine that they come from.
    const host = (step.host ?? step.at ?? '').replace(/\d+/g, '#')
    const option = keysOf(step).options.find((key) => {
      const value = /-[\w-]+=(\S{5,})$/.exec(key)?.[1]
      return value !== undefined && value !== host && folded.includes(value)
    })
    if (option) return blamed('option', option, step)
  }
  return undefined
}

/** `unknown command: docker compose watch`: all of it, not its first word. */
export function unknownDoing(steps: readonly Step[], said: string): Blame | undefined {
  for (const step of steps) {
    const { program, verbs } = step.segment
    const line = said.split('\n').find((one) => /unknown|invalid|unrecogni[sz]ed/i.test(one)) ?? ''
    if (verbs.length > 1 && isIn(line, [program, ...verbs].join(' '))) return blamed('shape', keysOf(step).shape, step)
    const operation = /unknown (?:operation|verb) ['"]?([\w-]{2,40})/i.exec(line)?.[1]?.toLowerCase()
    if (operation !== undefined && keysOf(step).shape === `shape ${program} ${operation}`)
      return blamed('shape', keysOf(step).shape, step)
  }
  return undefined
}

/** `invalid choice: 'verify'`, `'compression' must be one of …`: the word, or what is given to it. */
const CHOICE = /invalid (?:choice|value)[^'"\n]{0,30}['"]([^'"\n]{2,60})['"]|['"]([\w.:-]{2,40})['"] must be one of/i

/** Says of something that it is not known. */
const REFUSES =
  /unknown|unrecogni[sz]ed|invalid|illegal|not (?:a )?(?:valid|recogni[sz]ed|supported|understood|known|allowed|defined)|never defined|unexpected|unsupported|no such|undefined|ambiguous/i
const MOST_LINES = 12

/**
 * The part that the output repeats where it refuses something: one flag, a function, the words that say what is done. Of a console that names nothing
 * the command itself.
 */
export function repeatedPart(step: Step, said: string): Blame | undefined {
  const { options, functions, shape, things } = keysOf(step)
  const { program, words, verbs } = step.segment
  const flags = [...new Set(words.flatMap((word) => asFlag(program, word)?.replace(/[=:]?\?$/, '') ?? []))]
  for (const line of said
    .split('\n')
    .slice(0, MOST_LINES)
    .filter((one) => REFUSES.test(one))) {
    const named = flags.filter((flag) => flag.length > 1 && isIn(line, flag))
    const option = named.length === 1 && options.find((key) => key.endsWith(` ${named[0]}`))
    if (option) return blamed('option', option, step)
    const feature = functions.find((key) => isIn(line.toLowerCase(), key.slice(key.lastIndexOf(':') + 1)))
    if (feature) return blamed('option', feature, step)
    const doing = verbs.join(' ')
    if (verbs.length > 1 && isIn(line.toLowerCase(), doing)) return blamed('shape', shape, step)
    if (/(?:invalid|unknown|unrecogni[sz]ed) (?:sub)?command/i.test(line) && shape.includes(' ', 'shape '.length))
      return blamed('shape', shape, step)
  }
  const [, word, name] = CHOICE.exec(said) ?? []
  const chosen = things.find((key) =>
    word ? key.endsWith(` ${word.toLowerCase()}`) : key.includes(` ${name?.toLowerCase()}=`),
  )
  return chosen && (word ?? name) ? blamed('exact', chosen, step) : undefined
}

/** As a word of its own. */
function isIn(line: string, part: string): boolean {
  const at = line.indexOf(part)
  return at >= 0 && !/[\w-]/.test(line.charAt(at - 1)) && !/[\w-]/.test(line.charAt(at + part.length))
}

/** Of a program that answers with how it is used: the one flag that does not stand there. */
export function unlistedOption(steps: readonly Step[], said: string): Blame | undefined {
  const working = steps.filter(({ isCarrier }) => !isCarrier)
  const [step] = working
  const usage = /\busage:[\s\S]*/i.exec(said)?.[0]
  if (step === undefined || working.length > 1 || usage === undefined || isCmdlet(step.segment.program))
    return undefined
  const flags = [...new Set(step.segment.words.flatMap((word) => asFlag(step.segment.program, word) ?? []))]
  const unlisted = flags.map((flag) => flag.replace(/[=:]?\?$/, '')).filter((flag) => !usage.includes(flag))
  const key =
    unlisted.length === 1 ? keysOf(step).options.find((option) => option.endsWith(` ${unlisted[0]}`)) : undefined
  return key === undefined ? undefined : blamed('option', key, step)
}

/** An operator that this shell does not have, by what it says of it. */
export function unknownSyntax(command: string, steps: readonly Step[], shell: Shell, said: string): Blame | undefined {
  const operator =
    /[Tt]oken ['‘"](&&|\|\|)['’"] is not a valid/.exec(said)?.[1] ??
    /[Uu]nexpected token ['‘"](\?\?=?|\?\.|\?|&&|\|\|)['’"]/.exec(said)?.[1] ??
    /parse error before ['"](;|\||&&)['"]/.exec(said)?.[1] ??
    /Invalid input: (\||;)/.exec(said)?.[1] ??
    /(\[\[): not found/.exec(said)?.[1] ??
    /[Ss]yntax error:? .{0,20}"(\()" unexpected/.exec(said)?.[1] ??
    // The C shell, and PowerShell before 5.
    (/Ambiguous output redirect/.test(said) ? '2>' : undefined) ??
    (/does not contain a method named 'new'/.test(said) ? '::new(' : undefined)
  if (operator === undefined || !command.includes(operator)) return undefined
  const last = lastOf(steps)
  return blamed('syntax', syntaxKey(last.shell ?? shell, operator), last)
}

/** Appliances mark the word that they do not know; after a pipe it is the filter, which is a program elsewhere: `show arp | grep x`. */
export function unknownFilter(steps: readonly Step[], said: string): Blame | undefined {
  const filter = steps.at(-1)
  const flag = filter && filter.at !== null && !filter.isCarrier ? keysOf(filter).options[0] : undefined
  // They have no flags: `ping 10.0.0.1 -c 3`.
  if (filter && flag !== undefined && filter.segment.after !== '|' && /% ?Invalid input/.test(said))
    return blamed('option', flag, filter)
  if (filter?.segment.after !== '|' || filter.at === null || !/% ?Invalid input|^Unknown action \d/m.test(said))
    return undefined
  return blamed('program', `program ${filter.segment.program}`, filter)
}
