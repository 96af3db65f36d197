import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  freePort,
  freshAccount,
  listenSomewhere,
  type Outcome,
  passwordIn,
  statusOf,
} from './installation.ts'

// npm start, on the built dist/, in accounts of their own.

const NOTHING_CHANGED = 'Everything was set up already; nothing was changed.'
const SLOW = 120_000

describe('the first start', { timeout: SLOW }, () => {
  let account: Account
  let port: number
  let started: Outcome
  beforeAll(async () => {
    account = await freshAccount()
    port = await freePort()
    started = await account.start(['--port', `${port}`, '--email', 'ana@example.com', '--name', 'Ana'])
  }, SLOW)
  afterAll(() => account[Symbol.asyncDispose]())

  test('makes a server that is ready, signs this machine in and shows the password of the admin', async () => {
    const ready = await statusOf(port, '/readyz')
    const whoami = await account.msp('whoami')

    expect(started, started.stderr).toMatchObject({ code: 0, stderr: '' })
    expect(passwordIn(started)).toMatch(/^[\w-]{20}$/)
    expect(ready).toBe(200)
    expect(whoami.stdout).toContain('Ana (ana@example.com)')
    expect(started.stdout).toContain('Claude Code ("claude") is not on the PATH. Once it is, type: claude plugin')
  })

  test('keeps key, database and log from other users, and the password from every file', () => {
    const path = (...names: string[]) => join(account.mspHome, ...names)
    const folders = [path(), path('server'), path('logs')]
    const files = [
      path('server', 'master.key'),
      path('server', 'claudetools.db'),
      path('logs', 'server.log'),
      path('config.json'),
    ]

    const modes = [...folders, ...files].map((name) => statSync(name).mode & 0o777)

    expect(modes).toEqual([...folders.map(() => 0o700), ...files.map(() => 0o600)])
    expect(Buffer.from(readFileSync(path('server', 'master.key'), 'utf8'), 'base64')).toHaveLength(32)
    expect(files.filter((file) => readFileSync(file).includes(passwordIn(started)))).toEqual([])
  })
})

test('a first start that fails half-way shows the password all the same', { timeout: SLOW }, async () => {
  await using account = await freshAccount()
  await mkdir(account.mspHome)
  await writeFile(join(account.mspHome, 'auth'), 'a file where a folder should be')

  const started = await account.start(['--port', `${await freePort()}`])

  expect(started.code).toBe(1)
  expect(started.stderr).toContain('This machine could not be signed in')
  expect(passwordIn(started)).toMatch(/^[\w-]{20}$/)
})

test('two first starts at once make one server', { timeout: SLOW }, async () => {
  await using account = await freshAccount()
  const port = ['--port', `${await freePort()}`]

  const both = await Promise.all([account.start(port), account.start(port)])

  const passwords = both.map(passwordIn).filter(Boolean)
  const again = await account.start()
  expect(passwords).toHaveLength(1)
  expect(again, both.map(({ stderr }) => stderr).join()).toMatchObject({ code: 0 })
  expect((await account.msp('whoami')).code).toBe(0)
})

