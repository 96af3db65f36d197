import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import type { ClientRun } from './support/client.ts'
import type { Home } from './support/home.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'
import { repoRoot } from './support/world.ts'

/** Takes the server's place, takes connections, and never answers: worse than nobody there. */
const SILENT_SERVER = `node -e "require('net').createServer(() => {}).listen(8787, '127.0.0.1')"`

/** How long the client waited for its SessionStart hook, by its own account. */
async function sessionStartMs(home: Home, sessionId: string): Promise<number> {
  const lines = (await home.transcript(sessionId)) as { attachment?: { hookEvent?: string; durationMs?: number } }[]
  const ran = lines.find(({ attachment }) => attachment?.hookEvent === 'SessionStart' && attachment.durationMs)
  return ran?.attachment?.durationMs ?? Number.NaN
}

/** What hooks told the user. */
const notices = (run: ClientRun) =>
  run.hooks.flatMap(({ stdout }) =>
    stdout.includes('systemMessage') ? (JSON.parse(stdout).systemMessage as string) : [],
  )

describeWithClient('without the server', () => {
  test('a session starts, knows what was known last, is told once, and its work arrives later, once and in order', async ({
    office,
  }) => {
    const { msp, model } = office
    const dataforth = await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    await laptop.sh('msp task add "Renew the certificate" --client Dataforth')
    model.script([
      turn({ tail: 'before', reply: tool('Bash', { command: 'echo with the server' }) }),
      turn({ tail: 'meanwhile', reply: tool('Bash', { command: 'echo 1 without it' }) }),
      turn({ tail: '1 without it', reply: tool('Bash', { command: 'echo 2 without it; exit 3' }) }),
      turn({ tail: 'next thing', reply: tool('Bash', { command: 'echo 3 without it' }) }),
    ])
    const before = await laptop.claude({ messages: ['/msp Dataforth', 'before'] })
    await msp.delivered(laptop)
    await msp.server.stop()

    const run = await laptop.claude({
      messages: ['/msp Dataforth', 'meanwhile', 'next thing', '/msp status', '/msp end'],
    })
    const fresh = await laptop.claude({ prompt: 'resumed', resume: before.sessionId })
    await msp.quiet(laptop)
    await msp.server.start()
    await msp.delivered(laptop)

    expect(run.hooks.every(({ exitCode }) => exitCode === 0)).toBe(true)
    expect(notices(run)).toEqual([expect.stringMatching(/^ClaudeTools: .*recorded; it is delivered later/)])
    expect(notices(fresh)).toHaveLength(1)
    const [chosen] = office.asked(run.sessionId)
    expect(chosen).toContainText('✓ MSP mode: Dataforth.')
    expect(chosen).toContainText('Offline: ')
    expect(chosen).toContainText('Renew the certificate')
    expect(office.asked(before.sessionId).at(-1)?.tail).toMatch(/From this machine's cache.*Renew the certificate/s)
    const commands = await msp.commands('Dataforth')
    expect(commands.map(({ command, success }) => [command, success])).toEqual([
      ['echo with the server', true],
      ['echo 1 without it', true],
      ['echo 2 without it; exit 3', false],
      ['echo 3 without it', true],
    ])
    expect(await msp.stretches(run.sessionId)).toMatchObject([
      { client_id: dataforth, mode: 'msp', status: 'ended', end_reason: 'user' },
    ])
    const kinds = office.log(run.sessionId).map(({ kind }) => kind)
    // The hooks of commands run beside the others, so only these have an order that is sure.
    expect(kinds.filter((kind) => kind !== 'command')).toEqual([
      ...['session.opened', 'turn', 'prompt', 'turn', 'prompt', 'turn', 'turn', 'session.closed'],
    ])
    expect(kinds.filter((kind) => kind === 'command')).toHaveLength(3)
  })

  test('a client that this machine does not know is taken as typed, and resolved when the server is back', async ({
    office,
  }) => {
    const { msp, model } = office
    const laptop = await office.machine('BEN-LT1', 'Ben')
    const created = await msp.client('Helios Solar', ['Ben'])
    await msp.server.stop()
    model.script([
      turn({ tail: 'at the roof', reply: tool('Bash', { command: 'echo for helios' }) }),
      turn({ tail: 'at the moon', reply: tool('Bash', { command: 'echo for nobody known' }) }),
    ])

    const known = await laptop.claude({ messages: ['/msp helios solar', 'look at the roof'] })
    const unknown = await laptop.claude({ messages: ['/msp Moonbase', 'look at the moon'] })
    await msp.quiet(laptop)
    await msp.server.start()
    await msp.delivered(laptop)

    expect(await msp.stretches(known.sessionId)).toMatchObject([{ client_id: created, mode: 'msp' }])
    expect(await msp.commands('Helios Solar')).toMatchObject([{ command: 'echo for helios' }])
    expect(await msp.stretches(unknown.sessionId)).toMatchObject([{ client_id: null, unresolved_client: 'Moonbase' }])
  })

  test('killed and started again in the middle, the server has everything once', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Meridian', ['Eva'])
    const laptop = await office.machine('EVA-LT1', 'Eva')
    model.script([
      turn({ tail: 'work', reply: tool('Bash', { command: 'echo one' }) }),
      turn({
        tail: 'one',
        reply: async () => {
          await msp.server.kill()
          return tool('Bash', { command: 'echo two' })
        },
      }),
      turn({
        tail: 'two',
        reply: async () => {
          await msp.server.start()
          return tool('Bash', { command: 'echo three' })
        },
      }),
    ])

    const run = await laptop.claude({ messages: ['/msp Meridian', 'work'] })
    await msp.delivered(laptop)

    expect((await msp.commands('Meridian')).map(({ command }) => command)).toEqual([
      'echo one',
      'echo two',
      'echo three',
    ])
    expect(office.log(run.sessionId).filter(({ kind }) => kind === 'prompt')).toHaveLength(1)
    expect(JSON.parse((await laptop.sh('msp spool status --json')).stdout)).toMatchObject({ events: 0, deadLetters: 0 })
  })

  test('and without a login, work is recorded and arrives after the login', async ({ office }) => {
    const { msp, model, world } = office
    await msp.client('Nordwind', ['Uwe'])
    const laptop = await world.home({ hostname: 'UWE-LT1', plugin: repoRoot })
    model.script([turn({ tail: 'begin', reply: tool('Bash', { command: 'echo before the login' }) })])

    const run = await laptop.claude({ messages: ['/msp Nordwind', 'begin'] })
    await msp.signIn(laptop, 'Uwe')
    await msp.delivered(laptop)

    expect(notices(run)).toEqual([expect.stringMatching(/Nobody is logged in.*Run "msp login".*recorded/)])
    expect(await msp.commands('Nordwind')).toMatchObject([{ command: 'echo before the login' }])
  })

  // The one timed test: another program may take the processor in just that second, so it may be run again.
  test('the start of a session waits at most a second longer, even for a server that never answers', {
    retry: 2,
  }, async ({ office }) => {
    const { msp } = office
    const laptop = await office.machine('IDA-LT1', 'Ida')
    const online = await laptop.claude({ prompt: 'one' })
    await msp.server.stop()
    const offline = await laptop.claude({ prompt: 'two' })
    const silence = laptop.sh(SILENT_SERVER)

    const silent = await laptop.claude({ prompt: 'three' })
    await laptop.sh("ps -e -o pid,args | awk '/createServer/ && !/awk/ { print $1 }' | xargs kill")
    await silence
    await msp.server.start()

    const usual = await sessionStartMs(laptop, online.sessionId)
    expect(await sessionStartMs(laptop, offline.sessionId)).toBeLessThan(usual + 1_000)
    expect(await sessionStartMs(laptop, silent.sessionId)).toBeLessThan(usual + 1_000)
    expect([offline, silent].map(({ result }) => result)).toEqual(['done', 'done'])
  })
})
