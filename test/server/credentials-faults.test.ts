import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/contract/errors.ts'
import { DATABASES } from '../support/databases.ts'
import type { TestUser } from '../support/server.ts'
import { auditOf, PASSWORD, SEED, steppedUp, toDb1, type VaultWorld, vaultWorld } from './vault-world.ts'

/** What breaks while the vault gives something out, and how much it gives. */

type Call = { status: number; body: unknown }

const holdsSecret = (answers: unknown) => new RegExp(`${PASSWORD}|${SEED}`).test(JSON.stringify(answers))

for (const database of DATABASES) {
  describe(`faults and limits of the vault, on ${database}`, () => {
    /** Uses the credential as Ana, who has stepped up. */
    async function usedBy({ credentialId }: VaultWorld, user: TestUser) {
      const step_up = await steppedUp(user)
      const body = { fields: ['password'], argv: toDb1, step_up }
      return (id = credentialId): Promise<Call> => user.rest('POST', `/credentials/${id}/use`, body)
    }

    async function revealedBy({ credentialId }: VaultWorld, user: TestUser) {
      const step_up = await steppedUp(user)
      return (id = credentialId): Promise<Call> => user.rest('POST', `/credentials/${id}/reveal`, { step_up })
    }

    test('D4: without its audit nothing is given: neither before nor after it is opened', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, credentialId } = world
      const reveal = await revealedBy(world, ana)
      const { audit } = msp.server.deps
      const failing = (outcome: string) => {
        msp.server.deps.audit = {
          ...audit,
          credential: (context, entry) => {
            if (entry.outcome === outcome) throw new AppError('UNAVAILABLE', 'The audit cannot be written.')
            return audit.credential(context, entry)
          },
        }
      }

      failing('intent')
      const before = await reveal()
      failing('success')
      const after = await reveal()
      msp.server.deps.audit = audit

      expect([before.status, after.status]).toEqual([503, 503])
      expect(holdsSecret([before, after])).toBe(false)
      expect(await auditOf(world, credentialId)).toEqual(['create success', 'reveal intent'])
      const { last_used_at } = await ana.api.credentials.get({ id: credentialId })
      expect(last_used_at).toBeNull()
    })

    test('D4: a secret that cannot be written down is not taken in either', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, clientId, credentialId } = world
      const { audit } = msp.server.deps
      msp.server.deps.audit = {
        ...audit,
        credential: () => Promise.reject(new AppError('UNAVAILABLE', 'The audit cannot be written.')),
      }

      const input = { client_id: clientId, name: 'new', type: 'password', secrets: { password: 'x' } } as const
      await expect(ana.api.credentials.create(input)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await expect(ana.api.credentials.rotate({ id: credentialId, secrets: { password: 'x' } })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      })
      msp.server.deps.audit = audit

      expect((await ana.api.credentials.versions({ id: credentialId })).items).toHaveLength(1)
      expect((await ana.api.credentials.list({})).items).toHaveLength(1)
    })

    test('D5: what was announced and not finished is seen, and nothing is opened before it is announced', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, credentialId } = world
      const use = await usedBy(world, ana)
      const { vault } = msp.server.deps
      const announcedThen: string[][] = []
      msp.server.deps.vault = {
        ...vault,
        // As if the server was killed here.
        open: async () => {
          announcedThen.push(await auditOf(world, credentialId))
          throw new Error('killed')
        },
      }
      const { audit } = msp.server.deps
      msp.server.deps.audit = {
        ...audit,
        credential: async (context, entry) =>
          entry.outcome === 'error' ? Promise.reject(new Error('killed')) : audit.credential(context, entry),
      }

      const answer = await use()

      expect(answer.status).toBeGreaterThanOrEqual(500)
      expect(announcedThen).toEqual([['create success', 'use intent']])
      expect(await auditOf(world, credentialId)).toEqual(['create success', 'use intent'])
    })

    test('I1: the eleventh reveal within a minute is refused, and says when to come back', async () => {
      await using world = await vaultWorld(database, { limitFactor: 1 })
      const { ana } = world
      const step_up = await steppedUp(ana)
      const reveal = () => ana.rest('POST', `/credentials/${world.credentialId}/reveal`, { step_up })

      const answers = []
      for (let count = 0; count < 11; count++) answers.push(await reveal())

      expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429])
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
      world.msp.clock.advance(60_000)
      expect((await reveal()).status).toBe(200)
    })

    test('I1: whoever goes through the vault is stopped after 20 credentials in an hour, once with an incident', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, clientId } = world
      const ids: string[] = []
      for (let count = 0; count < 22; count++) {
        const secrets = { password: `number ${count}` }
        ids.push(
          (await ana.api.credentials.create({ client_id: clientId, name: `c${count}`, type: 'password', secrets })).id,
        )
      }
      const reveal = await revealedBy(world, ana)

      const answers = []
      for (const id of ids) answers.push((await reveal(id)).status)
      const again = await reveal(ids[0] as string)

      expect(answers).toEqual([...Array(20).fill(200), 429, 429])
      expect(again.status).toBe(200)
      const { items } = await msp.admin.api.securityIncidents.list({})
      expect(items.map(({ title, category }) => [title, category])).toEqual([
        ['Ana got secrets of 20 credentials within an hour', 'misuse'],
      ])
      msp.clock.advance(3_600_001)
      expect((await (await revealedBy(world, ana))(ids[21] as string)).status).toBe(200)
    })
  })
}
