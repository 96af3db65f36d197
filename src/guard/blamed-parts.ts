import type { Grain } from '../contract/failures.ts'
import type { Blame, Shell } from './blame.ts'
import { ANY_SCRIPT, isOfProgram, keysOf, syntaxKey } from './keys.ts'
import type { Step } from './steps.ts'

/** The parts of a command line that an output names as what was wrong: a program, a flag or its value, an operator, a filter. */

export const lastOf = (steps: readonly Step[]): Step => steps.at(-1) as Step

export const blamed = (grain: Grain, key: string, { at, host, segment }: Step): Blame => ({
  grain,
  key,
  host: isOfProgram(key) ? at : host,
  // `sudo` may be what is missing of `sudo nginx`.
  program: grain === 'syntax' ? '' : grain === 'program' ? nameIn(key) : segment.program,
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
  /(?:bad|no such) option:? -{0,2}([A-Za-z][\w-]{0,60})/i,
  /['"](\w{2,60})['"] is not a recogni[sz]ed built-in function/,
  /function (\w{2,60})\(?.{0,200} does not exist/i,
  /doesn't yet support ['"](\w{2,60})/,
  /bad command name ([\w-]{2,60})/,
  /unknown variable ['"]?-{0,2}([\w-]{1,60})/,
  /['"]?([\w-]{2,60})['"]? is not a \w{2,20} command/,
  /[Uu]nknown (?:docker |sub)?command:? ['"]?(?:docker )?([\w-]{2,60})/,
  /No module named ['"]?([\w]{2,60})/,
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
    return name.length === 1 ? option === name : option.toLowerCase() === name.toLowerCase()
  })
  return found.at(-1)
}

/** The flag whose value the output repeats: `authentication protocol SHA-256 not supported`. */
export function refusedValue(steps: readonly Step[], said: string): Blame | undefined {
  const folded = said.toLowerCase().replace(/\d+/g, '#')
  for (const step of steps) {
    const option = keysOf(step).options.find((key) => {
      const value = /-[\w-]+=(\S{5,})$/.exec(key)?.[1]
      return value !== undefined && folded.includes(value)
    })
    if (option) return blamed('option', option, step)
  }
  return undefined
}

/** An operator that this shell does not have, by what it says of it. */
export function unknownSyntax(command: string, steps: readonly Step[], shell: Shell, said: string): Blame | undefined {
  const operator =
    /[Tt]oken ['‘"](&&|\|\|)['’"] is not a valid/.exec(said)?.[1] ??
    /[Uu]nexpected token ['‘"](\?\?=?|\?\.|\?|&&|\|\|)['’"]/.exec(said)?.[1] ??
    /parse error before ['"](;|\||&&)['"]/.exec(said)?.[1] ??
    /(\[\[): not found/.exec(said)?.[1] ??
    /[Ss]yntax error:? .{0,20}"(\()" unexpected/.exec(said)?.[1]
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
  if (filter?.segment.after !== '|' || filter.at === null || !/% ?Invalid input/.test(said)) return undefined
  return blamed('program', `program ${filter.segment.program}`, filter)
}
