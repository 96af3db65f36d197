import { isCmdlet } from './cmdlets.ts'
import { isConsole, phrasesOf, wordsOf } from './consoles.ts'
import { dialectsIn } from './dialects.ts'
import { fnv1a } from './fnv1a.ts'
import { isOwn } from './folders.ts'
import { dialectOf, featuresIn, statementOf } from './queries.ts'
import { accountKey, rightsKeys, scriptOf } from './rights.ts'
import { asFlag, type Segment } from './shape.ts'
import type { Step } from './steps.ts'
import { wayOf } from './ways.ts'

/** What is said of a step where it fails and asked of it before it runs. The machine is not part of it. */
export interface StepKeys {
  /** Whatever this program is used for; one more for each program in front of it, like `sudo`. */
  programs: readonly string[]
  /** This program with one of its flags, one key for each flag, subcommand and module. */
  options: readonly string[]
  /** A query with one of its functions or clauses. */
  functions: readonly string[]
  /** A console's command by its first words, a router's by one of its words. */
  phrases: readonly string[]
  /** As whom it is run, whatever it does. */
  as: string
  /** The same done to one of its things, with whatever flags. */
  things: readonly string[]
  /** The same done in the same way, whatever to. */
  shape: string
  /** The same, where a flag says what is done: `gpg --clearsign`; null where a word does, or nothing. */
  flagged: string | null
  /** A cmdlet whatever its parameters; null for another program. */
  cmdlet: string | null
  /** A program by which another machine is asked for something, whatever and whichever; null where none is. */
  client: string | null
  /** The way to another machine, whatever is done there; one key more with the account. */
  ways: readonly string[]
  /** The same done to the same. */
  exact: string
  /** The script that an interpreter is to run, whatever is given to it; the store by its name that a program is to use. */
  objects: readonly string[]
  /** The same, without the rights of an administrator, the narrowest first; none where they are asked for. */
  unprivileged: readonly string[]
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
  const doing = [name, ...(verbs.length > 0 ? verbs : subcommandOf(segment))].join(' ')
  // A cmdlet does by its parameters what another program does by its words: one more is most often what was missing.
  const manner = [
    doing,
    ...(isCmdlet(program) ? flags.filter((flag) => !CHANGES_NOTHING.test(flag)) : phraseOf(segment)),
  ].join(' ')
  const action = /^-{1,2}[A-Za-z]/.test(words[0] ?? '') ? words[0]?.replace(/=.*/s, '') : undefined
  const same = nameless([name, ...typed, ...things.map(plainName)].map(shown).join(' '), step.host)
  const statement = statementOf(segment)
  const rights = statement === null ? rightsKeys(step, name, manner, same) : [statement]
  return {
    programs: programsOf(step).map((name) => `program ${name}`),
    options: [
      ...segment.wrapperFlags.map((flag) => key('option ', flag)),
      ...[...flags.flatMap(apart), ...valued(segment, step.host), ...namedWithin(segment), ...dialectsIn(segment)].map(
        (option) => key(`option ${name} `, option),
      ),
      ...settingsIn(segment).map((setting) => key('option openssh ', setting)),
    ],
    functions: featuresIn(segment).map((name) => key(`function ${dialectOf(segment)} `, name)),
    phrases: [
      ...phrasesOf(segment).map((phrase) => key('phrase ', folded(phrase))),
      ...wordsOf(segment).map((word) => key(`word ${name} `, word)),
    ],
    objects: objectsOf(segment, name).map((object) => key('object ', folded(object))),
    things: thingsOf(step).map((thing) => key(`thing ${SERVICES.test(program) ? program : doing} `, folded(thing))),
    shape: key('shape ', folded(manner)),
    flagged: doing === name && action !== undefined && !isCmdlet(program) ? key('flagged ', `${name} ${action}`) : null,
    as: key('as ', folded(accountKey(step, name))),
    cmdlet: isCmdlet(program) ? key('cmdlet ', program) : null,
    client: DUMPS.test(program) ? key('client ', folded(name)) : null,
    ways: wayOf(step).map((way) => key('way ', folded(way))),
    exact: key('exact ', folded(same)),
    unprivileged: rights.map((right) => key('unprivileged ', folded(right))),
  }
}

/**
 * What a program is called in keys. One of somebody's own folder (`~/v/bin/pip`) is not the one of the system, and `curl` in PowerShell is not `curl.exe`.
 */
