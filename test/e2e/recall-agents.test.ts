import { expect } from 'vitest'
import { countTokens } from '../../server/search/tokenizer.ts'
import { describeWithClient } from './support/available.ts'
import { type Delegation, longest, turnsOf } from './support/delegated.ts'
import type { ModelRequest } from './support/model-request.ts'
import { type Office, test } from './support/office.ts'

/** The agents that look something up: what they run, what their token refuses, and what of it all reaches the conversation. */

const DAY_MS = 86_400_000
const ERROR = 'Error 1053: The service did not respond to the start or control request in a timely fashion.'
const TOPICS = ['print spooler', 'VPN tunnel', 'mail queue', 'backup job', 'certificate', 'switch port', 'SQL agent']
const HOSTS = ['SRV-OLD', 'SRV-FILE', 'DB1', 'FW-EDGE']

/** A client with months of work: what a question has to be answered from. */
async function fillHistory({ msp }: Office, client_id: string): Promise<void> {
  const [machine] = await msp.all<{ id: string }>('/machines')
  for (let number = 0; number < 30; number++) {
    const topic = TOPICS[number % TOPICS.length]
    const host = HOSTS[number % HOSTS.length]
    const at = new Date(Date.now() - (number + 2) * 3 * DAY_MS).toISOString()
    const session = await msp.api<{ id: string }>('POST', '/sessions', {
      ...{ machine_id: machine?.id, client_id, mode: 'msp', stretch: 1 },
      ...{ claude_session_id: `0000${number}`.slice(-4).padStart(36, '0') },
    })
    await msp.api('POST', '/work-items', {
      ...{ session_id: session.id, client_id, started_at: at, active_seconds: 600 + number * 30 },
      ...{ title: `Repaired the ${topic} on ${host}`, category: number % 3 === 0 ? 'incident' : 'maintenance' },
      description: [
        `The ${topic} on ${host} had stopped after the update of week ${number}. The log showed "timeout 0x${(4096 + number).toString(16)}".`,
        `Looked at the event log, the free space, the services that it depends on and the last change of its configuration in that order.`,
        `Found a stale lock of the process before it, removed that, started the ${topic} again and watched it for a quarter of an hour.`,
        `The client was told by telephone; nothing is open. The monitoring rule was set to warn after five minutes instead of thirty.`,
      ].join('\n'),
    })
  }
  await msp.api('POST', '/problem-solutions', {
    ...{ client_id, title: 'Spooler does not start', symptom: ERROR, error_text: ERROR },
    ...{ solution: 'Remove the stale driver, then start the spooler.', root_cause: 'A driver of an old printer.' },
  })
}

const QUESTIONS: readonly Delegation[] = [
  {
    ...{ agent: 'historical-search', asked: 'WHEN SPOOLER' },
    runs: ["msp search 'print spooler on SRV-OLD' --limit 10 --explain", 'msp session list --limit 20'],
    report: '**Found 2**: 2 weeks ago: spooler started again after a stale lock [1a2b3c4d].\n**Doubts**: none',
  },
  {
    ...{ agent: 'historical-search', asked: 'WHEN CERTIFICATE' },
    runs: [
      "msp search 'certificate' --kind work --limit 20 --json",
      "msp search 'certificate DB1' --host 'DB1' --json",
    ],
    report: '**Found 3**: last in October: certificate on DB1 repaired [2a2b3c4d].\n**Doubts**: none',
  },
  {
    ...{ agent: 'problem-pattern-matching', asked: 'MATCH ERROR' },
    runs: [`msp problems match '${ERROR}' --json`, "msp search 'spooler start timeout' --kind work --limit 10 --json"],
    report: '1. **Problem** [3a2b3c4d], same error. **Solution**: remove the stale driver. **Worked**: never tried.',
  },
  {
    ...{ agent: 'database-query', asked: 'HOURS BY MONTH' },
    runs: [
      'msp figures work_minutes --by month --by category --since 2020-01-01 --json',
      'msp figures work_items --by week --by category --since 2026-01-01 --json',
    ],
    report: '**Figures**: 800 minutes in 40 items.\n**Findings**: two thirds maintenance.\n**Doubts**: none',
  },
  {
    ...{ agent: 'context-recovery', asked: 'WHERE ARE WE' },
    runs: ['msp context', 'msp session list --limit 5 --json', 'msp task list', 'msp cred find --limit 5'],
    report: '**Goal**: a spooler that stays up.\n**Done**: driver removed [4a2b3c4d].\n**Next step**: watch it.',
  },
]

const of = (requests: readonly ModelRequest[], asked: string) => requests.filter(({ first }) => first.includes(asked))

describeWithClient('an agent that looks something up', () => {
  test('runs its command, is refused what it does not need, and only its report reaches the conversation', async ({
    office,
  }) => {
    const { msp, model } = office
    const client_id = await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    await fillHistory(office, client_id)
    const run = await laptop.claude({ messages: ['/msp Dataforth'] })
    const figures: Record<string, unknown>[] = []
    for (const [index, question] of QUESTIONS.entries()) {
      const before = model.requests.all.length
      const refused = index === 0 ? 'cat /etc/hostname' : "msp task add 'not for me'"
      model.script(turnsOf(question, [refused]))

      await laptop.claude({ messages: [`please ${question.asked}`], resume: run.sessionId })

      expect(model.unplayed()).toEqual([])
      const made = model.requests.all.slice(before)
      const agent = of(
        made.filter(({ kind }) => kind === 'subagent'),
        question.asked,
      )
      const results = agent.slice(1).map(({ tail }) => tail)
      expect(results).toHaveLength(question.runs.length + 1)
      for (const result of results.slice(0, -1)) expect(result).not.toMatch(/Exit code|stopped this command/)
      expect(results.at(-1)).toMatch(index === 0 ? /runs "msp …" and nothing else/ : /Exit code 4[\s\S]*agent/i)
      const main = made.filter(({ kind }) => kind === 'main')
      const reached = main.at(-1)?.tail ?? ''
      expect(reached).toContain(question.report.split('\n')[0])
      const processed = await countTokens(agent.map(({ text }) => text).join('\n'))
      const read = await countTokens(results.join('\n'))
      const report = await countTokens(longest(question))
      figures.push({
        ...{ agent: question.agent, read_tokens: read, processed_tokens: processed, report_tokens: report },
        reached_tokens: await countTokens(reached),
      })
    }
    const sum = (field: string) => figures.reduce((total, one) => total + Number(one[field]), 0)
    const all = {
      ...{ reached: sum('reached_tokens'), processed: sum('processed_tokens'), read: sum('read_tokens') },
      percent_of_processed: Math.round((1000 * sum('reached_tokens')) / sum('processed_tokens')) / 10,
      percent_of_read: Math.round((1000 * sum('reached_tokens')) / sum('read_tokens')) / 10,
    }
    console.log([...figures, all].map((one) => JSON.stringify(one)).join('\n'))
    expect(figures).toHaveLength(QUESTIONS.length)
    expect(all.reached).toBeGreaterThan(0)
    expect(await msp.all('/tasks')).toEqual([])
  }, 400_000)
})
