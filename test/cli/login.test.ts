import { existsSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loginPath, readLogin, writeLogin } from '../../src/api/login-file.ts'
import { machineKeyPath } from '../../src/api/machine-key.ts'
import { type Handler, Refusal, type WireServer, wireServer } from '../api/wire-server.ts'
import { aHome, type CliHome } from './home.ts'
import { atTerminal, terminalMissing } from './terminal.ts'

const USER = { id: 'u1', email: 'ana@example.com', name: 'Ana', role: 'technician' }
const TOKENS = {
  token_type: 'Bearer',
  access_token: 'access-1',
  expires_in: 3_600,
  refresh_token: 'rt_CANARY-refresh',
  refresh_expires_at: '2126-01-01T00:00:00.000Z',
  user: USER,
}
const AT = '2026-01-12T09:00:00.000Z'
const LOGIN_ID = '0195f2c0-7a53-7d1e-9c1f-3c9b8f2a1d10'
const PASSWORD = 'correct horse battery staple'
const SIGN_IN = ['login', '--email', USER.email, '--password-stdin']

/** A server where signing in needs the code 287082; what it was asked is kept. */
async function serverWithFactors(more: Record<string, Handler> = {}): Promise<WireServer & { asked: unknown[] }> {
  const asked: unknown[] = []
  const proved = (input: unknown, refusal: string) => {
    asked.push(input)
    const { code } = input as { code?: string }
    if (code === undefined) throw new Refusal(refusal, 'A code is needed.', { needs: 'code' })
    if (code !== '287082') throw new Refusal(refusal, 'E-mail, password or code is wrong.')
  }
  const server = await wireServer({
    'auth.login': (input) => {
      proved(input, 'UNAUTHENTICATED')
      return TOKENS
    },
    'auth.stepUp': (input) => {
      proved(input, 'FORBIDDEN')
      return { step_up: 'su_1', expires_at: '2126-01-01T00:00:00.000Z' }
    },
    'machines.register': () => ({ id: LOGIN_ID, hostname: 'ANA-LT1' }),
    ...more,
  })
  return Object.assign(server, { asked })
}

async function signedIn(server: WireServer): Promise<CliHome> {
  const home = aHome(server.url)
  const ran = await home.msp([...SIGN_IN, '--code', '287082'], { input: PASSWORD })
  expect(ran.stderr).toBe('')
  return home
}

describe('msp login', () => {
  test('makes the key of this machine, sends its public half, and keeps it for the next time', async () => {
    await using server = await serverWithFactors()
    const home = await signedIn(server)
    await home.msp([...SIGN_IN, '--code', '287082'], { input: PASSWORD })

    const file = JSON.parse(readFileSync(machineKeyPath(home.paths.auth), 'utf8'))
    const keys = server.asked.map((input) => (input as { public_key: string }).public_key)
    expect(keys).toEqual([file.public_key, file.public_key])
    expect(file.public_key).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(server.asked)).not.toContain(file.private_key)
    expect(statSync(machineKeyPath(home.paths.auth)).mode & 0o777).toBe(0o600)
    expect(statSync(home.paths.auth).mode & 0o777).toBe(0o700)
  })

  test('says how to give the code that the server wants, where there is no terminal', async () => {
    await using server = await serverWithFactors()
    const home = aHome(server.url)

    const ran = await home.msp(SIGN_IN, { input: PASSWORD })

    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('Your login needs a code: give --code.') })
    expect(existsSync(loginPath(home.paths.auth))).toBe(false)
  })

  test.skipIf(terminalMissing('asking for a code at a terminal'))('asks for the code at a terminal', async () => {
    await using server = await serverWithFactors()
    const home = aHome(server.url)
    const answers = [
      ['Password: ', PASSWORD],
      ['Code of your authenticator', '287082'],
    ] as const

    const { code, shown } = await atTerminal(home, ['login', '--email', USER.email], answers, {
      MSP_API_URL: server.url,
    })

    expect({ code, shown }).toMatchObject({ code: 0, shown: expect.stringContaining('Logged in to') })
    expect(shown).not.toContain(PASSWORD)
    expect(readLogin(home.paths.auth)).toMatchObject({ access_token: 'access-1' })
  })
})

test('msp logout forgets the login, and the machine keeps its key', async () => {
  await using server = await serverWithFactors({ 'auth.logout': () => ({ logins_ended: 1 }) })
  const home = await signedIn(server)

  const ran = await home.msp('logout')

  expect(ran).toMatchObject({ code: 0, stdout: 'Logged out.\n' })
  expect(existsSync(loginPath(home.paths.auth))).toBe(false)
  expect(existsSync(machineKeyPath(home.paths.auth))).toBe(true)
})

