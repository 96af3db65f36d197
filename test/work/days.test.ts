import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scoreOf, type Truth } from './score.ts'

/** Weeks of three technicians at eight clients, played through hooks' records and a server: what comes of it, against what is true. */

const ROOT = join(import.meta.dirname, '..', '..')
const SETS = ['dev', 'aside', 'exam', 'exam2', 'exam3', 'exam4', 'exam5'] as const
const play = async (set: (typeof SETS)[number]) => {
  const folder = join(import.meta.dirname, 'days', set)
  const words = [join(ROOT, 'dist', 'msp.cjs'), 'replay', join(folder, 'events.jsonl'), '--json']
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 256 * 1024 * 1024 })
  return scoreOf(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth, JSON.parse(stdout))
}

test.each(SETS)(
  'the minutes, kinds and machines of the days of %s are found',
  async (set) => {
    const { worstClientPercent, categoryPercent, assetsRecallPercent, assetsF1Percent } = await play(set)

    expect(worstClientPercent).toBeLessThanOrEqual(5)
    expect(categoryPercent).toBeGreaterThanOrEqual(85)
    expect(assetsRecallPercent).toBeGreaterThanOrEqual(90)
    expect(assetsF1Percent).toBeGreaterThanOrEqual(90)
  },
  240_000,
)
