import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import type { ModelRequest } from './support/model-request.ts'
import { type Office, test } from './support/office.ts'

/** A client about which much is known, all of it with the client's name in it. */
async function clientWithPast({ msp }: Office, name: string, technicians: readonly string[]): Promise<string> {
  const id = await msp.client(name, technicians)
  await msp.api('POST', '/tasks', { client_id: id, title: `Renew the certificate of ${name}` })
  await msp.api('POST', '/infrastructure', {
    ...{ client_id: id, hostname: `SRV-${name}`, kind: 'physical_server' },
    environmental_notes: `the old box of ${name}`,
  })
  return id
}

const textOf = (requests: readonly ModelRequest[]) => requests.map(({ text }) => text).join('\n')

describeWithClient('two sessions at once', () => {
  test('on one machine, for two clients, are kept apart', async ({ office }) => {
    const { msp, model } = office
    const [alder, birch] = [
      await clientWithPast(office, 'Alder', ['Ana']),
      await clientWithPast(office, 'Birch', ['Ana']),
    ]
    const laptop = await office.machine('ANA-LT1', 'Ana')
    model.script(
      ['Alder', 'Birch'].flatMap((name) => [
        turn({ tail: `work for ${name}`, reply: tool('Bash', { command: `echo 1 of ${name}` }) }),
        turn({ tail: `1 of ${name}`, reply: tool('Bash', { command: `echo 2 of ${name}; exit 3` }) }),
        turn({
          tail: `2 of ${name}`,
          reply: tool('Write', { file_path: `${laptop.projectDir}/${name}`, content: name }),
        }),
        turn({ tail: `more for ${name}`, reply: tool('Bash', { command: `echo 3 of ${name}` }) }),
      ]),
    )

    const [first, second] = await Promise.all(
      ['Alder', 'Birch'].map((name) =>
        laptop.claude({ messages: [`/msp ${name}`, `work for ${name}`, '/compact', `more for ${name}`] }),
      ),
    )
    await msp.delivered(laptop)

    expect(model.unplayed()).toEqual([])
    expect(await msp.stretches(first?.sessionId ?? '')).toMatchObject([{ client_id: alder }])
    expect(await msp.stretches(second?.sessionId ?? '')).toMatchObject([{ client_id: birch }])
    for (const [name, other, run] of [
      ['Alder', 'Birch', first],
      ['Birch', 'Alder', second],
    ] as const) {
      const commands = await msp.commands(name)
      expect(commands.map(({ command }) => command)).toEqual([
        `echo 1 of ${name}`,
        `echo 2 of ${name}; exit 3`,
        `echo 3 of ${name}`,
      ])
      expect(await msp.all(`/file-changes?client=${name}`)).toMatchObject([{ path: `${laptop.projectDir}/${name}` }])
      const asked = textOf(office.asked(run?.sessionId ?? ''))
      expect(asked).toContain(`Renew the certificate of ${name}`)
      expect(asked).not.toContain(other)
    }
  })

  test('of technicians with different rights show each only what is theirs', async ({ office }) => {
    const { msp, model } = office
    await clientWithPast(office, 'Cedar', ['Eva'])
    await clientWithPast(office, 'Douglas', ['Eva', 'Ben'])
    const laptop = await office.machine('EVA-LT1', 'Eva')
    const workstation = await office.machine('BEN-WS2', 'Ben')
    model.script([
      turn({ from: 'EVA-LT1', tail: 'work here', reply: tool('Bash', { command: 'echo secret work at Cedar' }) }),
      turn({
        from: 'BEN-WS2',
        tail: 'work here',
        reply: tool('Bash', { command: 'msp search Ced; msp client list; msp session list' }),
      }),
    ])

    await laptop.claude({ messages: ['/msp Cedar', 'work here', '/msp end'] })
    await msp.delivered(laptop)
    await workstation.claude({ messages: ['/msp Ced', 'just a question', '/msp Douglas', 'work here'] })

    const asked = model.requests.main.filter(({ hostname }) => hostname === 'BEN-WS2')
    expect(asked.at(0)?.tail).toMatch(/^✗ /m)
    expect(asked.at(-1)).toContainText('Renew the certificate of Douglas')
    expect(textOf(asked)).not.toContain('Cedar')
  })

  test('a subagent that works on in the background after a switch works for the client it was sent for', async ({
    office,
  }) => {
    const { msp, model } = office
    for (const name of ['Elm', 'Fir']) await msp.client(name, ['Ida'])
    const laptop = await office.machine('IDA-LT1', 'Ida')
    const sent = {
      subagent_type: 'general-purpose',
      description: 'look',
      prompt: 'LOOK AT IT',
      run_in_background: true,
    }
    const switched = Promise.withResolvers<void>()
    const looked = Promise.withResolvers<void>()
    model.script([
      turn({ kind: 'main', tail: 'send somebody', reply: tool('Agent', sent) }),
      turn({
        kind: 'subagent',
        tail: 'LOOK AT IT',
        reply: () => switched.promise.then(() => tool('Bash', { command: 'echo of the agent' })),
      }),
      turn({
        kind: 'subagent',
        tail: 'of the agent',
        reply: () => {
          looked.resolve()
          return 'I looked'
        },
      }),
      turn({ kind: 'main', tail: 'next client', reply: tool('Bash', { command: 'echo of the next' }) }),
      turn({
        kind: 'main',
        tail: 'of the next',
        reply: async () => {
          switched.resolve()
          await looked.promise
          return 'done'
        },
      }),
    ])

    await laptop.claude({ messages: ['/msp Elm', 'send somebody', '/msp Fir', 'next client'] })
    await msp.delivered(laptop)

    expect(await msp.commands('Elm')).toMatchObject([{ command: 'echo of the agent', agent_type: 'general-purpose' }])
    expect(await msp.commands('Fir')).toMatchObject([{ command: 'echo of the next', agent_id: null }])
  })
})
