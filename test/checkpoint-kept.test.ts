import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acceptCheckpoint, keepCheckpoint, keptCheckpoint, takeComplaint } from '../src/checkpoint-kept.ts'
import type { Checkpoint } from '../src/contract/audit.ts'
import { pathsOf } from '../src/settings.ts'

const state = (seq: number, more: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ log: 'all', chain: 'all', seq, entries: seq * 100, row_hash: String(seq).padStart(64, '0') },
  ...{ kid: 'k', signature: 's', created_at: `2026-01-12T09:0${seq}:00.000Z`, ...more },
})

function machine(apiUrl = 'http://server') {
  const home = mkdtempSync(join(tmpdir(), 'msp-kept-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return { apiUrl, paths: pathsOf({ MSP_HOME: home }) }
}

test('a machine keeps the newest state, and says nothing while the server goes on', () => {
  const here = machine()
  for (const seq of [1, 2, 2, 3]) keepCheckpoint(here, state(seq))

  expect(keptCheckpoint(here.paths)?.checkpoint.seq).toBe(3)
  expect(takeComplaint(here.paths)).toBeUndefined()
})

test('D2: a server that goes back behind it is told of once, and the later state stays as the evidence', () => {
  const here = machine()
  for (const seq of [1, 3, 2, 1]) keepCheckpoint(here, state(seq))

  expect(takeComplaint(here.paths)).toContain('went back: 300 entries')
  expect(takeComplaint(here.paths)).toBeUndefined()
  expect(keptCheckpoint(here.paths)).toMatchObject({ checkpoint: { seq: 3 }, wentBack: expect.any(String) })
})

test('D2: another state of the same number, or fewer entries, is going back too', () => {
  for (const other of [state(2, { row_hash: 'f'.repeat(64) }), state(3, { entries: 10 })]) {
    const here = machine()
    keepCheckpoint(here, state(2))
    keepCheckpoint(here, other)

    expect(takeComplaint(here.paths)).toContain('went back')
  }
})

test('another server begins anew, and a person may accept that it went back', () => {
  const here = machine()
  keepCheckpoint(here, state(3))
  keepCheckpoint({ ...here, apiUrl: 'http://other' }, state(1))
  expect(keptCheckpoint(here.paths)).toMatchObject({ url: 'http://other', wentBack: null })

  keepCheckpoint({ ...here, apiUrl: 'http://other' }, state(1, { entries: 1 }))
  acceptCheckpoint({ ...here, apiUrl: 'http://other' }, state(1))
  expect(keptCheckpoint(here.paths)).toMatchObject({ checkpoint: { seq: 1 }, wentBack: null })
})
