import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readSession } from '../../src/sessions.ts'
import { append } from '../../src/spool/append.ts'
import { spoolStatus } from '../../src/spool/status.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'
import { aHome, CLAUDE_SESSION, type CliHome } from './home.ts'

interface Technician {
  server: TestServer
  ana: TestUser
  home: CliHome
}

/** A technician with clients, logged in on a machine. */
async function aTechnician(clients: string[]): Promise<Technician & AsyncDisposable> {
  const server = await testServer({ database: 'sqlite' })
  const ana = await server.technician({ name: 'Ana', clients })
  const home = aHome(server.url)
  await home.login(ana)
  return { server, ana, home, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

const stateOf = (home: CliHome) => readSession(home.paths, CLAUDE_SESSION)

/** What the hook does when `/msp …` is typed. */
function typed(home: CliHome, prompt: string, at = new Date().toISOString()): void {
  const folder = join(home.paths.cache, 'prompts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${CLAUDE_SESSION}.json`), JSON.stringify({ prompt, at }))
}

/** A repository of which only the files that we read exist. */
function aRepository(home: CliHome, remote: string): string {
  const folder = join(home.dir, 'site')
  mkdirSync(join(folder, '.git'), { recursive: true })
  writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${remote}\n`)
  return folder
}

describe('msp mode msp CLIENT', () => {
  test('opens a session on the server at once and prints one line and the block', async () => {
    await using world = await aTechnician(['Dataforth'])
    const { home, ana } = world

    const ran = await home.msp('mode msp dataf #12345')

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(
      /^✓ MSP mode: Dataforth · #12345\. Recording is on, session [0-9a-f]{8}\.\n\n<claudetools-context/,
    )
    const { items } = await ana.api.sessions.list({})
    expect(items).toMatchObject([
      { mode: 'msp', status: 'active', stretch: 1, ticket: '12345', claude_session_id: CLAUDE_SESSION },
    ])
    expect(stateOf(home)).toMatchObject({
      open: true,
      stretch: 1,
      mode: 'msp',
      client: { name: 'Dataforth' },
      ticket: '12345',
    })
    expect(spoolStatus(home.paths.spool).events).toBe(0)
  })

  test('for the same again opens nothing', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth')

    const again = await world.home.msp('mode msp DATAFORTH')

    expect(again.stdout).toMatch(/It was on already/)
    expect((await world.ana.api.sessions.list({})).items).toHaveLength(1)
  })

  test('for another client ends the session before with its summary', async () => {
    await using world = await aTechnician(['Dataforth', 'Acme Corp'])
    await world.home.msp('mode msp Dataforth')
    append(world.home.paths.spool, anEvent('command', { command: 'hostname' }, { at: new Date().toISOString() }))

    const ran = await world.home.msp('mode msp switch Acme Corp')

    expect(ran.stdout).toMatch(/^✓ MSP mode: Acme Corp\./)
    const { items } = await world.ana.api.sessions.list({ sort: '-started_at' })
    const byStretch = Object.fromEntries(items.map((row) => [row.stretch, row]))
    expect(byStretch[1]).toMatchObject({ status: 'ended', end_reason: 'switch', summary: expect.any(String) })
    expect(byStretch[2]).toMatchObject({ status: 'active' })
  })

  test('takes a project behind the client', async () => {
    await using world = await aTechnician(['Acme Corp'])
    const client_id = await world.server.client('Acme Corp')
    await world.server.admin.api.projects.create({ client_id, name: 'Firewall migration' })

    const ran = await world.home.msp('mode msp acme corp firewall #7 --json')

    expect(ran.json).toMatchObject({
      client: { name: 'Acme Corp' },
      project: { name: 'Firewall migration' },
      ticket: '7',
      offline: null,
    })
  })

  test.each([
    ['an unknown client', 'mode msp Nobody', 5, /no client "Nobody".*msp client add "Nobody".*\n.*\n {2}Acme/],
    ['an ambiguous one', 'mode msp acme', 5, /"acme" can mean any of these.*\n {2}Acme Corp .*\n {2}Acme Ltd/],
    ['an unknown project', 'mode msp Acme Corp 999', 5, /no project "999"\. If it is a ticket, write #999/],
    ['a hash without a number', 'mode msp Acme Corp #', 2, /"#" is not a ticket/],
    ['two tickets', 'mode msp Acme Corp #1 #2', 2, /#1 and #2 are two tickets/],
  ])('changes nothing for %s, and says what to do', async (_, command, code, message) => {
    await using world = await aTechnician(['Acme Corp', 'Acme Ltd'])
    await world.home.msp('mode msp Acme Ltd')
    const before = stateOf(world.home)

    const ran = await world.home.msp(command)

    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) })
    expect(ran.stderr).toContain('Nothing was changed')
    expect(stateOf(world.home)).toEqual(before)
    expect((await world.ana.api.sessions.list({})).items).toHaveLength(1)
  })

  test('outside Claude Code asks for a session', async () => {
    const home = aHome('http://127.0.0.1:1')

    const ran = await home.msp('mode msp Dataforth', { env: { CLAUDE_CODE_SESSION_ID: '' } })

    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('--session') })
  })
})

describe('msp mode msp without a client', () => {
  test('asks when nothing tells it, and names the clients', async () => {
    await using world = await aTechnician(['Dataforth'])

    const ran = await world.home.msp('mode msp')

    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/For which client\?.*\nClients:\n {2}Dataforth/),
    })
    expect(stateOf(world.home)).toBeUndefined()
  })

  test('goes on with the client of this session after it was ended', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth #5')
    await world.home.msp('mode end')

    const ran = await world.home.msp('mode msp --json')

    expect(ran.json).toMatchObject({
      client: { name: 'Dataforth' },
      ticket: '5',
      stretch: 2,
      found: 'the client of this session',
    })
  })

  test('takes the client whose ticket it is', async () => {
    await using world = await aTechnician(['Dataforth', 'Acme Corp'])
    await world.home.msp('mode msp Dataforth #777')
    await world.home.msp('mode msp Acme Corp')

    const ran = await world.home.msp('mode msp #777 --json')

    expect(ran.json).toMatchObject({ client: { name: 'Dataforth' }, ticket: '777' })
  })

  test('takes the project of the repository', async () => {
    await using world = await aTechnician(['Dataforth'])
    const client_id = await world.server.client('Dataforth')
    const git_remote_fingerprint = 'git.example.com/dataforth/site'
    await world.server.admin.api.projects.create({ client_id, name: 'Site', git_remote_fingerprint })
    const cwd = aRepository(world.home, 'git@git.example.com:dataforth/site.git')

    const ran = await world.home.msp('mode msp --json', { cwd })

    expect(ran.json).toMatchObject({ client: { name: 'Dataforth' }, project: { name: 'Site' } })
  })

  test('takes the last client on this machine, then the last one of the technician', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth')
    const other = aHome(world.server.url)
    await other.login(world.ana)

    const here = await world.home.msp('mode msp --session another --json')
    const there = await other.msp('mode msp --session a-third --json')

    expect(here.json).toMatchObject({ client: { name: 'Dataforth' }, found: 'the last client on this machine' })
    expect(there.json).toMatchObject({ client: { name: 'Dataforth' }, found: 'the last client you worked for' })
  })
})

describe('what was typed behind a slash command', () => {
  test('is taken from the prompt, once', async () => {
    await using world = await aTechnician(['Dataforth'])
    typed(world.home, '/claudetools:msp Dataforth #12345')

    const ran = await world.home.msp('mode msp --from-prompt')
    const again = await world.home.msp('mode msp --from-prompt')

    expect(ran.stdout).toMatch(/^✓ MSP mode: Dataforth · #12345/)
    expect(again).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^✗ What was typed behind \/msp is not known/),
    })
  })

  test.each([
    ['old', '/msp Dataforth', '2020-01-01T00:00:00.000Z'],
    ['of another command', '/dev Dataforth', undefined],
    ['damaged', '', 'x'],
  ])('is not taken from a prompt that is %s', async (_, prompt, at) => {
    await using world = await aTechnician(['Dataforth'])
    typed(world.home, prompt, at)

    const ran = await world.home.msp('mode msp --from-prompt')

    expect(ran.stdout).toMatch(/^✗ /)
    expect(stateOf(world.home)).toBeUndefined()
  })

  test('says what is wrong on stdout and exits 0, because the client would print an exit code around it', async () => {
    await using world = await aTechnician(['Acme Corp', 'Acme Ltd'])
    typed(world.home, '/msp acme')

    const ran = await world.home.msp('mode msp --from-prompt')

    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^✗ "acme" can mean any of these/) })
  })

  test('can be end and status', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth')

    typed(world.home, '/msp status')
    const status = await world.home.msp('mode msp --from-prompt')
    typed(world.home, '/msp end')
    const end = await world.home.msp('mode msp --from-prompt')

    expect(status.stdout).toMatch(/^mode: +msp\nfor: +Dataforth/)
    expect(end.stdout).toMatch(/^✓ Ended: Dataforth\.\nSession /)
  })
})

describe('msp mode end', () => {
  test('prints what was done, and a second time that nothing runs', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth #12345')
    const at = new Date().toISOString()
    const failed = {
      command: 'Get-LocalUser',
      tool: 'powershell',
      exit_code: 1,
      success: false,
      stderr: 'not recognized',
    }
    append(world.home.paths.spool, anEvent('command', failed, { at }))
    append(world.home.paths.spool, anEvent('command', { command: 'hostname' }, { at }))

    const ended = await world.home.msp('mode end')
    const again = await world.home.msp('mode end')

    expect(ended.stdout).toMatch(
      /^✓ Ended: Dataforth · #12345\.\nSession [0-9a-f]{8}: .*\n2 commands \(1 failed, 1 unresolved\)/,
    )
    expect(ended.stdout).toContain('Get-LocalUser')
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing was running in this session.\n' })
    expect(stateOf(world.home)).toMatchObject({ open: false, closed_reason: 'user', client: { name: 'Dataforth' } })
  })
})

describe('without the server', () => {
  test('work goes on for a known client with the block of the last time, in one line', async () => {
    await using world = await aTechnician(['Dataforth', 'Acme Corp'])
    await world.home.msp('mode msp Dataforth')
    await world.home.msp('mode end')
    await world.server.server.stop()

    const ran = await world.home.msp('mode msp data #9')
    const status = await world.home.msp('status')

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(
      /^✓ MSP mode: Dataforth · #9\. Recording is on\.\nOffline: .*npm start.* What follows is of .*\n\n<claudetools-context/,
    )
    expect(stateOf(world.home)).toMatchObject({ open: true, client: { id: expect.any(String), name: 'Dataforth' } })
    expect(status).toMatchObject({ code: 0, stdout: expect.stringMatching(/to be sent: +1 event/) })
  })

  test('an unknown name is kept as typed, and the server resolves it when it is back', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.server.client('Brandnew')
    const me = await world.ana.api.auth.me()
    await world.server.admin.api.users.grant({
      id: me.id,
      client_id: await world.server.client('Brandnew'),
      level: 'write',
    })
    await world.server.server.stop()

    const started = await world.home.msp('mode msp Brandnew #5')
    const ended = await world.home.msp('mode end')
    await world.server.restart()
    const flushed = await world.home.msp('spool flush')

    expect(started.stdout).toMatch(/^✓ MSP mode: Brandnew · #5/)
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ Ended: Brandnew · #5\.\nOffline: .*sent and summarised/),
    })
    expect(flushed).toMatchObject({ code: 0, stdout: expect.stringContaining('2 events sent') })
    const { items } = await world.ana.api.sessions.list({})
    expect(items).toMatchObject([{ client_id: await world.server.client('Brandnew'), ticket: '5', status: 'ended' }])
  })

  test('an ambiguous name is still refused', async () => {
    await using world = await aTechnician(['Acme Corp', 'Acme Ltd'])
    await world.home.msp('mode msp Acme Corp')
    await world.home.msp('mode end')
    await world.server.server.stop()

    expect(await world.home.msp('mode msp acme')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('Acme Ltd'),
    })
  })

  test('a secret that was typed in place of a name reaches no disk', async () => {
    const home = aHome('http://127.0.0.1:1')
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`

    await home.msp(`mode msp ${token}`)

    expect(readFileSync(join(home.paths.spool, `${CLAUDE_SESSION}.jsonl`), 'utf8')).not.toContain(token)
    expect(JSON.stringify(stateOf(home))).not.toContain(token)
  })

  test('nobody logged in: nothing cached is shown, work is recorded', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth')
    await world.home.msp('mode end')
    await world.home.msp('logout')

    const ran = await world.home.msp('mode msp Dataforth')

    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(/Offline: You are not logged in\. Run "msp login"/)
    expect(ran.stdout).not.toContain('claudetools-context')
  })

  test('a server that takes the call and never answers holds nobody up for long', { timeout: 60_000 }, async () => {
    await using world = await aTechnician(['Dataforth'])
    let requests = 0
    const silent = createServer(() => void requests++).listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close().closeAllConnections())
    await new Promise((resolve) => silent.once('listening', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const login = join(world.home.paths.auth, 'login.json')
    writeFileSync(login, readFileSync(login, 'utf8').replace(world.server.url, url))

    const ran = await world.home.msp('mode msp Dataforth', { env: { MSP_API_URL: url } })

    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('did not answer within 5 s') })
    // It waits those 5 s once, and asks nothing more of a server that is silent.
    expect(requests).toBe(1)
  })
})

