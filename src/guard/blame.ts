import type { Grain } from '../contract/failures.ts'
import { isLook } from './alternative.ts'
import type { FailureCategory } from './failure-categories.ts'
import { ANY_SCRIPT, isConsole, isOfProgram, keysOf, type Step, stepsOf, syntaxKey } from './steps.ts'

/** Which part of a command line failed, and what would fail in the same way. */
export interface Blame {
  grain: Grain
  /** As `keysOf` gives it for a step that is about to run. */
  key: string
  /** Where the part worked, lower case, as typed; null for the machine at which it was typed. */
  host: string | null
  /** The part's program; empty for syntax. */
  program: string
}

export type Shell = 'bash' | 'powershell' | 'cmd'

/** What is known of a failed command line. */
export interface Failed {
  command: string
  /** At which it was typed. */
  shell: Shell
  category: FailureCategory
  /** What it printed, errors first. */
  text: string
}

/** Only so much of an output is looked at. */
const TEXT_CHARS = 8_000

/**
 * The part of a command line that its output blames. Null where nothing can be said, as for an empty command. Where a line of several parts does
 * not tell which one failed, only the same line again is meant.
 */
export function blameOf({ command, shell, category, text }: Failed): Blame | null {
  const said = text.slice(0, TEXT_CHARS)
  const steps = stepsOf(command, shell)
  if (steps.length === 0) return null
  const part =
    unknownSyntax(command, steps, shell, said) ??
    unknownFilter(steps, said) ??
    (MAY_LACK.has(category) ? missingProgram(steps, said) : undefined) ??
    (MAY_BE_OPTION.has(category) ? refusedOption(steps, said) : undefined) ??
    (/not supported|invalid .{0,60} in option|unsupported|unknown (?:value|protocol|algorithm)/i.test(said)
      ? refusedValue(steps, said)
      : undefined)
  if (part) return part
  const step = speaker(steps, said)
  // What a file holds may be put right without the command being another one.
  if (category === 'SyntaxError' && step?.segment.words.some((word) => word.startsWith('<'))) return null
  if (step === undefined) return blamed('exact', keyOfLine(steps), lastOf(steps))
  const { shape, ways, exact, unprivileged, things } = keysOf(step)
  const way = category === 'AuthenticationError' ? ways.at(-1) : ways[0]
  if (
    way !== undefined &&
    !/subsystem request failed/.test(said) &&
    (ON_THE_WAY.has(category) || OF_CARRIER.test(said) || / from a remote| as /.test(way))
  )
    return blamed('shape', way, step)
  if (step.at !== null && isConsole(step.segment) && NOT_UNDERSTOOD.has(category)) return blamed('shape', shape, step)
  if (/subsystem request failed/.test(said)) return blamed('shape', shape, step)
  if (LACKS.has(category) && !step.isCarrier) return blamed('shape', shape, step)
  if (category === 'PermissionDenied' && unprivileged !== null) return blamed('exact', unprivileged, step)
  return blamed('exact', (category === 'ObjectNotFound' ? thingNamed(things, said) : undefined) ?? exact, step)
}

const MAY_LACK: ReadonlySet<FailureCategory> = new Set(['NotInstalled', 'SecurityError'])
const MAY_BE_OPTION: ReadonlySet<FailureCategory> = new Set([
  'InvalidArgument',
  'Compatibility',
  'SyntaxError',
  'NotSpecified',
  // A module, and a function of a query.
  'NotInstalled',
  'NotImplemented',
  'ObjectNotFound',
])
const ON_THE_WAY: ReadonlySet<FailureCategory> = new Set([
  'ProtocolError',
  'ConnectionError',
  'OperationTimeout',
  'SecurityError',
])
const NOT_UNDERSTOOD: ReadonlySet<FailureCategory> = new Set([
  'SyntaxError',
  'InvalidArgument',
  'NotInstalled',
  'NotSpecified',
  'Compatibility',
])
const LACKS: ReadonlySet<FailureCategory> = new Set(['Compatibility', 'NotImplemented', 'Environment'])

