import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { fingerprintOf, readIdentity } from '../../src/machine/fingerprint.ts'
import { quickRegistration } from '../../src/machine/quick.ts'
import { type MachineRecord, writeRecord } from '../../src/machine/record.ts'
import { pathsOf } from '../../src/settings.ts'
import type { TestUser } from '../support/server.ts'

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'msp.cjs')
export const CLAUDE_SESSION = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** The one document that `--json` prints. */
  json: never
}

export interface CliHome {
  dir: string
  /** The folder that commands run in; no repository. */
  work: string
  paths: ReturnType<typeof pathsOf>
  /** Runs the built CLI to its end: `msp('client list --json')`, or a list where words have spaces. */
  msp(command: string | string[], options?: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string }): Promise<Ran>
  /** Signs in as a user of a test server, which also enrols this home's machine. */
  login(user: TestUser): Promise<void>
}

/** A technician's MSP_HOME, with a Claude Code session running in it. Nothing of the real home or environment is seen. */
export function aHome(url: string): CliHome {
  const dir = mkdtempSync(join(tmpdir(), 'msp-cli-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }))
  const work = join(dir, 'work')
  mkdirSync(work)
  const MSP_HOME = join(dir, 'home')
  const environment = {
    PATH: process.env.PATH,
    HOME: dir,
    MSP_HOME,
    MSP_API_URL: url,
    // Not that of whoever runs the tests.
    MSP_KEYCHAIN: 'off',
    CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION,
    TZ: 'UTC',
  }
  const paths = pathsOf({ MSP_HOME })
  writeRecord(paths.cache, freshRecord(dir))
  const msp: CliHome['msp'] = (command, options = {}) => {
    const words = typeof command === 'string' ? command.split(' ') : command
    return run(words, { ...environment, ...options.env }, options.cwd ?? work, options.input ?? '')
  }
  const login = async ({ email, password }: TestUser) => {
    const done = await msp(['login', '--email', email, '--password-stdin'], { input: `${password}\n` })
    if (done.code !== 0) throw new Error(`The login failed: ${done.stderr}`)
  }
  return { dir, work, paths, msp, login }
}

/** A probe of just now: a login would start one in the background, which outlives the test. */
function freshRecord(home: string): MachineRecord {
  const machine_fingerprint = fingerprintOf({ ...readIdentity(), home })
  return { probed_at: new Date().toISOString(), registration: { ...quickRegistration('0.0.0'), machine_fingerprint } }
}

function run(words: string[], env: NodeJS.ProcessEnv, cwd: string, input: string): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...words], { env, cwd, stdio: 'pipe' })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  // A command that does not read its input may have ended already.
  child.stdin.on('error', () => undefined).end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout,
        stderr,
        get json() {
          return JSON.parse(stdout) as never
        },
      }),
    )
  })
}
