import { fnv1a } from './fnv1a.ts'
import { asFlag, type Segment } from './shape.ts'
import type { Step } from './steps.ts'
import { wayOf } from './ways.ts'

/** What is said of a step where it fails and asked of it before it runs. The machine is not part of it. */
export interface StepKeys {
  /** Whatever this program is used for; one more for each program in front of it, like `sudo`. */
  programs: readonly string[]
  /** This program with one of its flags, one key for each flag, subcommand and module. */
  options: readonly string[]
  /** A query with one of its functions. */
  functions: readonly string[]
  /** The same done to one of its things, with whatever flags. */
  things: readonly string[]
  /** The same done in the same way, whatever to. */
  shape: string
  /** The way to another machine, whatever is done there; one key more with the account. */
  ways: readonly string[]
  /** The same done to the same. */
  exact: string
  /** The same, without the rights of an administrator; null where they are asked for. */
  unprivileged: string | null
}

/** Longer keys are cut, with a hash of the whole behind them. */
export const KEY_CHARS = 300

/**
 * The keys of a step. Equal for command lines that differ in quotes, letter case, order of flags, folders and short names of programs, in how
 * the machine is called, or in the carrier around them.
 */
export function keysOf(step: Step): StepKeys {
  const { segment, isCarrier } = step
  const { program, verbs, words } = segment
  const flags = [...new Set(words.flatMap((word) => asFlag(program, word) ?? []))].sort()
  const typed = words.filter((word) => asFlag(program, word) !== null).sort()
  // What a carrier brings along is a step of its own; of the carrier itself only the machine counts.
  const things = isCarrier ? segment.literals.slice(0, 1) : words.filter((word) => asFlag(program, word) === null)
  const name = nameOf(step)
  const doing = [name, ...verbs].join(' ')
  // A cmdlet does by its parameters what another program does by its words: one more is most often what was missing.
  const manner = [doing, ...(program.includes('-') ? flags : phraseOf(segment))].join(' ')
  const same = nameless([name, ...typed, ...things.map(plainName)].map(shown).join(' '), step.host)
  return {
    programs: programsOf(step).map((name) => `program ${name}`),
    options: [...flags.flatMap(apart), ...valued(segment), ...namedWithin(segment)].map((option) =>
      key(`option ${name} `, option),
    ),
    functions: functionsIn(segment).map((name) => key(`function ${program} `, name)),
    things: thingsOf(step).map((thing) => key(`thing ${SERVICES.test(program) ? program : doing} `, folded(thing))),
    shape: key('shape ', folded(manner)),
    ways: wayOf(step).map((way) => key('way ', folded(way))),
    exact: key('exact ', folded(same)),
    unprivileged: hasRights(step)
      ? null
      : key('unprivileged ', folded((FILE_TOOLS.test(program) ? same : manner) + asWhom(step))),
  }
}

/**
 * What a program is called in keys. One of somebody's own folder (`~/v/bin/pip`) is not the one of the system, and `curl` in PowerShell is not `curl.exe`.
 */
function nameOf({ segment: { program, typed }, shell }: Step): string {
  if (/[\\/]/.test(typed) && !/^(?:\/usr\/|\/s?bin\/|\/opt\/|[a-z]:\\(?:windows|program files))/i.test(typed))
    return typed
  return shell === 'powershell' && UNIX_TOOLS.test(typed) ? `${program} in powershell` : program
}

/** With `sudo` before it `sudo` is looked for as well. `npm` may be the script `npm.ps1`, `npm.cmd` is not; what is typed with its folder is not looked for. */
function programsOf(step: Step): string[] {
  const { program, typed, wrappers } = step.segment
  if (/\.ps1$/i.test(typed)) return [program, ANY_SCRIPT]
  if (/[\\/]/.test(typed)) return wrappers
  if (nameOf(step) !== program) return [nameOf(step), ...wrappers]
  return [program, ...(/\.(?:exe|cmd|bat|com)$/i.test(typed) ? [] : [`${program}.ps1`]), ...wrappers]
}

/** Consoles of appliances say with plain words what others say with flags. */
const CONSOLE =
  /^(?:show|execute|configure|conf|copy|get|set|diagnose|display|interface|export|request|clear|debug|no|delete)$/
export const isConsole = ({ program }: Segment): boolean => CONSOLE.test(program)
function phraseOf(segment: Segment): string[] {
  if (!isConsole(segment)) return []
  const end = segment.literals.findIndex((word) => !/^[a-z][a-z-]{1,20}$/i.test(word))
  return segment.literals.slice(0, end < 0 ? 3 : Math.min(end, 3))
}

