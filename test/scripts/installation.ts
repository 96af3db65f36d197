import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** A user's account with nothing in it: a home, and a PATH on which there is a Node and nothing else. */
export interface Account extends AsyncDisposable {
  home: string
  mspHome: string
  /** `npm start -- …`. There is no terminal. */
  start(args?: readonly string[], input?: string): Promise<Outcome>
  /** The same, for a start that stays. */
  startHere(args: readonly string[]): ChildProcess
  msp(...args: string[]): Promise<Outcome>
  /** The same with a secret on stdin. */
  mspWith(input: string, ...args: string[]): Promise<Outcome>
  /** Puts a program on the PATH: a script in sh. */
  program(name: string, script: string): Promise<void>
}

/** An account of its own. Its server, if it started one, is stopped at the end. */
export async function freshAccount(): Promise<Account> {
  const home = await mkdtemp(join(tmpdir(), 'msp-start-'))
  const bin = join(home, 'bin')
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  const mspHome = join(home, '.claudetools')
  const env = { HOME: home, PATH: bin, MSP_HOME: mspHome, MSP_KEYCHAIN: 'off', LANG: 'C.UTF-8' }
  const run = (script: string, args: readonly string[]) =>
    spawn(process.execPath, [join(root, script), ...args], { cwd: home, env })
  const account: Account = {
    home,
    mspHome,
    start: (args = [], input = '') => outcomeOf(run('scripts/start.mjs', args), input),
    startHere: (args) => run('scripts/start.mjs', args),
    msp: (...args) => account.mspWith('', ...args),
    mspWith: (input, ...args) => outcomeOf(run('dist/msp.cjs', args), input),
    async program(name, script) {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
      await chmod(join(bin, name), 0o755)
    },
    async [Symbol.asyncDispose]() {
      await account.start(['--stop'])
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return account
}

function outcomeOf(child: ChildProcess, input: string): Promise<Outcome> {
  const read = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      read[name] += text
    })
  }
  child.stdin?.on('error', () => undefined) // It may end without reading.
  child.stdin?.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...read }))
  })
}

/** A port on which nothing listens now. */
export async function freePort(): Promise<number> {
  const { port, close } = await listenSomewhere()
  await close()
  return port
}

/** Some program that has a port. */
export async function listenSomewhere(): Promise<{ port: number; close(): Promise<void> }> {
  // It reads and never answers.
  const server = createServer((socket) => socket.resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** The password that a start printed. */
export function passwordIn({ stdout }: Outcome): string {
  return /^ {2}password {2}(\S+)$/m.exec(stdout)?.[1] ?? ''
}

/** The HTTP status of a page of the server on a port; 0 when nothing answers. */
export async function statusOf(port: number, path: string): Promise<number> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).status
  } catch {
    return 0 // Nobody listens.
  }
}
