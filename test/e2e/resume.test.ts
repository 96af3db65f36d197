import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'

/** How often a text stands in another. */
const times = (text: string | undefined, part: string) => (text ?? '').split(part).length - 1

describeWithClient('claude --resume', () => {
  test('goes on for the same client, and tells Claude only what has changed meanwhile', async ({ office }) => {
    const { msp, model } = office
    const dataforth = await msp.client('Dataforth', ['Ana', 'Ben'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const workstation = await office.machine('BEN-WS2', 'Ben')
    await workstation.sh('msp task add "Renew the certificate" --client Dataforth')
    model.script([
      turn({ tail: 'first things', reply: tool('Bash', { command: 'echo on monday' }) }),
      turn({ tail: 'go on', reply: tool('Bash', { command: 'echo on tuesday' }) }),
    ])

    const monday = await laptop.claude({ messages: ['/msp Dataforth #4711', 'first things first'] })
    await msp.delivered(laptop)
    await workstation.sh('msp task add "Replace the toner" --client Dataforth')
    await laptop.claude({ prompt: 'go on', resume: monday.sessionId })
    await msp.delivered(laptop)
    await laptop.claude({ prompt: 'and now', resume: monday.sessionId })
    await msp.delivered(laptop)

    const [first, second, third] = await msp.stretches(monday.sessionId)
    expect(second).toMatchObject({ client_id: dataforth, mode: 'msp', ticket: '4711', parent_session_id: first?.id })
    expect(third).toMatchObject({ client_id: dataforth, parent_session_id: second?.id })
    expect((await msp.commands('Dataforth')).map(({ command, session_id }) => [command, session_id])).toEqual([
      ['echo on monday', first?.id],
      ['echo on tuesday', second?.id],
    ])
    const asked = office.asked(monday.sessionId)
    const tuesday = asked.find((request) => request.tail.includes('go on'))
    expect(tuesday?.tail).toContain('Tasks changed')
    expect(tuesday?.tail).toContain('Replace the toner')
    expect(tuesday?.tail).not.toContain('Renew the certificate')
    expect(times(asked.at(-1)?.text, 'Renew the certificate')).toBe(1)
    expect(times(asked.at(-1)?.text, 'Replace the toner')).toBe(1)
  })
})
