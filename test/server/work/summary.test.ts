import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_WORDS, type SummaryFacts, summarise } from '../../../server/domains/work/summary.ts'
import { commandFacts, hostile } from '../../recall/facts-arbitrary.ts'
import { aFailure, hoursAgo, id, words } from '../../recall/world.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 12, 9, minute)).toISOString()
const command = (seq: number, text: string, own: Partial<ReturnType<typeof aFailure>> = {}) => ({
  ...aFailure(seq, text, { started_at: at(seq), ...own }),
  seq,
})
const worked = { success: true, exit_code: 0 }

const facts = (own: Partial<SummaryFacts> = {}): SummaryFacts => ({
  session: { mode: 'msp', ticket: '#12345', started_at: at(0), ended_at: at(80), last_activity_at: at(79) },
  clientName: 'Dataforth',
  projectName: null,
  technicianName: 'Ana',
  machineName: 'ANA-LT1',
  events: [],
  commands: [],
  files: [],
  workItems: [],
  openTasks: [],
  ...own,
})

const worldOfWork = (): SummaryFacts =>
  facts({
    events: [
      { kind: 'prompt', at: at(1), label: 'conversation', text: '/msp Dataforth #12345' },
      {
        kind: 'prompt',
        at: at(2),
        label: 'conversation',
        text: 'The print spooler on SRV-OLD stops every night, find out why',
      },
      { kind: 'command', at: at(6), label: 'get-localuser', text: null },
      { kind: 'command', at: at(9), label: 'get-wmiobject', text: null },
      { kind: 'agent.stopped', at: at(12), label: 'agent context-recovery', text: 'report' },
      { kind: 'turn', at: at(70), label: 'conversation', text: 'done' },
    ],
    commands: [
      command(1, 'Get-LocalUser', { host: 'SRV-OLD', stderr_excerpt: "The term 'Get-LocalUser' is not recognized" }),
      command(2, 'systemctl restart cups', { host: 'print1', stderr_excerpt: 'Access denied' }),
      command(3, 'sudo systemctl restart cups', { host: 'print1', ...worked }),
      command(4, 'ls /a', worked),
      command(5, 'Restart-Service Spooler', { host: 'SRV-OLD', ...worked }),
      command(6, 'Restart-Service W32Time', { host: 'SRV-OLD', ...worked }),
      command(7, 'grep foo bar'),
    ],
    files: [{ path: '/etc/cups/cupsd.conf', change: 'M', lines_added: 4, lines_removed: 2, changed_at: at(10) }],
    workItems: [
      {
        id: id(70),
        title: 'Restart the print spooler',
        category: 'incident',
        status: 'completed',
        outcome: 'success',
        seq: 1,
      },
      { id: id(71), title: 'Replace the driver', category: 'change', status: 'blocked', outcome: 'unknown', seq: 2 },
    ],
    openTasks: [{ id: id(72), title: 'Ask HP for a signed driver' }],
  })

