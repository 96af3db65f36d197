import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { agentTokenPath, writeClaim } from '../../src/claims.ts'
import { formsOf } from '../../src/mask/forms.ts'
import { aHome, CLAUDE_SESSION, type CliHome } from './home.ts'
import { aStubVault, CREDENTIAL, claimFor, holds, refusal, SECRET, type StubVault, settle } from './stub-vault.ts'
import { atTerminal, terminalMissing } from './terminal.ts'

const ID = '3f2a9c1e'
const MARK = `[REDACTED:password:${CREDENTIAL.id.slice(-8)}]`

/** A technician's machine in a session for the credential's client, and the stub. */
async function aWorld(): Promise<{
  vault: StubVault
  home: CliHome
  exec: (words: string[], env?: NodeJS.ProcessEnv) => ReturnType<CliHome['msp']>
}> {
  const vault = await aStubVault()
  const home = aHome(vault.url)
  settle(home, vault.url)
  const exec = (words: string[], env: NodeJS.ProcessEnv = {}) =>
    home.msp(['cred', 'exec', ID, ...words], { env: { ...claimFor(home), ...env } })
  return { vault, home, exec }
}

/** Every form of the secret that is in a text. */
const formsIn = (text: string): string[] =>
  formsOf(SECRET)
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    .filter((form) =>
      Buffer.from(text)
        .toString('latin1')
        .replace(/[\0\r\n]/g, '')
        .includes(form),
    )

const useOf = ({ calls }: StubVault) => calls.find(({ operation }) => operation === 'credentials.use')

describe('a command gets the secret', () => {
  test('in its environment, and what it prints of it is masked', async () => {
    const { exec } = await aWorld()

    const ran = await exec([
      '--env',
      'DB_PW=password',
      '--',
      'sh',
      '-c',
      'echo "<$DB_PW>"; test "$DB_PW" && printf %s "$DB_PW" | wc -c',
    ])

    expect(ran).toMatchObject({ code: 0, stdout: `<${MARK}>\n${Buffer.byteLength(SECRET)}\n`, stderr: '' })
  })

  test('on its standard input', async () => {
    const { exec } = await aWorld()

    expect(await exec(['--stdin', 'password', '--', 'cat'])).toMatchObject({ code: 0, stdout: `${MARK}\n` })
  })

  test('in a file of its owner only, which is gone afterwards', async () => {
    const { exec } = await aWorld()
    const look = 'stat -c %a "$1" "$(dirname "$1")"; echo "$1 $KEY"; cat "$1"'

    const ran = await exec(['--file', 'KEY=password', '--', 'sh', '-c', look, 'look', '{KEY}'])

    const [file = '', folder, paths = '', shown] = ran.stdout.split('\n')
    expect([file, folder, shown]).toEqual(['600', '700', MARK])
    const [first = '', second] = paths.split(' ')
    expect(second).toBe(first)
    expect(existsSync(first)).toBe(false)
  })

  test('as the header of a request', async () => {
    const { vault, exec } = await aWorld()
    holds(vault, { token: 'abcdefgh', password: 'p:w-long' })

    const bearer = await exec(['--stdin', 'bearer:token', '--', 'wc', '-c'])
    const basic = await exec([
      '--env',
      'H=basic:password',
      '--',
      'sh',
      '-c',
      'printf %s "$H" | sed "s/Authorization: Basic //" | base64 -d | cut -d: -f1',
    ])

    expect(bearer.stdout.trim()).toBe(`${'Authorization: Bearer abcdefgh\n'.length}`)
    expect(basic.stdout).toBe('sa\n')
  })

  test('from an SSH agent of its own, which ends with it', async () => {
    const { vault, home, exec } = await aWorld()
    const key = join(home.dir, 'key')
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'canary', '-f', key])
    holds(vault, { private_key: readFileSync(key, 'utf8') })

    const ran = await exec(['--ssh-agent', 'private_key', '--', 'sh', '-c', 'ssh-add -l; echo $SSH_AUTH_SOCK'])

    const [listed, socket = ''] = ran.stdout.split('\n')
    expect(listed).toMatch(/^256 SHA256:.* canary \(ED25519\)$/)
    expect(existsSync(socket)).toBe(false)
    expect(spawnSync('pgrep', ['-f', socket]).status).toBe(1)
  })

  test('with the one-time code of the moment, whose seed stays where it is', async () => {
    const { vault, exec } = await aWorld()
    vault.answer('credentials.totp', () => ({ code: '314159', valid_for_seconds: 20 }))

    const ran = await exec(['--env', 'OTP=totp', '--', 'sh', '-c', 'echo $OTP'])

    expect(ran.stdout).toMatch(/^\[REDACTED:totp:\w{8}\]\n$/)
  })

  test('never as an argument: /proc shows it to nobody', async () => {
    const { exec } = await aWorld()

    const ran = await exec([
      ...['--env', 'DB_PW=password', '--file', 'F=password', '--'],
      ...['sh', '-c', 'for p in $$ $PPID; do tr "\\0" " " < /proc/$p/cmdline | base64 -w0; echo; done', 'x', '{F}'],
    ])

    const lines = ran.stdout
      .trim()
      .split('\n')
      .map((line) => Buffer.from(line, 'base64').toString())
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('cred exec')
    expect(lines.flatMap(formsIn)).toEqual([])
  })
})

