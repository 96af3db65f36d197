import { lex, type Token } from '../shell/lex.ts'
import { isOwn } from './folders.ts'
import { asModule } from './modules.ts'
import { trimmed } from './trim.ts'
import {
  CARRIERS,
  DEEPER,
  INLINE_FLAGS,
  KEYWORDS,
  NAMES_MACHINE,
  REMOTE,
  SETUP,
  SHORT_NAMES,
  STRUCTURE,
  SUBCOMMANDS,
  VALUE_FLAGS,
  VERBS,
  WINDOWS_PROGRAMS,
  WRAPPERS,
} from './vocabulary.ts'

/** Changes when the same command may get another shape. A fingerprint is comparable within one version only. */
export const SHAPE_VERSION = 3

/** How deep `bash -c "ssh host 'bash -c …'"` is followed. */
const MAX_DEPTH = 3

/** One program with its arguments, out of a command line that may hold several. */
export interface Segment {
  /** Name without folder and extension, in lower case; `?` where it is a variable. */
  program: string
  /** `sudo`, `timeout`, … in front of it. */
  wrappers: string[]
  /** Flags of those, each behind its program: `xargs -d`. */
  wrapperFlags: string[]
  /** The words after it that say what it does: `['compose', 'up']`. */
  verbs: string[]
  /** All of its arguments as they were typed, without quotes. */
  words: string[]
  /** Those of them that are neither flags nor verbs. */
  literals: string[]
  /** What stands before it: `''`, `&&`, `|`, `{`, …; `inside` for a command that another one carries (`ssh host …`). */
  after: string
  /** The program's name as it was typed, with folder and extension. */
  typed: string
  /** In how many quoted command lines it stands: 1 in `bash -c "…"`. */
  depth: number
  /** In how many braces it stands: 1 in `Invoke-Command srv1 { … }`, 0 behind it. */
  block: number
}

/**
 * A command line with its names, numbers, paths, ids and dates replaced by `?`, so that commands which differ in nothing else are equal.
 * Total on any text, idempotent, linear.
 *
 * @example
 * commandShape('systemctl restart nginx')                    // systemctl restart ?
 * commandShape('cd /srv/app && git log --since=2026-01-01 2>&1 | head -20')   // git log --since=?
 * commandShape('sudo -u www /usr/bin/php8.2 artisan.php')      // sudo -u ? php8.2 ?
 * commandShape('Get-LocalUser -Name "Ana"')                    // get-localuser -name ?
 * commandShape("ssh root@srv1 'systemctl status nginx'")       // ssh ? systemctl status ?
 * commandShape('powershell -Command "Get-Service Spooler"')    // powershell -command get-service ?
 * commandShape('ping -n 4 10.0.0.7')                           // ping -n ?
 */
export function commandShape(command: string): string {
  const reader = newReader()
  read(reader, lex(command.replaceAll('\r\n', '\n')), 0)
  return trimmed(reader.pieces).join(' ')
}

/** The hash under which runs of the same shape are found. `sha256` gives lower-case hex. */
export function commandFingerprint(command: string, sha256: (text: string) => string): string {
  return sha256(commandShape(command))
}

/** Every program of a command line, in order, also those inside `bash -c "…"` and `ssh host …`. */
export function segmentsOf(command: string): readonly Readonly<Segment>[] {
  const known = segmentsRead.get(command)
  if (known) return known
  const reader = newReader()
  read(reader, lex(command.replaceAll('\r\n', '\n')), 0)
  const named = reader.segments.filter((segment) => segment.program !== '' && !STRUCTURE.has(segment.program))
  const segments = named.map(asModule)
  if (command.length > LONGEST_KEPT) return segments
  if (segmentsRead.size >= MOST_KEPT) segmentsRead.delete(segmentsRead.keys().next().value as string)
  segmentsRead.set(command, segments)
  return segments
}

/** One event asks a dozen times for the same few commands: reading them is most of the work of taking it in. The oldest go first. */
const segmentsRead = new Map<string, readonly Readonly<Segment>[]>()
const MOST_KEPT = 500
const LONGEST_KEPT = 1_000

/**
 * The program that a command line is about: not the `cd`, `export` or `echo` before it, not the `sudo` or `bash -c` around it.
 *
 * @example programOf('cd /srv && sudo apt-get install nginx')   // apt-get
 * @example programOf("ssh srv1 'docker ps'")                    // docker
 * @example programOf('')                                        // ''
 */
export function programOf(command: string): string {
  return mainSegment(segmentsOf(command))?.program ?? ''
}

