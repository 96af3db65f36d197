import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { startServer } from '../../server/start.ts'
import type { Tokens } from '../../src/contract/auth.ts'
import { cpuNow } from '../support/cpu-time.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, DEAR_PASSWORDS, type TestServer, type TestUser, testServer } from '../support/server.ts'
import { dump } from './dump.ts'
import { overRest, overRpc } from './wires.ts'

/** Guessing passwords, tokens that were ended, and several servers that must agree. */

const me = async (url: string, token: string) => (await overRest(url, token, 'auth.me', {})).status

/** Tries to sign in from an address, as a proxy says that it is. */
async function attempt(msp: TestServer, email: string, password: string, address?: string) {
  const answer = await fetch(`${msp.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(address === undefined ? {} : { 'x-forwarded-for': address }) },
    body: JSON.stringify({ email, password }),
  })
  await answer.body?.cancel()
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
}
const EVERY_DAY = { ...DEAR_PASSWORDS, limitFactor: 1 }
const BEHIND_PROXY = { ...EVERY_DAY, trustedProxies: ['127.0.0.1'] }

for (const database of DATABASES) {
  describe(`an access token that was ended by itself, on ${database}`, () => {
    test('A3: is refused in every spelling, with the very next request, and the login goes on', async () => {
      await using msp = await testServer({ database })
      const { email, password } = msp.admin
      const login = (await overRpc(msp.url, undefined, 'auth.login', { email, password })).body as Tokens
      const token = login.access_token
      const before = await me(msp.url, token)

      const ended = await overRest(msp.url, token, 'auth.logout', { token_only: true })
      const [header, claims, signature = ''] = token.split('.')
      const spellings = [
        token,
        `${token}=`,
        `${header}.${claims}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`,
        encodeURIComponent(`${header}. ${claims}.${signature}`),
      ]
      const after = await Promise.all(spellings.map((spelling) => me(msp.url, spelling)))
      await msp.restart()

      expect([before, ended.body, ...after]).toEqual([200, { logins_ended: 0 }, 401, 401, 401, 401])
      expect(await me(msp.url, token)).toBe(401)
      const { refresh_token } = login
      const next = await overRpc(msp.url, undefined, 'auth.refresh', { refresh_token, rotation_id: randomUUID() })
      expect(next.status).toBe(200)
    })

    test('A3: ended twice at the same moment, it is ended', async () => {
      await using msp = await testServer({ database })
      const { accessToken } = await msp.technician()
      const end = () => overRest(msp.url, accessToken, 'auth.logout', { token_only: true })

      const both = await Promise.all([end(), end()])

      expect(both.every(({ status }) => status === 200 || status === 401)).toBe(true)
      expect(await me(msp.url, accessToken)).toBe(401)
    })

    test('A1: a forged token is one entry in the audit, in which nothing of it stands', async () => {
      await using msp = await testServer({ database })
      const [header, claims] = msp.admin.accessToken.split('.')
      const forged = `${header}.${claims}.${Buffer.from('CANARY'.repeat(10)).toString('base64url')}`

      await me(msp.url, forged)
      await msp.server.deps.audit.flush()

      const entries = await msp.server.deps.db
        .selectFrom('api_audit_log')
        .selectAll()
        .where('error_code', '=', 'UNAUTHENTICATED')
        .execute()
      expect(entries).toMatchObject([{ action: 'view', status_code: 401, path_template: '/api/v1/auth/me' }])
      expect(JSON.stringify(await dump(msp.server))).not.toContain(forged.slice(-40))
    })

    test('A4: a clock that jumps by an hour lets no token live longer, and a jump back is noticed', async () => {
      await using msp = await testServer({ database })
      const { accessToken } = await msp.technician()
      const warned = vi.spyOn(msp.server.deps.log, 'warn')

      msp.clock.advance(-3_600_000)
      const back = await me(msp.url, accessToken)
      msp.clock.advance(2 * 3_600_000 + 31_000)
      const ahead = await me(msp.url, accessToken)

      expect([back, ahead]).toEqual([401, 401])
      expect(warned.mock.calls.flat().join()).toContain('from the future')
    })
  })

  describe(`guessing passwords, on ${database}`, () => {
    test('A9: five wrong ones for an account from one address, then not even the right one for a while', async () => {
      await using msp = await testServer({ database, config: EVERY_DAY })
      const { email, password } = await msp.technician()
      const statuses = []
      for (let nth = 0; nth < 5; nth++) statuses.push((await attempt(msp, email, 'wrong')).status)

      const right = await attempt(msp, email, password)
      msp.clock.advance(180_000)
      const later = await attempt(msp, email, password)

      expect(statuses).toEqual([401, 401, 401, 401, 401])
      expect(right).toEqual({ status: 429, retryAfter: '180' })
      expect(later.status).toBe(200)
    })

    test('A9: who types right is not counted: a whole office can sign in', async () => {
      await using msp = await testServer({ database, config: EVERY_DAY })
      const { email, password } = await msp.technician()

      const statuses = []
      for (let nth = 0; nth < 12; nth++) statuses.push((await attempt(msp, email, password)).status)

      expect(statuses).toEqual(Array(12).fill(200))
    })

    test('A9: an address that only says so of itself is not believed', async () => {
      await using msp = await testServer({ database, config: EVERY_DAY })

      const statuses = []
      for (let nth = 0; nth < 30; nth++)
        statuses.push((await attempt(msp, `somebody${nth}@example.com`, 'wrong', `198.51.100.${nth}`)).status)

      expect(statuses).toEqual([...Array(5).fill(401), ...Array(25).fill(429)])
    })

    test('A9: many addresses that try one account share its counter; the user, where they have signed in before, and all others are not locked out', async () => {
      await using msp = await testServer({ database, config: BEHIND_PROXY })
      const [ana, ben] = [await msp.technician({ name: 'Ana' }), await msp.technician({ name: 'Ben' })]
      await attempt(msp, ana.email, ana.password, '203.0.113.7')

      const statuses = []
      for (let nth = 0; nth < 12; nth++)
        statuses.push((await attempt(msp, ana.email, 'wrong', `198.51.100.${nth}`)).status)
      const after = {
        'Ana, where she works': (await attempt(msp, ana.email, ana.password, '203.0.113.7')).status,
        'Ana, elsewhere': (await attempt(msp, ana.email, ana.password, '192.0.2.1')).status,
        Ben: (await attempt(msp, ben.email, ben.password, '192.0.2.2')).status,
      }

      expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
      expect(after).toEqual({ 'Ana, where she works': 200, 'Ana, elsewhere': 429, Ben: 200 })
    })

    test('A9: two hundred tries at once over accounts and addresses end in 401 or 429, and the server goes on', async () => {
      await using msp = await testServer({ database, config: BEHIND_PROXY })
      const users = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dan'].map((name) => msp.technician({ name })))

      const tries = await Promise.all(
        Array.from({ length: 200 }, (_, nth) =>
          attempt(msp, (users[nth % 4] as TestUser).email, `guess ${nth}`, `198.51.100.${nth % 50}`),
        ),
      )

      const counts: Record<number, number> = {}
      for (const { status } of tries) counts[status] = (counts[status] ?? 0) + 1
      expect(Object.keys(counts).every((status) => ['401', '429', '503'].includes(status))).toBe(true)
      expect(counts[401]).toBe(4 * 5)
      expect(await me(msp.url, (users[0] as TestUser).accessToken)).toBe(200)
    })

    test('A9: a counter that cannot be kept lets nobody in', async () => {
      await using msp = await testServer({ database, config: EVERY_DAY })
      const { email, password } = await msp.technician()
      const { schema } = msp.server.deps.db
      await schema.alterTable('rate_limits').renameTo('rate_limits_away').execute()

      const { status } = await attempt(msp, email, password)
      await schema.alterTable('rate_limits_away').renameTo('rate_limits').execute()

      expect(status).toBe(503)
    })

    test('A10: a wrong password and an unknown user cost the same work and get the same answer', async () => {
      await using msp = await testServer({ database, config: DEAR_PASSWORDS })
      const { email } = await msp.technician()
      const checked = vi.spyOn(msp.server.deps.passwords, 'verify')
      const timed = async (address: string) => {
        const startedAt = cpuNow()
        const { body } = await overRest(msp.url, undefined, 'auth.login', { email: address, password: 'wrong' })
        return { ms: cpuNow() - startedAt, body }
      }

      const pairs: (readonly [Awaited<ReturnType<typeof timed>>, Awaited<ReturnType<typeof timed>>])[] = []
      for (let nth = 0; nth < 7; nth++)
        pairs.push([await timed(email), await timed(`nobody${nth}@example.com`)] as const)

      const median = (of: 0 | 1) => pairs.map((pair) => pair[of].ms).sort((a, b) => a - b)[3] as number
      expect(checked.mock.calls.map(([stored]) => stored === undefined)).toEqual(Array(7).fill([false, true]).flat())
      for (const [wrong, unknown] of pairs) expect(wrong.body).toEqual(unknown.body)
      // That both do one Argon2 is the claim; without it one of them would take a fiftieth of the time, whatever this machine does beside.
      expect(median(0) / median(1)).toBeGreaterThan(0.4)
      expect(median(0) / median(1)).toBeLessThan(2.5)
    })
  })
}

if (DATABASES.includes('mariadb')) {
  describe('two servers on one database', () => {
    const acts: [string, (msp: TestServer, ana: TestUser) => Promise<unknown>][] = [
      ['logout', (_, ana) => ana.api.auth.logout({})],
      ['the end of the token alone', (_, ana) => ana.api.auth.logout({ token_only: true })],
      ['being disabled', (msp, ana) => msp.admin.api.users.archive({ id: ana.id })],
      ['a new password', (msp, ana) => msp.admin.api.users.setPassword({ id: ana.id, password: 'another one, long' })],
      ['another role', (msp, ana) => msp.admin.api.users.update({ id: ana.id, role: 'viewer' })],
    ]

    test.each(acts)('A8: after %s on one the other refuses the next request, also of an agent', async (what, act) => {
      await using msp = await testServer({ database: 'mariadb' })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const stream = randomUUID()
      const opened = { mode: 'msp', trigger: 'command', client_name: 'Dataforth' }
      await msp.ingest(ana, await msp.machine(ana), [anEvent('session.opened', opened, { stream })])
      const { token } = await ana.api.auth.agentTokens({
        claude_session_id: stream,
        agent_id: 'main',
        agent_type: 'main',
      })
      const other = await startServer({ ...msp.config, port: 0 }, msp.clock.now)
      const onOther = async () => [
        await me(other.url, ana.accessToken),
        (await overRest(other.url, token, 'credentials.list', {})).status,
      ]
      const before = await onOther()

      await act(msp, ana)
      const after = await onOther()
      await other.stop()

      expect(before).toEqual([200, 200])
      // The token of an agent stands on the login, not on the access token that asked for it.
      expect(after).toEqual([401, what === 'the end of the token alone' ? 200 : 401])
    })
  })
}