/** The thing that the output names: `Unit apache2.service not found`. A file may be there tomorrow under another path, so it is left to the line. */
const thingNamed = (things: readonly string[], said: string): string | undefined =>
  things.find((key) => {
    const thing = key.slice(key.lastIndexOf(' ') + 1)
    return thing.length > 2 && said.toLowerCase().includes(thing)
  })

/** The key of a line as a whole: of all that it does, in order. */
export function keyOfLine(steps: readonly Step[]): string {
  const keys = steps.map((step) => keysOf(step).exact)
  return keys.length === 1 ? (keys[0] as string) : keysOfText(keys.map((key) => key.replace(/^exact /, '')).join(' ; '))
}

const keysOfText = (line: string): string => `exact ${line}`.slice(0, LINE_CHARS)
const LINE_CHARS = 300

const lastOf = (steps: readonly Step[]): Step => steps.at(-1) as Step

const blamed = (grain: Grain, key: string, { at, host, segment }: Step): Blame => ({
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
function missingProgram(steps: readonly Step[], said: string): Blame | undefined {
  const script = steps.find(({ segment }) => /\.ps1$/i.test(segment.typed))
  if (script && /running scripts is disabled/.test(said)) return blamed('program', `program ${ANY_SCRIPT}`, script)
  for (const pattern of MISSING) {
    const name = pattern.exec(said)?.[1]?.toLowerCase()
    const program = name
      ?.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
      .replace(/\.(?:exe|cmd|bat|com)$/, '')
    if (!program) continue
    for (const step of steps) {
      const wanted = keysOf(step).programs.find(
        (key) => key === `program ${program}` || (isPython.test(key) && program === 'python'),
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
function refusedOption(steps: readonly Step[], said: string): Blame | undefined {
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
function refusedValue(steps: readonly Step[], said: string): Blame | undefined {
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
function unknownSyntax(command: string, steps: readonly Step[], shell: Shell, said: string): Blame | undefined {
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
function unknownFilter(steps: readonly Step[], said: string): Blame | undefined {
  const filter = steps.at(-1)
  const flag = filter && filter.at !== null && !filter.isCarrier ? keysOf(filter).options[0] : undefined
  // They have no flags: `ping 10.0.0.1 -c 3`.
  if (filter && flag !== undefined && filter.segment.after !== '|' && /% ?Invalid input/.test(said))
    return blamed('option', flag, filter)
  if (filter?.segment.after !== '|' || filter.at === null || !/% ?Invalid input/.test(said)) return undefined
  return blamed('program', `program ${filter.segment.program}`, filter)
}

/** What only the carrier says: that it did not come through to the machine. */
const OF_CARRIER =
  /^(?:ssh|plink|scp|kex_exchange|PsExec|Couldn't (?:access|install)|FATAL ERROR: |scp: |rsync: connection|Winrs? error)|Permission denied \(|no matching (?:host key|key exchange|cipher|mac)|Host key verification failed|REMOTE HOST IDENTIFICATION|Unable to negotiate|Connection (?:refused|timed out|closed by)|Could not resolve hostname|Connecting to remote server|WinRM (?:client )?cannot|Too many authentication failures/im

/**
 * The step that speaks in an output. The one that is alone; the carrier for what only a carrier says; the one whose name stands before the message
 * (`mount: …`, `E: …` is apt's).
 */
function speaker(steps: readonly Step[], said: string): Step | undefined {
  const carrier = steps.find(({ isCarrier, host }) => isCarrier && host !== null)
  if (carrier && OF_CARRIER.test(said)) return carrier
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

const VOICES: Readonly<Record<string, RegExp>> = { apt: /^E: /m, 'apt-get': /^E: /m, git: /^(?:fatal|error): /m }

function speaks(program: string, said: string): boolean {
  if (VOICES[program]?.test(said)) return true
  const at = said.toLowerCase().indexOf(program)
  return at >= 0 && /^(?:\.exe)?(?: ?:| error|\[\d|\()/.test(said.slice(at + program.length, at + program.length + 6))
}
