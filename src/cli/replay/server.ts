import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverProgram } from '../host.ts'
import { EXIT, Failure } from '../output.ts'

/** A server of its own, with an empty database, for as long as it is needed. */
export interface ThrowAwayServer {
  url: string
  admin: { email: string; password: string }
  /** For whatever belongs to it; removed with it. */
  folder: string
  /** Ends the server and removes all that it kept. */
  end(): Promise<void>
}

const START_MS = 30_000
const POLL_MS = 50
const END_MS = 5_000

/**
 * Starts the server of this installation on a free port of loopback. Ctrl-C ends it too.
 *
 * @throws Failure when there is none, or it does not start
 */
export async function startThrowAwayServer(environment: NodeJS.ProcessEnv): Promise<ThrowAwayServer> {
  const program = serverProgram()
  const folder = mkdtempSync(join(tmpdir(), 'msp-replay-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...withoutOurs(environment), ...settingsOf(folder, port) }
  let running: ChildProcess | undefined
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  const interrupted = () => {
    running?.kill('SIGTERM')
    remove()
    process.exit(128 + 2)
  }
  for (const signal of SIGNALS) process.once(signal, interrupted)
  const end = async () => {
    for (const signal of SIGNALS) process.off(signal, interrupted)
    if (running) await ended(running)
    remove()
  }
  try {
    const admin = JSON.parse(await output(program, ['setup', 'admin@example.com', 'Admin'], env))
    running = spawn(process.execPath, [...program, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    await ready(url, running)
    return { url, admin, folder, end }
  } catch (error) {
    await end()
    throw error
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What configures this machine's own server is none of its business. */
const withoutOurs = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('MSP_')))

const settingsOf = (folder: string, port: number) => ({
  MSP_HOME: folder,
  MSP_DATABASE_URL: `sqlite:${join(folder, 'replay.db')}`,
  MSP_MASTER_KEY: randomBytes(32).toString('base64'),
  MSP_HOST: '127.0.0.1',
  MSP_PORT: String(port),
  MSP_REQUESTS_PER_MINUTE: '1000000',
  MSP_LOG_LEVEL: 'error',
})

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The last line that a program of the server prints. */
async function output(program: readonly string[], words: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [...program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Failure(EXIT.failed, `The throw-away server could not be set up: ${errors.trim()}`)
  return printed.trim().split('\n').at(-1) ?? ''
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-2_000)
  })
  const until = Date.now() + START_MS
  while (child.exitCode === null && Date.now() < until) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(POLL_MS)
  }
  throw new Failure(EXIT.failed, `The throw-away server did not start. ${errors.trim()}`.trim())
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(END_MS, undefined, { ref: false })])
  child.kill('SIGKILL')
}