describe('msp mode dev and normal', () => {
  test('dev adopts the repository, and finds it again on another machine', async () => {
    await using world = await aTechnician([])
    const other = aHome(world.server.url)
    await other.login(world.ana)
    const remote = 'https://ana:secret@git.example.com/msp/claudetools.git'

    const first = await world.home.msp('mode dev --json', { cwd: aRepository(world.home, remote) })
    const second = await other.msp('mode dev --json', {
      cwd: aRepository(other, 'git@git.example.com:msp/claudetools.git'),
    })

    const { project } = first.json as { project: { id: string; name: string } }
    expect(first.json).toMatchObject({ mode: 'dev', client: null, project: { name: 'claudetools' } })
    expect(second.json).toMatchObject({ project: { id: project.id } })
    expect(JSON.stringify(await world.ana.api.projects.list({}))).not.toContain('secret')
  })

  test('dev without a repository asks, and a mistyped name makes no project', async () => {
    await using world = await aTechnician([])

    expect(await world.home.msp('mode dev')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('For which project?'),
    })
    expect(await world.home.msp('mode dev clawdtools')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('no project "clawdtools"'),
    })
  })

  test('normal clears client and project', async () => {
    await using world = await aTechnician(['Dataforth'])
    await world.home.msp('mode msp Dataforth')

    const ran = await world.home.msp('mode normal')

    expect(ran.stdout).toMatch(/^✓ Normal mode: research and internal work\. Recording is on/)
    expect(stateOf(world.home)).toMatchObject({ mode: 'normal', client: null, project: null, stretch: 2, open: true })
  })
})
