import { createHmac, createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tokens } from '../../src/contract/auth.ts'
import { DATABASES } from '../support/databases.ts'
import { DEAR_PASSWORDS, type TestServer, type TestUser, testServer } from '../support/server.ts'
import { type Answer, overRest, overRpc } from './wires.ts'

/** Signing in, access tokens, refresh tokens and what ends them. */

const HOUR = 3_600_000
const DAY = 24 * HOUR

const me = (msp: TestServer, token: string) => overRest(msp.url, token, 'auth.me', {})
const login = async (msp: TestServer, user: TestUser) =>
  (await overRpc(msp.url, undefined, 'auth.login', { email: user.email, password: user.password })).body as Tokens
const refresh = (msp: TestServer, refresh_token: string, rotation_id: string = randomUUID()) =>
  overRpc(msp.url, undefined, 'auth.refresh', { refresh_token, rotation_id })
const tokens = (answer: Answer) => answer.body as Tokens

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Header and claims of a token, and a maker of changed ones that are signed with the server's own key. */
function forge(msp: TestServer, token: string) {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
  const signed = (changedHeader: object, changedClaims: object, key = msp.server.deps.keys.signing.privateKey) => {
    const text = `${base64({ ...header, ...changedHeader })}.${base64({ ...claims, ...changedClaims })}`
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
  }
  return { header, claims, signed }
}

