import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { skipReason } from '../support/skips.ts'
import type { CliHome } from './home.ts'

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'msp.cjs')
const LIMIT_MS = 60_000

/** util-linux has the program that makes a terminal; other systems' `script` has other options. */
export function terminalMissing(what: string): boolean {
  if (spawnSync('script', ['--version']).status === 0) return false
  skipReason(what, "util-linux's script is missing")
  return true
}

/** Runs the built CLI at a terminal, as somebody who types each answer when its question is there. */
export async function atTerminal(
  home: CliHome,
  words: string[],
  answers: readonly (readonly [question: string, answer: string])[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; shown: string }> {
  const line = [process.execPath, CLI, ...words].map((word) => `'${word}'`).join(' ')
  const environment = { PATH: process.env.PATH, HOME: home.dir, MSP_HOME: home.paths.home, MSP_KEYCHAIN: 'off', ...env }
  const args = ['--quiet', '--flush', '--return', '--command', line, '/dev/null']
  const child = spawn('script', args, { env: environment, cwd: home.work, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  let shown = ''
  let next = 0
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk
    const [question = '', answer = ''] = answers[next] ?? []
    if (question === '' || !shown.includes(question)) return
    next += 1
    child.stdin.write(`${answer}\r`)
  })
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`It did not end. It shows:\n${shown}`)), LIMIT_MS).unref()
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? -1, shown }))
  })
}
