import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApi } from '../../src/api/client.ts'
import { type Login, loginPath, readLogin, writeLogin } from '../../src/api/login-file.ts'
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import { createTokenStore, loginFrom, type NewLogin } from '../../src/api/tokens.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { Refusal, wireServer } from './wire-server.ts'

const NOW = Date.parse('2026-01-12T09:00:00.000Z')
const USER = { id: 'u1', email: 'ana@example.com', name: 'Ana', role: 'technician' }
const run = promisify(execFile)

function anAuthFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'msp-auth-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const aLogin = (url: string, changes: Partial<Login> = {}): Login => ({
  api_url: url,
  user: USER,
  access_token: 'access-0',
  access_expires_at: '2026-01-12T08:00:00.000Z',
  refresh_token: 'refresh-0',
  refresh_expires_at: '2026-02-11T09:00:00.000Z',
  ...changes,
})

/** A server whose refresh tokens serve once; the same rotation id gives the same successor. Counts its rotations. */
async function rotatingServer() {
  let current = 0
  const rotations: string[] = []
  const server = await wireServer({
    'auth.refresh': (input) => {
      const { refresh_token, rotation_id } = input as { refresh_token: string; rotation_id: string }
      const asked = Number(refresh_token.split('-')[1])
      if (asked === current) rotations[current++] = rotation_id
      else if (asked !== current - 1 || rotations[asked] !== rotation_id)
        throw new Refusal('UNAUTHENTICATED', 'This refresh token was used before.')
      const tokens = { access_token: `access-${current}`, refresh_token: `refresh-${current}` }
      return {
        token_type: 'Bearer',
        ...tokens,
        expires_in: 3_600,
        refresh_expires_at: '2026-02-11T09:00:00.000Z',
        user: USER,
      }
    },
    'auth.me': (_, token) => {
      if (token !== `access-${current}`) throw new Refusal('UNAUTHENTICATED', 'The token has ended.')
      return USER
    },
  })
  return Object.assign(server, { rotations })
}

const storeAt = (auth: string, url: string) =>
  createTokenStore({ auth, url, transport: nodeHttpTransport, now: () => NOW })
const soon = () => AbortSignal.timeout(5_000)

describe('the token store', () => {
  test('gives the token as it is while it lasts', async () => {
    const auth = anAuthFolder()
    writeLogin(auth, aLogin('http://127.0.0.1:1', { access_expires_at: '2026-01-12T09:30:00.000Z' }))

    expect(await storeAt(auth, 'http://127.0.0.1:1').current(soon())).toBe('access-0')
  })

  test('has none when nobody is logged in', async () => {
    expect(await storeAt(anAuthFolder(), 'http://127.0.0.1:1').current(soon())).toBeNull()
  })

  test('renews a token that ends within half a minute, and keeps what the server gave', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin(server.url, { access_expires_at: '2026-01-12T09:00:29.000Z' }))

    const token = await storeAt(auth, server.url).current(soon())

    expect(token).toBe('access-1')
    expect(readLogin(auth)).toEqual(
      aLogin(server.url, {
        access_token: 'access-1',
        access_expires_at: '2026-01-12T10:00:00.000Z',
        refresh_token: 'refresh-1',
      }),
    )
  })

  test('rotates once for twenty processes that ask at once', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin(server.url))

    const script = join(import.meta.dirname, 'one-call.ts')
    const runs = Array.from({ length: 20 }, () => run(process.execPath, [script, auth, server.url]))
    const tokens = (await Promise.all(runs)).map(({ stdout }) => stdout)

    expect(new Set(tokens)).toEqual(new Set(['access-1']))
    expect(server.rotations).toHaveLength(1)
  })

  test('gets the same successor when the answer was lost and another process asks again', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin(server.url))
    server.dropAnswersOf.add('auth.refresh')
    await expect(storeAt(auth, server.url).current(soon())).rejects.toMatchObject({ code: 'UNREACHABLE' })
    const afterLoss = readLogin(auth)
    server.dropAnswersOf.clear()

    const token = await storeAt(auth, server.url).current(soon())

    expect(afterLoss).toMatchObject({ refresh_token: 'refresh-0', rotation_id: server.rotations[0] })
    expect(token).toBe('access-1')
    expect(server.rotations).toHaveLength(1)
    expect(readLogin(auth)).not.toHaveProperty('rotation_id')
  })

  test('renews when the server refuses a token that looks good', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin(server.url, { access_token: 'revoked', access_expires_at: '2026-01-12T10:00:00.000Z' }))
    const api = createApi({ url: server.url, transport: nodeHttpTransport, tokens: storeAt(auth, server.url) })

    expect(await api.auth.me()).toEqual(USER)
  })

  test('says that the login has ended when the server takes the refresh token no more', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin(server.url, { refresh_token: 'refresh-7' }))

    await expect(storeAt(auth, server.url).current(soon())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'Your login has ended. Run "msp login".',
    })
  })

  test('never sends the tokens of one server to another', async () => {
    const auth = anAuthFolder()
    await using server = await rotatingServer()
    writeLogin(auth, aLogin('https://msp.example.com'))

    await expect(storeAt(auth, server.url).current(soon())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(server.requests).toEqual([])
  })
})