for (const database of DATABASES) {
  describe(`signing in, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, config: DEAR_PASSWORDS })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('a wrong password and an unknown user get the same answer', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const attempt = (email: string) => overRest(msp.url, undefined, 'auth.login', { email, password: 'not the one' })

      const [wrong, unknown] = [await attempt(ana.email), await attempt('nobody@example.com')]

      expect(wrong).toEqual(unknown)
      expect(wrong).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    })

    test('letter case of the address does not count, of the password it does', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const attempt = async (email: string, password: string) =>
        (await overRest(msp.url, undefined, 'auth.login', { email, password })).status

      expect(await attempt(ana.email.toUpperCase(), ana.password)).toBe(200)
      expect(await attempt(ana.email, ana.password.toUpperCase())).toBe(401)
    })

    test('A9: two hundred people at once: some are asked to come back, none is lost, and the memory does not grow with them', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const input = { email: ana.email, password: ana.password }
      const before = process.memoryUsage().rss
      let peak = before
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss)
      }, 5)

      const answers = await Promise.all(
        Array.from({ length: 200 }, () => overRpc(msp.url, undefined, 'auth.login', input)),
      )
      clearInterval(watch)

      const codes = answers.map((answer) => answer.code ?? 'in')
      expect(new Set(codes)).toEqual(new Set(['in', 'UNAVAILABLE']))
      expect(codes.filter((code) => code === 'in').length).toBeGreaterThanOrEqual(34)
      // Two passwords of 64 MB are checked at a time, and what 200 connections need; all at once would be 12 GB.
      expect(peak - before).toBeLessThan(512 * 1_048_576)
      expect((await me(msp, ana.accessToken)).status).toBe(200)
    })

    test('A1, A4: a token that was changed in any way is refused, in the same words', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const token = ana.accessToken
      const [header, claims, signature = ''] = token.split('.')
      const { signed } = forge(msp, token)
      const { publicKey, kid } = msp.server.deps.keys.signing
      const nowS = Math.floor(msp.clock.now().getTime() / 1_000)
      const hs = `${base64({ alg: 'HS256', typ: 'at+jwt', kid })}.${claims}`
      const pem = publicKey.export({ type: 'spki', format: 'pem' })
      const last = signature.at(-1) as string
      const forged = {
        'alg none': `${base64({ alg: 'none', typ: 'at+jwt', kid })}.${claims}.`,
        'alg none, with a signature': `${base64({ alg: 'none', typ: 'at+jwt', kid })}.${claims}.${signature}`,
        'HS256 with the public key': `${hs}.${createHmac('sha256', pem).update(hs).digest('base64url')}`,
        'unknown kid': signed({ kid: 'k_other' }, {}),
        'kid with a path': signed({ kid: '../../etc/passwd' }, {}),
        'no kid': signed({ kid: undefined }, {}),
        'another key': signed({}, {}, generateKeyPairSync('ed25519').privateKey),
        'its own key in the header': signed({ jwk: publicKey.export({ format: 'jwk' }), kid: undefined }, {}),
        'crit header': signed({ crit: ['exp'] }, {}),
        'wrong typ': signed({ typ: 'JWT' }, {}),
        'b64 header': signed({ crit: ['b64'], b64: true }, {}),
        'a key from elsewhere': signed({ jku: 'https://example.com/keys', x5u: 'https://example.com/cert' }, {}),
        'kid with SQL': signed({ kid: "k' or '1'='1" }, {}),
        'a JWE': `${base64({ alg: 'dir', enc: 'A256GCM' })}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA`,
        'typ in another case': signed({ typ: 'AT+JWT' }, {}),
        'no typ': signed({ typ: undefined }, {}),
        expired: signed({}, { iat: nowS - 7_200, nbf: nowS - 7_200, exp: nowS - 3_600 }),
        'from the future': signed({}, { nbf: nowS + 60, exp: nowS + 3_600 }),
        'issued in the future': signed({}, { iat: nowS + 60, exp: nowS + 3_600 }),
        'longer than an hour': signed({}, { exp: nowS + 86_400 }),
        'no exp': signed({}, { exp: undefined }),
        'no jti': signed({}, { jti: undefined }),
        'no audience': signed({}, { aud: undefined }),
        'no issuer': signed({}, { iss: undefined }),
        'an exp that is no number': signed({}, { exp: '9999999999' }),
        'a list of audiences': signed({}, { aud: ['claudetools', 'elsewhere'] }),
        'no scope': signed({}, { scope: undefined }),
        'other issuer': signed({}, { iss: 'elsewhere' }),
        'other audience': signed({}, { aud: 'elsewhere' }),
        'other login': signed({}, { sid: randomUUID() }),
        'other user': signed({}, { sub: msp.admin.id }),
        'epoch of yesterday': signed({}, { epoch: 0 }),
        // Right in form, and of no agent.
        'agent typ': signed({ typ: 'agent+jwt' }, { exp: forge(msp, token).claims.iat + 900 }),
        'claims changed, signature kept': `${header}.${base64({ ...forge(msp, token).claims, scope: 'msp:admin' })}.${signature}`,
        padded: `${token}=`,
        'padded inside': `${header}=.${claims}.${signature}`,
        // 64 bytes leave 4 bits of the last character unused: a lax decoder takes 16 spellings for one signature.
        're-encoded': `${header}.${claims}.${signature.slice(0, -1)}${last === 'B' ? 'C' : 'B'}`,
        'other alphabet': `${header}.${claims}.${signature.replace(/-/g, '+').replace(/_/g, '/')}=`,
        'a fourth part': `${token}.AAAA`,
        'a line break in it': encodeURIComponent(`${header}.\n${claims}.${signature}`),
        'nearly a megabyte': `${header}.${'A'.repeat(12_000)}.${signature}`,
      }

      const answers: Record<string, unknown> = {}
      for (const [name, attempt] of Object.entries(forged)) {
        const { status, body } = await me(msp, attempt)
        answers[name] = [status, (body as { message: string }).message]
      }

      const invalid = [401, 'The access token is not valid.']
      const ended = [401, 'This login has ended. Run "msp login".']
      expect(answers).toEqual({
        ...Object.fromEntries(Object.keys(forged).map((name) => [name, invalid])),
        expired: [401, 'The access token has expired.'],
        'other login': ended,
        'other user': ended,
        'epoch of yesterday': ended,
        'agent typ': [401, expect.stringContaining('token of an agent has ended')],
      })
      expect((await me(msp, token)).status).toBe(200)
    })

    test('A1: a token of a megabyte is cut off, and the server goes on', async () => {
      const ana = await msp.technician({ name: 'Ana' })

      const answer = await rawRequest(
        msp,
        `GET /api/v1/auth/me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${'A'.repeat(1_048_576)}\r\n\r\n`,
      )

      expect(answer).toMatch(/^HTTP\/1\.1 4(00|31|01) /)
      expect((await me(msp, ana.accessToken)).status).toBe(200)
    })

    test('A4: an access token lasts an hour and not longer', async () => {
      const ana = await msp.technician({ name: 'Ana' })

      msp.clock.advance(HOUR - 1_000)
      expect((await me(msp, ana.accessToken)).status).toBe(200)
      msp.clock.advance(32_000)
      expect((await me(msp, ana.accessToken)).status).toBe(401)
    })

    test.each([
      ['logout', async (ana: TestUser) => ana.api.auth.logout({})],
      [
        'logout of another login, everywhere',
        async (ana: TestUser) => {
          const other = await login(msp, ana)
          return overRest(msp.url, other.access_token, 'auth.logout', { everywhere: true })
        },
      ],
      ['being disabled', (ana: TestUser) => msp.admin.api.users.archive({ id: ana.id })],
      [
        'a new password',
        (ana: TestUser) => msp.admin.api.users.setPassword({ id: ana.id, password: 'another one, long' }),
      ],
      ['another role', (ana: TestUser) => msp.admin.api.users.update({ id: ana.id, role: 'viewer' })],
      ['seeing every client', (ana: TestUser) => msp.admin.api.users.update({ id: ana.id, all_clients: true })],
    ])('A8: %s ends a token with the very next request', async (_, act) => {
      const ana = await msp.technician({ name: 'Ana' })

      await act(ana)

      expect((await me(msp, ana.accessToken)).status).toBe(401)
    })

    test('A8: after a logout the refresh token is worth nothing, other logins stay', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const [first, second] = [await login(msp, ana), await login(msp, ana)]

      await overRest(msp.url, first.access_token, 'auth.logout', {})

      expect((await refresh(msp, first.refresh_token)).code).toBe('UNAUTHENTICATED')
      expect((await refresh(msp, second.refresh_token)).status).toBe(200)
    })

    test('a changed role counts in the token that a refresh gives', async () => {
      const ana = await msp.technician({ name: 'Ana' })
      const { refresh_token } = await login(msp, ana)
      await msp.admin.api.users.update({ id: ana.id, role: 'viewer' })

      const { access_token } = tokens(await refresh(msp, refresh_token))

      expect((await me(msp, access_token)).body).toMatchObject({ role: 'viewer', scopes: ['msp:read'] })
    })

    test('A8: access to a client that was taken away, or ran out, is gone with the very next request', async () => {
      const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      const get = async () => (await overRest(msp.url, ana.accessToken, 'clients.get', { id: client_id })).status

      const withAccess = await get()
      await msp.admin.api.users.revoke({ id: ana.id, client_id })
      const without = await get()
      const soon = new Date(msp.clock.now().getTime() + 60_000).toISOString()
      await msp.admin.api.users.grant({ id: ana.id, client_id, level: 'read', expires_at: soon })
      const again = await get()
      msp.clock.advance(60_000)

      expect([withAccess, without, again, await get()]).toEqual([200, 404, 200, 404])
    })

    test('the last admin can neither be archived nor made something else', async () => {
      const other = await msp.admin.api.users.create({
        email: 'second-admin@example.com',
        name: 'Second',
        role: 'admin',
        password: 'correct horse battery staple',
      })
      const { access_token } = await login(msp, msp.admin)
      const lead = { id: msp.admin.id, role: 'lead' }

      // Both at once would each leave the other.
      const both = await Promise.all([
        overRest(msp.url, access_token, 'users.update', { id: other.id, role: 'lead' }),
        overRest(msp.url, access_token, 'users.update', lead),
      ])
      const admins = (await msp.server.deps.db.selectFrom('users').select('id').where('role', '=', 'admin').execute())
        .length

      expect(both.map((answer) => answer.status).sort()).not.toEqual([200, 200])
      expect(admins).toBeGreaterThanOrEqual(1)
      expect(both.map((answer) => answer.status)).toContain(200)
      if (both[1]?.status === 200) return
      const alone = [
        await overRest(msp.url, access_token, 'users.update', lead),
        await overRest(msp.url, access_token, 'users.archive', { id: msp.admin.id }),
      ]
      expect(alone.map((answer) => answer.code)).toEqual(['CONFLICT', 'CONFLICT'])
    })
  })

  describe(`refresh tokens, on ${database}`, () => {
    test('A6: twenty hooks that refresh at once with one rotation id get one successor', async () => {
      await using msp = await testServer({ database })
      const { refresh_token } = await login(msp, msp.admin)
      const rotation = randomUUID()

      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(msp, refresh_token, rotation)))

      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
      const successors = new Set(answers.map((answer) => tokens(answer).refresh_token))
      expect(successors.size).toBe(1)
      expect((await refresh(msp, [...successors][0] as string)).status).toBe(200)
    })

    test('A7: an answer that was lost is given again, for a day, until the successor is used', async () => {
      await using msp = await testServer({ database })
      const { refresh_token } = await login(msp, msp.admin)
      const rotation = randomUUID()
      const first = tokens(await refresh(msp, refresh_token, rotation))

      msp.clock.advance(DAY - 1_000)
      const again = tokens(await refresh(msp, refresh_token, rotation))
      expect(again.refresh_token).toBe(first.refresh_token)

      await refresh(msp, first.refresh_token)
      expect((await refresh(msp, refresh_token, rotation)).code).toBe('UNAUTHENTICATED')
    })

    test.each([
      ['with another rotation id', randomUUID(), 0],
      ['a day later', undefined, DAY + 1_000],
    ])(
      'A5: a token that is used twice %s was stolen: every token of the login ends, for good',
      async (_, other, wait) => {
        await using msp = await testServer({ database })
        const { refresh_token, access_token } = await login(msp, msp.admin)
        const rotation = randomUUID()
        const successor = tokens(await refresh(msp, refresh_token, rotation))

        msp.clock.advance(wait)
        const thief = await refresh(msp, refresh_token, other ?? rotation)
        await msp.restart()

        expect(thief).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
        expect((await refresh(msp, successor.refresh_token)).status).toBe(401)
        expect((await me(msp, successor.access_token)).status).toBe(401)
        expect((await me(msp, access_token)).status).toBe(401)
      },
    )

    test('a login sleeps for two weeks at most, and lasts thirty days however busy', async () => {
      await using msp = await testServer({ database })
      const sleeper = await login(msp, msp.admin)
      let busy = await login(msp, msp.admin)

      const days: Record<number, number> = {}
      for (const day of [13, 26, 29, 31]) {
        msp.clock.set(new Date(Date.parse('2026-01-12T09:00:00.000Z') + day * DAY).toISOString())
        const answer = await refresh(msp, busy.refresh_token)
        days[day] = answer.status
        if (answer.status === 200) busy = tokens(answer)
        if (day === 26) expect((await refresh(msp, sleeper.refresh_token)).code).toBe('UNAUTHENTICATED')
      }

      expect(days).toEqual({ 13: 200, 26: 200, 29: 200, 31: 401 })
    })

    test('what the database holds of a login is worth nothing to its thief', async () => {
      await using msp = await testServer({ database })
      const { refresh_token } = await login(msp, msp.admin)
      const successor = tokens(await refresh(msp, refresh_token)).refresh_token

      const rows = await msp.server.deps.db.selectFrom('refresh_tokens').selectAll().execute()
      const keys = await msp.server.deps.db.selectFrom('encryption_keys').selectAll().execute()

      const stored = Buffer.concat(
        [...rows, ...keys].flatMap((row) =>
          Object.values(row).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
        ),
      )
      expect([refresh_token, successor].filter((token) => stored.includes(token))).toEqual([])
      expect(() => keys.map((key) => createPrivateKey({ key: key.wrapped, format: 'der', type: 'pkcs8' }))).toThrow()
    })
  })
}

/** Sends bytes that `fetch` would not, and gives what came back. */
function rawRequest(msp: TestServer, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(msp.server.port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk
    })
    // The server may hang up while we still write.
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}