describe('msp logins', () => {
  const items = [
    { id: LOGIN_ID, label: 'ANA-LT1', machine_id: null, is_bound: true, is_current: true },
    { id: LOGIN_ID.replace('1d10', '1d11'), label: null, machine_id: null, is_bound: false, is_current: false },
  ].map((one) => ({ ...one, created_at: AT, last_used_at: AT, expires_at: AT }))

  test('lists where one is signed in, and ends one of them', async () => {
    const ended: unknown[] = []
    await using server = await serverWithFactors({
      'auth.logins': () => ({ items }),
      'auth.endLogin': (input) => {
        ended.push(input)
        return { logins_ended: 1 }
      },
    })
    const home = await signedIn(server)

    const list = await home.msp('logins')
    const end = await home.msp('logins --end 8f2a1d11')
    const unknown = await home.msp('logins --end 00000000')

    expect(list.stdout).toMatch(/8f2a1d10 {2}ANA-LT1 \(this one\) {2}bound to its machine/)
    expect(list.stdout).toMatch(/8f2a1d11 {2}– .* not bound: sign in there again/)
    expect(end).toMatchObject({ code: 0, stdout: '1 login ended.\n' })
    expect(ended).toEqual([{ id: items[1]?.id }])
    expect(unknown).toMatchObject({ code: 5, stderr: expect.stringContaining('"msp logins" lists them') })
  })
})

describe('msp factor', () => {
  const totp: Record<string, Handler> = {
    'auth.startTotp': () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP' }),
    'auth.confirmTotp': () => ({ recovery_codes: ['aaaa-bbbb', 'cccc-dddd'] }),
    'auth.removeTotp': () => ({ removed: true }),
  }

  test.each([
    ['under Claude Code', {}],
    ['under Claude Code, of which only its first variable is there', { CLAUDE_CODE_SESSION_ID: '', CLAUDECODE: '1' }],
    ['under Claude Code, of which only its last variable is there', { CLAUDE_CODE_SESSION_ID: '', AI_AGENT: 'x' }],
    ['without a terminal', { CLAUDE_CODE_SESSION_ID: '' }],
  ])('add shows no secret %s', async (_, env) => {
    await using server = await serverWithFactors(totp)
    const home = await signedIn(server)

    const ran = await home.msp('factor add', { env, input: `${PASSWORD}\n` })

    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/shows a secret/) })
    expect(server.requests.map(({ path }) => path)).not.toContain('auth.startTotp')
  })

  test.skipIf(terminalMissing('setting up an authenticator'))(
    'add asks for the password, shows the secret, takes a code and prints the recovery codes',
    async () => {
      await using server = await serverWithFactors(totp)
      const home = await signedIn(server)
      const answers = [
        ['Your ClaudeTools password: ', PASSWORD],
        ['Code of your authenticator', '287082'],
        ['A code of it: ', '123456'],
      ] as const

      const { code, shown } = await atTerminal(home, ['factor', 'add'], answers, { MSP_API_URL: server.url })

      expect({ code, shown }).toMatchObject({ code: 0 })
      for (const text of ['JBSWY3DPEHPK3PXP', 'otpauth://totp/x', 'aaaa-bbbb', 'cccc-dddd'])
        expect(shown).toContain(text)
      expect(shown).not.toContain(PASSWORD)
    },
  )

  test('remove takes a code', async () => {
    await using server = await serverWithFactors(totp)
    const home = await signedIn(server)

    expect(await home.msp('factor remove --code 123456')).toMatchObject({
      code: 0,
      stdout: 'Your authenticator is not asked for any more.\n',
    })
  })
})

describe('msp doctor', () => {
  test('says where the tokens and the key lie, and why', async () => {
    await using server = await serverWithFactors()
    const home = await signedIn(server)

    const { stdout } = await home.msp('doctor')

    expect(stdout).toContain(`✓ tokens:         in ${loginPath(home.paths.auth)}, because the keychain is switched off`)
    expect(stdout).toContain(
      `✓ machine key:    in ${machineKeyPath(home.paths.auth)}, because the keychain is switched`,
    )
  })

  test('asks a login without a key to be made anew', async () => {
    await using server = await serverWithFactors()
    const home = await signedIn(server)
    const { public_key: _, ...unbound } = readLogin(home.paths.auth) as NonNullable<ReturnType<typeof readLogin>>
    writeLogin(home.paths.auth, unbound)

    expect((await home.msp('doctor')).stdout).toMatch(/✗ machine key: .*a copy of it works elsewhere\. Run "msp login"/)
  })

  test.runIf(process.platform === 'linux')(
    'tells why the keychain was not used on a machine without a desktop',
    async () => {
      await using server = await serverWithFactors()
      const home = aHome(server.url)
      const env = { MSP_KEYCHAIN: 'auto' }
      await home.msp([...SIGN_IN, '--code', '287082'], { input: PASSWORD, env })

      const { stdout } = await home.msp('doctor', { env })

      expect(stdout).toMatch(/✓ tokens: .*login.json, because the keychain cannot be used here \(.*D-?Bus/i)
    },
  )
})
