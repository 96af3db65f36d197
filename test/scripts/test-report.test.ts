import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// @ts-expect-error: a script of plain JavaScript has no types
import { outcomeOf } from '../../scripts/test/outcome.mjs'
// @ts-expect-error: a script of plain JavaScript has no types
import { report } from '../../scripts/test/report.mjs'

// What the end of a test run says, of runs of Vitest itself: who has only the last lines must learn from them what failed.

interface Outcome {
  passed: number
  failed: number
  skips: { name: string; why: string }[]
  failures: { name: string; lines: string[] }[]
  notRun: { file: string; tests: number }[]
}

const root = join(import.meta.dirname, '../..')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'msp-test-report-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

/** Runs Vitest on one file of tests, as `npm test` does. */
async function outcomeOfRun(name: string, content: string, isFiltered = false): Promise<Outcome> {
  await writeFile(join(folder, name), `import { beforeAll, describe, expect, test } from 'vitest'\n${content}`)
  const written = join(folder, `${name}.json`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporter = `--reporter=${join(root, 'scripts', 'test', 'reporter.mjs')}`
  const env = { PATH: process.env.PATH, HOME: folder, MSP_TEST_OUTCOME: written }
  const code = await new Promise((resolve) =>
    execFile(process.execPath, [vitest, 'run', '--root', folder, '--pool=forks', reporter, name], { env }, (error) =>
      resolve(error ? error.code : 0),
    ),
  )
  return outcomeOf(JSON.parse(await readFile(written, 'utf8')), { code, isFiltered })
}

const stage = (outcome: Partial<Outcome>) => ({
  ...{ name: 'unit', seconds: 1, passed: 0, failed: 0, skips: [], failures: [], notRun: [] },
  ...outcome,
})
const linesOf = (outcome: Partial<Outcome>, about = { skips: [] as Outcome['skips'], isStrict: false }): string[] =>
  report([stage(outcome)], about).lines

describe('what is told of a run', () => {
  test('a set-up that fails is one failure with its reason, and the tests that waited for it are one line', async () => {
    const outcome = await outcomeOfRun(
      'set-up.test.mjs',
      `describe('plans, on sqlite', () => {
        beforeAll(async () => { throw new Error('database is locked') })
        test.each([1, 2, 3])('plan %i', () => undefined)
        describe('deeper', () => { test('plan 4', () => undefined) })
      })
      test('beside it', () => undefined)`,
    )

    expect(outcome).toMatchObject({ passed: 1, failed: 1, skips: [] })
    expect(linesOf(outcome).slice(-8)).toEqual([
      '',
      'failed:',
      '  set-up.test.mjs: plans, on sqlite (set-up)',
      '      database is locked',
      '      at set-up.test.mjs:3',
      '  4 tests of set-up.test.mjs did not run',
      '',
      '1 passed, 1 failed',
    ])
  })

  test('a test that fails is told with its message, what differs, why, and where', async () => {
    const { failed, failures } = await outcomeOfRun(
      'failing.test.mjs',
      `describe('a ticket', () => {
        test('differs', () => expect({ state: 'open' }).toEqual({ state: 'closed' }))
        test('throws', () => { throw new Error('tickets.list failed', { cause: new Error('no such table') }) })
      })`,
    )

    expect(failed).toBe(2)
    expect(failures).toEqual([
      {
        name: 'failing.test.mjs: a ticket > differs',
        lines: [
          "expected { state: 'open' } to deeply equal { state: 'closed' }",
          '-   "state": "closed",',
          '+   "state": "open",',
          'at failing.test.mjs:3',
        ],
      },
      {
        name: 'failing.test.mjs: a ticket > throws',
        lines: ['tickets.list failed', 'because: no such table', 'at failing.test.mjs:4'],
      },
    ])
  })

  test.each([
    ['cannot be loaded', `import './missing.mjs'`, /Cannot find .*missing\.mjs/],
    ['has no test', '', /No test/],
    [
      'leaves a rejection unhandled',
      `test('fine', async () => { Promise.reject(new Error('nobody looks')); await new Promise((go) => setTimeout(go, 50)) })`,
      /nobody looks/,
    ],
    [
      'kills its process',
      `test('dies', () => process.kill(process.pid, 'SIGKILL'))`,
      /Worker exited unexpectedly with signal SIGKILL/,
    ],
  ])('a file that %s is a failure that says so', async (what, content, reason) => {
    const outcome = await outcomeOfRun(`${what.replaceAll(' ', '-')}.test.mjs`, content)

    expect(outcome).toMatchObject({ failed: 1, skips: [] })
    expect(outcome.failures[0]?.lines.join(' ')).toMatch(reason)
    expect(outcome.notRun.length).toBe(what === 'kills its process' ? 1 : 0)
  })

  test('what is marked as left out is a skip; with a filter, nobody asked for it', async () => {
    const content = `test.skip('later', () => undefined); test.todo('some day'); test('now', () => undefined)`

    const all = await outcomeOfRun('skips.test.mjs', content)
    const some = await outcomeOfRun('skips.test.mjs', content, true)

    expect(all).toMatchObject({ passed: 1, failed: 0, failures: [], notRun: [] })
    expect(all.skips).toEqual([
      { name: 'skips.test.mjs: later', why: 'marked "skipped"' },
      { name: 'skips.test.mjs: some day', why: 'marked "todo"' },
    ])
    expect(some).toMatchObject({ passed: 1, failed: 0, skips: [] })
  })
})

describe('the last lines', () => {
  const skips = Array.from({ length: 60 }, (_, n) => ({ name: `skip ${n}`, why: 'no MariaDB' }))
  const failures = Array.from({ length: 45 }, (_, n) => ({ name: `failure ${n}`, lines: ['x'.repeat(500)] }))

  test('are the failures, below the skips, however many there are of both', () => {
    const lines = linesOf({ passed: 3, failed: 45, skips, failures })

    expect(lines.at(-1)).toBe('3 passed, 45 failed')
    expect(lines.at(-3)).toBe('  and 5 more')
    expect(lines.indexOf('failed:')).toBeGreaterThan(lines.indexOf('  and 20 more'))
    expect(lines.filter((line) => line.startsWith('  failure'))).toHaveLength(40)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(250)
  })

  test('of a run in which all went well are its counts', () => {
    expect(linesOf({ passed: 12 }).slice(-2)).toEqual(['unit        1.0 s  12 passed, 0 failed', '12 passed, 0 failed'])
  })

  test('count a skip as a failure only where everything has to be tested', () => {
    const stated = [{ name: 'tests on MariaDB', why: 'there is no mariadbd' }]

    expect(linesOf({ passed: 1 }, { skips: stated, isStrict: false }).at(-1)).toBe('1 passed, 0 failed')
    expect(linesOf({ passed: 1 }, { skips: stated, isStrict: true }).at(-1)).toBe('1 passed, 1 failed')
  })

  test('name a tool that failed', () => {
    expect(outcomeOf({ files: [], unhandled: [] }, { code: 134, isFiltered: true })).toMatchObject({
      failed: 1,
      failures: [{ name: 'vitest', lines: ['It ended with 134; what it says is above.'] }],
    })
    expect(outcomeOf({ files: [], unhandled: [] }, { code: 0, isFiltered: false })).toMatchObject({ failed: 1 })
  })
})
