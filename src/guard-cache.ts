import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { loginPath } from './api/login-file.ts'
import { errorCode } from './durable.ts'
import type { GuardedAsset, GuardedPattern } from './guard/decide.ts'
import { fnv1a } from './guard/fnv1a.ts'
import { hmacSha256 } from './redact/hmac.ts'
import { redactionKey } from './redaction-key.ts'
import { fileName, type LocalSession } from './sessions.ts'
import type { Paths } from './settings.ts'

/**
 * What the guard of commands has to know, on this machine: one file for each client and one for work for nobody, under `MSP_HOME/cache/guard`.
 * A hook is a new process each time and must not read ten thousand patterns, so the file is a table on the disk: a head, the places of the
 * buckets, the words without which no command is known, the buckets. A pattern lies in the bucket of its key and place, an asset in those of its names.
 *
 * Patterns put words into Claude's context, so head and buckets carry an HMAC under a key of this machine, and what does not carry it is
 * damaged. It is checked before something is said: a table in which something is not found any more weakens a help, and that is all.
 */
export interface GuardContent {
  /** As the server named this state. */
  version: string
  patterns: readonly GuardedPattern[]
  assets: readonly NamedAsset[]
}

export interface NamedAsset extends GuardedAsset {
  /** Lower case. */
  names: readonly string[]
}

/** Where a pattern holds, as far as it is looked up by it. Null: wherever its client is. */
export type Place = { asset: string } | { host: string } | { machine: string } | { system: string } | null

/** What is known for a client, to be looked up. */
export interface OpenGuard {
  version: string
  /** ISO 8601, UTC: when the server was last asked. */
  checkedAt: string
  patterns(key: string, places: readonly Place[]): GuardedPattern[]
  asset(name: string): GuardedAsset | undefined
  close(): void
}

/** The same from this machine's disk. */
export interface KeptGuard extends OpenGuard {
  /**
   * Before anything is said for what was found: was all of it written on this machine?
   *
   * @throws DamagedGuard when it was not
   */
  vouch(): void
}

/** The file is not as it was written, or was written for somebody else. */
export class DamagedGuard extends Error {
  override readonly name = 'DamagedGuard'
}

export interface Head {
  format: number
  client: string | null
  version: string
  buckets: number
  entries: number
  /** Of the words behind the places of the buckets. */
  wordBytes: number
  /** Of the whole file. */
  bytes: number
}
export type Name = readonly [where: string, what: string]
export type Entry = readonly [...Name, value: GuardedPattern | GuardedAsset]

export const FORMAT = 1
/** What the server said longer ago does not count any more. */
export const STALE_MS = 7 * 24 * 60 * 60_000
export const HEAD_BYTES = 512
export const OFFSET_BYTES = 4
export const MAC_CHARS = 64
export const MOST_BUCKETS = 2 ** 20
/** @param clientId null for work for nobody */
export const guardPath = (paths: Paths, clientId: string | null): string =>
  join(paths.cache, 'guard', clientId === null ? 'nobody' : `client-${fileName(clientId)}`)

/**
 * Whose patterns count in a session: those of the client for whom it works. Null for work for nobody, and for a client typed without a server, whom
 * nobody can name yet.
 */
export const guardedClient = (session: LocalSession | undefined): string | null =>
  session?.open ? (session.client?.id ?? null) : null

/**
 * Opens the table of a client; undefined when there is none. Close it again.
 *
 * @throws DamagedGuard when it cannot be one
 */
export function openGuard(paths: Paths, clientId: string | null): KeptGuard | undefined {
  let file: number
  try {
    file = openSync(guardPath(paths, clientId), 'r')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new DamagedGuard('The file of the guard cannot be opened.')
  }
  try {
    const { size, mtime } = fstatSync(file)
    const { mac, ...head } = parseHead(read(file, 0, HEAD_BYTES))
    if (!isOf(head, clientId, size)) throw notOurs()
    return { ...table(paths, file, head, mac), version: head.version, checkedAt: mtime.toISOString() }
  } catch (error) {
    closeSync(file)
    throw error instanceof DamagedGuard ? error : notOurs()
  }
}

/** Is it the file of this client, as long as it was written? */
export const isOf = ({ format, client, bytes }: Head, clientId: string | null, size: number): boolean =>
  format === FORMAT && client === clientId && bytes === size

const notOurs = () => new DamagedGuard('The file of the guard is damaged.')