/** The segment that `programOf` names. */
export function mainSegment(segments: readonly Segment[]): Segment | undefined {
  let at = afterSetup(segments, 0)
  while (CARRIERS.has(segments[at]?.program ?? '') && /^(?:inside|\{)$/.test(segments[at + 1]?.after ?? ''))
    at = afterSetup(segments, at + 1)
  return segments[at]
}

/** Does a program only bring a command to a machine, a shell or a container? */
export const isCarrier = ({ program, verbs }: Pick<Segment, 'program' | 'verbs'>): boolean =>
  CARRIERS.has(program) || (CONTAINERS.test(program) && verbs[0] === 'exec')

const CONTAINERS = /^(?:docker|podman|nerdctl)$/

/** The first segment from `start` on that does something; `start` itself where all only prepare. */
function afterSetup(segments: readonly Segment[], start: number): number {
  const found = segments.findIndex((segment, index) => index >= start && !SETUP.has(segment.program))
  return found < 0 ? start : found
}

// ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Reader {
  pieces: string[]
  segments: Segment[]
  current: Segment
  /** What the next word is: the name of a program, a command given as text, an argument, or the value of a flag. */
  expects: 'program' | 'inline' | 'argument' | 'value'
  /** What comes after the value. */
  afterValue: 'inline' | 'argument'
  redirect: string | null
  /** Words that could have been a verb, so far in this segment. */
  candidates: number
  wrappers: string[]
  wrapperFlags: string[]
  after: string
  depth: number
  block: number
}

const noSegment = (): Segment => ({
  ...{ program: '', typed: '', after: '', depth: 0, block: 0 },
  ...{ wrappers: [], wrapperFlags: [], verbs: [], words: [], literals: [] },
})
const newReader = (): Reader => ({
  pieces: [],
  segments: [],
  current: noSegment(),
  expects: 'program',
  afterValue: 'argument',
  redirect: null,
  candidates: 0,
  wrappers: [],
  wrapperFlags: [],
  after: '',
  depth: 0,
  block: 0,
})

function read(reader: Reader, tokens: Token[], depth: number): void {
  reader.depth = depth
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    if (token.kind === 'operator') readOperator(reader, token.text)
    else if (token.kind === 'redirect') reader.redirect = token.text
    else if (reader.redirect !== null) readTarget(reader, token.text)
    else if (reader.expects === 'program' && isVariable(token.text) && isWord(tokens[at + 1], '=')) at += 1
    else readWord(reader, token, depth)
  }
  reader.redirect = null
  reader.depth = Math.max(0, depth - 1)
}

const isVariable = (text: string) => /^\$[\w:]+$/.test(text)
const isWord = (token: Token | undefined, text: string) => token?.kind === 'word' && token.text === text

function readOperator(reader: Reader, operator: string): void {
  // A redirection that names nothing is left out, as in `<(…)`.
  reader.redirect = null
  const closes = operator === ')' || operator === '}'
  reader.block = Math.max(0, reader.block + Number(operator === '{') - Number(operator === '}'))
  const last = reader.pieces.at(-1)
  // A line break after an operator, and a second one, say nothing.
  if (operator !== ';' || (last !== undefined && !OPERATORS.has(last))) reader.pieces.push(operator)
  reader.current = noSegment()
  reader.wrappers = []
  reader.wrapperFlags = []
  reader.candidates = 0
  reader.after = operator
  reader.expects = closes ? 'argument' : 'program'
}

const OPERATORS: ReadonlySet<string> = new Set(['&&', '||', '|', ';', '&', '(', '{', '$('])
const NOWHERE = /^(?:\/dev\/null|nul|\$null)$/i

function readTarget(reader: Reader, target: string): void {
  if (!NOWHERE.test(target)) reader.pieces.push(reader.redirect ?? '>', '?')
  // What is read is a part of what is done.
  if (reader.redirect === '<') reader.current.words.push(`<${target}`)
  reader.redirect = null
}

function readWord(reader: Reader, token: Token & { kind: 'word' }, depth: number): void {
  if (reader.expects === 'value') readValue(reader, token.text)
  else if (reader.expects === 'inline') readInline(reader, token, depth)
  else if (reader.expects === 'program') readProgram(reader, token.text)
  else readArgument(reader, token)
}

function readValue(reader: Reader, text: string): void {
  reader.pieces.push('?')
  reader.current.words.push(text)
  reader.expects = reader.current.program === '' ? 'program' : reader.afterValue
  reader.afterValue = 'argument'
}

function readInline(reader: Reader, token: Token & { kind: 'word' }, depth: number): void {
  if (!token.quoted && token.text.startsWith('-') && REMOTE.has(reader.current.program)) {
    // `psexec \\srv1 -s cmd`, `ssh srv1 -p 22 uptime`: flags of the carrier also stand behind the machine.
    readArgument(reader, token)
    if (reader.expects === 'value') reader.afterValue = 'inline'
    else reader.expects = 'inline'
    return
  }
  reader.expects = 'program'
  reader.after = 'inside'
  reader.current = noSegment()
  reader.wrappers = []
  reader.wrapperFlags = []
  if (!token.quoted) readProgram(reader, token.text)
  else if (depth < MAX_DEPTH) read(reader, lex(token.text), depth + 1)
  else readProgram(reader, '?')
}

const ASSIGNMENT = /^(?:\$[\w:]+|[A-Za-z_]\w*)\+?=/