describe('a further start', { timeout: SLOW }, () => {
  let account: Account
  let port: number
  let stateFile: string
  let first: Outcome
  beforeAll(async () => {
    account = await freshAccount()
    port = await freePort()
    stateFile = join(account.mspHome, 'server', 'server.json')
    first = await account.start(['--port', `${port}`])
  }, SLOW)
  afterAll(() => account[Symbol.asyncDispose]())

  test('changes nothing and says so', async () => {
    const state = await readFile(stateFile, 'utf8')

    const again = await account.start()

    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout).toContain(NOTHING_CHANGED)
    expect(again.stdout).not.toContain('password  ')
    expect(await readFile(stateFile, 'utf8')).toBe(state)
  })

  test('after --stop brings the same server back on the same port', async () => {
    const stopped = await account.start(['--stop'])
    const statusThen = await statusOf(port, '/readyz')
    const again = await account.start()

    expect([stopped.code, statusThen]).toEqual([0, 0])
    expect(stopped.stdout).toContain('is stopped. Start it again with: npm start')
    expect(again.stdout).toContain(`http://127.0.0.1:${port}`)
    expect((await account.msp('whoami')).code).toBe(0)
  })

  test('restarts a server of an older build', async () => {
    const state = JSON.parse(await readFile(stateFile, 'utf8'))
    await writeFile(stateFile, JSON.stringify({ ...state, build: 'older' }))

    const again = await account.start()

    expect(again.stdout).toContain(`the one of an older build (process ${state.pid}) is stopped`)
    expect(JSON.parse(await readFile(stateFile, 'utf8'))).toMatchObject({ port, build: state.build })
  })

  test('with --reset-admin gives the admin a new password, and the old one is refused', async () => {
    const reset = await account.start(['--reset-admin'])

    const login = ['login', '--email', 'admin@claudetools.local', '--password-stdin']
    const withOld = await account.mspWith(passwordIn(first), ...login)
    const withNew = await account.mspWith(passwordIn(reset), ...login)
    expect([withOld.code, withNew.code]).toEqual([4, 0])
  })
})

