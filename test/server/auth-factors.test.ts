import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import type { Caller, Context } from '../../server/context.ts'
import { requireStepUp } from '../../server/domains/people/step-up.ts'
import { ApiError } from '../../src/api/errors.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { dump } from './dump.ts'
import { overRest } from './wires.ts'

/** An authenticator beside the password, and stepping up. */

const STEP_MS = 30_000

/** What the app on the phone shows at this moment. */
const codeAt = (secret: string, msp: TestServer, offMs = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: msp.clock.now().getTime() + offMs })

const signIn = (msp: TestServer, user: TestUser, code?: string) =>
  overRest(msp.url, undefined, 'auth.login', {
    email: user.email,
    password: user.password,
    ...(code === undefined ? {} : { code }),
  })

const proofOf = async (user: TestUser, code?: string) =>
  (await user.api.auth.stepUp({ password: user.password, ...(code === undefined ? {} : { code }) })).step_up

/** Ana with an authenticator that works. */
async function withAuthenticator(msp: TestServer, user: TestUser) {
  const { secret } = await user.api.auth.startTotp({ step_up: await proofOf(user) })
  const { recovery_codes } = await user.api.auth.confirmTotp({ code: codeAt(secret, msp) })
  // The code of the moment is used up.
  msp.clock.advance(STEP_MS)
  return { secret, recovery_codes }
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? [error.code, error.details] : error),
  )
const NEEDS_CODE = { needs: 'code' }

