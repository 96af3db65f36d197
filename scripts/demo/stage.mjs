import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../run.mjs'
import { runProgram, userEnvironment } from '../start/programs.mjs'

const START_MS = 20_000
const END_MS = 15_000
const POLL_MS = 50
const preload = join(root, 'scripts', 'demo', 'clock.cjs').replaceAll('\\', '/')

/** A throw-away folder with homes, a database, a server and a clock. Nothing of the user's own installation is read. */
export class Stage {
  folder = mkdtempSync(join(tmpdir(), 'msp-demo-'))
  url = ''
  #server = null
  #closed
  #instant = { at: 0, since: 0 }

  constructor() {
    mkdirSync(join(this.folder, 'processes'))
    this.setClock(Date.now())
  }

  /** Moves the clock of every process here, those that run included. It goes on from there. */
  setClock(instant) {
    writeFileSync(join(this.folder, 'clock'), `${instant - Date.now()}`)
    this.#instant = { at: instant, since: Date.now() }
  }

  /** Milliseconds since 1970 by the clock of the stage. */
  get now() {
    return this.#instant.at + Date.now() - this.#instant.since
  }

  /** Lets minutes pass. */
  advance(minutes) {
    this.setClock(this.now + minutes * 60_000)
  }

  /** A home folder and the environment of whatever runs in it. */
  home(name) {
    const home = join(this.folder, name)
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const own = Object.entries(userEnvironment()).filter(
      ([key]) => !/^(MSP_|CLAUDE|ANTHROPIC_|NODE_OPTIONS$)/.test(key),
    )
    const folders = {
      HOME: home,
      USERPROFILE: home,
      MSP_HOME: join(home, '.claudetools'),
      MSP_KEYCHAIN: 'off',
      MSP_DEMO_STAGE: this.folder,
    }
    return { home, env: { ...Object.fromEntries(own), ...folders, NODE_OPTIONS: `--require "${preload}"` } }
  }

  /** Runs one of the built programs to its end. @throws Error with what it printed when its exit code is not 0. */
  async run(program, args, options) {
    if (this.#closed) throw new Error('the stage is closed')
    const result = await runProgram(process.execPath, [join(root, 'dist', program), ...args], options)
    if (result.code === 0) return result.stdout
    throw new Error(
      `${program} ${args.join(' ')} ended with ${result.code}: ${(result.stderr || result.stdout).trim()}`,
    )
  }

  /** Makes the database and the first admin, and starts the server on a free port. @returns the admin's e-mail and password. */
  async startServer() {
    const { env } = this.home('server')
    const environment = { ...env, MSP_PORT: '0', MSP_MASTER_KEY: randomBytes(32).toString('base64') }
    const admin = JSON.parse(
      await this.run('server.js', ['setup', 'admin@demo.example', 'Admin'], { env: environment }),
    )
    const command = [join(root, 'dist', 'server.js'), 'serve']
    this.#server = spawn(process.execPath, command, {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      windowsHide: true,
    })
    this.url = `http://127.0.0.1:${await portOf(this.#server)}`
    return admin
  }

  /** Waits for what hooks have left behind in the background (sending what was recorded, above all). */
  async settle() {
    const giveUpAt = performance.now() + END_MS
    while (this.#others().length > 0 && performance.now() < giveUpAt) await sleep(POLL_MS)
  }

  /** Processes of the stage that run, without the server. A killed one could not take itself off the list. */
  #others() {
    const folder = join(this.folder, 'processes')
    const listed = existsSync(folder) ? readdirSync(folder).map(Number) : []
    return listed.filter((pid) => pid !== this.#server?.pid && isRunning(pid))
  }

  /** Ends everything that was started here and removes the folder. Called again, it waits for the first call. */
  close() {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close() {
    const server = this.#server
    for (const pid of this.#others()) end(pid)
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    }
    await this.settle()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // It has ended.
  }
}

function end(pid) {
  try {
    process.kill(pid)
  } catch {
    // It ended by itself in the meantime.
  }
}

async function portOf(server) {
  const timer = setTimeout(() => server.kill(), START_MS)
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg, port } = line.startsWith('{') ? JSON.parse(line) : {}
    if (msg !== 'listening') continue
    clearTimeout(timer)
    server.stdout.resume() // A full pipe would stop the server.
    return port
  }
  clearTimeout(timer)
  throw new Error('The server of the demo did not start; what it said is above.')
}