function nameOf({ segment: { program, typed, wrappers }, shell }: Step): string {
  if (isOwn(typed)) return typed
  const runner = wrappers.find(isOwn)
  if (runner !== undefined) return `${runner} ${program}`
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

/** They say how it is told, not what is done. */
const CHANGES_NOTHING = /^-(?:force|confirm|verbose|passthru|erroraction|whatif|debug)/

/** They must fit the machine that they ask, and are of another version on the next technician's. */
const DUMPS =
  /^(?:pg_\w+|psql|mysql\w*|mariadb[\w-]*|mongodump|mongorestore|redis-cli|kubectl|helm|docker|virsh|bcp|sqlcmd|etcdctl)$/

/** What an unknown program does is most often its first word: `qm snapshot 104`. */
const subcommandOf = (segment: Segment): string[] => {
  const { program, words } = segment
  const [first = ''] = words
  const isOne = /^[a-z][a-z-]{2,15}$|^[a-z]+\/[a-z.]+$/.test(first) && segment.literals[0] === first
  return isOne && !isConsole(segment) && !isCmdlet(program) && !TAKES_NAMES.test(program) ? [first] : []
}
const TAKES_NAMES =
  /^(?:ping\d?|cat|ls|ll|cd|head|tail|grep|sed|awk|vi|vim|nano|less|more|mysql\w*|mariadb.*|psql|pg_\w+|sqlcmd|python[\d.]*|node|php[\d.]*|perl|ruby|ansible.*|curl|wget|ssh|scp|sftp|rsync|su|id|man|which|getent|host|dig|nslookup|traceroute|tracert|tar|zip|unzip|chown|chmod|chgrp|passwd|user\w+|group\w+|adduser|addgroup|find|tee|cp|mv|rm|mkdir|touch|du|df|ln|stat|file|kill\w*|pkill|pgrep|vite|tsc|sh|bash|zsh|powershell|pwsh|cmd|notepad|start|explorer|net|copy|del|type|dir)$/

/** Programs that keep their stores under names: `b2:photos`. */
const STORES = /^(?:rclone|mc|duplicity|skopeo)$/
const objectsOf = (segment: Segment, name: string): string[] => {
  const script = scriptOf(segment)
  const stores = STORES.test(segment.program) ? found(segment.words, /^[a-z][\w-]{1,40}:(?!\/\/)/gi) : []
  return [...(script === null ? [] : [script]), ...stores].map((object) => `${name} ${object}`)
}

/** A service that is not there can be neither started nor asked for. */
const SERVICES = /^(?:systemctl|service|rc-service|sc)$/

/** What is done to so many things is not told apart by them. */
const MOST_THINGS = 6
const thingsOf = ({ segment, host }: Step): string[] =>
  segment.literals
    .slice(subcommandOf(segment).length)
    .filter((literal) => literal.toLowerCase() !== host)
    .filter((literal) => /^[\w@.+/=-]{2,80}$/.test(literal))
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

/** Flags with their values, without numbers: `-a=sha-#`. The machine is no value. */
const valued = ({ program, words }: Segment, host: string | null): string[] =>
  words.flatMap((word, at) => {
    const value = words[at + 1] ?? ''
    const isPair = /^-{1,2}[A-Za-z][\w-]*$/.test(word) && /^[A-Za-z][\w:.-]{2,40}$/.test(value)
    return isPair && value.toLowerCase() !== host && asFlag(program, value) === null
      ? [`${word}=${value.toLowerCase().replace(/\d+/g, '#')}`]
      : []
  })

/** Subcommands and modules of a script. */
function namedWithin({ program, verbs, words }: Segment): string[] {
  if (verbs.length > 0) return verbs.map((verb) => `:${verb}`)
  const [, modules] = MODULES.find(([language]) => language.test(program)) ?? []
  return modules === undefined ? [] : found(words, modules)
}

/** `-o PubkeyAcceptedAlgorithms=…`: what `ssh` can be set to `scp` can as well. */
const settingsIn = ({ program, words }: Segment): string[] =>
  /^(?:ssh|scp|sftp|sshfs)$/.test(program)
    ? words.flatMap((word, at) => {
        const setting = word === '-o' ? (words[at + 1] ?? '') : word.startsWith('-o') ? word.slice(2) : ''
        return /^([A-Za-z]{4,40})(?:=|$)/.exec(setting)?.[1]?.toLowerCase() ?? []
      })
    : []

/** How languages are told in a command which modules to load. */
const MODULES: readonly [language: RegExp, modules: RegExp][] = [
  [/^python/, /(?<=\bimport |\bfrom |,\s?)[a-z_]\w{1,40}/gi],
  [/^perl$/, /(?<=^-M|\buse )[a-z][\w:]{1,60}/gi],
  [/^ruby$/, /(?<=^-r|\brequire ['"])[a-z][\w/-]{1,40}/gi],
  [/^node$/, /(?<=\brequire\(['"])[@a-z][\w@/.-]{1,60}/gi],
]

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
  const {
    programs,
    options,
    functions,
    phrases,
    things,
    objects,
    shape,
    ways,
    exact,
    unprivileged,
    cmdlet,
    client,
    as,
    flagged,
  } = keysOf(step)
  return [
    ...programs,
    ...options,
    ...functions,
    ...phrases,
    ...things,
    ...objects,
    shape,
    as,
    ...(flagged === null ? [] : [flagged]),
    ...(cmdlet === null ? [] : [cmdlet]),
    ...(client === null || step.host === step.at ? [] : [client]),
    ...ways,
    exact,
    ...unprivileged,
  ]
}

/** Does a key say something of the machine on which the program runs, and not of the one that it works on? */
export const isOfProgram = (key: string): boolean => OF_PROGRAM.test(key)
const OF_PROGRAM =
  /^(?:program|option|syntax|cmdlet|client) |^unprivileged (?:nmap|ping6?|traceroute|tracert|arping|fping|hping3?|tcpdump|nc|ncat|mtr|iperf3?) /