function table(paths: Paths, file: number, head: Head, mac: string): Omit<KeptGuard, 'version' | 'checkedAt'> {
  const offsets = Buffer.allocUnsafe(2 * OFFSET_BYTES)
  const answered = new Map<number, string>()
  const hashes = new Map<string, number>()
  const hash = (text: string): number => {
    const known = hashes.get(text) ?? hashOf(text)
    hashes.set(text, known)
    return known
  }
  const find = (...[where, what]: Name): Entry[2][] => {
    const number = bucketOf(hash(where), hash(what), head.buckets)
    if (readSync(file, offsets, 0, offsets.length, HEAD_BYTES + number * OFFSET_BYTES) !== offsets.length)
      throw notOurs()
    const [start, end] = [offsets.readUInt32LE(0), offsets.readUInt32LE(OFFSET_BYTES)]
    if (start === end) return []
    const text = read(file, start, end - start).toString()
    const found = parseEntries(text.slice(MAC_CHARS)).filter(
      ([ownWhere, ownWhat]) => ownWhere === where && ownWhat === what,
    )
    if (found.length > 0) answered.set(number, text)
    return found.map((entry) => entry[2])
  }
  return {
    patterns: (key, places) => places.flatMap((place) => find(...patternName(place, key)) as GuardedPattern[]),
    asset: (name) => (find(...assetName(name)) as GuardedAsset[])[0],
    vouch: () => {
      const key = redactionKey(paths.auth)()
      const isSigned = (text: string, signature: string) => hmacSha256(key, text) === signature
      const areSigned = [...answered].every(([number, text]) =>
        isSigned(bucketText(head, number, text.slice(MAC_CHARS)), text.slice(0, MAC_CHARS)),
      )
      if (!areSigned || !isSigned(headText(head), mac)) throw notOurs()
    },
    close: () => closeSync(file),
  }
}

/**
 * Could anything be known of a command that does nothing but this? Without loading what reads commands, and no at once for nearly every command of a
 * day. Yes where the file cannot tell: whoever opens it finds out why.
 *
 * @param words programs, in lower case, and operators; undefined for a command of another kind
 */
export function mayBeKnown(paths: Paths, clientId: string | null, words: readonly string[] | undefined): boolean {
  let file: number | undefined
  try {
    file = openSync(guardPath(paths, clientId), 'r')
    if (words === undefined) return true
    const { size, mtimeMs } = fstatSync(file)
    const head = parseHead(read(file, 0, HEAD_BYTES))
    if (!isOf(head, clientId, size) || Date.now() - mtimeMs > STALE_MS) return true
    const known = read(file, HEAD_BYTES + (head.buckets + 1) * OFFSET_BYTES, head.wordBytes).toString()
    return words.some((word) => known.includes(`\n${word}\n`))
  } catch (error) {
    // Without a login nothing can be missing.
    return errorCode(error) !== 'ENOENT' || existsSync(loginPath(paths.auth))
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/**
 * While a session goes on the server is asked again after so long, and at once when something failed. A prompt has it asked sooner: it takes a while
 * until the first command, in which a colleague's failure can arrive.
 */
export const GUARD_FRESH_MS = 5 * 60_000
export const GUARD_PROMPT_FRESH_MS = 60_000

/** Should the server be asked for a client? By the file's time alone, for hooks. */
export function isGuardOld(paths: Paths, clientId: string | null, now: number, freshMs: number): boolean {
  const ageMs = now - (guardCheckedMs(paths, clientId) ?? 0)
  return !(ageMs >= 0 && ageMs < freshMs)
}

/** Notes that the server has said the same again. */
export function noteUnchanged(paths: Paths, clientId: string | null, now: Date): void {
  utimesSync(guardPath(paths, clientId), now, now)
}

/** When the server was last asked for a client, in milliseconds since 1970; undefined when there is no file. */
const guardCheckedMs = (paths: Paths, clientId: string | null): number | undefined =>
  statSync(guardPath(paths, clientId), { throwIfNoEntry: false })?.mtimeMs

/** Removes what is kept for a client. */
export function removeGuard(paths: Paths, clientId: string | null): void {
  rmSync(guardPath(paths, clientId), { force: true })
}

export const patternName = (place: Place, key: string): Name => [`${place && Object.entries(place)[0]}`, key]
export const assetName = (name: string): Name => ['name', name]

/** Of where and what apart: a hook looks up few of each, together many times. */
export const bucketOf = (where: number, what: number, buckets: number): number =>
  ((Math.imul(where, 31) ^ what) >>> 0) % buckets
export const hashOf = (text: string): number => Number.parseInt(fnv1a(text), 16)

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  if (readSync(file, bytes, 0, length, from) !== length) throw notOurs()
  return bytes
}

export function parseHead(bytes: Buffer): Head & { mac: string } {
  const head = JSON.parse(bytes.toString()) as Head & { mac: string }
  if (!(head.buckets >= 1 && head.buckets <= MOST_BUCKETS)) throw notOurs()
  return head
}

function parseEntries(json: string): Entry[] {
  try {
    return JSON.parse(json) as Entry[]
  } catch {
    throw notOurs()
  }
}

export const headText = ({ format, client, version, buckets, entries, wordBytes, bytes }: Head): string =>
  signed('head', format, client, version, buckets, entries, wordBytes, bytes)

export const bucketText = (
  { client, version }: Pick<Head, 'client' | 'version'>,
  number: number,
  json: string,
): string => signed('bucket', client, version, number) + json

/** The key is this machine's key of redaction: what is signed says what for. */
const signed = (...about: unknown[]): string => `claudetools: guard\0${JSON.stringify(about)}`
