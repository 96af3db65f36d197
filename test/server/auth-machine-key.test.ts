import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashToken } from '../../server/crypto/tokens.ts'
import type { Tokens } from '../../src/contract/auth.ts'
import { refreshMessage } from '../../src/contract/proof.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { overRest, overRpc } from './wires.ts'

/** A login that is bound to the key of a machine: what was copied from it is worth nothing elsewhere. */

interface Machine {
  privateKey: KeyObject
  public_key: string
}
function aMachine(): Machine {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, public_key: publicKey.export({ format: 'jwk' }).x as string }
}

const bound = async (msp: TestServer, { email, password }: TestUser, { public_key }: Machine) =>
  (await overRpc(msp.url, undefined, 'auth.login', { email, password, public_key })).body as Tokens

const proofBy = ({ privateKey }: Machine, refresh_token: string, rotation_id: string) =>
  sign(null, Buffer.from(refreshMessage(hashToken(refresh_token), rotation_id)), privateKey).toString('base64url')

async function refresh(msp: TestServer, refresh_token: string, machine: Machine | null, rotation_id = randomUUID()) {
  const proof = machine && proofBy(machine, refresh_token, rotation_id)
  const input = { refresh_token, rotation_id, ...(proof === null ? {} : { proof }) }
  const { status, code, body } = await overRpc(msp.url, undefined, 'auth.refresh', input)
  return { status, code, tokens: body as Tokens }
}

const stands = async (msp: TestServer, token: string) => (await overRest(msp.url, token, 'auth.me', {})).status === 200

const incidentsOf = async (msp: TestServer) => (await msp.admin.api.securityIncidents.list({})).items

for (const database of DATABASES) {
  describe(`a login that is bound to a machine, on ${database}`, () => {
    test('A7: is refreshed by its machine, and the answer that was lost is given again', async () => {
      await using msp = await testServer({ database })
      const laptop = aMachine()
      const { refresh_token } = await bound(msp, msp.admin, laptop)
      const rotation = randomUUID()

      const first = await refresh(msp, refresh_token, laptop, rotation)
      await msp.restart()
      const again = await refresh(msp, refresh_token, laptop, rotation)

      expect([first.status, again.status]).toEqual([200, 200])
      expect(again.tokens.refresh_token).toBe(first.tokens.refresh_token)
      expect((await refresh(msp, again.tokens.refresh_token, laptop)).status).toBe(200)
      expect(await incidentsOf(msp)).toEqual([])
    })

    test.each([
      ['the key of another machine', aMachine()],
      ['no proof', null],
    ])(
      'A7: the same exchange asked for again with %s ends the login, and an incident tells of it',
      async (_, thief) => {
        await using msp = await testServer({ database })
        const laptop = aMachine()
        const { refresh_token } = await bound(msp, msp.admin, laptop)
        const rotation = randomUUID()
        const { tokens } = await refresh(msp, refresh_token, laptop, rotation)

        const stolen = await refresh(msp, refresh_token, thief, rotation)

        expect(stolen).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
        expect(await stands(msp, tokens.access_token)).toBe(false)
        expect((await refresh(msp, tokens.refresh_token, laptop)).status).toBe(401)
        expect(await incidentsOf(msp)).toMatchObject([
          { severity: 'high', category: 'hacking', subtype: 'account_compromise' },
        ])
      },
    )

    test.each([
      ['the key of another machine', aMachine()],
      ['no proof', null],
    ])(
      'A11: the copied login file is refused with %s, once an incident tells of it, and the machine goes on',
      async (_, thief) => {
        await using msp = await testServer({ database })
        const laptop = aMachine()
        const { refresh_token, access_token } = await bound(msp, msp.admin, laptop)

        const tries = [await refresh(msp, refresh_token, thief), await refresh(msp, refresh_token, thief)]

        expect(tries.map(({ status }) => status)).toEqual([401, 401])
        expect(await incidentsOf(msp)).toHaveLength(1)
        expect(await stands(msp, access_token)).toBe(true)
        expect((await refresh(msp, refresh_token, laptop)).status).toBe(200)
      },
    )

    test('A11: a proof is good for one token and one exchange', async () => {
      await using msp = await testServer({ database })
      const laptop = aMachine()
      const [one, other] = [await bound(msp, msp.admin, laptop), await bound(msp, msp.admin, laptop)]
      const rotation = randomUUID()
      const proof = proofBy(laptop, one.refresh_token, rotation)
      const attempt = async (refresh_token: string, rotation_id: string) =>
        (await overRpc(msp.url, undefined, 'auth.refresh', { refresh_token, rotation_id, proof })).status

      expect(await attempt(other.refresh_token, rotation)).toBe(401)
      expect(await attempt(one.refresh_token, randomUUID())).toBe(401)
      expect(await attempt(one.refresh_token, rotation)).toBe(200)
    })

    test('A5: reuse of a token opens one incident that names the user', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { refresh_token } = (
        await overRpc(msp.url, undefined, 'auth.login', { email: ana.email, password: ana.password })
      ).body as Tokens
      await refresh(msp, refresh_token, null)

      await refresh(msp, refresh_token, null)
      await refresh(msp, refresh_token, null)

      const [incident, ...others] = await incidentsOf(msp)
      const entities = await msp.admin.api.incidentEntities.list({ incident_id: incident?.id as string })
      expect(others).toEqual([])
      expect(incident?.title).toContain('Ana')
      expect(entities.items).toMatchObject([{ user_id: ana.id }])
    })

    test('the login that a machine is registered with is that machine from then on', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()

      const machine_id = await msp.machine(ana)

      expect((await ana.api.auth.logins({})).items).toMatchObject([{ machine_id, is_current: true, is_bound: false }])
    })

    test('is named as such among the logins, any of which its user can end', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const laptop = aMachine()
      const { access_token } = await bound(msp, ana, laptop)
      const { items } = await ana.api.auth.logins({})
      const lost = items.find(({ is_bound }) => is_bound)

      const foreign = await overRest(msp.url, msp.admin.accessToken, 'auth.endLogin', { id: lost?.id })
      const ended = await ana.api.auth.endLogin({ id: lost?.id as string })

      expect(items.map(({ is_bound, is_current }) => [is_bound, is_current]).sort()).toEqual([
        [false, true],
        [true, false],
      ])
      expect(foreign.code).toBe('NOT_FOUND')
      expect(ended).toEqual({ logins_ended: 1 })
      expect(await stands(msp, access_token)).toBe(false)
    })
  })
}
