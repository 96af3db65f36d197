import { PROGRAMS } from './programs/index.ts'

/** Which part of a value is the secret: all of it, or what comes after a sign (`user:secret`). */
export type Part = ':' | '%' | ',' | '/' | '=' | '' | '@'

export interface Flag {
  /** `-pX` only, `-p X` only, both, or both where only what looks typed is attached: `-port` is not `-p ort`. */
  value: 'attached' | 'next' | 'both' | 'careful'
  part: Part
  /** False for a flag that takes a word which is no secret. */
  isSecret: boolean
  /** Words and flags that must stand in the command too. */
  needs: readonly string[]
}

/** Where among the words that are no flags the secret stands. */
export interface Position {
  /** Flags that must stand in the command too. */
  flags: readonly string[]
  /** It may begin at any word, not at the first only. */
  isAnywhere: boolean
  /** `_` any word, `@` a word that names a secret, `$` the secret, else that word (`a|b`). */
  words: readonly string[]
  part: Part
}

/** What a program reads from its standard input. */
export interface Input {
  needs: readonly string[]
  /** Lines of `user:secret`. */
  isPairs: boolean
}

/** How secrets are given to one program. */
export interface Grammar {
  kind: string
  flags: ReadonlyMap<string, Flag>
  positions: readonly Position[]
  inputs: readonly Input[]
  /** `pass:`, `password=`: the rest of the word is the secret, or the next word. */
  prefixes: readonly (readonly [prefix: string, part: Part])[]
  /** `/v` `/d`: what the first flag names is the value of the second one. `$` as the second is the last word. */
  named: readonly (readonly [name: string, value: string])[]
  /** The words that mean something to it: `passwd` after `openssl` is no program. */
  ownWords: ReadonlySet<string>
}

/** Flags of one letter tell capitals apart, long ones do not need to. */
export const flagKey = (flag: string): string => (/^-.$/.test(flag) ? flag : flag.toLowerCase())

/** Programs that are too many to list, in the tables as `mysql*`. */
const FAMILY = /^(?:mysql|mariadb|impacket-|ipmi-|snmp(?=[bgistw]))/

let lines: readonly string[] = []
let names: ReadonlySet<string> | undefined
const grammars = new Map<string, Grammar>()

/** The grammar of a program, by its name in lower case without folder and extension. */
export function grammarOf(program: string): Grammar | undefined {
  const name = nameInTables(program)
  if (name === undefined) return undefined
  let made = grammars.get(name)
  if (!made) {
    made = lines
      .filter((line) => line.includes(name) && namesOf(line).split(' ').includes(name))
      .map(grammarFrom)
      .reduce(mergedWith)
    grammars.set(name, made)
  }
  return made
}

/** Whether a program has a grammar. */
export const isProgram = (name: string): boolean => nameInTables(name) !== undefined

function nameInTables(program: string): string | undefined {
  if ((names ?? allNames()).has(program)) return program
  const family = FAMILY.exec(program)
  return family ? `${family[0]}*` : undefined
}

/** Only the names are taken out of the lines: a hook reads one command, and starts anew for the next. */
function allNames(): ReadonlySet<string> {
  lines = PROGRAMS.join('').split('\n').filter(Boolean)
  names = new Set(lines.map(namesOf).join(' ').split(' '))
  return names
}

function namesOf(line: string): string {
  const names = line.slice(0, line.indexOf(':'))
  return names.slice(names.indexOf('|') + 1)
}

/**
 * The notation of the tables: `kind|name name: item; item`, and `name*` for a family. The last part of an item says what it is:
 *
 * `-p`   a flag and its value (`-p X`, `-pX`, `-p=X`, `-p:X`)     `-p+` only `-pX`, `-p!` also `-pword`, `-p_` only `-p X`, `-C.`  takes a word that is no secret
 * `-u~:` the secret is what comes after the first `:` of the value (`%` `,` `/` `=`; `@`: between `:` and the last `@`)
 * `user _ $` the secret is the third word that is no flag      `.. psk $` the word after `psk`, wherever      `.. @ $` after any name of a secret
 * `<`    standard input       `<:` lines of `user:secret`       `pass:` a word that begins so       `/v>/d` the value of /d, when /v names a secret
 *
 * What stands before it in the item must stand in the command too: `login -p`, `-b _ _ $`, `--stdin <`.
 */
function grammarFrom(line: string): Grammar {
  const colon = line.indexOf(':')
  const kind = line.slice(0, colon).includes('|') ? line.slice(0, line.indexOf('|')) : 'password'
  const flags = new Map<string, Flag>()
  const grammar = { kind, flags, positions: [] as Position[], inputs: [] as Input[], prefixes: [] as [string, Part][] }
  const named: [string, string][] = []
  for (const item of line.slice(colon + 2).split('; ')) {
    const parts = item.split(' ')
    const last = parts.pop() ?? ''
    const [body = '', part = ''] = last.split('~') as [string, Part?]
    if (last.startsWith('<')) grammar.inputs.push({ needs: parts, isPairs: last === '<:' })
    else if (body === '$') grammar.positions.push(positionFrom(parts, part))
    else if (body.includes('>')) named.push(body.split('>') as [string, string])
    else if (/^[-/+]/.test(body)) flags.set(flagKey(body.replace(/[+_.!]$/, '')), flagFrom(body, part, parts))
    else grammar.prefixes.push([body, part])
  }
  const own = [
    ...grammar.positions.flatMap(({ words: all }) => all),
    ...[...flags.values(), ...grammar.inputs].flatMap(({ needs }) => needs),
  ]
  return { ...grammar, named, ownWords: new Set(own.flatMap((word) => word.split('|'))) }
}

function positionFrom(parts: string[], part: Part): Position {
  const flags = parts.filter((word) => /^[-/]/.test(word))
  const words = parts.filter((word) => word !== '..' && !flags.includes(word))
  return { flags, isAnywhere: parts.includes('..'), words: [...words, '$'], part }
}

const VALUES: Readonly<Record<string, Flag['value']>> = { '+': 'attached', _: 'next', '!': 'both' }

function flagFrom(body: string, part: Part, needs: string[]): Flag {
  return { value: VALUES[body.at(-1) ?? ''] ?? 'careful', part, isSecret: !body.endsWith('.'), needs }
}

const mergedWith = (one: Grammar, other: Grammar): Grammar => ({
  kind: one.kind,
  flags: new Map([...one.flags, ...other.flags]),
  positions: [...one.positions, ...other.positions],
  inputs: [...one.inputs, ...other.inputs],
  prefixes: [...one.prefixes, ...other.prefixes],
  named: [...one.named, ...other.named],
  ownWords: new Set([...one.ownWords, ...other.ownWords]),
})
