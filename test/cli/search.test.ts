import { describe, expect, test } from 'vitest'
import { GROUPINGS, MEASURES } from '../../src/cli/figures.ts'
import * as contract from '../../src/contract/figures.ts'
import { anEvent, testServer } from '../support/server.ts'
import { asClaude } from './as-claude.ts'
import { aHome, CLAUDE_SESSION } from './home.ts'

/** Two clients, and Ana at work for one of them. */
async function anOffice() {
  const server = await testServer({ database: 'sqlite' })
  const client_id = await server.client('Dataforth')
  const other = await server.client('Contoso')
  const ana = await server.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso'] })
  const machine = await server.machine(ana)
  const opened = { mode: 'msp', trigger: 'command', client_id }
  await server.ingest(ana, machine, [
    anEvent('session.opened', opened, { stream: CLAUDE_SESSION }),
    anEvent('command', { command: 'hostname' }, { stream: CLAUDE_SESSION }),
    anEvent('command', { command: 'id x', success: false, exit_code: 1 }, { stream: CLAUDE_SESSION }),
  ])
  const session_id = (await ana.api.sessions.list({ client_id })).items[0]?.id as string
  await ana.api.workItems.create({
    ...{ session_id, client_id, title: 'Restart the print spooler', category: 'incident' },
    description: 'The queue on SRV-OLD hung after a driver update; the driver was removed.',
  })
  const home = aHome(server.url)
  await home.login(ana)
  return Object.assign(server, { ana, home, client_id, other, [Symbol.asyncDispose]: server[Symbol.asyncDispose] })
}

describe('msp search', () => {
  test('prints date, client, kind, title and id on one line, and what was found below it', async () => {
    await using office = await anOffice()

    const { stdout } = await office.home.msp('search queue driver --client Dataforth --technician ana')

    expect(stdout).toMatch(
      /^\d{4}-\d\d-\d\d {2}Dataforth {2}work {2}Restart the print spooler {2}\[[0-9a-f]{8}\]\n {4}.*driver/,
    )
    expect(stdout).not.toContain('why:')
  })

  test('says why with --explain, and knows times in the question', async () => {
    await using office = await anOffice()

    const explained = await office.home.msp(['search', 'spooler today', '--explain'])
    const never = await office.home.msp(['search', 'spooler', '--until', '2001-01-01'])

    expect(explained.stdout).toMatch(/why: \d+ % of the words \(spool/)
    expect(never).toMatchObject({ code: 0, stdout: expect.stringMatching(/Nothing found.*Leave out --until/) })
  })

  test('says what to try where nothing is found, and which option is wrong', async () => {
    await using office = await anOffice()

    const nothing = await office.home.msp('search quantum')
    const turned = await office.home.msp('search spooler --since yesterday')
    const nobody = await office.home.msp('search spooler --technician nobody')
    const untagged = await office.home.msp('search spooler --tag nosuchtag')

    expect(nothing.stdout).toMatch(/Nothing found for "quantum"\. Take fewer or other words/)
    expect(turned).toMatchObject({ code: 2, stderr: expect.stringContaining('--since is a day') })
    expect(nobody).toMatchObject({ code: 5, stderr: expect.stringContaining('no technician "nobody"') })
    expect(untagged).toMatchObject({ code: 5, stderr: expect.stringContaining('tag "nosuchtag"') })
  })
})

describe('msp figures', () => {
  test('knows the measures and things that the API knows', () => {
    expect([MEASURES, GROUPINGS]).toEqual([contract.MEASURES, contract.GROUPINGS])
  })

  test('prints aligned lines and their total, CSV, and one JSON document', async () => {
    await using office = await anOffice()
    const ask = 'figures commands --by client --by technician --since 2020-01-01'

    const table = await office.home.msp(ask)
    const csv = await office.home.msp(`${ask} --format csv`)
    const json = await office.home.msp(`${ask} --json`)

    expect(table.stdout.split('\n').slice(1)).toEqual([
      'client     technician  count',
      'Dataforth  Ana         2',
      'total                  2',
      '',
    ])
    expect(csv.stdout).toMatch(/^client,technician,commands\r?\nDataforth,Ana,2\n$/)
    expect(json.json).toMatchObject({ measure: 'commands', total: 2, rows: [{ value: 2 }] })
  })

  test('says so where there are none, and what can be asked for', async () => {
    await using office = await anOffice()

    const none = await office.home.msp('figures billable_minutes --by month --since 2020-01-01')
    const unknown = await office.home.msp('figures password_hash')
    const impossible = await office.home.msp('figures sessions --by host')

    expect(none.stdout).toMatch(/none\. Ask for other days/)
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('failed_commands') })
    expect(impossible).toMatchObject({ code: 2, stderr: expect.stringContaining('Take one of client') })
  })
})

const reader = (name: string) => ({ agent_id: `a-${name}`, agent_type: `claudetools:${name}` })

describe('an agent that only looks things up', () => {
  test('does so with a token of its own, for the client of the session', async () => {
    await using office = await anOffice()
    const run = (name: string, command: string) => asClaude(office.home, office.url, command, reader(name))

    const found = await run('historical-search', "msp search 'driver'")
    const figures = await run('database-query', 'msp figures commands --by client --since 2020-01-01')
    const elsewhere = await run('database-query', "msp figures commands --client 'Contoso'")
    const tokens = await office.server.deps.db.selectFrom('agent_tokens').select(['agent_type', 'client_id']).execute()

    expect(found.seen).toContain('Restart the print spooler')
    expect(figures.seen).toMatch(/Dataforth +2/)
    expect(elsewhere).toMatchObject({ code: 5, seen: expect.stringContaining('no client "Contoso"') })
    expect(new Set(tokens.map(({ agent_type }) => agent_type))).toEqual(
      new Set(['claudetools:historical-search', 'claudetools:database-query']),
    )
    expect(new Set(tokens.map(({ client_id }) => client_id))).toEqual(new Set([office.client_id]))
  })

  test.each([
    ['historical-search', "msp task add 'x'"],
    ['historical-search', 'msp figures commands'],
    ['database-query', "msp search 'driver'"],
    ['problem-pattern-matching', 'msp session list'],
    ['context-recovery', "msp call workItems.list '{}'"],
    ['context-recovery', "msp call credentials.get '{}'"],
    ['historical-search', "msp call auth.agentTokens '{}'"],
  ])('%s is refused what its work does not need: %s', async (name, command) => {
    await using office = await anOffice()

    const { code } = await asClaude(office.home, office.url, command, reader(name))

    expect(code).toBe(4)
  })

  test.each([
    ['cat /etc/passwd'],
    ["msp search 'x'; msp task add 'y'"],
    ["msp search 'x' | head"],
    ['msp search "$(msp whoami)"'],
    ['msp search `msp whoami`'],
    ["msp search 'x' > /tmp/x"],
    ["MSP_HOME=/tmp msp search 'x'"],
    ["bash -c 'msp whoami'"],
    ["msp search 'x' # msp:allow\nmsp whoami"],
  ])('runs nothing but one call of msp: not %s', async (command) => {
    await using office = await anOffice()

    const { code, seen } = await asClaude(office.home, office.url, command, reader('historical-search'))

    expect(code).toBe(-1)
    expect(seen).toContain('and nothing else, one call to a command')
  })
})
