import { expect, test } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { install } from './support/installation.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { createWorld, repoRoot } from './support/world.ts'

describeWithClient('the main job: work on one machine is known on the next', () => {
  test('what Ana did, what failed and what is open reaches the model on Ben’s machine the next day', async () => {
    await using world = await createWorld()
    const msp = await install(world)
    await msp.client('Dataforth', ['Ana', 'Ben'])
    const laptop = await world.home({ hostname: 'ANA-LT1', plugin: repoRoot })
    const workstation = await world.home({ hostname: 'BEN-WS2', plugin: repoRoot })
    await msp.signIn(laptop, 'Ana')
    await msp.signIn(workstation, 'Ben')
    const file = `${laptop.projectDir}/spooler.conf`
    world.model.script([
      turn({ tail: 'spooler does not start', reply: tool('Bash', { command: 'echo checking SRV-OLD' }) }),
      turn({ tail: 'checking SRV-OLD', reply: tool('Bash', { command: 'cat /srv/spool/missing.log' }) }),
      turn({ tail: 'missing.log', reply: tool('Bash', { command: 'ls /etc/hostname' }) }),
      turn({ tail: '/etc/hostname', reply: tool('Write', { file_path: file, content: 'retries = 3\n' }) }),
      turn({ tail: 'spooler.conf', reply: 'The configuration is written.' }),
    ])

    await laptop.claude({
      messages: ['/msp Dataforth', 'the spooler does not start', '/msp end'],
    })
    await msp.delivered(laptop)
    const task = await workstation.sh('msp task add "Replace the toner of SRV-OLD" --client Dataforth')
    expect(task.code, task.stderr).toBe(0)
    const run = await workstation.claude({ prompt: '/msp Dataforth' })

    expect(run.code).toBe(0)
    const asked = world.model.requests.main.filter((request) => request.hostname === 'BEN-WS2').at(-1)
    expect(asked).toContainText('Dataforth')
    expect(asked).toContainText('The spooler does not start')
    expect(asked).toContainText('cat /srv/spool/missing.log')
    expect(asked).toContainText('Replace the toner of SRV-OLD')
    const commands = await msp.all<{ command: string; success: boolean }>('/commands-run?client=Dataforth')
    expect(commands.map(({ command, success }) => [command, success])).toEqual(
      expect.arrayContaining([
        ['echo checking SRV-OLD', true],
        ['cat /srv/spool/missing.log', false],
        ['ls /etc/hostname', true],
      ]),
    )
    expect(await msp.all('/file-changes?client=Dataforth')).toMatchObject([{ path: file, change: 'A' }])
  })
})