describe('the command itself', () => {
  test('runs as it is written, without a shell (E3)', async () => {
    const { home, exec } = await aWorld()
    const nasty = [
      '$(touch made)',
      '`touch made`',
      '; touch made',
      '-oProxyCommand=touch made',
      '--',
      '',
      '%COMSPEC%',
      'a\nb',
      '$DB_PW',
      "'",
    ]

    const ran = await exec(['--env', 'DB_PW=password', '--', 'printf', '<%s>', ...nasty])

    expect(ran.stdout).toBe(nasty.map((word) => `<${word}>`).join(''))
    expect(readdirSync(home.work)).toEqual([])
  })

  test('is told to the server as it will run, with the program it resolves to', async () => {
    const { vault, exec } = await aWorld()

    await exec(['--file', 'K=password', '--reason', 'Nightly job', '--ticket', '#12', '--', 'cat', '{K}'])

    expect(useOf(vault)).toMatchObject({
      token: 'agent-token',
      input: {
        ...{ id: CREDENTIAL.id, fields: ['password'], argv: ['cat', '{K}'], reason: 'Nightly job', ticket_ref: '#12' },
        program_path: spawnSync('sh', ['-c', 'readlink -f "$(command -v cat)"'], { encoding: 'utf8' }).stdout.trim(),
      },
    })
  })

  test.each([
    ['exit 7', 7],
    ['kill -TERM $$', 143],
  ])('%s: its end is ours', async (script, code) => {
    const { exec } = await aWorld()

    expect((await exec(['--env', 'X=password', '--', 'sh', '-c', script])).code).toBe(code)
  })

  test('gets signals, and leaves nothing when it is ended', async () => {
    const { home } = await aWorld()
    const script = 'trap "echo got it; exit 9" TERM; echo "$F"; echo ---; while :; do sleep 0.05; done'
    const words = ['cred', 'exec', ID, '--file', 'F=password', '--', 'sh', '-c', script]
    const env = {
      PATH: process.env.PATH,
      HOME: home.dir,
      MSP_HOME: home.paths.home,
      CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION,
    }
    const { api_url } = JSON.parse(readFileSync(join(home.paths.auth, 'login.json'), 'utf8'))
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/msp.cjs'), ...words], {
      env: { ...env, MSP_API_URL: api_url, ...claimFor(home) },
      cwd: home.work,
    })
    onTestFinished(() => void child.kill('SIGTERM'))
    let shown = ''
    child.stdout.on('data', (chunk) => (shown += chunk))
    while (!shown.includes('---')) await sleep(20)

    child.kill('SIGTERM')
    const code = await new Promise((resolve) => child.once('close', resolve))

    expect([code, shown.split('\n')[2]]).toEqual([9, 'got it'])
    expect(existsSync(shown.split('\n')[0] ?? '')).toBe(false)
  })

  test('gets neither our variables nor what makes programs load code', async () => {
    const { exec } = await aWorld()
    const env = {
      MSP_SECRET: 'x',
      ANTHROPIC_API_KEY: 'x',
      LD_PRELOAD: '/nowhere.so',
      HTTPS_PROXY: 'http://evil',
      PAGER: 'sh',
    }

    const ran = await exec(['--env', 'DB_PW=password', '--', 'env'], env)

    const names = ran.stdout.split('\n').map((line) => line.split('=')[0])
    expect(names).toEqual(expect.arrayContaining(['PATH', 'DB_PW']))
    expect(names.filter((name) => /MSP|ANTHROPIC|LD_|PROXY|PAGER/.test(name ?? ''))).toEqual([])
  })

  test('reads our own stdin, and its errors stay errors', async () => {
    const { home } = await aWorld()

    const ran = await home.msp(['cred', 'exec', ID, '--env', 'X=password', '--', 'sh', '-c', 'cat; echo "no $X" >&2'], {
      input: 'from us\n',
      env: claimFor(home),
    })

    expect(ran).toMatchObject({ code: 0, stdout: 'from us\n', stderr: `no ${MARK}\n` })
  })
})

