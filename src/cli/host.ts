import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { EXIT, Failure } from './output.ts'
import { packageRoot } from './package-root.ts'
import type { World } from './world.ts'

/**
 * What Node has to be given to run the server of this installation: the launcher gives it a Node that is new enough, whatever Node runs this.
 *
 * @throws Failure when there is no server in this installation
 */
export function serverProgram(): [launcher: string, server: string] {
  const root = packageRoot()
  const [launcher, server] = [join(root, 'scripts', 'run.mjs'), join(root, 'dist', 'server.js')]
  if (existsSync(launcher) && existsSync(server)) return [launcher, server]
  throw new Failure(
    EXIT.failed,
    `There is no server in ${root}. Run this on the server's host, in its ClaudeTools folder, after "npm ci && npm run build".`,
  )
}

/**
 * Runs a program of the server (`serve`, `audit verify`, …) on this host, with its database and master key, and takes over its exit code.
 *
 * @throws Failure when there is no server in this installation
 */
export async function runOnHost(world: World, words: readonly string[]): Promise<void> {
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, [...serverProgram(), ...words], {
    stdio: 'inherit',
    env: world.environment,
    windowsHide: true,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Failure(EXIT.failed, `The server could not be started: ${error.message}.`)),
    )
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

/** Parsed options as words again: `{ to: '/b', plain: true, recipient: ['a', 'b'] }` → `--to /b --plain --recipient a --recipient b`. */
export const wordsOf = (options: Record<string, unknown>): string[] =>
  Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    if (Array.isArray(value)) return value.flatMap((one) => [option, String(one)])
    return value === true ? [option] : value === undefined || value === false ? [] : [option, String(value)]
  })
