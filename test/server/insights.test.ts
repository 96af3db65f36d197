import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** What commands show about the machines of a client, kept as facts and told in the notes of the machine. */

let serial = 0
const HOUR_MS = 3_600_000

async function office(msp: TestServer, os_name = 'Windows Server 2008') {
  const name = `Dataforth ${++serial}`
  const ana = await msp.technician({ name: 'Ana', clients: [name] })
  const client_id = await msp.client(name)
  const machine_id = await msp.machine(ana)
  const asset = await ana.api.infrastructure.create({
    client_id,
    hostname: 'SRV1',
    kind: 'virtual_server',
    os_name,
    environmental_notes: 'In the cellar.',
  })
  const session = await ana.api.sessions.create({ claude_session_id: randomUUID(), machine_id, mode: 'msp', client_id })
  const { api } = ana
  const run = (command: string, told: { stdout?: string; stderr?: string; failed?: true; exit_code?: number }) => {
    const { failed, exit_code, ...texts } = told
    const code = exit_code ?? (failed ? 1 : 0)
    return api.commandsRun.create({
      ...{ session_id: session.id, tool: 'bash' as const, command, success: !failed, exit_code: code, ...texts },
    })
  }
  const facts = async () => {
    const { items } = await api.environmentalInsights.list({ client_id, is_current: true, sort: 'created_at' })
    return items
  }
  const notes = async () => (await api.infrastructure.get({ id: asset.id })).environmental_notes
  return { ana, api, client_id, asset, run, facts, notes }
}

const NO_DOCKER = { failed: true, exit_code: 127, stderr: 'bash: line 1: docker: command not found' } as const
const NO_LOCAL_USER = {
  failed: true,
  stderr:
    "The term 'Get-LocalUser' is not recognized as the name of a cmdlet, function, script file, or operable program.",
} as const

