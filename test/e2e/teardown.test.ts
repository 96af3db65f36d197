import { writeFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import type { Home } from './support/home.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'
import { killHooks, recorded, toldByTranscript } from './support/told.ts'

/** Several tools at once, so that some hooks still run when the next thing happens. */
const burst = (home: Home) => [
  ...Array.from({ length: 4 }, (_, at) => tool('Bash', { command: `echo burst ${at}` })),
  tool('Write', { file_path: `${home.projectDir}/burst.txt`, content: 'burst\n' }),
  tool('Bash', { command: 'echo last of the burst; exit 5' }),
]

describeWithClient('the end of a client', () => {
  test('by /exit ends the session with a summary', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    model.script([
      turn({ tail: 'MSP mode: Dataforth', reply: 'Ready for Dataforth' }),
      turn({ tail: 'the spooler hangs', reply: tool('Bash', { command: 'echo restarted the spooler' }) }),
      turn({ tail: 'restarted the spooler', reply: 'It is restarted' }),
    ])

    const terminal = await laptop.terminal()
    await terminal.enters('/msp Dataforth')
    await terminal.sees('Ready for Dataforth')
    await terminal.enters('the spooler hangs')
    await terminal.sees('It is restarted')
    await terminal.enters('/exit')
    await terminal.finished
    await msp.delivered(laptop)

    const sessions = await msp.all('/sessions?client=Dataforth')
    expect(sessions).toMatchObject([{ status: 'ended', end_reason: 'exit' }])
    expect(sessions[0]?.summary).toContain('the spooler hangs')
    expect(await msp.commands('Dataforth')).toMatchObject([{ command: 'echo restarted the spooler' }])
  })

  test('by SIGKILL in the middle of work loses nothing that its transcript tells', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Meridian', ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')
    await writeFile(`${workstation.projectDir}/a.conf`, 'a = 1\n')
    const run = workstation.start({ messages: ['/msp Meridian', 'work hard'] })
    model.script([
      turn({ tail: 'work hard', reply: tool('Read', { file_path: `${workstation.projectDir}/a.conf` }) }),
      turn({
        tail: 'a = 1',
        reply: tool('Edit', { file_path: `${workstation.projectDir}/a.conf`, old_string: '1', new_string: '2' }),
      }),
      turn({ tail: 'a.conf', reply: burst(workstation) }),
      turn({
        tail: 'last of the burst',
        reply: async () => {
          await Promise.all([run.kill('SIGKILL'), killHooks(workstation)])
          return 'nobody hears this'
        },
      }),
    ])

    const { sessionId } = await run.finished
    await workstation.claude({ prompt: 'hello again' })
    await msp.delivered(workstation)

    const told = await toldByTranscript(workstation, sessionId)
    expect(told).toHaveLength(8)
    expect(recorded(office, sessionId).sort()).toEqual(told.sort())
    const [session] = await msp.stretches(sessionId)
    expect(session).toMatchObject({
      status: 'abandoned',
      end_reason: 'crash',
      summary: expect.stringContaining('burst'),
    })
    expect(await msp.commands('Meridian')).toHaveLength(5)
    expect(await msp.all('/file-changes?client=Meridian')).toHaveLength(2)
  })

  test('by SIGKILL while a command runs records that command as interrupted', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Helios', ['Eva'])
    const laptop = await office.machine('EVA-LT1', 'Eva')
    model.script([turn({ tail: 'wait for it', reply: tool('Bash', { command: 'echo begins; sleep 300' }) })])

    const run = await laptop.claude({
      messages: ['/msp Helios', 'wait for it'],
      kill: { signal: 'SIGKILL', seen: 'sleep 300', afterMs: 1_000 },
    })
    await laptop.claude({ prompt: 'hello again' })
    await msp.delivered(laptop)

    expect(run.signal).toBe('SIGKILL')
    expect(await msp.commands('Helios')).toMatchObject([
      { command: 'echo begins; sleep 300', exit_code: null, interrupted: true, success: false },
    ])
  })

  test.for(['SIGTERM', 'SIGHUP'] as const)(
    'by %s ends the session, with all of its work',
    async (signal, { office }) => {
      const { msp, model } = office
      const name = `Client of ${signal}`
      await msp.client(name, ['Ida'])
      const laptop = await office.machine(`IDA-${signal}`, 'Ida')
      const run = laptop.start({ messages: [`/msp "${name}"`, 'work hard'] })
      model.script([
        turn({ tail: 'work hard', reply: burst(laptop) }),
        turn({
          tail: 'last of the burst',
          reply: async () => {
            await run.kill(signal)
            return 'nobody hears this'
          },
        }),
      ])

      const { sessionId } = await run.finished
      await msp.delivered(laptop)

      expect(recorded(office, sessionId).sort()).toEqual((await toldByTranscript(laptop, sessionId)).sort())
      expect(await msp.stretches(sessionId)).toMatchObject([{ status: 'ended', end_reason: 'exit' }])
      expect(await msp.commands(name)).toHaveLength(5)
    },
  )

  test('of `claude -p`, which kills hooks that still run, loses nothing', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Nordwind', ['Uwe'])
    const laptop = await office.machine('UWE-LT1', 'Uwe')
    model.script([turn({ tail: 'work hard', reply: burst(laptop) })])

    const { sessionId } = await laptop.claude({ messages: ['/msp Nordwind', 'work hard'] })
    await msp.delivered(laptop)

    const told = await toldByTranscript(laptop, sessionId)
    expect(told).toHaveLength(7)
    expect(recorded(office, sessionId).sort()).toEqual(told.sort())
    expect(await msp.stretches(sessionId)).toMatchObject([{ status: 'ended', end_reason: 'exit' }])
  })
})
