import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
// @ts-expect-error: a script of plain JavaScript has no types
import { percentile, spread } from '../../scripts/bench/figures.mjs'

const root = join(import.meta.dirname, '..', '..')
const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts', 'bench.mjs'), ...args], { cwd: root })

interface Figure {
  figure: string
  ratio: { wall_min: number }
  reference: { what: string; wall_ms: { min: number } }
}

test('every figure of a bench is one JSON line with its reference beside it', { timeout: 120_000 }, async () => {
  const { stdout } = await bench('--only', 'cli', '--rounds', '1')

  const figures = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Figure)
  expect(new Set(figures.map(({ figure }) => figure))).toEqual(new Set(['cli.version', 'cli.status']))
  for (const { ratio, reference } of figures) {
    expect(reference).toMatchObject({ what: 'node -e 0', wall_ms: { min: expect.any(Number) } })
    expect(ratio.wall_min).toBeGreaterThan(0)
  }
})

test('a part that there is not is refused with the names of those that there are', async () => {
  const refused = await bench('--only', 'everything').catch((error: { code: number; stderr: string }) => error)

  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('hooks, cli, api, growth, memory, trust') })
})

test('percentiles are values that were measured', () => {
  expect([percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99), spread([3, 1, 2])]).toEqual([
    3,
    4,
    { min: 1, median: 2 },
  ])
})
