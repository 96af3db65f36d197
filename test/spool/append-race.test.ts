import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { append } from '../../src/spool/append.ts'
import { readRecords } from '../../src/spool/read.ts'
import { anEvent, STREAM, temporaryFolder } from './world.ts'

// The moment between two system calls cannot be met by waiting, so the call itself makes the other process's move.
const before = vi.hoisted(() => ({ write: undefined as (() => void) | undefined }))
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>()
  const writeSync = (...call: Parameters<typeof fs.writeSync>) => {
    const move = before.write
    before.write = undefined
    move?.()
    return fs.writeSync(...call)
  }
  return { ...fs, writeSync }
})

test('an event whose file is put aside between opening and writing is in the new file too', () => {
  using home = temporaryFolder()
  const path = join(home.path, `${STREAM}.jsonl`)
  append(home.path, anEvent('a'))

  before.write = () => renameSync(path, `${path}.aside`)
  append(home.path, anEvent('b'))

  const ids = (file: string) => [...readRecords(file)].map((part) => part.kind === 'record' && part.event.id)
  expect([ids(path), ids(`${path}.aside`)]).toEqual([['b'], ['a', 'b']])
})
