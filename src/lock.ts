import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname } from 'node:path'
import { errorCode, FILE_MODE, makeFolder } from './durable.ts'

/**
 * One holder per machine, by files alone, so that a killed holder blocks nobody.
 *
 * The lock is a row of numbered files `<path>.<n>`. Whoever makes the next number with O_EXCL holds the lock, and may do so only
 * when the highest number is free or its holder is dead. A dead holder is therefore taken over by exactly one contender, without
 * the gap between "remove the old file" and "make mine" that a single file has. The highest number is never removed.
 */
export type LockOptions = {
  /** How long to wait for another holder, in milliseconds. 0 tries once. */
  waitMs: number
}

export type LockResult<T> = { held: true; value: T } | { held: false }

/** The lock cannot be kept in this folder at all. The message says which folder and what to do. */
export class LockError extends Error {
  override readonly name = 'LockError'
}

const POLL_MS = 20
const HEARTBEAT_MS = 30_000
/** A holder whose process cannot be identified counts as dead after this long without a heartbeat. */
const SILENT_MS = 5 * 60_000
/** A lock file without content belongs to a contender between making and writing it, or killed there. */
const UNWRITTEN_MS = 2_000
/** Every record has one length, so that a shorter one covers a longer one whole. */
const RECORD_CHARS = 500

/** Runs `fn` while holding the lock. Another live holder past `waitMs` gives `{ held: false }`; errors of `fn` pass through. */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  fn: () => Promise<T> | T,
): Promise<LockResult<T>> {
  const mine = await acquire(path, options.waitMs)
  if (mine === undefined) return { held: false }
  const heartbeat = setInterval(() => touch(mine), HEARTBEAT_MS)
  heartbeat.unref()
  try {
    return { held: true, value: await fn() }
  } finally {
    clearInterval(heartbeat)
    release(mine)
  }
}

async function acquire(path: string, waitMs: number): Promise<string | undefined> {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    const mine = attempt(path)
    if (mine !== undefined || performance.now() >= giveUpAt) return mine
    await new Promise((done) => setTimeout(done, POLL_MS * (0.5 + Math.random())))
  }
}

function attempt(path: string): string | undefined {
  const highest = highestNumber(path)
  if (highest > 0 && isHeld(`${path}.${highest}`)) return undefined
  const number = highest + 1
  const mine = `${path}.${number}`
  if (!makeMine(mine)) return undefined
  // Others may have passed by since the highest number was read and cleaned this one away: then it is theirs.
  if (highestNumber(path) !== number) {
    discard(mine)
    return undefined
  }
  removeOlder(path, number)
  return mine
}

function highestNumber(path: string): number {
  return numbersOf(path).reduce((highest, number) => Math.max(highest, number), 0)
}

function numbersOf(path: string): number[] {
  const start = `${basename(path)}.`
  try {
    const names = readdirSync(dirname(path)).filter((name) => name.startsWith(start))
    return names
      .map((name) => Number(name.slice(start.length)))
      .filter((number) => Number.isSafeInteger(number) && number > 0)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw unusable(path, error)
  }
}

function makeMine(file: string): boolean {
  let fd: number | undefined
  try {
    fd = openExclusive(file)
    writeSync(fd, JSON.stringify(thisProcess()).padEnd(RECORD_CHARS))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    // A full disk takes the name and not the text. Without text it would look like a contender that is just starting.
    if (fd !== undefined) discard(file)
    throw unusable(file, error)
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

function openExclusive(file: string): number {
  try {
    return openSync(file, 'wx', FILE_MODE)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    makeFolder(dirname(file))
    return openSync(file, 'wx', FILE_MODE)
  }
}

// One number below is left in place, so that a contender reading the folder at this moment always meets a number.
function removeOlder(path: string, number: number): void {
  for (const older of numbersOf(path)) if (older < number - 1) discard(`${path}.${older}`)
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Only tidiness: lower numbers are never looked at, and Windows refuses while somebody reads the file.
  }
}

function release(mine: string): void {
  try {
    // "r+": when a successor has cleaned the file away it must not come back.
    writeFileSync(mine, JSON.stringify({ free: true }).padEnd(RECORD_CHARS), { flag: 'r+' })
  } catch {
    // Not released means: free once this process has ended, because the next contender sees a dead holder.
  }
}

function touch(mine: string): void {
  try {
    const now = new Date()
    utimesSync(mine, now, now)
  } catch {
    // A missed heartbeat matters only after five minutes of them.
  }
}

type Holder = { pid: number; start?: string; host: string }

function isHeld(file: string): boolean {
  let text: string
  let silentMs: number
  try {
    text = readFileSync(file, 'utf8')
    // The absolute value: a clock that was set back must not keep a lock for years.
    silentMs = Math.abs(Date.now() - statSync(file).mtimeMs)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true // cleaned away a moment ago: a newer holder is there
    throw unusable(file, error)
  }
  const holder = parseHolder(text)
  if (holder === 'free') return false
  if (holder === undefined) return silentMs < UNWRITTEN_MS
  return isAlive(holder, silentMs)
}

function parseHolder(text: string): Holder | 'free' | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> & { free?: boolean }
    if (value.free === true) return 'free'
    return typeof value.pid === 'number' && typeof value.host === 'string' ? (value as Holder) : undefined
  } catch {
    return undefined // empty or cut: its writer was killed or has not finished
  }
}

function isAlive(holder: Holder, silentMs: number): boolean {
  // Another computer or container on the same folder: its process ids mean nothing here.
  if (holder.host !== hostname()) return silentMs < SILENT_MS
  if (!isRunning(holder.pid)) return false
  const start = startOf(holder.pid)
  if (holder.start !== undefined && process.platform === 'linux') return start === holder.start
  return silentMs < SILENT_MS
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM' // somebody else's process has the number
  }
}

let me: Holder | undefined
function thisProcess(): Holder {
  if (!me) {
    const start = startOf(process.pid)
    me = { pid: process.pid, host: hostname(), ...(start === undefined ? {} : { start }) }
  }
  return me
}

/** Boot and start time of a process, so that a reused process id is not taken for the old holder. Linux only; undefined when gone. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything, so the fields are counted from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined // killed, not yet collected by its parent
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}:${fields[19]}`
  } catch {
    return undefined // gone, or a system that hides /proc: the heartbeat decides
  }
}

function unusable(path: string, error: unknown): LockError {
  const folder = dirname(path)
  return new LockError(
    `${folder} cannot hold a lock file (${errorCode(error) || 'unknown reason'}). Make the folder writable, or set MSP_HOME to another one.`,
    {
      cause: error,
    },
  )
}
