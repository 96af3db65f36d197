import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { type Delegation, longest, mostWords, turnsOf } from './support/delegated.ts'
import { type Office, test } from './support/office.ts'

/** The agents that keep records and credentials: each does its work through `msp`, and its token refuses what that does not need. */

interface Placed {
  session: string
  item: string
  credential: string
}

/** Ana's running session for Dataforth has a piece of work, and Dataforth a credential. */
async function begun({ msp }: Office, client_id: string, session_id: string): Promise<Placed> {
  const item = await msp.api<{ id: string }>('POST', '/work-items', {
    ...{ session_id, client_id, title: 'Work on SRV-OLD', category: 'service_request' },
  })
  await msp.api('POST', '/infrastructure', { client_id, hostname: 'SRV-OLD', kind: 'physical_server' })
  await msp.api('POST', '/tags', { slug: 'printing', name: 'Printing' })
  const credential = await msp.api<{ id: string }>('POST', '/credentials', {
    ...{ client_id, name: 'Printer admin', type: 'password', username: 'admin', secrets: { password: 'Kranich17!' } },
  })
  return { session: session_id, item: item.id, credential: credential.id.slice(-8) }
}

const delegations = ({ session, item, credential }: Placed): readonly Delegation[] => [
  {
    ...{ agent: 'machine-detection', asked: 'MACHINE CAN' },
    runs: ['msp machine show --json', 'msp machine refresh --json'],
    report: '**Machine**: ANA-LT1, linux.\n**Cannot**: unknown',
  },
  {
    ...{ agent: 'environment-context', asked: 'BEFORE COMMAND' },
    runs: [
      "msp env check --target 'SRV-OLD' -- 'Get-Service -Name '\\''Spooler'\\'''",
      "msp failures list --host 'SRV-OLD'",
      "msp commands-for 'restart a service' --os 'windows'",
    ],
    report: '**Decision**: allowed.\n**Constraints**: none known',
  },
  {
    ...{ agent: 'failure-analysis', asked: 'WHAT KEEPS FAILING' },
    runs: ["msp failures list --client 'Dataforth' --status candidate --limit 50", 'msp failures list --status active'],
    report: 'No failure patterns for Dataforth.',
  },
  {
    ...{ agent: 'credential-retrieval', asked: 'PRINTER RESTART' },
    runs: ["msp cred find 'printer'", `msp cred show ${credential}`],
    report: `**Used**: nothing\n**Needed**: nothing [${credential}]`,
  },
  {
    ...{ agent: 'credential-storage', asked: 'NEW PASSWORD' },
    runs: ["msp cred find 'scanner'", "msp client show 'Dataforth'"],
    report: "**Stored**: not yet\n**To run**: msp cred add 'Scanner admin' --client 'Dataforth' --type password",
  },
  {
    ...{ agent: 'work-categorization', asked: 'REFINE ITEMS' },
    runs: [
      `msp work list --of ${session} --json`,
      'msp call tags.list \'{"limit":200}\'',
      `msp call commandsRun.list '{"work_item_id":"${item}","limit":50}'`,
      `msp work categorize ${item} --category incident --tag printing --title 'Spooler on SRV-OLD repaired' --description-stdin <<'END_OF_TEXT'\nThe spooler didn't start; the "stale" driver was removed.\nEND_OF_TEXT`,
    ],
    report: `${item.slice(-8)}: incident, Spooler on SRV-OLD repaired`,
  },
  {
    ...{ agent: 'session-summary', asked: 'SUMMARISE IT' },
    runs: [
      `msp session show ${session} --json`,
      `msp work list --of ${session}`,
      `msp session summarize ${session} --title 'Spooler repaired' <<'END_OF_SUMMARY'\n**Goal**: Ann's printer prints again.\nEND_OF_SUMMARY`,
    ],
    report: `Stored: ${session.slice(-8)}, Spooler repaired.`,
  },
]

describeWithClient('an agent that is delegated to by name', () => {
  test('does its work through msp, returns within its words, and is refused what it does not need', async ({
    office,
  }) => {
    const { msp, model } = office
    const client_id = await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const run = await laptop.claude({ messages: ['/msp Dataforth'] })
    const [row] = await msp.all<{ id: string }>('/sessions')
    const placed = await begun(office, client_id, row?.id as string)
    for (const delegation of delegations(placed)) {
      const before = model.requests.all.length
      model.script(turnsOf(delegation, ["msp task add 'not for me'", 'cat /etc/hostname']))
      if (delegation.agent === 'session-summary') await laptop.claude({ messages: ['/msp end'], resume: run.sessionId })

      await laptop.claude({ messages: [`please ${delegation.asked}`], resume: run.sessionId })

      expect(model.unplayed()).toEqual([])
      const made = model.requests.all.slice(before)
      const results = made
        .filter(({ kind, first }) => kind === 'subagent' && first.includes(delegation.asked))
        .slice(1)
        .map(({ tail }) => tail)
      expect(results).toHaveLength(delegation.runs.length + 2)
      for (const result of results.slice(0, -2)) expect(result).not.toMatch(/Exit code|stopped this command/)
      expect(results.at(-2)).toMatch(/Exit code 4[\s\S]*agent/i)
      expect(results.at(-1)).toMatch(/runs "msp …" and nothing else/)
      const reached = made.filter(({ kind }) => kind === 'main').at(-1)?.tail ?? ''
      expect(reached).toContain(delegation.report.split('\n')[0])
      expect(longest(delegation).split(/\s+/).length).toBeLessThanOrEqual(mostWords(delegation.agent))
    }
    expect(await msp.all('/tasks')).toEqual([])
    expect(await msp.api('GET', `/work-items/${placed.item}`)).toMatchObject({
      ...{ category: 'incident', categorized_by: 'auto', title: 'Spooler on SRV-OLD repaired' },
      description: 'The spooler didn\'t start; the "stale" driver was removed.',
    })
    expect(await msp.api('GET', `/sessions/${placed.session}`)).toMatchObject({ title: 'Spooler repaired' })
  }, 400_000)
})
