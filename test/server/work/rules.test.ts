import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  activity,
  type RunCommand,
  resolutions,
  timeByActivity,
  unresolvedFailures,
} from '../../../server/domains/work/rules.ts'
import { cpuNow } from '../../support/cpu-time.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 12, 9) + seconds * 1_000).toISOString()
const event = (seconds: number, kind: string, label: string | null = null) => ({ kind, at: at(seconds), label })

describe('activity', () => {
  test.each([
    ['nothing', [], 0],
    ['one event', [0], 0],
    ['gaps of up to ten minutes', [0, 60, 660], 660],
    ['no gap that is longer, not even its beginning', [0, 601, 661], 60],
    ['unordered events', [660, 0, 60], 660],
    ['events at the same instant', [0, 0, 30, 30], 30],
  ])('counts %s', (_, seconds, active) => {
    expect(activity(seconds.map(at))).toBe(active)
  })

  test('ignores what is no instant, and takes another limit', () => {
    expect(activity([at(0), 'soon', at(30)])).toBe(30)
    expect(activity([at(0), at(30), at(100)], 60)).toBe(30)
  })
})

describe('time by activity', () => {
  test('gives each gap to the event at its end', () => {
    const events = [
      event(0, 'prompt'),
      event(100, 'command', 'git'),
      event(160, 'file'),
      event(460, 'command', 'git'),
      event(470, 'agent.stopped', 'agent context-recovery'),
      event(2_000, 'turn'),
    ]

    const time = timeByActivity(events)

    expect(time).toEqual([
      { label: 'git', active_seconds: 400 },
      { label: 'editing files', active_seconds: 60 },
      { label: 'agent context-recovery', active_seconds: 10 },
    ])
  })

  test('adds up to the activity exactly, for any events in any order', () => {
    const events = fc.array(
      fc.record({
        kind: fc.constantFrom('prompt', 'turn', 'command', 'file', 'agent.stopped', 'other'),
        ms: fc.nat(5_000_000),
        label: fc.constantFrom(null, 'git', 'ssh', 'npm'),
      }),
    )
    fc.assert(
      fc.property(events, (given) => {
        const all = given.map(({ kind, ms, label }) => ({ kind, at: new Date(ms).toISOString(), label }))
        const time = timeByActivity(all)
        expect(time.reduce((total, { active_seconds }) => total + active_seconds, 0)).toBe(
          activity(all.map((one) => one.at)),
        )
        expect(timeByActivity([...all].reverse())).toEqual(time)
      }),
      { numRuns: 2_000 },
    )
  })
})

const run = (seq: number, command: string, success: boolean, own: Partial<RunCommand> = {}): RunCommand => ({
  id: `run-${seq}`,
  seq,
  command,
  success,
  interrupted: false,
  exit_code: success ? 0 : 1,
  error_message: null,
  resolved_by_id: null,
  ...own,
})

describe('unresolved failures', () => {
  test('are those that nothing answered later, in order', () => {
    const commands = [
      run(1, 'systemctl restart nginx', false),
      run(2, 'ls /nonexistent', false),
      run(3, 'grep x y', false),
      run(4, 'sudo systemctl restart nginx', true),
      run(5, 'ls /srv', true),
      run(6, 'npm install', false),
      run(7, 'docker ps', false, { resolved_by_id: 'run-90' }),
    ]

    expect(unresolvedFailures([...commands].reverse()).map((one) => one.id)).toEqual(['run-2', 'run-6'])
  })

  test('are not answered by what worked before', () => {
    expect(unresolvedFailures([run(1, 'make deploy', true), run(2, 'make deploy', false)])).toHaveLength(1)
  })

  test('are answered by the first that works', () => {
    const commands = [
      run(1, 'npm install', false),
      run(2, 'npm install', false),
      run(3, 'npm install --force', true),
      run(4, 'npm install', true),
      run(5, 'npm install', false),
    ]

    const found = resolutions(commands)

    expect(Object.fromEntries(found)).toEqual({ 'run-1': 'run-3', 'run-2': 'run-3' })
  })

  test('of ten thousand commands are found at once', () => {
    const commands = Array.from({ length: 10_000 }, (_, n) => run(n, `cp /a/${n} /b`, n % 2 === 0))
    const started = cpuNow()

    unresolvedFailures(commands)

    expect(cpuNow() - started).toBeLessThan(5_000)
  })
})
