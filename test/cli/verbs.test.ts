import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { loginPath } from '../../src/api/login-file.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { append } from '../../src/spool/append.ts'
import { anEvent, testServer } from '../support/server.ts'
import { aHome } from './home.ts'

const NOWHERE = 'http://127.0.0.1:1'

function leavesOf(command: Command, path: string[] = []): { words: string[]; help: string }[] {
  if (command.commands.length > 0) return command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]))
  let help = ''
  command
    .configureOutput({
      writeOut: (text) => {
        help += text
      },
    })
    .outputHelp()
  return [{ words: path, help }]
}

describe('every verb', () => {
  test.each(leavesOf(buildProgram().program).map(({ words, help }) => [words.join(' '), help] as const))(
    'msp %s explains itself with an example',
    (words, help) => {
      expect(help).toContain(`Usage: msp ${words}`)
      expect(help).toMatch(/Examples?:\n {2}\S*.*msp /)
    },
  )
})

describe('the command line', () => {
  test('says its version and help on stdout, with exit code 0', async () => {
    const home = aHome(NOWHERE)

    const [version, help] = [await home.msp('--version'), await home.msp('mode msp --help')]

    expect(version).toMatchObject({ code: 0, stderr: '' })
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain('msp mode msp Dataforth #12345')
  })

  test.each([
    ['an unknown verb', 'sesion list'],
    ['an unknown option', 'client list --nope'],
    ['a missing argument', 'task done'],
    ['an option that is no number', 'client list --limit many'],
  ])('exits 2 for %s, and prints one document with --json', async (_, command) => {
    const home = aHome(NOWHERE)

    const ran = await home.msp(`${command} --json`)

    expect(ran.code).toBe(2)
    expect(ran.json).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.any(String) } })
    expect(ran.stderr).not.toContain('    at ')
  })

  test('exits 3 when the server does not answer, and says how to start it', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)
    await server.server.stop()

    const ran = await home.msp('client list')

    expect(ran).toMatchObject({ code: 3, stdout: '' })
    expect(ran.stderr).toMatch(/does not answer.*npm start/)
  })

  test.each([
    ['that is not JSON', '{"api_url"', /config\.json is not valid JSON/],
    ['with a URL that is none', '{"api_url":"localhost"}', /not a web address/],
  ])('says what is wrong with a configuration %s, in one line', async (_, config, message) => {
    const home = aHome(NOWHERE)
    writeFileSync(home.paths.config, config)

    const [ran, doctor] = [
      await home.msp('whoami', { env: { MSP_API_URL: '' } }),
      await home.msp('doctor', { env: { MSP_API_URL: '' } }),
    ]

    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr.trim().split('\n')).toEqual([expect.stringMatching(message)])
    expect(doctor.code).toBe(1)
    expect(doctor.stdout).toMatch(/✗ configuration/)
  })

  test('needs no node_modules and no network to start', () => {
    const file = join(import.meta.dirname, '..', '..', 'dist', 'msp.cjs')

    const ran = spawnSync(
      process.execPath,
      ['-e', `process.argv=['node','msp','--version'];require(${JSON.stringify(file)})`],
      { cwd: '/', encoding: 'utf8' },
    )

    expect(ran.stdout).toMatch(/^\d/)
  })
})

describe('login', () => {
  test('keeps the tokens for the owner only, enrols the machine and says so', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const ana = await server.technician({ name: 'Ana' })
    const home = aHome(server.url)

    const ran = await home.msp(['login', '--email', ana.email, '--password-stdin'], { input: `${ana.password}\n` })

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(/Logged in to .* as Ana .*technician.*This machine is /)
    expect(statSync(loginPath(home.paths.auth)).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(loginPath(home.paths.auth))).mode & 0o777).toBe(0o700)
    expect(JSON.parse(readFileSync(home.paths.config, 'utf8'))).toMatchObject({ machine_id: expect.any(String) })
    expect((await home.msp('whoami --json')).json).toMatchObject({ email: ana.email })
  })

  test('with a wrong password exits 4 and keeps nothing', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)

    const ran = await home.msp(['login', '--email', server.admin.email, '--password-stdin'], { input: 'wrong' })

    expect(ran).toMatchObject({ code: 4, stdout: '', stderr: 'E-mail or password is wrong.\n' })
    expect(await home.msp('whoami')).toMatchObject({ code: 4, stderr: 'You are not logged in. Run "msp login".\n' })
  })

  test('never waits for a terminal that is not there', async () => {
    const home = aHome(NOWHERE)

    expect(await home.msp('login')).toMatchObject({ code: 2, stderr: expect.stringContaining('--password-stdin') })
    expect(await home.msp('login --email ana@example.com')).toMatchObject({ code: 2 })
  })

  test('keeps a server given with --url, and sends it no tokens of another one', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome('')
    const login = ['login', '--url', server.url, '--email', server.admin.email, '--password-stdin']
    await home.msp(login, { input: server.admin.password })

    expect((await home.msp('config show --json')).json).toMatchObject({ api_url: server.url })
    expect(await home.msp('whoami', { env: { MSP_API_URL: NOWHERE } })).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/logged in to .*, not to .*msp login/),
    })
  })

  test('a file that others can read is not used', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)
    chmodSync(loginPath(home.paths.auth), 0o644)

    expect(await home.msp('whoami')).toMatchObject({ code: 4, stderr: expect.stringMatching(/can be read by others/) })
    expect((await home.msp('doctor')).stdout).toMatch(/✗ file modes.*chmod 600/)
  })

  test('logout ends it on the server and here, also without the server', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const [one, other] = [aHome(server.url), aHome(server.url)]
    await one.login(server.admin)
    await other.login(server.admin)
    const before = readFileSync(loginPath(one.paths.auth))

    expect(await one.msp('logout')).toMatchObject({ code: 0, stdout: 'Logged out.\n' })
    writeFileSync(loginPath(one.paths.auth), before, { mode: 0o600 })
    expect(await one.msp('whoami')).toMatchObject({ code: 4, stderr: expect.stringContaining('msp login') })
    await server.server.stop()
    expect(await other.msp('logout')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the server was not told'),
    })
    expect(await other.msp('whoami')).toMatchObject({ code: 4 })
  })
})