describe('a start that cannot go on', { timeout: SLOW }, () => {
  test('names --port when another program has the port, and makes nothing', async () => {
    await using account = await freshAccount()
    const other = await listenSomewhere()

    const started = await account.start(['--port', `${other.port}`])

    await other.close()
    expect(started).toMatchObject({ code: 1, stdout: '' })
    expect(started.stderr).toContain(`Port ${other.port} is in use by another program.`)
    expect(started.stderr).toContain('npm start -- --port N')
    expect(existsSync(account.mspHome)).toBe(false)
  })

  test('refuses to make a new key for a database that has lost its own', async () => {
    await using account = await freshAccount()
    const key = join(account.mspHome, 'server', 'master.key')
    await account.start(['--port', `${await freePort()}`])
    await account.start(['--stop'])
    await rename(key, join(account.home, 'safe'))

    const started = await account.start()

    expect(started.code).toBe(1)
    expect(started.stderr).toContain(`not its master key (${key}). Put the key file back from your backup.`)
    expect(existsSync(key)).toBe(false)
  })

  test('says what the server says, without a stack trace', async () => {
    await using account = await freshAccount()
    const port = await freePort()
    await account.start(['--port', `${port}`])
    await account.start(['--stop'])
    for (const end of ['-wal', '-shm'])
      await rm(join(account.mspHome, 'server', `claudetools.db${end}`), { force: true })
    await writeFile(join(account.mspHome, 'server', 'claudetools.db'), 'this is not a database')

    const started = await account.start()

    expect(started.code).toBe(1)
    expect(started.stderr).toContain('MSP_DATABASE_URL')
    expect(started.stderr).not.toMatch(/^\s+at /m)
    expect(await statusOf(port, '/healthz')).toBe(0)
  })

  test.each([
    ['--bogus'],
    ['--port', '99999'],
    ['--join', 'nowhere'],
    ['--at-login', '--no-at-login'],
    ['--email', 'ana'],
  ])('answers %s %s with exit code 2 and one sentence', async (...words) => {
    await using account = await freshAccount()

    const started = await account.start(words.filter(Boolean))

    expect(started).toMatchObject({ code: 2, stdout: '' })
    expect(started.stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('a further machine', { timeout: SLOW }, () => {
  test('joins a server with the password on stdin, and a second time changes nothing', async () => {
    await using account = await freshAccount()
    await using second = await freshAccount()
    const url = `http://127.0.0.1:${await freePort()}`
    const password = passwordIn(await account.start(['--port', new URL(url).port]))
    const words = ['--join', url, '--email', 'admin@claudetools.local', '--password-stdin']

    const joined = await second.start(words, `${password}\n`)
    const again = await second.start()

    expect(joined, joined.stderr).toMatchObject({ code: 0 })
    expect((await second.msp('machine', 'list')).stdout.trim().split('\n')).toHaveLength(3)
    expect(existsSync(join(second.mspHome, 'server'))).toBe(false)
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(NOTHING_CHANGED) })
  })

  test('is told how to give the sign-in where there is no terminal', async () => {
    await using second = await freshAccount()

    const joined = await second.start(['--join', 'http://127.0.0.1:9'])

    expect(joined.code).toBe(2)
    expect(joined.stderr).toContain('Give --email E --password-stdin and pipe the password in.')
  })
})

describe('beside the server', { timeout: SLOW }, () => {
  test('the plugin is installed once where there is a Claude Code', async () => {
    await using account = await freshAccount()
    const log = join(account.home, 'claude.log')
    const listed = '[{"id":"claudetools@claudetools","enabled":true}]'
    await account.program(
      'claude',
      `echo "$@" >> ${log}; case "$*" in *list*) read x < ${log}.on; echo "\${x:-[]}";; *install*) echo '${listed}' > ${log}.on;; esac`,
    )
    await writeFile(`${log}.on`, '')

    const first = await account.start(['--port', `${await freePort()}`])
    const second = await account.start()

    expect(first.stdout).toContain('plugin     installed in Claude Code;')
    expect(second.stdout).toContain('plugin     installed in Claude Code (already)')
    const calls = readFileSync(log, 'utf8').trim().split('\n')
    expect(calls.map((call) => call.split(' ').slice(0, 3).join(' '))).toEqual([
      'plugin list --json',
      expect.stringMatching(/^plugin marketplace add/),
      'plugin install claudetools@claudetools',
      'plugin list --json',
    ])
  })

  test('a plugin that cannot be installed does not fail the start', async () => {
    await using account = await freshAccount()
    await account.program('claude', 'echo "no such command" >&2; exit 1')

    const started = await account.start(['--port', `${await freePort()}`])

    expect(started.code).toBe(0)
    expect(started.stdout).toContain('not installed: no such command. Type it yourself: claude plugin marketplace add')
  })

  test.runIf(process.platform === 'linux')(
    'the server is started at login when that is asked for, until it is taken back',
    async () => {
      await using account = await freshAccount()
      await account.program('systemctl', `echo "$@" >> ${account.home}/systemctl.log`)
      const unit = join(account.home, '.config', 'systemd', 'user', 'claudetools.service')

      await account.start(['--port', `${await freePort()}`, '--at-login'])
      const content = readFileSync(unit, 'utf8')
      const again = await account.start(['--at-login'])
      await account.start(['--no-at-login'])

      expect(content).toMatch(/^ExecStart=".*node.*" ".*start\.mjs" --foreground --no-plugin$/m)
      expect(again.stdout).toContain(NOTHING_CHANGED)
      expect(existsSync(unit)).toBe(false)
      expect(readFileSync(join(account.home, 'systemctl.log'), 'utf8').split('\n')[0]).toBe(
        '--user enable claudetools.service',
      )
    },
  )

  test('in the foreground it stays until it is told to end, and ends the server', async () => {
    await using account = await freshAccount()
    const port = await freePort()
    const running = account.startHere(['--foreground', '--port', `${port}`])
    const ended = new Promise<number | null>((resolve) => running.once('exit', resolve))
    let printed = ''
    running.stdout?.on('data', (chunk) => {
      printed += chunk
    })
    while (!printed.includes('Next\n') && running.exitCode === null) await sleep(50)
    const statusMeanwhile = await statusOf(port, '/readyz')

    running.kill('SIGTERM')

    expect(await ended, printed).toBe(0)
    expect([statusMeanwhile, await statusOf(port, '/readyz')]).toEqual([200, 0])
  })
})
