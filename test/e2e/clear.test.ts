import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'

describeWithClient('/clear', () => {
  test('goes on for the same client under the new session id, and tells Claude for whom', async ({ office }) => {
    const { msp, model } = office
    const dataforth = await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    model.script([
      turn({ tail: 'look at the spooler', reply: tool('Bash', { command: 'echo before the clear' }) }),
      turn({ tail: 'go on with it', reply: tool('Bash', { command: 'echo after the clear' }) }),
    ])

    const run = await laptop.claude({
      messages: ['/msp Dataforth #4711', 'look at the spooler', '/clear', 'go on with it'],
    })
    await msp.delivered(laptop)

    const [before, after] = [...new Set(run.events.flatMap((event) => event.session_id ?? []))]
    const [old] = await msp.stretches(`${before}`)
    const [next] = await msp.stretches(`${after}`)
    expect(old).toMatchObject({ mode: 'msp', client_id: dataforth, ticket: '4711', end_reason: 'clear' })
    expect(next).toMatchObject({ mode: 'msp', client_id: dataforth, ticket: '4711', parent_session_id: old?.id })
    expect((await msp.commands('Dataforth')).map(({ command, session_id }) => [command, session_id])).toEqual([
      ['echo before the clear', old?.id],
      ['echo after the clear', next?.id],
    ])
    expect(office.asked(`${after}`)[0]).toContainText('SessionStart hook additional context: <claudetools-context')
    expect(office.asked(`${after}`)[0]).toContainText('Client: Dataforth. Ticket: 4711.')
  })

  test('goes on for nobody when the work was ended before', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Meridian', ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')
    model.script([turn({ tail: 'what is a lease', reply: tool('Bash', { command: 'echo for nobody' }) })])

    const run = await workstation.claude({ messages: ['/msp Meridian', '/msp end', '/clear', 'what is a lease?'] })
    await msp.delivered(workstation)

    const [session] = await msp.stretches(run.events.findLast((event) => event.session_id)?.session_id ?? '')
    expect(session).toMatchObject({ mode: 'normal', client_id: null })
    expect(await msp.commands('Meridian')).toEqual([])
  })
})