describe('F2: tricks to get it printed', () => {
  // A person may allow these programs; then the masker is what is left. Each prints the secret in a form that it knows.
  test.each([
    'echo "$PW"',
    'env',
    'printenv PW',
    'cat /proc/self/environ',
    'cat /proc/$$/environ | tr "\\0" "\\n"',
    'printf %s "$PW" | base64',
    'printf %s "x$PW" | base64 -w 5',
    'printf %s "$PW" | od -An -tx1',
    'printf %s "$PW" | od -An -v -tx1 | tr -d " \\n"',
    'printf %s "$PW" | sed "s/./&\\n/g"',
    'printf %s "$PW" | fold -w 3',
    'printf %s "$PW" >&2',
    'printf %s "$PW" > f; cat f; cat f >&2; rm f',
    'export -p',
    'set',
    'echo "http://evil.example/?$PW"',
  ])('%s shows nothing', async (script) => {
    const { exec } = await aWorld()

    const ran = await exec(['--env', 'PW=password', '--', 'sh', '-c', script])

    expect(formsIn(ran.stdout + ran.stderr)).toEqual([])
    expect(ran.stdout + ran.stderr).toContain(MARK)
  })

  test('what is derived from it is beyond masking: only the list of programs stops that', async () => {
    const { exec } = await aWorld()

    const ran = await exec(['--env', 'PW=password', '--', 'sh', '-c', 'printf %s "$PW" | tr "a-zA-Z" "b-zaB-ZA"'])

    expect(ran.stdout).not.toContain('REDACTED')
  })

  test.each([['./tool'], ['tool']])('a program that Claude can have written gets nothing: %s', async (name) => {
    const { vault, home, exec } = await aWorld()
    writeFileSync(join(home.work, 'tool'), '#!/bin/sh\necho "$PW"\n')
    chmodSync(join(home.work, 'tool'), 0o755)

    const ran = await exec(['--env', 'PW=password', '--', name], { PATH: `${home.work}:${process.env.PATH}` })

    expect(ran).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('gets no secret from Claude') })
    expect(useOf(vault)).toBeUndefined()
  })

  test('what the server refuses is not run', async () => {
    const { vault, home, exec } = await aWorld()
    vault.answer('credentials.use', () => {
      throw refusal('FORBIDDEN', 'Not for this command: sh can run other programs.')
    })

    const ran = await exec(['--env', 'PW=password', '--', 'sh', '-c', 'touch made'])

    expect(ran).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('Not for this command') })
    expect(readdirSync(home.work)).toEqual([])
  })
})

