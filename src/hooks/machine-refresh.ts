import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isStale, readRecord } from '../machine/record.ts'
import type { Surroundings } from './surroundings.ts'

declare const __dirname: string

/** Has the command line find out anew what this machine can do, when that was last done a day ago. Does not wait for it. */
export function refreshMachine({ settings, now }: Surroundings): void {
  const program = join(__dirname, 'msp.cjs')
  if (!isStale(readRecord(settings.paths.cache), Date.parse(now())) || !existsSync(program)) return
  const args = [program, 'machine', 'refresh', '--quiet']
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore', windowsHide: true })
  // It tells nobody when it fails; the next start tries again.
  child.on('error', () => undefined)
  child.unref()
}
