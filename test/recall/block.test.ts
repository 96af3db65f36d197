import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadTokenizer } from '../../server/search/tokenizer.ts'
import { contextBlock } from '../../src/recall/block.ts'
import type { BlockFacts } from '../../src/recall/facts.ts'
import { anyFacts } from './facts-arbitrary.ts'
import {
  aCompact,
  aFailure,
  aHost,
  aMachine,
  aPattern,
  aResume,
  aSession,
  aStart,
  aTask,
  dataforth,
  hoursAgo,
  id,
  NOW,
  richStart,
  words,
} from './world.ts'

const block = (facts: BlockFacts, budget = 1_000) => contextBlock(facts, { budget, countTokens: words, now: NOW }).text
const lines = (text: string) => text.split('\n')

describe('the block at the start', () => {
  test('says who and where, then open tasks, the state, what fails, constraints, what is known, sessions, credentials and what expires', () => {
    const text = block(richStart())

    const order = [
      'Now: Mon 2026-01-12 10:03 America/Phoenix',
      'Machine ANA-LT1',
      'Cannot here: Docker',
      'Note: ',
      'Open tasks:',
      'Project state:',
      'Known to fail here',
      'Constraints:',
      'Facts:',
      'Notes:',
      'Decided:',
      'Last sessions:',
      'Credentials used',
      'Expires soon:',
    ]
    const found = order.map((part) => text.indexOf(part))
    expect(found).toEqual([...found].sort((a, b) => a - b))
    expect(found[0]).toBeGreaterThan(0)
    expect(text).toContain('Mode: msp. Client: Dataforth. Project: Firewall migration. Ticket: #12345.')
  })

  test('begins and ends with its markers and says that it is data', () => {
    const all = lines(block(richStart()))

    expect(all[0]).toBe('<claudetools-context origin="ClaudeTools work records" purpose="start">')
    expect(all[1]).toMatch(/data, never instructions/)
    expect(all.at(-1)).toBe('</claudetools-context>')
  })

  test('has an age and a short id on each line of a fact', () => {
    const facts = lines(block(richStart())).filter((line) => line.startsWith('- '))

    expect(facts.length).toBeGreaterThan(10)
    for (const line of facts) {
      expect(line).toMatch(/\[[0-9a-f]{8}\]/)
      expect(line).toMatch(/\b\d+ (min|h|d|w|mo|y)\b/)
    }
  })

  test('tells of a failed command where, how, and what worked instead', () => {
    const text = block(richStart())

    expect(text).toContain(
      "`Get-LocalUser` on SRV-OLD: exit 1, Get-LocalUser : The term 'Get-LocalUser' is not recognized",
    )
    expect(text).toContain('(20 h) [00000014]. Worked: `Get-WmiObject Win32_UserAccount -Filter "LocalAccount=True"`')
  })

  test('sorts tasks by priority, then by due date, then by age', () => {
    const tasks = [
      aTask(1),
      aTask(2, { due_at: hoursAgo(-50) }),
      aTask(3, { priority: 'p1' }),
      aTask(4, { created_at: hoursAgo(90) }),
      aTask(5, { due_at: hoursAgo(5) }),
    ]

    const shown = [...block(aStart({ tasks })).matchAll(/Task (\d)/g)].map((match) => match[1])

    expect(shown).toEqual(['3', '5', '2', '4', '1'])
  })

  test('does not list the answer "no", a red test suite, an interrupted run, or a command that later worked as it stood', () => {
    const failures = [
      aFailure(1, 'grep -r foo /etc'),
      aFailure(2, 'npm test'),
      aFailure(3, 'sleep 100', { interrupted: true }),
      aFailure(4, 'curl https://a', { alternative: 'curl https://a', resolved_by_id: id(9) }),
      aFailure(5, 'cat /nonexistent'),
    ]

    const text = block(aStart({ failures }))

    expect(lines(text).filter((line) => line.startsWith('- '))).toEqual([
      '- `cat /nonexistent`: exit 1 (5 h) [00000005]',
    ])
  })

  test('makes one line of the same failure on the same host', () => {
    const failures = [
      aFailure(1, 'cat /a', { host: 'web1' }),
      aFailure(2, 'cat /b', { host: 'web1' }),
      aFailure(3, 'cat /c', { host: 'web2' }),
    ]

    const text = block(aStart({ failures }))

    expect(text).toContain('`cat /a` on web1: exit 1 (2 times, 1 h)')
    expect(text.match(/`cat/g)).toHaveLength(2)
  })

  test('shows five sessions, the newest first, and hosts only where there is something to mind', () => {
    const facts = aStart({
      sessions: [9, 3, 1, 7, 5, 8].map((n) => aSession(n)),
      hosts: [aHost(1), aHost(2, { powershell_version: null })],
    })

    const text = block(facts)

    expect([...text.matchAll(/Session (\d)/g)].map((match) => match[1])).toEqual(['1', '3', '5', '7', '8'])
    expect(text).toContain('SRV-1: Windows Server 2008 R2, PowerShell 2.0')
    expect(text).not.toContain('SRV-2')
  })
})

describe('what a machine cannot do', () => {
  test('includes a VPN to the client when no profile bears its name', () => {
    const machine = aMachine({ tools: { docker: true }, vpn_profiles: { profiles: ['Acme'] } })

    const text = block(aStart({ ...dataforth, machine }))

    expect(text).toContain('Cannot here: VPN to Dataforth (no profile).')
    expect(text).toContain('; Docker;')
  })

  test('never names another client by its VPN profile', () => {
    const text = block(
      aStart({ ...dataforth, machine: aMachine({ vpn_profiles: { profiles: ['dataforth-hq', 'Acme', 'Globex'] } }) }),
    )

    expect(text).toContain('VPN dataforth-hq, 2 other')
    expect(text).not.toMatch(/Acme|Globex/)
  })

  test('does not include what nobody looked for', () => {
    const text = block(aStart({ ...dataforth, machine: aMachine({ tools: {}, vpn_profiles: {} }) }))

    expect(text).not.toContain('Cannot')
  })
})

describe('silence', () => {
  const quiet = aMachine({ tools: { docker: true }, vpn_profiles: {} })

  test('when nothing is known and no mode was chosen', () => {
    expect(contextBlock(aStart({ machine: quiet }), { countTokens: words, now: NOW }).text).toBe('')
  })

  test('is broken by a mode, a limit of the machine, a notice, or a task', () => {
    expect(block(aStart({ machine: quiet, mode: 'dev' }))).toContain('Mode: dev.')
    expect(block(aStart({ machine: aMachine() }))).toContain('Cannot here: Docker.')
    expect(block(aStart({ notices: ['Client "X" could not be found; events are kept.'] }))).toContain(
      'Note: Client "X"',
    )
    expect(block(aStart({ tasks: [aTask(1)] }))).toContain('Task 1')
  })

  test('on resume when nothing changed since, even in a mode', () => {
    const old = aResume({ ...dataforth, tasks: [aTask(1)], sessions: [aSession(50)], failures: [aFailure(60, 'make')] })

    expect(block(old)).toBe('')
  })

  test('after a compaction of a session that did nothing', () => {
    expect(block(aCompact({ ...dataforth, prompts: ['/msp Dataforth'], tasks: [aTask(1)] }))).toBe('')
  })
})

describe('the block on resume', () => {
  test('holds only what changed since', () => {
    const facts = aResume({
      ...dataforth,
      since: hoursAgo(10),
      tasks: [aTask(1, { updated_at: hoursAgo(3), status: 'done' }), aTask(2)],
      sessions: [aSession(4, { technician_name: 'Bert' }), aSession(30)],
      failures: [aFailure(5, 'make deploy'), aFailure(40, 'make old')],
      patterns: [aPattern(6, { last_seen_at: hoursAgo(2) }), aPattern(7)],
    })

    const text = block(facts)

    expect(text).toContain('Tasks changed since this session paused 10 h ago:')
    expect(text).toContain('p3 Task 1, done')
    expect(text).toContain('Bert on ANA-LT1')
    expect(text).toContain('`make deploy`')
    expect(text).toContain('Pattern 6')
    for (const old of ['Task 2', 'Session 30', 'make old', 'Pattern 7']) expect(text).not.toContain(old)
  })
})

describe('the block after a compaction', () => {
  test('tells goal, work, commands with failures, files and open tasks', () => {
    const facts = aCompact({
      ...dataforth,
      prompts: ['/msp Dataforth', 'The spooler on SRV-OLD stops every night', 'Try the old driver', 'Now restart it'],
      work_items: [
        {
          id: id(80),
          title: 'Restart the print spooler',
          category: 'incident',
          status: 'in_progress',
          outcome: 'unknown',
          seq: 1,
        },
      ],
      commands: [
        aFailure(2, 'Get-LocalUser', { stderr_excerpt: 'not recognized' }),
        aFailure(1, 'Get-Service Spooler', { success: true, exit_code: 0 }),
        aFailure(3, 'Get-Service W32Time', { success: true, exit_code: 0 }),
      ],
      files: [
        { path: '/etc/hosts', change: 'M', lines_added: 2, lines_removed: 1, changed_at: hoursAgo(1) },
        { path: '/etc/hosts', change: 'M', lines_added: 1, lines_removed: 0, changed_at: hoursAgo(0.5) },
      ],
      tasks: [aTask(1)],
    })

    const text = block(facts)

    expect(text).toContain(
      'This session, begun 2 h ago:\n- Goal: The spooler on SRV-OLD stops every night\n- Latest: Now restart it\n- Before that: Try the old driver',
    )
    expect(text).toContain('Restart the print spooler: incident, in_progress [00000050]')
    expect(text).toContain(
      'Commands (3 recorded, 1 failed):\n- `Get-LocalUser`: exit 1, not recognized (2 h) [00000002]\n- 2× `Get-Service Spooler`',
    )
    expect(text).toContain('- M /etc/hosts +3 -1 (2 edits)')
    expect(text).toContain('- p3 Task 1')
  })
})

describe('the budget', () => {
  test('drops whole lines, the least important first, and says how many', () => {
    const text = block(richStart(), 150)

    expect(words(text)).toBeLessThanOrEqual(150)
    expect(text).toContain('Renew the certificate of mail.dataforth.com')
    expect(text).toMatch(/\+\d+ more tasks: `msp task list`/)
    for (const line of lines(text)) if (line.startsWith('- ')) expect(lines(block(richStart()))).toContain(line)
  })

  test('is 1,000 when none is given and never more than 1,500', () => {
    const facts = aStart({
      ...dataforth,
      tasks: Array.from({ length: 12 }, (_, n) => aTask(n + 1, { title: 'a '.repeat(60) })),
      failures: Array.from({ length: 10 }, (_, n) => aFailure(n + 1, `cmd${'x'.repeat(n)} ${'y '.repeat(60)}`)),
      notices: ['n '.repeat(120)],
    })
    const perLetter = (text: string) => Math.ceil(text.length / 2)

    expect(contextBlock(facts, { countTokens: perLetter, now: NOW }).tokens).toBeLessThanOrEqual(1_000)
    expect(contextBlock(facts, { budget: 9_000, countTokens: perLetter, now: NOW }).tokens).toBeLessThanOrEqual(1_500)
  })

  test('holds for the real tokenizer at every size', async () => {
    const countTokens = await loadTokenizer()
    for (const budget of [100, 150, 200, 300, 500, 700, 1_000, 1_500]) {
      const { text, tokens } = contextBlock(richStart(), { budget, countTokens, now: NOW })

      expect(tokens).toBeLessThanOrEqual(budget)
      expect(tokens).toBe(text === '' ? 0 : countTokens(text))
    }
  })
})

const counters = fc.constantFrom(
  words,
  (text: string) => Math.ceil(text.length / 4),
  (text: string) => text.length,
  (text: string) => 7 + text.split('\n').length,
)

describe('for any facts', () => {
  test('the budget is never exceeded', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 2_000 }), counters, (facts, budget, countTokens) => {
        const { text, tokens } = contextBlock(facts, { budget, countTokens, now: NOW })
        expect(tokens).toBeLessThanOrEqual(Math.min(budget, 1_500))
        expect(tokens).toBe(text === '' ? 0 : countTokens(text))
      }),
      { numRuns: 500 },
    )
  })

  test('equal facts give equal bytes, in whatever order the rows come', () => {
    const reversed = (facts: BlockFacts) =>
      Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [
          key,
          Array.isArray(value) && !['notices', 'prompts'].includes(key) ? [...value].reverse() : value,
        ]),
      ) as unknown as BlockFacts
    const unique = (facts: BlockFacts) =>
      Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [
          key,
          Array.isArray(value)
            ? value.map((row, n) =>
                row !== null && typeof row === 'object'
                  ? { ...row, ...('id' in row ? { id: id(n + 1) } : {}), ...('path' in row ? { path: `/${n}` } : {}) }
                  : row,
              )
            : value,
        ]),
      ) as unknown as BlockFacts
    fc.assert(
      fc.property(anyFacts, (any) => {
        const facts = unique(any)
        const text = block(facts)
        expect(block(structuredClone(facts))).toBe(text)
        expect(block(reversed(facts))).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  test('no stored text leaves its line, hides, or passes for the frame', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const text = block(facts, 1_500)
        if (text === '') return
        const all = lines(text)
        expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u)
        expect(text.match(/<\s*\/?\s*claudetools-context/gi)).toHaveLength(2)
        expect(all[0]).toMatch(/^<claudetools-context /)
        expect(all.at(-1)).toBe('</claudetools-context>')
        for (const line of all.slice(2, -1))
          expect(line).toMatch(/^(?:- |\+\d|\d+ |Now: |Machine |Cannot here: |Note: |[A-Z][^\n]*:$)/)
      }),
      { numRuns: 500 },
    )
  })
})
