import { describe, expect, test } from 'vitest'
import { daysOfPeriod, instantOf, secondsOf } from '../../src/cli/time-words.ts'
import { testServer } from '../support/server.ts'
import { aHome } from './home.ts'

/** Ana at work for Dataforth, and Lea who leads. */
async function anOffice() {
  const server = await testServer({ database: 'sqlite' })
  await server.client('Dataforth')
  const ana = await server.technician({ name: 'Ana', clients: ['Dataforth'] })
  const lea = await server.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
  const home = aHome(server.url)
  await home.login(ana)
  const asLea = aHome(server.url)
  await asLea.login(lea)
  return Object.assign(server, { ana, home, asLea, [Symbol.asyncDispose]: server[Symbol.asyncDispose] })
}

const NOTE = 'Restarted the print spooler'
const add = (...more: string[]) => ['time', 'add', '1h30', '--client', 'Dataforth', '--note', NOTE, ...more]
const MONTH = ['--month', '2025-01']

describe('durations and days', () => {
  test.each([
    ['1h30', 5_400],
    ['1 h 30 min', 5_400],
    ['1:30', 5_400],
    ['90m', 5_400],
    ['1.5h', 5_400],
    ['2h', 7_200],
  ])('%s are %d seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds)
  })

  test.each(['90', '', '1:75', 'soon', '25h', '0m', '-1h'])('"%s" is refused', (text) => {
    expect(() => secondsOf(text)).toThrow()
  })

  test('a period is a month, a quarter or a year', () => {
    expect(['2024-02', '2025-Q4', '2025'].map(daysOfPeriod)).toEqual([
      { since: '2024-02-01', until: '2024-02-29' },
      { since: '2025-10-01', until: '2025-12-31' },
      { since: '2025-01-01', until: '2025-12-31' },
    ])
    expect(() => daysOfPeriod('2025-Q5')).toThrow()
  })

  test('a time of day is one of the day that is meant', () => {
    const local = new Date('2026-01-12T09:30').toISOString()
    expect(instantOf('--at', '9:30', new Date(), '2026-01-12')).toBe(local)
    expect(instantOf('--at', '2026-01-12T09:30:00Z', new Date())).toBe('2026-01-12T09:30:00.000Z')
    expect(() => instantOf('--at', 'noon', new Date())).toThrow()
  })
})

describe('msp time', () => {
  test('books, corrects and lists time with what it adds up to', async () => {
    await using office = await anOffice()

    const none = await office.home.msp(['time', 'list', ...MONTH])
    const added = await office.home.msp(add('--date', '2025-01-12', '--at', '09:00', '--json'))
    const { id } = added.json as { id: string }
    const edited = await office.home.msp(['time', 'edit', id.slice(-8), '--duration', '50m'])
    await office.home.msp(add('--date', '2025-01-13'))
    const listed = await office.home.msp(['time', 'list', '--client', 'dataforth', ...MONTH])

    expect(none.stdout).toMatch(/No time from 2025-01-01 to 2025-01-31.*msp time add/)
    expect(added.json).toMatchObject({ raw_seconds: 5_400, started_at: '2025-01-12T09:00:00.000Z', status: 'draft' })
    expect(edited).toMatchObject({ code: 0, stdout: expect.stringContaining('50 min on 2025-01-12') })
    expect(listed.stdout).toMatch(/2025-01-12 +Dataforth +Ana +draft +50 min .*Restarted the print spooler/)
    expect(listed.stdout).toContain('2 entries: 2 h 20 min worked')
  })

  test('goes from a draft over submitted to approved, by somebody else', async () => {
    await using office = await anOffice()
    await office.home.msp(add('--date', '2025-01-12'))
    await office.home.msp(add('--date', '2025-01-13'))

    const submitted = await office.home.msp(['time', 'submit', '--all', ...MONTH])
    const own = await office.home.msp(['time', 'approve', '--all', ...MONTH])
    const approved = await office.asLea.msp(['time', 'approve', '--all', '--client', 'Dataforth', ...MONTH])
    const listed = await office.home.msp(['time', 'list', '--status', 'approved', ...MONTH])
    const [{ id } = { id: '' }] = (await office.ana.api.billableTime.list({})).items
    const rejected = await office.asLea.msp(['time', 'reject', id, '--reason', 'Which ticket?'])

    expect(submitted).toMatchObject({ code: 0, stdout: expect.stringContaining('2 entries submitted') })
    expect(own.code).not.toBe(0)
    expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('2 entries approved') })
    expect(listed.stdout).toContain('2 entries')
    expect(rejected.stdout).toContain('is a draft again: Which ticket?')
  })

  test('runs one timer of this machine, and says what to do when there is none', async () => {
    await using office = await anOffice()

    const nothing = await office.home.msp('time stop')
    const started = await office.home.msp('time start --client Dataforth')
    const paused = await office.home.msp('time pause')
    const resumed = await office.home.msp('time resume')
    const stopped = await office.home.msp('time stop')

    expect(nothing).toMatchObject({ code: 5, stderr: expect.stringContaining('msp time start --client') })
    expect([started, paused, resumed, stopped].map(({ code, stderr }) => [code, stderr])).toEqual(
      Array.from({ length: 4 }, () => [0, '']),
    )
  })

  test('says what is wrong: no client, no such work type, a bare number', async () => {
    await using office = await anOffice()

    const whose = await office.home.msp('time add 45m')
    const type = await office.home.msp('time add 45m --client Dataforth --type Juggling')
    const bare = await office.home.msp('time add 45 --client Dataforth')

    expect(whose).toMatchObject({ code: 2, stderr: expect.stringContaining('--client') })
    expect(type).toMatchObject({ code: 5, stderr: expect.stringContaining('no kind of work "Juggling"') })
    expect(bare).toMatchObject({ code: 2, stderr: expect.stringContaining('1h30, 90m') })
  })

  test('shows which entries claim the same time', async () => {
    await using office = await anOffice()
    await office.home.msp(add('--date', '2025-01-12', '--at', '09:00'))
    await office.home.msp(add('--date', '2025-01-12', '--at', '10:00'))

    const listed = await office.home.msp(['time', 'list', ...MONTH])
    const pairs = await office.home.msp(['time', 'overlaps', ...MONTH])

    expect(listed.stdout.match(/! overlaps/g)).toHaveLength(2)
    expect(pairs.stdout).toMatch(/2025-01-12 10:00 +30 min .*same client/)
  })
})
