import { execFile } from 'node:child_process'
import { appendFile, open, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ConfigError } from '../config.ts'

/** Somewhere outside the database that keeps signed states of the audit. */
export interface Place {
  /** As configured. */
  name: string
  /** Resolves when the place has the lines. */
  push(lines: readonly string[]): Promise<void>
  /** The lines that the place has, where it can be asked. */
  read?(): Promise<string[]>
}

/** The file in a git worktree. */
const FILE = 'audit-checkpoints.jsonl'
const GIT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 5_000

/**
 * `file:/path` (JSON lines), `git:/path` (a worktree: commits, and pushes where it has a remote), `syslog:host:port` (RFC 5424 over TCP).
 *
 * @throws ConfigError for any other
 */
export function placesOf(names: readonly string[]): Place[] {
  return names.map((name) => {
    const at = name.indexOf(':')
    const place = KINDS[name.slice(0, at)]?.(name, name.slice(at + 1))
    if (place) return place
    throw new ConfigError(
      `The server cannot start:\n  MSP_AUDIT_CHECKPOINTS: "${name}" is none of file:/path, git:/path and syslog:host:port.`,
    )
  })
}

const KINDS: Record<string, (name: string, rest: string) => Place | undefined> = {
  file: (name, path) =>
    path === '' ? undefined : { name, push: (lines) => addLines(path, lines), read: () => linesIn(path) },
  git: (name, folder) =>
    folder === ''
      ? undefined
      : { name, push: (lines) => commit(folder, lines), read: () => linesIn(join(folder, FILE)) },
  syslog: (name, address) => {
    const [, host, port] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(address) ?? []
    return host && port ? { name, push: (lines) => sendSyslog(host, Number(port), lines) } : undefined
  },
}

async function addLines(path: string, lines: readonly string[]): Promise<void> {
  await appendFile(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}

async function linesIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').filter((line) => line.trim() !== '')
}

async function commit(folder: string, lines: readonly string[]): Promise<void> {
  const git = (...words: string[]) =>
    promisify(execFile)('git', ['-C', folder, ...words], { timeout: GIT_TIMEOUT_MS, windowsHide: true })
  const path = join(folder, FILE)
  // Where a push failed they are there from the time before.
  const known = new Set(await linesIn(path))
  const fresh = lines.filter((line) => !known.has(line))
  if (fresh.length > 0) await addLines(path, fresh)
  await git('add', '--', FILE)
  // No hooks: nothing in that folder may run as this server.
  const ours = ['-c', 'user.name=ClaudeTools', '-c', 'user.email=audit@localhost', '-c', 'core.hooksPath=/dev/null']
  const { stdout: changed } = await git('status', '--porcelain', '--', FILE)
  if (changed.trim() !== '')
    await git(...ours, 'commit', '--quiet', '--message', `Audit: ${fresh.length} signed states`, '--', FILE)
  const { stdout } = await git('remote')
  if (stdout.trim() !== '') await git(...ours, 'push', '--quiet')
}

/** Facility 13 (log audit), severity 5 (notice). */
const PRIORITY = 13 * 8 + 5

/** Each line one message, led by its length (RFC 6587). */
function sendSyslog(host: string, port: number, lines: readonly string[]): Promise<void> {
  const frames = lines.map((line) => {
    const message = `<${PRIORITY}>1 ${new Date().toISOString()} ${hostname()} claudetools - checkpoint - ${line}`
    return `${Buffer.byteLength(message)} ${message}`
  })
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS }, () => socket.end(frames.join('')))
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} does not take the messages.`)))
    socket.once('error', reject)
    socket.once('close', (failed) => {
      if (!failed) resolve()
    })
    socket.resume()
  })
}