function readProgram(reader: Reader, typed: string): void {
  const text = typed.replace(ASSIGNMENT, '')
  if (text === '' && typed !== '') return
  // What is assigned in bash is a value and the command comes after it; in PowerShell it is the command.
  if (text !== typed && !typed.startsWith('$')) return
  const name = programName(text)
  const wrapper = reader.wrappers.at(-1)
  if (KEYWORDS.has(name)) reader.pieces.push(name)
  else if (WRAPPERS.has(name)) {
    reader.pieces.push(name)
    reader.wrappers.push(isOwn(text) ? text : name)
  } else if (wrapper !== undefined && text.startsWith('-')) readWrapperFlag(reader, wrapper, text)
  else if (wrapper !== undefined && (name === '?' || /^\d/.test(name))) reader.pieces.push('?')
  else startSegment(reader, name, text)
}

function readWrapperFlag(reader: Reader, wrapper: string, text: string): void {
  const flag = flagShape(text)
  reader.pieces.push(flag)
  reader.wrapperFlags.push(`${wrapper} ${flag.replace(/[=:]?\?$/, '')}`)
  if (VALUE_FLAGS.get(wrapper)?.has(flag)) reader.expects = 'value'
}

function startSegment(reader: Reader, program: string, typed: string): void {
  reader.pieces.push(program)
  reader.current = {
    ...noSegment(),
    program,
    typed: typed.replace(OPENS_QUOTE, ''),
    wrappers: reader.wrappers,
    wrapperFlags: reader.wrapperFlags,
    after: reader.after,
    depth: reader.depth,
    block: reader.block,
  }
  reader.segments.push(reader.current)
  reader.wrappers = []
  reader.wrapperFlags = []
  reader.candidates = 0
  reader.expects = 'argument'
}

function readArgument(reader: Reader, { text, quoted }: Token & { kind: 'word' }): void {
  const segment = reader.current
  segment.words.push(text)
  const flag = quoted ? null : asFlag(segment.program, text)
  if (flag !== null) {
    reader.pieces.push(flag)
    if (INLINE_FLAGS.get(segment.program)?.test(flag) || NAMES_MACHINE.get(segment.program)?.test(text))
      reader.expects = 'inline'
    else if (VALUE_FLAGS.get(segment.program)?.has(flag)) reader.expects = 'value'
    return
  }
  const verb = quoted ? null : asVerb(reader, text)
  if (verb !== null) {
    reader.pieces.push(verb)
    segment.verbs.push(verb)
    return
  }
  segment.literals.push(text)
  const isHost =
    (REMOTE.has(segment.program) || (isCarrier(segment) && CONTAINERS.test(segment.program))) &&
    segment.literals.length === 1
  if (isHost || reader.pieces.at(-1) !== '?') reader.pieces.push('?')
  if (isHost) reader.expects = 'inline'
}

// ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `\"Get-Item …\"`: a quote within a quote. */
const OPENS_QUOTE = /^\\*["'`]+/

/** `C:\Windows\System32\sc.exe` → `sc`; `build-20260112.sh` → `build-?.sh`; `$tool` → `?`. */
function programName(text: string): string {
  if (text === '[' || text === '[[') return 'test'
  if (KEYWORDS.has(text) || text === ':') return text
  if (text.startsWith('$')) return '?'
  const bare = text.replace(/^[\\"'`]+(?=[A-Za-z])|[\\"'`]+$/g, '')
  const base = bare.slice(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\')) + 1).toLowerCase()
  const name = base.replace(/(?:\.(?:exe|cmd|bat|com))+$/, '').replace(/^-+|[^a-z0-9._+-]+|\d{3,}/g, '?')
  return SHORT_NAMES.get(name) ?? (name.replace(/\?+/g, '?') || '?')
}

/** A flag as it stands in a shape: without its value; null for what is no flag. */
export function asFlag(program: string, text: string): string | null {
  if (text.startsWith('-')) return flagShape(text)
  if (!WINDOWS_PROGRAMS.has(program)) return null
  const found = /^(\/[a-z?][a-z]*)(:.*)?$/is.exec(text)
  return found?.[1] ? found[1].toLowerCase() + (found[2] ? ':?' : '') : null
}

/** `--since=2026` → `--since=?`; `-p22` → `-p?`; `-ComputerName` → `-computername`: PowerShell's parameters know no case. */
function flagShape(text: string): string {
  const [, dashes = '-', name = '', rest = ''] = /^(--?)([A-Za-z][A-Za-z_-]*)?(.*)$/s.exec(text) ?? []
  const shown = /^[A-Z][a-z]{2}/.test(name) ? name.toLowerCase() : name
  return dashes + shown + (rest === '' ? '' : /^[=:]/.test(rest) ? `${rest[0]}?` : '?')
}

/** The word itself where it says what the program does, else null. */
function asVerb(reader: Reader, text: string): string | null {
  const { program, verbs } = reader.current
  if (program === '' || !/^[a-z][\w:-]{0,40}$/i.test(text)) return null
  const verb = text.toLowerCase()
  reader.candidates += 1
  const known = SUBCOMMANDS.get(program)
  if (known === undefined) return reader.candidates === 1 && VERBS.has(verb) ? verb : null
  const deeper = DEEPER.has(`${program} ${verbs[0]}`) ? 1 : 0
  return reader.candidates <= known + deeper ? verb : null
}