/** A script of somebody's own, which PowerShell may refuse to run whatever it does. */
export const ANY_SCRIPT = 'any.ps1'
/** The Bash of Windows has them, PowerShell has none or something else under that name. */
const UNIX_TOOLS =
  /^(?:tail|head|grep|sed|awk|touch|wc|sort|uniq|xargs|less|tr|cut|tee|rm|cp|mv|ls|cat|chmod|tac|df|du|diff|curl|wget|ps|kill)$/

const asWhom = ({ account }: Step): string => (account === null ? '' : ` as ${account}`)

const hasRights = ({ segment: { wrappers, words }, account }: Step): boolean =>
  wrappers.some((wrapper) => wrapper === 'sudo' || wrapper === 'doas') ||
  /^(?:root|administrator)$/i.test(account ?? '') ||
  words.some((word) => AS_ANOTHER.test(word))
/** An account is given with it: whether that one may, is another question. */
const AS_ANOTHER = /^[-/](?:user|u|credential|cred)(?:[:=]|$)/i /** What they may do depends on the file. */
const FILE_TOOLS =
  /^(?:cat|tail|head|less|more|grep|cp|mv|ls|vi|vim|nano|sed|awk|tee|rm|mkdir|touch|chmod|chown|tar|ln|get-content|get-childitem|copy-item|remove-item|type|dir|copy|del)$/

/** A service that is not there can be neither started nor asked for. */
const SERVICES = /^(?:systemctl|service|rc-service|sc)$/

/** What is done to so many things is not told apart by them. */
const MOST_THINGS = 6
const thingsOf = ({ segment: { literals }, host }: Step): string[] =>
  literals
    .filter((literal) => literal.toLowerCase() !== host)
    .filter((literal) => /^[\w@.+/-]{2,80}$/.test(literal))
    .slice(0, MOST_THINGS)
    .map(plainName)

/** An argument of nothing is one. */
const shown = (word: string): string => (word === '' ? "''" : word)

/** `nginx.service` is `nginx`. */
const plainName = (word: string): string => word.replace(/(?<=\w)\.service$/i, '')

/** Without the name of the machine, which may be called otherwise next time. */
const nameless = (text: string, host: string | null): string =>
  host === null ? text : text.toLowerCase().replaceAll(host, '')

/** Short flags stand together: `-oP` is `-o` and `-P`. Their letter case counts. */
const apart = (flag: string): string[] =>
  /^-[A-Za-z]{2,5}$/.test(flag)
    ? [flag, ...[...flag.slice(1)].map((letter) => `-${letter}`)]
    : [flag.replace(/[=:]\?$/, '')]

/** Flags with their values, without numbers: `-a=sha-#`. */
const valued = ({ program, words }: Segment): string[] =>
  words.flatMap((word, at) => {
    const value = words[at + 1] ?? ''
    const isPair = /^-{1,2}[A-Za-z][\w-]*$/.test(word) && /^[A-Za-z][\w:.-]{2,40}$/.test(value)
    return isPair && asFlag(program, value) === null ? [`${word}=${value.toLowerCase().replace(/\d+/g, '#')}`] : []
  })

const SQL_CLIENTS = /^(?:sqlcmd|mysql|mariadb|psql|sqlite3|invoke-sqlcmd|osql|isql|sqlplus)$/
/** Functions that a query uses: whether there are any is a matter of the machine that answers it. */
const functionsIn = ({ program, words }: Segment): string[] =>
  SQL_CLIENTS.test(program) ? found(words, /\b[a-z_]{3,40}(?=\()/gi) : []

/** Subcommands and modules of a script. */
function namedWithin({ program, verbs, words }: Segment): string[] {
  if (verbs.length > 0) return verbs.map((verb) => `:${verb}`)
  return /^python/.test(program) ? found(words, /(?<=\bimport |\bfrom |,\s?)[a-z_]\w{1,40}/gi) : []
}

const found = (words: readonly string[], pattern: RegExp): string[] =>
  [...new Set(words.flatMap((word) => word.match(pattern) ?? []))].map((name) => `:${name.toLowerCase()}`)

const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()

function key(kind: string, text: string): string {
  const whole = kind + text
  return whole.length <= KEY_CHARS ? whole : `${whole.slice(0, KEY_CHARS - 20)}#${fnv1a(whole)}`
}

/** Syntax that one shell has and another has not: `&&` in Windows PowerShell before 7. */
export const syntaxKey = (shell: string, operator: string): string => `syntax ${shell} ${operator}`

/** Every key under which anything could be known of a step. */
export function everyKeyOf(step: Step): string[] {
  const { programs, options, functions, things, shape, ways, exact, unprivileged } = keysOf(step)
  return [
    ...programs,
    ...options,
    ...functions,
    ...things,
    shape,
    ...ways,
    exact,
    ...(unprivileged === null ? [] : [unprivileged]),
  ]
}

/** Does a key say something of the machine on which the program runs, and not of the one that it works on? */
export const isOfProgram = (key: string): boolean => /^(?:program|option|syntax) /.test(key)
