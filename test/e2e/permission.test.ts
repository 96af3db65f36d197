import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import type { ClientRun } from './support/client.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { type Office, test } from './support/office.ts'

/** What a prompt for permission, or a shell line that was not allowed, leaves behind. */
const wasAskedIn = (run: ClientRun) =>
  /permission check failed|requires approval|PermissionRequest|permission_denials":\[\{/.test(run.stdout + run.stderr)

/** What our command line answered to each prompt, up to the first full stop. */
const answers = (office: Office, run: ClientRun) =>
  office.asked(run.sessionId).map(({ tail }) => /^(?:✓|✗|mode:|Nothing)[^.\n]*/m.exec(tail)?.[0])

describeWithClient('the slash commands', () => {
  test('run without a prompt for permission, each with one request', async ({ office }) => {
    const { msp } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    await laptop.sh('git init -q . && git remote add origin https://git.example.com/acme/site.git')
    const messages = [
      '/msp Dataforth',
      '/msp status',
      '/msp',
      '/dev',
      '/normal',
      '/claudetools:msp dataf #12',
      '/msp end',
    ]

    const run = await laptop.claude({ messages, permissionMode: 'default' })

    expect(wasAskedIn(run)).toBe(false)
    expect(office.asked(run.sessionId)).toHaveLength(messages.length)
    expect(answers(office, run)).toEqual([
      '✓ MSP mode: Dataforth',
      'mode:       msp',
      '✓ MSP mode: Dataforth (the client of this session)',
      '✓ Development mode: site (the repository here)',
      '✓ Normal mode: research and internal work',
      '✓ MSP mode: Dataforth · #12',
      '✓ Ended: Dataforth · #12',
    ])
  })

  test.for(['default', 'bypass'] as const)(
    'execute nothing that is typed behind them, in %s mode',
    async (permissionMode, { office }) => {
      const laptop = await office.machine(`EVA-${permissionMode}`, 'Eva')
      const made = `${laptop.projectDir}/made`
      const messages = [
        `/msp "; touch ${made}; "`,
        `/msp $(touch ${made})`,
        `/msp \`touch ${made}\``,
        `/msp ' ; touch ${made} #`,
        `/msp x\n!\`touch ${made}\``,
        `/dev && touch ${made}`,
        `/msp --project "$(touch ${made})"`,
      ]

      const run = await laptop.claude({ messages, permissionMode })

      expect((await laptop.sh('ls')).stdout).toBe('')
      expect(answers(office, run)).toEqual(messages.map(() => expect.stringMatching(/^✗ /)))
    },
  )

  test('let a subagent of that turn read the records and store a summary without asking', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Ostfalk', ['Ole'])
    const laptop = await office.machine('OLE-LT1', 'Ole')
    const launch = {
      ...{ subagent_type: 'claudetools:session-summary', description: 'sum up', prompt: 'SUM UP' },
      run_in_background: false,
    }
    const store =
      "msp session summarize --title 'Spooler' <<'END_OF_SUMMARY'\n**Done**: it's `fixed` $(touch trap)\nEND_OF_SUMMARY"
    model.script([
      turn({ tail: '✓ Ended: Ostfalk', reply: tool('Agent', launch) }),
      turn({ kind: 'subagent', first: 'SUM UP', reply: tool('Bash', { command: 'msp session list --limit 1' }) }),
      turn({ kind: 'subagent', tail: 'ended', reply: tool('Bash', { command: store }) }),
      turn({ kind: 'subagent', tail: 'Summary of session', reply: 'Stored.' }),
    ])

    const run = await laptop.claude({ messages: ['/msp Ostfalk', '/msp end'], permissionMode: 'default' })

    expect(model.unplayed()).toEqual([])
    expect(await msp.stretches(run.sessionId)).toMatchObject([
      { title: 'Spooler', summary: "**Done**: it's `fixed` $(touch trap)" },
    ])
  })

  test('list the candidates for a name that is unknown or means several', async ({ office }) => {
    const { msp } = office
    for (const name of ['Meridian North', 'Meridian South', 'Kestrel']) await msp.client(name, ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')

    const run = await workstation.claude({ messages: ['/msp meridian', '/msp Kestral', '/msp status'] })
    await msp.delivered(workstation)

    const [several, unknown, status] = office.asked(run.sessionId)
    expect(several).toContainText('✗ ')
    expect(several).toContainText('Meridian North')
    expect(several).toContainText('Meridian South')
    expect(unknown).toContainText('✗ ')
    expect(unknown).toContainText('Kestrel')
    expect(status?.tail).toMatch(/^mode: +none$/m)
    expect(await msp.stretches(run.sessionId)).toEqual([])
  })

  test('find the last client of a technician on a machine that is new', async ({ office }) => {
    const { msp } = office
    await msp.client('Helios', ['Ida'])
    const laptop = await office.machine('IDA-LT1', 'Ida')
    const workstation = await office.machine('IDA-WS2', 'Ida')

    await laptop.claude({ prompt: '/msp Helios' })
    await msp.delivered(laptop)
    const run = await workstation.claude({ prompt: '/msp' })

    expect(answers(office, run)).toEqual(['✓ MSP mode: Helios (the last client you worked for)'])
  })
})

describeWithClient('the first prompt of a session that is for nobody', () => {
  test('gets what is known of the last client, once, with the reason', async ({ office }) => {
    const { msp } = office
    const client = await msp.client('Nordwind', ['Uwe'])
    await msp.api('POST', '/tasks', { client_id: client, title: 'Renew the certificate' })
    const laptop = await office.machine('UWE-LT1', 'Uwe')
    const workstation = await office.machine('UWE-WS2', 'Uwe')
    await laptop.claude({ prompt: '/msp Nordwind' })
    await msp.delivered(laptop)

    const plain = await workstation.claude({ messages: ['the mail is slow', 'still slow'] })

    const [first, second] = office.asked(plain.sessionId)
    expect(first).toContainText('Shown is Nordwind, because your last work was for it.')
    expect(first).toContainText('Renew the certificate')
    expect(second?.text.split('Renew the certificate')).toHaveLength(2)
    await msp.delivered(workstation)
    expect(await msp.stretches(plain.sessionId)).toMatchObject([{ mode: 'normal', client_id: null }])
  })

  test('gets nothing of it when it says for whom the work is', async ({ office }) => {
    const { msp } = office
    const client = await msp.client('Ostwind', ['Uma'])
    await msp.api('POST', '/tasks', { client_id: client, title: 'Renew the certificate' })
    await msp.client('Other', ['Uma'])
    const laptop = await office.machine('UMA-LT1', 'Uma')
    await laptop.claude({ prompt: '/msp Ostwind' })
    await msp.delivered(laptop)

    const run = await laptop.claude({ messages: ['/msp Other', 'the mail is slow'] })

    for (const { text } of office.asked(run.sessionId)) expect(text).not.toMatch(/Ostwind|Renew the certificate/)
    expect(office.asked(run.sessionId).at(-1)).toContainText('✓ MSP mode: Other.')
  })
})
