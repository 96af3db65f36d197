import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FILE_MODE, makeFolder, namesIn } from './durable.ts'
import type { Finding } from './redact/finding.ts'
import { hmacSha256, knownIn } from './redact/index.ts'
import { SHORTEST_KNOWN, type Sieve, sieveNumber } from './redact/known.ts'
import { PRIVATE_KIND } from './redact/private.ts'
import { redactionKey } from './redaction-key.ts'
import { fileName } from './sessions.ts'
import type { Paths } from './settings.ts'

/**
 * The values that a Claude Code session has to do with, kept as fingerprints only: what `msp cred` handed out, and what the redactor surely
 * found in commands and prompts. So they are found again in any form, also bare. One file per session under `MSP_HOME/auth/known`, a line per
 * value: length, sieve number, 16 bytes of an HMAC-SHA256 under this machine's key of redaction, kind.
 */
export interface KnownValue {
  value: string
  /** What the mark calls it. */
  kind: string
}

const LINE = /^(\d{1,4}) (\d{1,5}) ([0-9a-f]{32}) ([a-z0-9-]{1,40})$/
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000
/** Some 600 values. Of more, the last ones count. */
const MAX_BYTES = 40_000
/** Longer values (keys) are found by their shape, and their lines are values of their own. */
const MAX_CHARS = 512

/** Keeps fingerprints of values for a session, for 30 days at most. Never throws: what cannot be kept is still found where something names it. */
export function rememberValues(paths: Paths, sessionId: string, values: readonly KnownValue[]): void {
  const parts = values.flatMap(partsOf)
  if (parts.length === 0) return
  try {
    const path = fileOf(paths, sessionId)
    const prints = fingerprintsUnder(paths)
    const lines = parts.map(
      ({ value, kind }) => `${value.length} ${prints.number(value)} ${prints.of(value)} ${kind}\n`,
    )
    const known = linesIn(path)
    const fresh = [...new Set(lines)].filter((line) => !known.has(line.trimEnd()))
    makeFolder(folderOf(paths))
    // One write of few bytes at the end of the file: hooks of the same session write at the same time.
    if (fresh.length > 0) appendFileSync(path, fresh.join(''), { mode: FILE_MODE })
    forgetOldValues(paths, Date.now())
  } catch {
    // A home that cannot be written. Nothing that protects depends on this alone.
  }
}

/**
 * Keeps what the redactor found in a command or a prompt, where it is sure and long enough to be nothing else: from 8 characters of two kinds on.
 */
export function rememberFindings(paths: Paths, sessionId: string, text: string, findings: readonly Finding[]): void {
  const values = findings
    .filter(({ kind, isGuess }) => !isGuess && kind !== PRIVATE_KIND)
    .map(({ start, end, kind }) => ({ value: text.slice(start, end), kind }))
  rememberValues(
    paths,
    sessionId,
    values.filter(({ value }) => isTelling(value)),
  )
}

/** Finds the values of a session in a text (`FindOptions.known`), or undefined when there are none: that costs one look at the disk. */
export function knownValues(paths: Paths, sessionId: string): ((text: string) => Finding[]) | undefined {
  const path = fileOf(paths, sessionId)
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined
  let find: ((text: string) => Finding[]) | undefined
  return (text) => {
    find ??= finderOf(paths, linesIn(path))
    return find(text)
  }
}

/** The same for all sessions that this machine remembers. */
export function everyKnownValue(paths: Paths): ((text: string) => Finding[]) | undefined {
  const lines = namesIn(folderOf(paths)).flatMap((name) => [...linesIn(join(folderOf(paths), name))])
  return lines.length === 0 ? undefined : finderOf(paths, new Set(lines))
}

/** Forgets what nothing has been added to for 30 days. */
export function forgetOldValues(paths: Paths, now: number): void {
  for (const name of namesIn(folderOf(paths))) {
    const path = join(folderOf(paths), name)
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (written !== undefined && now - written > KEPT_MS) rmSync(path, { force: true })
  }
}

const folderOf = (paths: Paths): string => join(paths.auth, 'known')
const fileOf = (paths: Paths, sessionId: string): string => join(folderOf(paths), fileName(sessionId))

/** The value, and of one with several lines each line that could be printed alone. */
function partsOf({ value, kind }: KnownValue): KnownValue[] {
  const lines = value.includes('\n') ? value.split(/\r?\n/).filter((line) => line.trim().length >= 16) : []
  return [value.trim(), ...lines.map((line) => line.trim())]
    .filter((part) => part.length >= SHORTEST_KNOWN && part.length <= MAX_CHARS && !isEverywhere(part))
    .map((part) => ({ value: part, kind }))
}

/** A short word of one kind of letter (`admin`, `2041`) stands in every other line without being the secret. */
const isEverywhere = (value: string): boolean =>
  value.length < 8 && (/^\p{Ll}*$/u.test(value) || /^\d{0,5}$/.test(value))

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d\s]/u]
const isTelling = (value: string): boolean =>
  value.length >= 8 && !/\s/.test(value) && KINDS.filter((kind) => kind.test(value)).length >= 2

function linesIn(path: string): Set<string> {
  try {
    return new Set(
      readFileSync(path, 'utf8')
        .slice(-MAX_BYTES)
        .split('\n')
        .filter((line) => LINE.test(line)),
    )
  } catch {
    return new Set() // nothing is known
  }
}

function finderOf(paths: Paths, lines: ReadonlySet<string>): (text: string) => Finding[] {
  const prints = fingerprintsUnder(paths)
  const kinds = new Map<string, string>()
  const numbers = new Map<number, Set<number>>()
  for (const line of lines) {
    const [, length = '', number = '', print = '', kind = ''] = LINE.exec(line) ?? []
    kinds.set(print, kind)
    const chars = Number(length)
    numbers.set(chars, (numbers.get(chars) ?? new Set()).add(Number(number)))
  }
  const sieve: Sieve = { seed: prints.seed(), numbers }
  return (text) => knownIn(text, { kindOf: (candidate) => kinds.get(prints.of(candidate)), sieve })
}

function fingerprintsUnder(paths: Paths) {
  const key = redactionKey(paths.auth)
  const hmac = (text: string): string => hmacSha256(key(), `claudetools: known value\0${text}`)
  let seed: number | undefined
  const sieveSeed = (): number => (seed ??= Buffer.from(hmac(''), 'hex').readInt32LE(0))
  return {
    of: (value: string): string => hmac(`=${value}`).slice(0, 32),
    number: (value: string): number => sieveNumber(value, sieveSeed()),
    seed: sieveSeed,
  }
}