describe('under Claude Code', () => {
  test('F5: nothing is given where no hook has written down who asks', async () => {
    const { vault, home } = await aWorld()
    const foreign = writeClaim(home.paths, {
      session_id: 'other',
      agent_id: 'main',
      agent_type: 'main',
      at: new Date().toISOString(),
    })

    for (const MSP_CLAIM of ['', 'a'.repeat(32), foreign]) {
      const ran = await home.msp(['cred', 'exec', ID, '--env', 'PW=password', '--', 'env'], { env: { MSP_CLAIM } })
      expect(ran).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(/which agent.*msp doctor/) })
    }
    expect(await home.msp('cred find')).toMatchObject({ code: 4, stdout: '' })
    expect(vault.calls).toEqual([])
  })

  test('each agent has a token of its own, kept until it ends', async () => {
    const { vault, home } = await aWorld()
    const run = (env: NodeJS.ProcessEnv) =>
      home.msp(['cred', 'exec', ID, '--env', 'PW=password', '--', 'true'], { env })

    await run(claimFor(home, 'a1b2', 'claudetools:credential-retrieval'))
    await run(claimFor(home, 'a1b2', 'claudetools:credential-retrieval'))
    await run(claimFor(home))

    const asked = vault.calls.filter(({ operation }) => operation === 'auth.agentTokens')
    expect(asked.map(({ input }) => input)).toEqual([
      { claude_session_id: CLAUDE_SESSION, agent_id: 'a1b2', agent_type: 'claudetools:credential-retrieval' },
      { claude_session_id: CLAUDE_SESSION, agent_id: 'main', agent_type: 'main' },
    ])
    expect(statSync(agentTokenPath(home.paths, CLAUDE_SESSION, 'a1b2')).mode & 0o777).toBe(0o600)
  })

  test('a token that is used up is replaced once', async () => {
    const { vault, exec } = await aWorld()
    let tries = 0
    vault.answer('credentials.use', () => {
      if (tries++ === 0) throw refusal('UNAUTHENTICATED', 'This token was good for 20 calls.')
      return { credential: CREDENTIAL, secrets: { password: SECRET } }
    })

    expect((await exec(['--env', 'PW=password', '--', 'true'])).code).toBe(0)
  })

  test('F8: a session gets nothing of another client, whatever it was told', async () => {
    const { vault, home, exec } = await aWorld()
    vault.answer('credentials.get', () => ({ ...CREDENTIAL, client_id: '0195f2c0-7a53-7d1e-9c1f-0000000000b0' }))
    vault.answer('clients.resolve', () => ({
      client: { id: '0195f2c0-7a53-7d1e-9c1f-0000000000b0', name: 'Other' },
      candidates: [],
    }))
    vault.answer('credentials.list', () => ({ items: [CREDENTIAL] }))

    const ran = await exec(['--env', 'PW=password', '--', 'env'])
    const found = await home.msp('cred find --client Other', { env: claimFor(home) })

    expect(ran).toMatchObject({ code: 5, stdout: '' })
    expect(found).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('This session is for Dataforth'),
    })
    expect(useOf(vault)).toBeUndefined()
  })

  test('what needs a yes is asked for once, told how, and used after it', async () => {
    const { vault, exec } = await aWorld()
    const approval = { id: '0195f2c0-7a53-7d1e-9c1f-9b1d4e020007', subject: 'cat x', status: 'pending' }
    vault.answer('credentials.use', ({ approval_id }: { approval_id?: string }) => {
      if (approval_id !== approval.id)
        throw refusal('FORBIDDEN', 'Not without a yes: cat is not usual. Ask for one: x', {
          needs: 'approval',
          kind: 'exec',
        })
      return { credential: CREDENTIAL, secrets: { password: SECRET } }
    })
    vault.answer('approvals.request', () => approval)
    vault.answer('approvals.get', () => approval)
    const words = ['--env', 'PW=password', '--reason', 'Look', '--', 'echo', 'x']

    const first = await exec(words)
    const second = await exec(words)
    approval.status = 'approved'
    const third = await exec(words)
    const fourth = await exec(words)

    expect(first).toMatchObject({ code: 4, stdout: '' })
    expect(first.stderr).toMatch(
      /Not without a yes: cat is not usual\.\n.*the command cat x.*\n.*msp cred approve 4e020007\n.*exactly the same command once more/,
    )
    expect(second).toMatchObject({ code: 4, stderr: expect.stringContaining('msp cred approve 4e020007') })
    expect(third).toMatchObject({ code: 0, stdout: 'x\n' })
    expect(fourth.code).toBe(4)
    const asked = vault.calls.filter(({ operation }) => operation === 'approvals.request')
    expect(asked).toHaveLength(2)
    expect(asked[0]).toMatchObject({
      token: 'agent-token',
      input: { kind: 'exec', credential_id: CREDENTIAL.id, argv: ['echo', 'x'], reason: 'Look' },
    })
  })

  test('what was refused is not asked for again', async () => {
    const { vault, exec } = await aWorld()
    const approval = { id: '0195f2c0-7a53-7d1e-9c1f-9b1d4e020007', subject: 'cat x', status: 'pending' }
    vault.answer('credentials.use', () => {
      throw refusal('FORBIDDEN', 'Not without a yes.', { needs: 'approval', kind: 'exec' })
    })
    vault.answer('approvals.request', () => approval)
    vault.answer('approvals.get', () => ({ ...approval, status: 'refused' }))
    await exec(['--env', 'PW=password', '--', 'true'])

    expect(await exec(['--env', 'PW=password', '--', 'true'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('has refused'),
    })
  })

  test.each([
    ['cred reveal 3f2a9c1e'],
    ['cred totp 3f2a9c1e'],
    ['cred approve 4e020007'],
    ['cred refuse 4e020007'],
    ['cred policy 3f2a9c1e --program sh'],
    ['cred add x --type password'],
    ['call credentials.use {}'],
    ['call credentials.reveal {}'],
    ['call credentials.totp {}'],
    ['call credentials.setPolicy {}'],
    ['call credentialPermissions.create {}'],
    ['call auth.stepUp {}'],
    ['call auth.agentTokens {}'],
    ['call approvals.approve {}'],
  ])('F1: msp %s is for the user only, whatever the text says', async (command) => {
    const { vault, home } = await aWorld()

    for (const env of [
      {},
      { CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION, CLAUDECODE: '1' },
      { CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION, AI_AGENT: 'x' },
    ]) {
      const ran = await home.msp(command, { env: { ...claimFor(home), ...env } })
      expect(ran).toMatchObject({ code: 4, stdout: '' })
    }
    expect(
      vault.calls.filter(({ operation }) => /use|reveal|totp|stepUp|approve|create|setPolicy/.test(operation)),
    ).toEqual([])
  })
})

