import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'
import { killHooks, recorded, toldByTranscript } from './support/told.ts'

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

  test('as a fork records its own work only, not that of the session it was made from', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Meridian', ['Eva'])
    const laptop = await office.machine('EVA-LT1', 'Eva')
    model.script([
      turn({ tail: 'begin with', reply: tool('Bash', { command: 'echo in the first' }) }),
      turn({ tail: 'try it', reply: tool('Bash', { command: 'echo in the fork' }) }),
    ])

    const first = await laptop.claude({ messages: ['/msp Meridian', 'begin with it'] })
    const fork = await laptop.claude({ prompt: 'try it', resume: first.sessionId, args: ['--fork-session'] })
    await msp.delivered(laptop)

    expect(fork.sessionId).not.toBe(first.sessionId)
    expect((await msp.commands('Meridian')).map(({ command }) => command)).toEqual(['echo in the first'])
    const log = office.log(fork.sessionId).flatMap(({ kind, text }) => (kind === 'turn' ? [] : [[kind, text]]))
    expect(log).toEqual([
      ['session.opened', null],
      ['prompt', 'try it'],
      ['command', null],
      ['session.closed', null],
    ])
  })

  test('after a kill goes on in the same session, and nothing of it is lost', async ({ office }) => {
    const { msp, model } = office
    const helios = await msp.client('Helios', ['Uwe'])
    const laptop = await office.machine('UWE-LT1', 'Uwe')
    const run = laptop.start({ messages: ['/msp Helios', 'begin with it'] })
    model.script([
      turn({
        tail: 'begin with',
        reply: ['A', 'B', 'C'].map((name) => tool('Bash', { command: `echo before ${name}` })),
      }),
      turn({
        tail: 'before C',
        reply: async () => {
          await Promise.all([run.kill('SIGKILL'), killHooks(laptop)])
          return 'nobody hears this'
        },
      }),
      turn({ tail: 'go on', reply: tool('Bash', { command: 'echo after' }) }),
    ])

    const { sessionId } = await run.finished
    await laptop.claude({ prompt: 'go on', resume: sessionId })
    await msp.delivered(laptop)

    expect(await msp.stretches(sessionId)).toMatchObject([{ client_id: helios, status: 'ended', end_reason: 'exit' }])
    expect(recorded(office, sessionId).sort()).toEqual((await toldByTranscript(laptop, sessionId)).sort())
    expect(await msp.commands('Helios')).toHaveLength(4)
  })
})
