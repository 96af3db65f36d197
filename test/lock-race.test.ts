import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { withLock } from '../src/lock.ts'

// The moment between two system calls cannot be met by waiting, so the call itself makes the other process's move.
const before = vi.hoisted(() => ({ open: undefined as (() => void) | undefined }))
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>()
  const openSync = (...call: Parameters<typeof fs.openSync>) => {
    const move = before.open
    before.open = undefined
    move?.()
    return fs.openSync(...call)
  }
  return { ...fs, openSync }
})

test('a contender that others overtook before it made its file does not hold the lock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'msp-lock-'))
  const lock = join(folder, 'auth.lock')
  // Meanwhile number 1 came, went and was tidied away, and number 3 holds.
  before.open = () => writeFileSync(`${lock}.3`, JSON.stringify({ pid: 1, host: 'elsewhere' }))

  const turn = await withLock(lock, { waitMs: 0 }, () => 'mine')

  expect(turn).toEqual({ held: false })
  expect(readdirSync(folder)).toEqual(['auth.lock.3'])
  rmSync(folder, { recursive: true })
})