describe('clients, projects, users', () => {
  test('are created, found leniently, changed, and refused to whom they are not for', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)

    const added = await home.msp([
      'client',
      'add',
      'Dataforth Corporation',
      '--code',
      'DF',
      '--domain',
      'dataforth.com',
    ])
    await home.msp(['client', 'alias', 'DF', 'The Forth'])
    const edited = await home.msp('client edit dataf --timezone America/Phoenix')
    const shown = await home.msp(['client', 'show', 'the forth', '--json'])
    const project = await home.msp(['project', 'add', 'Firewall migration', '--client', 'dataforth.com'])
    const user = await home.msp('user add ben@example.com --name Ben --password-stdin', {
      input: 'a password of Ben\n',
    })
    const granted = await home.msp('user grant ben@example.com dataf --level read')
    const again = await home.msp(['client', 'add', 'Dataforth Corporation'])

    expect([added, edited, project, user, granted].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    expect(shown.json).toMatchObject({
      client: { code: 'DF', timezone: 'America/Phoenix' },
      aliases: [{ alias: 'The Forth' }],
    })
    expect(again.code).toBe(6)
    const ben = aHome(server.url)
    await ben.login({ email: 'ben@example.com', password: 'a password of Ben' } as typeof server.admin)
    expect((await ben.msp('client list')).stdout).toContain('Dataforth Corporation')
    expect(await ben.msp('client add Other')).toMatchObject({ code: 4 })
    expect(await home.msp('user revoke ben@example.com dataf')).toMatchObject({ code: 0 })
    expect(await ben.msp('client show dataf')).toMatchObject({ code: 5 })
    expect(await home.msp('user disable ben@example.com')).toMatchObject({ code: 0 })
    expect(await ben.msp('whoami')).toMatchObject({ code: 4 })
  })

  test('an ambiguous name lists the candidates and exits 5', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const ana = await server.technician({ clients: ['Acme Corp', 'Acme Ltd'] })
    const home = aHome(server.url)
    await home.login(ana)

    const ran = await home.msp('session list --client acme --json')

    expect(ran.code).toBe(5)
    expect(ran.json).toMatchObject({
      error: { code: 'NOT_FOUND', details: { candidates: [{ name: 'Acme Corp' }, { name: 'Acme Ltd' }] } },
    })
  })
})

describe('work', () => {
  test('is noted, listed, found and done', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const ana = await server.technician({ clients: ['Dataforth'] })
    const home = aHome(server.url)
    await home.login(ana)
    await home.msp('mode msp Dataforth')

    const item = await home.msp([
      'work',
      'add',
      'Restart the print spooler',
      '--category',
      'incident',
      '--minutes',
      '12',
      '--json',
    ])
    const task = await home.msp(['task', 'add', 'Renew the certificate', '--priority', 'p1', '--json'])
    const { id } = task.json as { id: string }
    const listed = await home.msp('task list --client Dataforth')
    const found = await home.msp('search spooler --json')
    const done = await home.msp(`task done ${id.slice(-8)}`)

    expect(item.json).toMatchObject({ title: 'Restart the print spooler', category: 'incident', active_seconds: 720 })
    expect(listed.stdout).toMatch(/p1 +todo.*Renew the certificate/)
    expect(found.json).toMatchObject({ items: [{ kind: 'work', title: 'Restart the print spooler' }] })
    expect(done).toMatchObject({ code: 0, stdout: '✓ Done: Renew the certificate\n' })
    expect((await home.msp('task list')).stdout).toBe('No open tasks.\n')
    expect((await home.msp('work list')).stdout).toContain('Restart the print spooler')
  })

  test('a summary comes on stdin and replaces the stored one', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const ana = await server.technician({ clients: ['Dataforth'] })
    const home = aHome(server.url)
    await home.login(ana)
    await home.msp('mode msp Dataforth')
    await home.msp('mode end')

    const stored = await home.msp(['session', 'summarize', '--title', 'Spooler'], {
      input: '**Done**: `x` → Ünïcode\n',
    })
    const empty = await home.msp('session summarize', { input: '\n' })
    const shown = await home.msp('session show --json')

    expect(stored.code).toBe(0)
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('empty') })
    expect(shown.json).toMatchObject({
      session: { title: 'Spooler', summary: '**Done**: `x` → Ünïcode', status: 'ended' },
    })
  })
})