describe('what is wrong is said', () => {
  test.each([
    [[], /How is the program to get the secret/],
    [['--env', 'PW'], /NAME=field/],
    [['--env', `PW=${SECRET}`], /never the secret itself/],
    [['--env', 'MSP_HOME=password'], /are ours/],
    [['--stdin', 'Pass Word'], /names a field/],
  ])('%j', async (options, message) => {
    const { vault, exec } = await aWorld()

    const ran = await exec([...options, '--', 'env'])

    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(formsIn(ran.stderr)).toEqual([])
    expect(useOf(vault)).toBeUndefined()
  })

  test('a program that is not there', async () => {
    const { exec } = await aWorld()

    expect(await exec(['--env', 'PW=password', '--', 'no-such-program'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('on the PATH'),
    })
  })

  test('a short secret: it is masked where it stands alone, with a warning', async () => {
    const { vault, exec } = await aWorld()
    holds(vault, { pin: '4711' })

    const ran = await exec(['--env', 'PIN=pin', '--', 'sh', '-c', 'echo "pin=$PIN 14711"'])

    expect(ran.stdout).toMatch(/^pin=\[REDACTED:pin:\w{8}\] 14711\n$/)
    expect(ran.stderr).toMatch(/fewer than 6 characters/)
  })
})

describe.skipIf(terminalMissing('a person at a terminal'))('a person at a terminal', () => {
  const PERSON = { CLAUDE_CODE_SESSION_ID: '' }

  async function aPerson() {
    const { vault, home } = await aWorld()
    vault.answer('auth.stepUp', () => ({ step_up: 'su_proof', expires_at: '' }))
    const at = (words: string[], answers: [string, string][] = [['password: ', 'correct horse']]) =>
      atTerminal(home, words, answers, { ...PERSON, MSP_API_URL: vault.url })
    return { vault, home, at }
  }

  test('is asked for the password, and sees the secret', async () => {
    const { vault, home, at } = await aPerson()
    vault.answer('credentials.reveal', () => ({ secrets: { password: 'shown to eyes' } }))

    const { code, shown } = await at(['cred', 'reveal', ID, '--reason', 'console'])
    const piped = await home.msp('cred reveal 3f2a9c1e', { env: PERSON })

    expect([code, shown]).toEqual([0, expect.stringMatching(/password: +shown to eyes/)])
    expect(shown).not.toContain('correct horse')
    expect(vault.calls.find(({ operation }) => operation === 'credentials.reveal')?.input).toMatchObject({
      step_up: 'su_proof',
      reason: 'console',
    })
    expect(piped).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('at a terminal') })
  })

  test('runs a command with it, by their own right', async () => {
    const { vault, at } = await aPerson()

    const { code, shown } = await at(['cred', 'exec', ID, '--env', 'PW=password', '--', 'printenv', 'PW'])

    expect([code, shown]).toEqual([0, expect.stringContaining(MARK)])
    expect(useOf(vault)).toMatchObject({
      token: 'login-token',
      input: { step_up: 'su_proof', argv: ['printenv', 'PW'] },
    })
  })

  test('sees what they agree to, whole, before they do', async () => {
    const { vault, at } = await aPerson()
    const subject = 'mariadb -h db1 -e "\\u202edrop"'
    const approval = {
      id: '0195f2c0-7a53-7d1e-9c1f-9b1d4e020007',
      kind: 'exec',
      subject,
      status: 'pending',
      credential_name: 'SQL sa',
      requested_by_name: 'Ana',
      requested_at: 'now',
      expires_at: 'soon',
    }
    vault.answer('approvals.list', () => ({ items: [approval] }))
    vault.answer('approvals.approve', () => ({ ...approval, status: 'approved' }))

    const { code, shown } = await at(['cred', 'approve', '4e020007'])

    expect([code, shown]).toEqual([
      0,
      expect.stringMatching(/what: +mariadb -h db1 -e "\\u202edrop"[\s\S]*password:[\s\S]*✓ Agreed/),
    ])
    expect(vault.calls.at(-1)).toMatchObject({
      operation: 'approvals.approve',
      input: { id: approval.id, step_up: 'su_proof' },
    })
  })
})
