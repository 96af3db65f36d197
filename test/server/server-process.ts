import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist', 'server.js')

/** The built server as a process, as `npm start` runs it. Run alone, a test of it wants `npm run build` first. */
export interface ServerProcess extends AsyncDisposable {
  /** The port that it listens on. @throws Error with what it printed when it ended before. */
  listening(): Promise<number>
  /** How it ended and what it printed until then. */
  ended(): Promise<{ code: number | null; stdout: string; stderr: string }>
  kill(signal: NodeJS.Signals): void
}

export const aMasterKey = (): string => randomBytes(32).toString('base64')

/** Starts it with nothing in its environment but what is given here. */
export function serverProcess(
  environment: Record<string, string | undefined>,
  words: readonly string[] = ['serve'],
): ServerProcess {
  const home = mkdtempSync(join(tmpdir(), 'msp-server-'))
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    env: { MSP_HOME: home, MSP_PORT: '0', MSP_MASTER_KEY: aMasterKey(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    async listening() {
      const line = await Promise.race([output.lineWith('"msg":"listening"'), ended])
      if (typeof line !== 'string') throw new Error(`The server ended: ${output.stdout()}${output.stderr()}`)
      return JSON.parse(line).port
    },
    ended: async () => ({ code: await ended, stdout: output.stdout(), stderr: output.stderr() }),
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function collect(child: ChildProcess) {
  const texts = { stdout: '', stderr: '' }
  const waiting: { part: string; found: (line: string) => void }[] = []
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk) => {
      texts[name] += chunk
      for (const { part, found } of waiting) {
        const line = texts.stdout.split('\n').find((candidate) => candidate.includes(part) && candidate.endsWith('}'))
        if (line) found(line)
      }
    })
  }
  return {
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    lineWith: (part: string) => new Promise<string>((found) => waiting.push({ part, found })),
  }
}