for (const database of DATABASES) {
  describe(`an authenticator, on ${database}`, () => {
    test('asks for a code at sign-in, only of whoever has the password', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret } = await withAuthenticator(msp, ana)

      const without = await signIn(msp, ana)
      const wrongPassword = await overRest(msp.url, undefined, 'auth.login', { email: ana.email, password: 'wrong' })
      const wrongCode = await signIn(msp, ana, '000000')
      const right = await signIn(msp, ana, codeAt(secret, msp))

      expect(without).toMatchObject({ status: 401, body: { details: NEEDS_CODE } })
      expect(wrongPassword.body).not.toHaveProperty('details')
      expect(wrongCode).toMatchObject({ status: 401, body: { details: NEEDS_CODE } })
      expect(right.status).toBe(200)
      expect(await ana.api.auth.me({})).toMatchObject({ has_factor: true })
    })

    test('takes a code once, also of two who show it at the same moment', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret } = await withAuthenticator(msp, ana)
      const code = codeAt(secret, msp)

      const both = await Promise.all([signIn(msp, ana, code), signIn(msp, ana, code)])
      const later = await signIn(msp, ana, code)

      expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
      expect(later.status).toBe(401)
    })

    test.each([
      ['of the step before', -STEP_MS, 200],
      ['of the step after', STEP_MS, 200],
      ['two steps old', -2 * STEP_MS, 401],
      ['two steps ahead', 2 * STEP_MS, 401],
    ])('a code %s', async (_, offMs, status) => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret } = await withAuthenticator(msp, ana)
      msp.clock.advance(10 * STEP_MS)

      expect((await signIn(msp, ana, codeAt(secret, msp, offMs))).status).toBe(status)
    })

    test('gives ten recovery codes, each good once, however it is typed', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { recovery_codes } = await withAuthenticator(msp, ana)
      const [first = '', second = ''] = recovery_codes

      const used = await signIn(msp, ana, first)
      const again = await signIn(msp, ana, first)
      const otherwise = await signIn(msp, ana, second.toUpperCase().replaceAll('-', ''))

      expect(new Set(recovery_codes).size).toBe(10)
      expect([used.status, again.status, otherwise.status]).toEqual([200, 401, 200])
    })

    test('is none until a code of it was shown, and needs the password to begin', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      await ana.api.auth.startTotp({ step_up: await proofOf(ana) })

      expect(await refusal(ana.api.auth.confirmTotp({ code: '000000' }))).toEqual(['CONFLICT', undefined])
      expect((await signIn(msp, ana)).status).toBe(200)
      expect(await refusal(ana.api.auth.startTotp({ step_up: 'su_'.padEnd(46, 'x') }))).toEqual([
        'FORBIDDEN',
        { needs: 'step_up' },
      ])
    })

    test('is removed with a code, and with nothing else', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret } = await withAuthenticator(msp, ana)

      const wrong = await refusal(ana.api.auth.removeTotp({ code: '000000' }))
      const right = await ana.api.auth.removeTotp({ code: codeAt(secret, msp) })

      expect(wrong).toEqual(['FORBIDDEN', NEEDS_CODE])
      expect(right).toEqual({ removed: true })
      expect((await signIn(msp, ana)).status).toBe(200)
    })

    test('is taken away by an admin, who learns nothing of it; every login ends with it', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      await withAuthenticator(msp, ana)

      const asked = await refusal(ana.api.users.resetFactors({ id: msp.admin.id }))
      const answer = await msp.admin.api.users.resetFactors({ id: ana.id })

      expect(asked).toEqual(['FORBIDDEN', undefined])
      expect(answer).toEqual({ id: ana.id, factors_removed: 1 })
      expect((await overRest(msp.url, ana.accessToken, 'auth.me', {})).status).toBe(401)
      expect((await signIn(msp, ana)).status).toBe(200)
    })

    test('leaves neither its seed nor a recovery code in the database', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret, recovery_codes } = await withAuthenticator(msp, ana)

      const stored = JSON.stringify(await dump(msp.server))

      const secrets = [secret, ...recovery_codes, ...recovery_codes.map((code) => code.replaceAll('-', ''))]
      const forms = secrets.flatMap((text) => [
        text,
        Buffer.from(text).toString('hex'),
        Buffer.from(text).toString('base64'),
      ])
      expect(forms.filter((text) => stored.includes(text))).toEqual([])
    })
  })

  describe(`stepping up, on ${database}`, () => {
    /** As handlers have it. */
    const asked = async (msp: TestServer, user: TestUser, proof: string, more: Partial<Caller> = {}) => {
      const login = await msp.server.deps.db
        .selectFrom('logins')
        .select('id')
        .where('user_id', '=', user.id)
        .orderBy('created_at')
        .orderBy('id')
        .executeTakeFirstOrThrow()
      const caller = { userId: user.id, loginId: login.id, ...more } as Caller
      return requireStepUp({ ...msp.server.deps, caller } as Context, proof).then(
        () => 'there',
        (error: { code: string; details?: unknown }) => [error.code, error.details],
      )
    }
    const NOT_THERE = ['FORBIDDEN', { needs: 'step_up' }]

    test('stands for five minutes, on this login alone, for the newest proof', async () => {
      await using msp = await testServer({ database })
      const [ana, ben] = [await msp.technician({ name: 'Ana' }), await msp.technician({ name: 'Ben' })]
      const older = await proofOf(ana)
      const proof = await proofOf(ana)

      const now = await asked(msp, ana, proof)
      const others = [await asked(msp, ana, older), await asked(msp, ben, proof), await asked(msp, ana, `${proof}x`)]
      msp.clock.advance(5 * 60_000 - 1)
      const late = await asked(msp, ana, proof)
      msp.clock.advance(1)

      expect([now, late, await asked(msp, ana, proof)]).toEqual(['there', 'there', NOT_THERE])
      expect(others).toEqual([NOT_THERE, NOT_THERE, NOT_THERE])
    })

    test('B6: is nothing for an agent or an API key, whatever proof they have', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const proof = await proofOf(ana)
      const agent = { id: 'a', type: 'main', sessionId: 's', operations: [], credentialIds: [] }

      expect(await asked(msp, ana, proof, { agent })).toEqual(['FORBIDDEN', undefined])
      expect(await asked(msp, ana, proof, { apiKeyId: 'k' })).toEqual(['FORBIDDEN', undefined])
    })

    test('needs the code of whoever has an authenticator', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { secret } = await withAuthenticator(msp, ana)

      const without = await refusal(proofOf(ana))
      const wrong = await refusal(proofOf(ana, '000000'))
      const right = await proofOf(ana, codeAt(secret, msp))

      expect([without, wrong]).toEqual([
        ['FORBIDDEN', NEEDS_CODE],
        ['FORBIDDEN', NEEDS_CODE],
      ])
      expect(await asked(msp, ana, right)).toBe('there')
    })

    test('A9: five wrong passwords, then not even the right one for a while; right ones do not count', async () => {
      await using msp = await testServer({ database, config: { limitFactor: 1 } })
      const ana = await msp.technician()
      const tries = async (password: string, times: number) => {
        const answers = []
        for (let nth = 0; nth < times; nth++)
          answers.push((await overRest(msp.url, ana.accessToken, 'auth.stepUp', { password })).status)
        return answers
      }

      expect(await tries(ana.password, 8)).toEqual(Array(8).fill(200))
      expect(await tries('wrong', 6)).toEqual([403, 403, 403, 403, 403, 429])
      expect(await tries(ana.password, 1)).toEqual([429])
      msp.clock.advance(3 * 60_000)
      expect(await tries(ana.password, 1)).toEqual([200])
    })
  })
}
