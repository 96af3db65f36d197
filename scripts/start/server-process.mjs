import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../run.mjs'
import { StartError } from './failure.mjs'
import { writeFileWhole } from './place.mjs'
import { userEnvironment } from './programs.mjs'

const READY_MS = 20_000
/** The server lets requests finish for 8 s. */
const STOP_MS = 12_000
const POLL_MS = 100
const LOG_MAX_BYTES = 10 * 1024 * 1024
const program = join(root, 'dist', 'server.js')

/** Which build dist/ holds; a running server of another one is restarted. */
export const currentBuild = () => JSON.parse(readFileSync(join(root, 'dist', 'build.json'), 'utf8')).sourceHash

/** The server of this MSP_HOME that runs now, `{ pid, port, build }`, or null. */
export function findRunning({ stateFile }) {
  try {
    const state = JSON.parse(readFileSync(stateFile, 'utf8'))
    return Number.isInteger(state?.pid) && Number.isInteger(state.port) && isServer(state.pid) ? state : null
  } catch {
    return null // No state or a damaged one: a server that runs all the same is found by its port.
  }
}

/** Is the process alive and a server of ours? After a restart of the machine its number may belong to something else. */
function isServer(pid) {
  try {
    process.kill(pid, 0)
    return commandLineOf(pid).includes(process.platform === 'win32' ? 'node' : 'server.js')
  } catch {
    return false // Gone, or somebody else's.
  }
}

function commandLineOf(pid) {
  if (existsSync(`/proc/${pid}/cmdline`)) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  const [tool, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/NH', '/FO', 'CSV', '/FI', `PID eq ${pid}`]
      : ['ps', '-o', 'args=', '-p', `${pid}`]
  return execFileSync(tool, args, { encoding: 'utf8', windowsHide: true })
}

/** What the server and its set-up see: the user's environment without what belongs to Claude Code. */
export function serverEnvironment({ home }, { host, port }) {
  const own = Object.entries(userEnvironment()).filter(([name]) => !/^(CLAUDE|ANTHROPIC_)/.test(name))
  return { ...Object.fromEntries(own), MSP_HOME: home, MSP_HOST: host, MSP_PORT: `${port}` }
}

/** @throws StartError that says who has the port, as far as that can be told. */
export async function needFreePort({ host, port }) {
  const problem = await new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
  if (problem === null) return
  if (problem !== 'EADDRINUSE')
    throw new StartError(`Port ${port} on ${host} cannot be used (${problem}). Choose another: npm start -- --port N`)
  const isOurs = (await ask(`${addressOf({ host, port })}/healthz`))?.body.includes('"alive"')
  throw new StartError(
    isOurs
      ? `Port ${port} is in use by a ClaudeTools server that does not belong to this MSP_HOME. Stop that one, work with it ` +
          `(npm start -- --join ${addressOf({ host, port })}), or choose another port: npm start -- --port N`
      : `Port ${port} is in use by another program. Stop it, or choose another port: npm start -- --port N`,
  )
}

/** The address under which this machine reaches a server. */
export function addressOf({ host, port }) {
  const reachable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

/**
 * Starts the server: in the background with its log in a file, or as our child that prints it.
 *
 * @returns `{ child, logFrom }`; what the server says is in the log from that byte on.
 */
export function launchServer(place, { node, address, isForeground }) {
  const log = isForeground ? null : openLog(place)
  const child = spawn(node, [program, 'serve'], {
    cwd: place.home,
    env: serverEnvironment(place, address),
    detached: !isForeground,
    stdio: isForeground ? 'inherit' : ['ignore', log.fd, log.fd],
    windowsHide: true,
  })
  child.on('error', () => undefined) // It has no pid then; waiting for it reports the failure.
  if (log) {
    closeSync(log.fd)
    child.unref()
  }
  if (child.pid) writeFileWhole(place.stateFile, { pid: child.pid, port: address.port, build: currentBuild() })
  return { child, logFrom: log?.size ?? 0 }
}

function openLog({ log }) {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_MAX_BYTES) renameSync(log, `${log}.1`)
  const fd = openSync(log, 'a', 0o600)
  return { fd, size: statSync(log).size }
}

/** Waits until the server is ready. @returns whether it is; not, when it ended or took too long. */
export async function waitUntilReady(url, isAlive) {
  const giveUpAt = performance.now() + READY_MS
  while (isAlive() && performance.now() < giveUpAt) {
    if ((await ask(`${url}/readyz`))?.status === 200) return isAlive()
    await sleep(POLL_MS)
  }
  return false
}

/** GET without the proxy that the environment may name. @returns `{ status, body }`, or null when nothing answers. */
function ask(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: new Agent(), timeout: 2_000 }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode, body }))
      response.on('error', () => resolve(null))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(null))
  })
}

const SHOWN_LINES = 12

/** What the server itself said since a place in its log, for people: without stack traces. */
export function lastWords({ log }, from) {
  const fd = openSync(log, 'r')
  const bytes = Buffer.alloc(Math.min(64 * 1024, Math.max(0, statSync(log).size - from)))
  readSync(fd, bytes, 0, bytes.length, Math.max(from, statSync(log).size - bytes.length))
  closeSync(fd)
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .map(readable)
    .filter((line) => line.trim() !== '')
  return lines.slice(-SHOWN_LINES).join('\n')
}

function readable(line) {
  if (/^\s+at |^Node\.js v/.test(line)) return ''
  if (!line.startsWith('{')) return line
  try {
    const { level, msg, error } = JSON.parse(line)
    return level >= 40 ? [msg, error?.message].filter(Boolean).join(': ') : ''
  } catch {
    return line // Not a line of the log.
  }
}

/** Stops the server and waits for its end. @throws StartError when it does not end. */
export async function stopServer({ stateFile }, { pid }) {
  process.kill(pid, 'SIGTERM')
  const giveUpAt = performance.now() + STOP_MS
  while (isServer(pid) && performance.now() < giveUpAt) await sleep(POLL_MS)
  if (isServer(pid)) process.kill(pid, 'SIGKILL')
  await sleep(isServer(pid) ? 500 : 0)
  if (isServer(pid)) throw new StartError(`The server (process ${pid}) does not end. End it yourself, then try again.`)
  rmSync(stateFile, { force: true })
}