describe('the login file', () => {
  test('can be read by its owner only', () => {
    const auth = anAuthFolder()

    writeLogin(auth, aLogin('http://127.0.0.1:1'))

    expect(statSync(loginPath(auth)).mode & 0o777).toBe(0o600)
  })

  test.skipIf(process.platform === 'win32')('is refused when others can read it, and not sent', () => {
    const auth = anAuthFolder()
    writeLogin(auth, aLogin('http://127.0.0.1:1'))
    chmodSync(loginPath(auth), 0o644)

    expect(() => readLogin(auth)).toThrow(/can be read by others \(mode 644\).*msp login/)
  })

  test.each(['', '{"api_url":1}', 'null', '{"api_url":"x"'])('is refused when it is damaged: %s', (text) => {
    const auth = anAuthFolder()
    writeFileSync(loginPath(auth), text, { mode: 0o600 })

    expect(() => readLogin(auth)).toThrow(/is damaged.*msp login/)
    expect(readFileSync(loginPath(auth), 'utf8')).toBe(text)
  })
})

describe('against our server', () => {
  test('twenty processes at once rotate once, and the login lasts', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const auth = anAuthFolder()
    const before = await aStaleLogin(server, auth)

    const script = join(import.meta.dirname, 'one-call.ts')
    const runs = Array.from({ length: 20 }, () => run(process.execPath, [script, auth, server.url]))
    const tokens = new Set((await Promise.all(runs)).map(({ stdout }) => stdout))

    expect(tokens.size).toBe(1)
    expect(tokens).not.toContain(before.access_token)
    const api = createApi({
      url: server.url,
      transport: nodeHttpTransport,
      tokens: createTokenStore({ auth, url: server.url, transport: nodeHttpTransport }),
    })
    expect(await api.auth.me()).toMatchObject({ email: server.admin.email })
  })

  test('a process killed between the call and its answer costs nothing: the next one gets the same successor', async () => {
    await using server = await testServer({ database: 'sqlite' })
    const auth = anAuthFolder()
    const before = await aStaleLogin(server, auth)
    const rotation_id = randomUUID()
    writeLogin(auth, { ...before, rotation_id })
    const anonymous = createApi({ url: server.url, transport: nodeHttpTransport })
    const lost = await anonymous.auth.refresh({ refresh_token: before.refresh_token, rotation_id })

    const store = createTokenStore({ auth, url: server.url, transport: nodeHttpTransport })
    await store.current(soon())

    expect(readLogin(auth)).toMatchObject({ refresh_token: lost.refresh_token })
    expect(readLogin(auth)).not.toHaveProperty('rotation_id')
  })
})

/** The admin's login in a file, whose access token has ended by this machine's clock. */
async function aStaleLogin(server: TestServer, auth: string): Promise<NewLogin> {
  const anonymous = createApi({ url: server.url, transport: nodeHttpTransport })
  const { email, password } = server.admin
  const login = loginFrom(
    server.url,
    await anonymous.auth.login({ email, password }),
    Date.parse('2026-01-12T07:00:00.000Z'),
  )
  writeLogin(auth, login)
  return login
}
