import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'
import { recorded, toldByTranscript } from './support/told.ts'
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))
describeWithClient('probe', () => {
  test('interactive', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    model.script([
      turn({ tail: 'MSP mode: Dataforth', reply: 'Ready for it' }),
      turn({ tail: 'look first', reply: tool('Bash', { command: 'echo slow one; sleep 4' }) }),
      turn({ tail: 'slow one', reply: tool('Bash', { command: 'echo another' }) }),
      turn({ tail: 'another', reply: 'All looked' }),
      turn({ tail: 'wait long', reply: tool('Bash', { command: 'echo interrupt me; sleep 100' }) }),
      turn({ tail: 'never mind', reply: 'Fine then' }),
    ])
    const terminal = await laptop.terminal()
    await terminal.enters('/msp Dataforth')
    await terminal.sees('Ready for it')
    await terminal.enters('look first')
    await sleep(1500)
    await terminal.enters('queued while busy')
    await terminal.sees('All looked')
    await sleep(1500)
    await terminal.enters('wait long')
    await sleep(2500)
    await terminal.types('\x1b')
    await sleep(1000)
    await terminal.enters('never mind #skip')
    await terminal.sees('Fine then')
    await terminal.enters('/exit')
    await terminal.finished
    await msp.delivered(laptop)
    const [s] = await msp.all<{ claude_session_id: string, summary: string }>('/sessions?client=Dataforth')
    console.log(s?.summary)
    console.log((await msp.commands('Dataforth')).map((c) => [c.command, c.exit_code, c.success, c.interrupted, c.error_message, c.stdout_excerpt, c.duration_ms]))
    console.log(office.log(s!.claude_session_id).map((e) => [e.event_id, e.source, e.text].join(' | ')).join('\n'))
    console.log(await toldByTranscript(laptop, s!.claude_session_id), recorded(office, s!.claude_session_id))
    console.log((await laptop.transcript(s!.claude_session_id)).filter(l => l.type === 'user' || l.type === 'attachment' && /queued/.test(JSON.stringify(l).slice(0,400))).map(l => JSON.stringify(l).slice(0, 400)).join('\n'))
    expect(1).toBe(1)
  })
})