for (const database of DATABASES) {
  describe(`facts that commands show, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('a failure shows what a machine lacks, with its evidence', async () => {
      const { run, facts, asset } = await office(msp, 'Debian 12')

      const failed = await run("ssh root@srv1 'docker ps'", NO_DOCKER)

      expect(await facts()).toMatchObject([
        {
          key: 'program.docker',
          value: { value: 'absent' },
          statement: 'No Docker on SRV1.',
          source: 'observed',
          infrastructure_id: asset.id,
          evidence_command_id: failed.id,
        },
      ])
    })

    test('Get-LocalUser on Server 2008 shows PowerShell 2.0, as a conclusion', async () => {
      const { run, facts } = await office(msp)

      await run('Invoke-Command -ComputerName SRV1 { Get-LocalUser }', NO_LOCAL_USER)

      expect(await facts()).toMatchObject([
        { key: 'powershell.version', value: { version: '2.0' }, source: 'inferred', confidence_percent: 60 },
      ])
    })

    test('the same again confirms a fact, something else ends it', async () => {
      const { run, facts, api } = await office(msp)
      const asked = 'Invoke-Command -ComputerName SRV1 { $PSVersionTable.PSVersion.ToString() }'
      await run('Invoke-Command -ComputerName SRV1 { Get-LocalUser }', NO_LOCAL_USER)
      msp.clock.advance(2 * HOUR_MS)

      await run('Invoke-Command -ComputerName SRV1 { Get-LocalUser }', NO_LOCAL_USER)
      const [confirmed] = await facts()
      await run(asked, { stdout: '5.1.14409.1018\n' })
      const [newer, ...others] = await facts()

      expect(confirmed).toMatchObject({ confidence_percent: 80, last_confirmed_at: msp.clock.now().toISOString() })
      expect(newer).toMatchObject({ value: { version: '5.1' }, source: 'observed', contradicts_id: confirmed?.id })
      expect(others).toEqual([])
      expect(await api.environmentalInsights.get({ id: confirmed?.id ?? '' })).toMatchObject({ is_current: false })
    })

    test('what a person said stands against a conclusion, with less certainty, and falls to what is seen', async () => {
      const { run, facts, api, client_id, asset } = await office(msp)
      const { id } = await api.environmentalInsights.create({
        ...{ client_id, infrastructure_id: asset.id, category: 'shell', key: 'powershell.version' },
        ...{ value: { version: '5.1' }, statement: 'PowerShell 5.1 since the update', confidence_percent: 90 },
      })

      await run('Invoke-Command -ComputerName SRV1 { Get-LocalUser }', NO_LOCAL_USER)
      await run('Invoke-Command -ComputerName SRV1 { Get-LocalUser }', NO_LOCAL_USER)
      const doubted = await facts()
      const { items } = await api.environmentalInsights.history({ id })
      await run('Invoke-Command -ComputerName SRV1 { $PSVersionTable.PSVersion.ToString() }', { stdout: '4.0\n' })

      expect(doubted).toMatchObject([{ id, confidence_percent: 70, value: { version: '5.1' } }])
      expect(items.filter(({ contradicts_id }) => contradicts_id === id)).toMatchObject([{ is_current: false }])
      expect(await facts()).toMatchObject([{ value: { version: '4.0' }, contradicts_id: id }])
    })

    test('a success ends the fact that it refutes', async () => {
      const { run, facts, notes } = await office(msp, 'Debian 12')
      await run("ssh root@srv1 'docker ps'", NO_DOCKER)

      await run("ssh root@srv1 'docker ps | head'", { stdout: 'bash: docker: command not found' })
      const stillThere = await facts()
      await run("ssh root@srv1 'docker ps'", { stdout: 'CONTAINER ID' })

      expect(stillThere).toHaveLength(1)
      expect(await facts()).toEqual([])
      expect(await notes()).toBe('In the cellar.')
    })

    test('SMB 1 is concluded from a success after a failure of newer ones, and not without', async () => {
      const { run, facts } = await office(msp, 'ReadyNAS OS 6')
      const mounted = 'mount -t cifs //srv1/data /mnt -o vers=1.0'

      await run(mounted, {})
      const before = await facts()
      await run('mount -t cifs //srv1/data /mnt -o vers=3.0', {
        failed: true,
        exit_code: 32,
        stderr: 'mount error(95): Operation not supported',
      })
      await run(mounted, {})

      expect(before).toEqual([])
      expect(await facts()).toMatchObject([{ key: 'smb.version', value: { version: 'SMB1 only' } }])
    })

    test('what shows something about the technician’s own machine is no fact about the client', async () => {
      const { run, facts } = await office(msp)

      await run('docker ps', NO_DOCKER)
      await run('mysql -h srv1 -e "select 1"', { ...NO_DOCKER, stderr: 'bash: mysql: command not found' })

      expect(await facts()).toEqual([])
    })

    test('the notes of a machine tell the facts, the most important first, and keep what a person wrote', async () => {
      const { run, notes, api, client_id, asset, facts } = await office(msp, 'Debian 12')
      await run("ssh root@srv1 'docker ps'", NO_DOCKER)

      await api.environmentalInsights.create({
        ...{ client_id, infrastructure_id: asset.id, category: 'quirk', key: 'boot', value: {}, priority: 10 },
        statement: 'Takes 20 minutes to start.',
      })
      const full = await notes()
      for (const { id } of await facts()) await api.environmentalInsights.archive({ id })

      expect(full).toBe(
        [
          'In the cellar.',
          'Learned by ClaudeTools (this part is renewed by itself):',
          '- Takes 20 minutes to start.',
          '- No Docker on SRV1.',
          '(End of what ClaudeTools learned.)',
        ].join('\n'),
      )
      expect(await notes()).toBe('In the cellar.')
    })

    test('that D2TESTNAS speaks SMB 1 only is in the notes and in the block that stands before the work', async () => {
      const { run, notes, api, client_id, asset } = await office(msp, 'ReadyNAS OS 6')
      await api.infrastructure.update({ id: asset.id, row_version: asset.row_version, hostname: 'D2TESTNAS' })
      const mount = 'mount -t cifs //d2testnas/data /mnt -o vers='
      await run(`${mount}3.0`, { failed: true, exit_code: 32, stderr: 'mount error(95): Operation not supported' })
      await run(`${mount}1.0`, {})

      const { text } = await api.context.get({ client_id })

      expect(await notes()).toContain('- D2TESTNAS speaks SMB1 only.')
      expect(text).toContain('D2TESTNAS: ')
      expect(text).toMatch(/In the cellar\.; D2TESTNAS speaks SMB1 only/)
    })

    test('a person’s edit of a machine is not in conflict with what is learned meanwhile', async () => {
      const { run, api, asset } = await office(msp, 'Debian 12')
      await run("ssh root@srv1 'docker ps'", NO_DOCKER)

      const { id, row_version } = asset
      const edited = await api.infrastructure.update({ id, row_version, criticality: 'high' })

      expect(edited).toMatchObject({ criticality: 'high', environmental_notes: expect.stringContaining('No Docker') })
    })

    test('no client’s commands teach about another client’s machine of the same name', async () => {
      const theirs = await office(msp, 'Debian 12')
      const ours = await office(msp, 'Debian 12')

      await ours.run("ssh root@srv1 'docker ps'", NO_DOCKER)

      expect(await theirs.facts()).toEqual([])
      expect(await theirs.notes()).toBe('In the cellar.')
    })
  })
}