describe('any operation', () => {
  test('can be called by name, and listed', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)

    const called = await home.msp(['call', 'clients.create', '{"name":"Dataforth"}'])
    const fromStdin = await home.msp('call clients.resolve -', { input: '{"text":"dataf"}' })
    const listed = await home.msp('call --list')

    expect(called.json).toMatchObject({ name: 'Dataforth' })
    expect(fromStdin.json).toMatchObject({ client: { name: 'Dataforth' } })
    expect(listed.stdout).toMatch(/clients\.resolve +reads +Which client/)
  })

  test('the list of them is that of the documentation', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)
    type Document = { paths: Record<string, Record<string, { operationId: string }>> }
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document
    const documented = Object.values(document.paths).flatMap((path) => Object.values(path))

    const { stdout } = await home.msp('call --list')

    const listed = stdout.split('\n').flatMap((line) => /^(\w+\.\w+) /.exec(line)?.[1] ?? [])
    expect(listed.sort()).toEqual(documented.map(({ operationId }) => operationId).sort())
  })

  test.each([
    ['clients.nope', '{}', 5, /There are: clients\.list/],
    ['clients.list', '{limit:5}', 2, /not JSON/],
    ['clients.list', '{"limit":0}', 2, /limit/],
  ])('%s %s exits %i and says why', async (operation, input, code, message) => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)

    expect(await home.msp(['call', operation, input])).toMatchObject({ code, stderr: expect.stringMatching(message) })
  })
})

describe('the spool', () => {
  test('is shown and sent; what the server refuses is listed, sent again and discarded', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const ana = await server.technician({ clients: ['Dataforth'] })
    const home = aHome(server.url)
    await home.login(ana)
    append(home.paths.spool, anEvent('command', { command: 'hostname' }))
    append(home.paths.spool, { ...anEvent('command', { command: 'bad' }), id: 'cmd:bad', stretch: -1 })

    const before = await home.msp('spool status --json')
    const flushed = await home.msp('spool flush --json')
    const letters = await home.msp('spool dead-letter')
    const doctor = await home.msp('doctor')
    const discarded = await home.msp('spool dead-letter --discard cmd:bad')
    const unknown = await home.msp('spool dead-letter --retry cmd:other')

    expect(before.json).toMatchObject({ events: 2 })
    expect(flushed.json).toMatchObject({ ended: 'delivered', accepted: 1, deadLettered: 1 })
    expect(letters.stdout).toMatch(/cmd:bad +now +refused/)
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ dead letters') })
    expect(discarded).toMatchObject({ code: 0 })
    expect(unknown).toMatchObject({ code: 5 })
    expect((await home.msp('spool dead-letter')).stdout).toBe('No dead letters.\n')
  })
})

describe('doctor', () => {
  test('finds nothing wrong on a machine that is logged in', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)

    const ran = await home.msp('doctor --json')

    const { checks } = ran.json as { checks: { name: string; state: boolean | null; message: string }[] }
    expect(checks.filter(({ state }) => state === false)).toEqual([])
    expect(ran.code).toBe(0)
  })

  test('says for a fresh machine what to do first', async () => {
    await using server = await testServer({ database: 'sqlite' })

    const ran = await aHome(server.url).msp('doctor')

    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/✓ server/)
    expect(ran.stdout).toMatch(/✗ login: .*msp login/)
  })
})

describe('the machine', () => {
  test('is probed, kept, and told to the server', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const home = aHome(server.url)
    await home.login(server.admin)

    const refreshed = await home.msp('machine refresh --json')
    const shown = await home.msp('machine show')
    const quiet = await home.msp('machine refresh --quiet')

    expect(refreshed.json).toMatchObject({ registration: { tools: { docker: expect.any(Boolean) } } })
    expect(shown.stdout).toMatch(/docker: +(not )?running/)
    expect(quiet).toMatchObject({ code: 0, stdout: '' })
    const { items } = await server.admin.api.machines.list({})
    expect(items).toMatchObject([{ tools: { package_managers: expect.any(Array) } }])
  })
})