describe('the summary of a session', () => {
  test('tells goal, done, failed and what then worked, commands, files, agents, time and what is open', () => {
    const { markdown } = summarise(worldOfWork())

    expect(markdown).toBe(
      [
        'Dataforth, #12345 (msp): Ana on ANA-LT1, 2026-01-12 09:00 to 10:20 UTC.',
        '**Goal**: The print spooler on SRV-OLD stops every night, find out why',
        '**Done**:',
        '- Restart the print spooler: incident, completed, success [00000046]',
        '- Replace the driver: change, blocked [00000047]',
        '**Failed**:',
        "- `Get-LocalUser` on SRV-OLD: exit 1, The term 'Get-LocalUser' is not recognized [00000001]. Not solved",
        '- `systemctl restart cups` on print1: exit 1, Access denied [00000002]. Then worked: `sudo systemctl restart cups`',
        '**Commands** (7 runs, 3 failed):',
        '- `sudo systemctl restart cups` on print1',
        '- 2× `Restart-Service W32Time` on SRV-OLD',
        '- `ls /a`',
        '**Files** (1 file, +4 -2):',
        '- M /etc/cups/cupsd.conf +4 -2',
        '**Agents**:',
        '- agent context-recovery',
        '**Time**: 11 min active of 1 h 20 min (get-localuser 4 min, agent context-recovery 3 min, get-wmiobject 3 min, conversation 1 min).',
        '**Open**:',
        '- blocked: Replace the driver [00000047]',
        '- `Get-LocalUser` still fails on SRV-OLD [00000001]',
        '- task: Ask HP for a signed driver [00000048]',
      ].join('\n'),
    )
  })

  test('is named after what was done, else after what was wanted, else after whose it is', () => {
    const event = { kind: 'prompt', at: at(1), label: null, text: 'Why is the VPN slow?' }

    expect(summarise(worldOfWork()).title).toBe('Restart the print spooler and 1 more')
    expect(summarise(facts({ events: [event] })).title).toBe('Why is the VPN slow?')
    expect(summarise(facts()).title).toBe('msp session for Dataforth')
  })

  test('has key points and open questions', () => {
    const { keyPoints, openQuestions } = summarise(worldOfWork())

    expect(keyPoints).toHaveLength(5)
    expect(keyPoints.at(-1)).toBe('Changed 1 file, +4 -2')
    expect(openQuestions).toEqual([
      'blocked: Replace the driver [00000047]',
      '`Get-LocalUser` still fails on SRV-OLD [00000001]',
      'task: Ask HP for a signed driver [00000048]',
    ])
  })

  test('tells a failure that has become a task once', () => {
    const world = worldOfWork()

    const { openQuestions } = summarise({
      ...world,
      openTasks: [{ id: id(73), title: 'Unresolved: Get-LocalUser failed on SRV-OLD (exit 1)' }],
    })

    expect(openQuestions.filter((line) => line.includes('Get-LocalUser'))).toEqual([
      'task: Unresolved: Get-LocalUser failed on SRV-OLD (exit 1) [00000049]',
    ])
  })

  test('of a session without anything has its frame and its time', () => {
    const { markdown, keyPoints, openQuestions } = summarise(facts())

    expect(markdown).toBe(
      'Dataforth, #12345 (msp): Ana on ANA-LT1, 2026-01-12 09:00 to 10:20 UTC.\n**Time**: 0 s active of 1 h 20 min.',
    )
    expect([...keyPoints, ...openQuestions]).toEqual([])
  })

  test('leaves lines out rather than growing, and says how many', () => {
    const workItems = Array.from({ length: 40 }, (_, n) => ({
      id: id(n),
      title: `Move mailbox number ${n} to the new tenant and check it twice`,
      category: 'change' as const,
      status: 'completed' as const,
      outcome: 'success' as const,
      seq: n,
    }))

    const { markdown } = summarise({ ...worldOfWork(), workItems })

    expect(words(markdown)).toBeLessThanOrEqual(MAX_WORDS)
    expect(markdown).toMatch(/\+\d+ more work items/)
  })
})

test('for any facts a summary is short, stable, and without control characters', () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
  const any = fc.record({
    clientName: maybe(hostile),
    technicianName: hostile,
    openTasks: fc.array(fc.record({ id: fc.constant(id(5)), title: hostile })),
    commands: commandFacts.map((rows) => rows.map((row, seq) => ({ ...row, id: id(seq), seq }))),
    files: fc.array(
      fc.record({
        path: hostile,
        change: fc.constantFrom('A', 'M'),
        lines_added: fc.nat(),
        lines_removed: fc.constant(null),
        changed_at: fc.constant(hoursAgo(1)),
      }),
    ),
    events: fc.array(
      fc.record({
        kind: fc.constantFrom('prompt', 'agent.stopped', 'command'),
        at: fc.nat(200).map(at),
        label: maybe(hostile),
        text: maybe(hostile),
      }),
    ),
  }) as unknown as fc.Arbitrary<Partial<SummaryFacts>>
  fc.assert(
    fc.property(any, (own) => {
      const summary = summarise(facts(own))
      expect(words(summary.markdown)).toBeLessThanOrEqual(MAX_WORDS)
      expect(summary.title.length).toBeLessThanOrEqual(100)
      expect(summary.title.length).toBeGreaterThan(0)
      expect(summary.title + summary.markdown).not.toMatch(
        /[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u,
      )
      for (const point of [...summary.keyPoints, ...summary.openQuestions])
        expect(point.length).toBeLessThanOrEqual(500)
      expect(summary.keyPoints.length).toBeLessThanOrEqual(20)
      expect(summarise(structuredClone(facts(own)))).toEqual(summary)
    }),
    { numRuns: 500 },
  )
})
