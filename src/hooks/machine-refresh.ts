import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isStale, readRecord } from '../machine/record.ts'
import type { Surroundings } from './surroundings.ts'

declare const __dirname: string

/** Has the command line find out anew what this machine can do, when that was last done a day ago. Waits for its end. */
export function refreshMachine({ settings, now }: Surroundings): Promise<void> {
  const program = join(__dirname, 'msp.cjs')
  if (!isStale(readRecord(settings.paths.cache), Date.parse(now())) || !existsSync(program)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'machine', 'refresh', '--quiet'], {
      stdio: 'ignore',
      windowsHide: true,
    })
    child.once('error', reject)
    // It reports its own failures; the next start tries again.
    child.once('exit', () => resolve())
  })
}
