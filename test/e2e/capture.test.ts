import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Emoji of several code points, right-to-left text, a letter outside the basic plane, a combining mark, a zero-width joiner. */
const UNICODE = '👩🏽‍🔧 שלום 𝒳 é مرحبا ﷽'

describeWithClient('what is recorded of work', () => {
  test('a failed command with its exit code and its errors, a long one, and none of our own', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const long = `: start ${'of a long line '.repeat(2_000)} end`
    model.script([
      turn({ tail: 'begin', reply: tool('Bash', { command: 'echo out; echo no such queue >&2; exit 3' }) }),
      turn({ tail: 'no such queue', reply: tool('Bash', { command: long }) }),
      turn({ tail: '', reply: tool('Bash', { command: 'msp status' }) }),
      turn({ tail: 'mode', reply: tool('Bash', { command: 'cd /tmp && msp task list --json | head -1' }) }),
    ])

    await laptop.claude({ messages: ['/msp Dataforth', 'begin'] })
    await msp.delivered(laptop)

    expect(model.unplayed()).toEqual([])
    const [failed, lengthy, ...others] = await msp.commands('Dataforth')
    expect(failed).toMatchObject({ exit_code: 3, success: false, interrupted: false, cwd: laptop.projectDir })
    expect(failed?.error_message).toContain('no such queue')
    expect(lengthy).toMatchObject({ exit_code: 0, success: true })
    expect(lengthy?.command).toMatch(/^: start .* end$/s)
    expect(lengthy?.command.length).toBeLessThan(20_200)
    expect(others).toEqual([])
  })

  test('text of every script, and a megabyte of output as its head, its tail and its size', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Übermaß 株式会社', ['Uta'])
    const laptop = await office.machine('UTA-LT1', 'Uta')
    const lines = "seq -f 'line %06g of the log 0123456789' 1 30000"
    model.script([
      turn({ tail: 'what is', reply: tool('Bash', { command: `printf '%s\\n' '${UNICODE}'` }) }),
      turn({ tail: UNICODE, reply: tool('Bash', { command: 'echo "half a pair: \ud83d."; head -c3 /dev/zero' }) }),
      turn({ tail: 'half a pair', reply: tool('Bash', { command: lines }) }),
    ])

    const run = await laptop.claude({ messages: ['/msp übermaß', `what is ${UNICODE}?`] })
    await msp.delivered(laptop)

    expect(model.unplayed()).toEqual([])
    const [unicode, half, megabyte] = await msp.commands('Übermaß 株式会社')
    expect(unicode).toMatchObject({ command: `printf '%s\\n' '${UNICODE}'`, stdout_excerpt: UNICODE })
    expect(half?.command).toMatch(/^echo "half a pair: \ufffd\."; head/)
    expect(megabyte?.output_bytes).toBeGreaterThan(1_000_000)
    expect(megabyte?.stdout_excerpt).toMatch(/^line 000001 .*line 030000 of the log 0123456789\s*$/s)
    expect(megabyte?.stdout_excerpt?.length).toBeLessThan(8_200)
    expect(office.log(run.sessionId).find(({ kind }) => kind === 'prompt')?.text).toBe(`what is ${UNICODE}?`)
  })

  test('what subagents run, in the foreground and in the background, under their names', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Meridian', ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')
    const agent = (prompt: string, run_in_background: boolean) =>
      tool('Agent', { subagent_type: 'general-purpose', description: 'look', prompt, run_in_background })
    model.script([
      turn({ kind: 'subagent', tail: 'LOOK AT DISKS', reply: tool('Bash', { command: 'echo disks are full' }) }),
      turn({ kind: 'subagent', tail: 'disks are full', reply: 'The disks are full, I report.' }),
      turn({ kind: 'subagent', tail: 'LOOK AT FANS', reply: tool('Bash', { command: 'echo fans turn' }) }),
      turn({ kind: 'subagent', tail: 'fans turn', reply: 'The fans turn, I report.' }),
      turn({ kind: 'main', tail: 'send somebody', reply: agent('LOOK AT DISKS', false) }),
      turn({ kind: 'main', tail: 'The disks are full', reply: agent('LOOK AT FANS', true) }),
    ])

    const run = await workstation.claude({ messages: ['/msp Meridian', 'send somebody'] })
    await msp.delivered(workstation)

    expect(model.unplayed()).toEqual([])
    const byAgent = { agent_id: expect.stringMatching(/\w/), agent_type: 'general-purpose' }
    const commands = await msp.commands('Meridian')
    expect(commands).toMatchObject([
      { command: 'echo disks are full', ...byAgent },
      { command: 'echo fans turn', ...byAgent },
    ])
    expect(new Set(commands.map(({ agent_id }) => agent_id)).size).toBe(2)
    const runs = office.log(run.sessionId).filter(({ kind }) => kind.startsWith('agent.'))
    expect(runs.map(({ kind, text }) => [kind, text])).toEqual([
      ['agent.started', null],
      ['agent.stopped', 'The disks are full, I report.'],
      ['agent.started', null],
      ['agent.stopped', 'The fans turn, I report.'],
    ])
  })

  test('a new file and a changed one, with counted lines and the hashes of their contents', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Helios', ['Eva'])
    const laptop = await office.machine('EVA-LT1', 'Eva')
    const [old, fresh] = [`${laptop.projectDir}/nginx.conf`, `${laptop.projectDir}/notes.md`]
    await writeFile(old, 'listen 80\nroot /srv\nüber 🔧\n')
    model.script([
      turn({ tail: 'change it', reply: tool('Read', { file_path: old }) }),
      turn({ tail: 'listen 80', reply: tool('Edit', { file_path: old, old_string: '80', new_string: '443\nssl on' }) }),
      turn({ tail: 'nginx.conf', reply: tool('Write', { file_path: fresh, content: 'one\ntwo\n' }) }),
    ])

    await laptop.claude({ messages: ['/msp Helios', 'change it'] })
    await msp.delivered(laptop)

    const [changed, added, ...others] = await msp.all('/file-changes?client=Helios&sort=changed_at')
    expect(changed).toMatchObject({
      ...{ path: old, change: 'M', lines_added: 2, lines_removed: 1, is_config: true },
      before_sha256: sha256('listen 80\nroot /srv\nüber 🔧\n'),
      after_sha256: sha256('listen 443\nssl on\nroot /srv\nüber 🔧\n'),
    })
    expect(added).toMatchObject({ path: fresh, change: 'A', lines_added: 2, after_sha256: sha256('one\ntwo\n') })
    expect(others).toEqual([])
  })

  test('what is typed while Claude works, and nothing that is marked with #skip', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Nordwind', ['Uwe'])
    const laptop = await office.machine('UWE-LT1', 'Uwe')
    const slow = 'touch started; until [ -e go ]; do sleep 0.1; done; echo went'
    model.script([
      turn({ tail: 'MSP mode: Nordwind', reply: 'Ready for Nordwind' }),
      turn({ tail: 'look at the mail', reply: tool('Bash', { command: slow }) }),
      turn({ tail: 'went', reply: 'Looked at both' }),
      turn({ tail: 'between us', reply: 'Nobody knows' }),
    ])

    const terminal = await laptop.terminal()
    await terminal.enters('/msp Nordwind')
    await terminal.sees('Ready for Nordwind')
    await terminal.enters('look at the mail')
    await expect.poll(async () => (await laptop.sh('ls')).stdout, { timeout: 30_000 }).toContain('started')
    terminal.presses('at the toner too')
    await terminal.sees('at the toner too')
    terminal.presses('\r')
    await laptop.sh('sleep 1; touch go')
    await terminal.sees('Looked at both')
    await terminal.enters('between us #skip')
    await terminal.sees('Nobody knows')
    await terminal.enters('/exit')
    await terminal.finished
    await msp.delivered(laptop)

    const [session] = await msp.all<{ claude_session_id: string }>('/sessions?client=Nordwind')
    const log = office.log(session?.claude_session_id ?? '')
    expect(model.requests.main.find(({ tail }) => tail.includes('went'))).toContainText('at the toner too')
    expect(log.flatMap(({ kind, text }) => (kind === 'prompt' ? [text] : []))).toEqual([
      'look at the mail',
      'at the toner too',
    ])
    expect(JSON.stringify(log)).not.toMatch(/between us|Nobody knows/)
  })
})
