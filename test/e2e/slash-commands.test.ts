import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { install } from './support/installation.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { createWorld, repoRoot } from './support/world.ts'

/** A technician at a machine with the plugin, in a company with one client. */
async function aTechnician() {
  const world = await createWorld()
  const msp = await install(world)
  await msp.client('Dataforth', ['Ana'])
  const laptop = await world.home({ hostname: 'ANA-LT1', plugin: repoRoot })
  await msp.signIn(laptop, 'Ana')
  return { world, msp, laptop, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

describeWithClient('the slash commands', () => {
  test('work by their short names in the default permission mode, with one request each', async () => {
    await using ana = await aTechnician()

    await ana.laptop.claude({
      messages: ['/msp dataf #12345', '/msp status', '/dev', '/normal', '/msp Nobody', '/msp end'],
      permissionMode: 'default',
    })

    const asked = ana.world.model.requests.main
    const [start, status, dev, normal, unknown] = asked.map(({ tail }) => tail)
    expect(asked).toHaveLength(6)
    expect(start).toContain('✓ MSP mode: Dataforth · #12345. Recording is on')
    expect(status).toMatch(/mode: +msp\nfor: +Dataforth · #12345/)
    expect(dev).toContain('✗ For which project?')
    expect(normal).toContain('✓ Normal mode')
    expect(unknown).toContain('✗ There is no client "Nobody"')
  })

  test('never give what was typed to a shell, even where every command may run', async () => {
    await using ana = await aTechnician()
    const trap = join(ana.laptop.projectDir, 'trap')

    await ana.laptop.claude({
      messages: [
        `/msp Dataforth; touch ${trap}`,
        `/msp "$(touch ${trap})" \`touch ${trap}\``,
        `/dev ' | touch ${trap} '`,
      ],
    })

    expect(existsSync(trap)).toBe(false)
    expect(ana.world.model.requests.main).toHaveLength(3)
  })

  test('let a subagent of that turn read the records and store a summary without asking', async () => {
    await using ana = await aTechnician()
    const launch = {
      subagent_type: 'claudetools:session-summary',
      description: 'sum up',
      prompt: 'SUM UP',
      run_in_background: false,
    }
    const store =
      "msp session summarize --title 'Spooler' <<'END_OF_SUMMARY'\n**Done**: it's `fixed` $(touch trap)\nEND_OF_SUMMARY"
    ana.world.model.script([
      turn({ tail: '✓ Ended: Dataforth', reply: tool('Agent', launch) }),
      turn({ kind: 'subagent', first: 'SUM UP', reply: tool('Bash', { command: 'msp session list --limit 1' }) }),
      turn({ kind: 'subagent', tail: 'ended', reply: tool('Bash', { command: store }) }),
      turn({ kind: 'subagent', tail: 'Summary of session', reply: 'Stored.' }),
    ])

    await ana.laptop.claude({ messages: ['/msp Dataforth', '/msp end'], permissionMode: 'default' })

    expect(ana.world.model.unplayed()).toEqual([])
    const [session] = await ana.msp.all<{ title: string; summary: string }>('/sessions?client=Dataforth')
    expect(session).toMatchObject({ title: 'Spooler', summary: "**Done**: it's `fixed` $(touch trap)" })
  })
})
