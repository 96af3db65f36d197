import { writeFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'

describeWithClient('/compact', () => {
  test('leaves Claude with what this session did so far, and the work goes on in the same session', async ({
    office,
  }) => {
    const { msp, model } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const file = `${laptop.projectDir}/spooler.conf`
    await writeFile(file, 'retries = 1\n')
    model.script([
      turn({ tail: 'the spooler hangs', reply: tool('Bash', { command: 'echo checking SRV-OLD' }) }),
      turn({ tail: 'checking SRV-OLD', reply: tool('Bash', { command: 'cat /srv/spool/missing.log' }) }),
      turn({ tail: 'missing.log', reply: tool('Read', { file_path: file }) }),
      turn({ tail: 'retries = 1', reply: tool('Edit', { file_path: file, old_string: '1', new_string: '3' }) }),
      turn({
        kind: 'compact',
        // A real model takes half a minute for a summary; until then all is delivered.
        reply: async () => {
          await msp.quiet(laptop)
          return '<summary>They looked at a spooler.</summary>'
        },
      }),
      turn({ tail: 'what is left', reply: tool('Bash', { command: 'echo after the compaction' }) }),
    ])

    const run = await laptop.claude({
      messages: ['/msp Dataforth', 'the spooler hangs', '/compact', 'what is left?'],
    })
    await msp.delivered(laptop)

    const asked = office.asked(run.sessionId).find((request) => request.tail.includes('what is left'))
    for (const told of [
      'purpose="compact"',
      'Client: Dataforth.',
      'Goal: the spooler hangs',
      'echo checking SRV-OLD',
      'cat /srv/spool/missing.log',
      'exit 1',
      `M ${file} +1 -1`,
    ])
      expect(asked).toContainText(told)
    const [session, ...others] = await msp.stretches(run.sessionId)
    expect(others).toEqual([])
    expect((await msp.commands('Dataforth')).map(({ command, session_id }) => [command, session_id])).toEqual(
      ['echo checking SRV-OLD', 'cat /srv/spool/missing.log', 'echo after the compaction'].map((command) => [
        command,
        session?.id,
      ]),
    )
    expect(await msp.all(`/conversation-contexts?session_id=${session?.id}&kind=pre_compact`)).toMatchObject([
      { client_id: session?.client_id, dense_summary: expect.stringContaining('cat /srv/spool/missing.log') },
    ])
  })
})
