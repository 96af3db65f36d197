import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { agentOf, auditOf, PASSWORD, SEED, steppedUp, toDb1, vaultWorld } from './vault-world.ts'

/** Secrets go in, and come out only to who may have them, written down before and after. */

for (const database of DATABASES) {
  describe(`secrets, on ${database}`, () => {
    test('are used by an agent for a command that goes where they belong', async () => {
      await using world = await vaultWorld(database)
      const { ana, clientId, credentialId } = world
      const agent = await agentOf(world, ana, clientId)

      const used = await agent.api.credentials.use({ id: credentialId, fields: ['password'], argv: toDb1 })

      expect(used).toEqual({
        credential: { id: credentialId, name: 'MariaDB root', type: 'password', username: 'root', version_no: 1 },
        secrets: { password: PASSWORD },
      })
      expect(await auditOf(world, credentialId)).toEqual(['create success', 'use intent', 'use success'])
      const { last_used_at } = await ana.api.credentials.get({ id: credentialId })
      expect(last_used_at).toBe('2026-01-12T09:00:00.000Z')
    })

    test('are revealed to a person who has just given the password again, and to nobody else', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, clientId, credentialId } = world
      const step_up = await steppedUp(ana)
      const agent = await agentOf(world, ana, clientId)

      const revealed = await ana.api.credentials.reveal({ id: credentialId, step_up })

      expect(revealed.secrets).toEqual({ password: PASSWORD, totp: SEED })
      await expect(
        ana.api.credentials.reveal({ id: credentialId, step_up: 'su_'.padEnd(46, 'y') }),
      ).rejects.toMatchObject({
        code: 'FORBIDDEN',
        details: { needs: 'step_up' },
      })
      await expect(agent.api.credentials.reveal({ id: credentialId, step_up })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      msp.clock.advance(5 * 60_000)
      await expect(ana.api.credentials.reveal({ id: credentialId, step_up })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
    })

    test('are used by a person who is there', async () => {
      await using world = await vaultWorld(database)
      const { ana, credentialId } = world
      const use = { id: credentialId, fields: ['password'], argv: ['sh', '-c', 'mariadb'] }

      await expect(ana.api.credentials.use(use)).rejects.toMatchObject({ details: { needs: 'step_up' } })
      const used = await ana.api.credentials.use({ ...use, step_up: await steppedUp(ana) })

      expect(used.secrets).toEqual({ password: PASSWORD })
    })

    test('are used by an API key that a permission names, never revealed to it', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, lea, credentialId } = world
      const { api_key, key } = await ana.api.apiKeys.create({ name: 'backup job', scopes: ['msp:read', 'msp:write'] })
      const call = (name: string, body: object) =>
        ana.rest('POST', `/credentials/${credentialId}/${name}`, body, { authorization: `Bearer ${key}` })
      const use = { fields: ['password'], argv: ['restic', 'backup'] }

      const before = await call('use', use)
      await lea.api.credentialPermissions.create({
        credential_id: credentialId,
        principal_type: 'api_key',
        principal_id: api_key.id,
        level: 'manage',
      })
      const after = await call('use', use)
      const revealed = await call('reveal', { step_up: await steppedUp(ana) })

      expect([before.status, after.status, revealed.status]).toEqual([403, 200, 403])
      expect(after.body).toMatchObject({ secrets: { password: PASSWORD } })
      expect(msp.admin).toBeDefined()
    })

    test('give the one-time code of the moment, not the seed', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, credentialId } = world
      msp.clock.set('2033-05-18T03:33:20.000Z')

      const answer = await ana.api.credentials.totp({ id: credentialId, step_up: await steppedUp(ana) })

      // RFC 6238, appendix B: 2000000000 s gives 69279037, of which these are the last six.
      expect(answer).toEqual({ code: '279037', valid_for_seconds: 10 })
    })

    test.each([
      ['a word', 'not a seed!'],
      ['too short', 'GEZDGNBV'],
      ['an address of another kind', 'otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=1'],
    ])('take no seed that is %s, and do not repeat it', async (_, totp) => {
      await using world = await vaultWorld(database)
      const { ana, credentialId } = world

      const refused = await ana.api.credentials.rotate({ id: credentialId, secrets: { totp } }).catch((error) => error)

      expect(refused).toMatchObject({ code: 'INVALID_INPUT' })
      expect(JSON.stringify([refused.message, refused.details])).not.toContain(totp)
    })

    test('are replaced by a version, beside which the other fields and the old version stay', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, credentialId } = world
      await ana.api.credentials.markCompromised({ id: credentialId, reason: 'Pasted into a chat' })
      msp.clock.advance(60_000)

      const rotated = await ana.api.credentials.rotate({ id: credentialId, secrets: { password: 'the new one' } })

      expect(rotated).toMatchObject({
        has_totp: true,
        last_rotated_at: '2026-01-12T09:01:00.000Z',
        compromised_at: null,
        compromised_reason: null,
      })
      const { items } = await ana.api.credentials.versions({ id: credentialId })
      expect(items.map(({ version_no, fields, superseded_at }) => [version_no, fields, superseded_at])).toEqual([
        [2, ['password', 'totp'], null],
        [1, ['password', 'totp'], '2026-01-12T09:01:00.000Z'],
      ])
      const step_up = await steppedUp(ana)
      const now = await ana.api.credentials.reveal({ id: credentialId, step_up })
      const before = await ana.api.credentials.reveal({ id: credentialId, step_up, version_no: 1 })
      expect([now.secrets, before.secrets]).toEqual([
        { password: 'the new one', totp: SEED },
        { password: PASSWORD, totp: SEED },
      ])
    })

    test('say where else they are used, as far as the caller may know', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, lea, clientId, credentialId } = world
      const same = (name: string, client_id: string) =>
        msp.admin.api.credentials.create({ client_id, name, type: 'password', secrets: { password: PASSWORD } })
      const seen = await same('The same', clientId)
      const denied = await same('Not for Ana', clientId)
      await same('Elsewhere', await msp.client('Contoso'))
      await lea.api.credentialPermissions.create({
        credential_id: denied.id,
        principal_type: 'user',
        principal_id: ana.id,
        level: 'metadata',
        effect: 'deny',
      })

      const { same_secret } = await ana.api.credentials.versions({ id: credentialId })

      expect(same_secret).toEqual([{ id: seen.id, name: 'The same' }])
    })

    test('that are not there are asked for in vain, and what is there is named', async () => {
      await using world = await vaultWorld(database)
      const { ana, clientId, credentialId } = world
      const empty = await ana.api.credentials.create({ client_id: clientId, name: 'empty', type: 'password' })
      const step_up = await steppedUp(ana)
      const reveal = ana.api.credentials.reveal

      await expect(reveal({ id: empty.id, step_up })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(reveal({ id: credentialId, step_up, fields: ['private_key'] })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: 'This version holds no private_key, but password, totp.',
      })
      await expect(reveal({ id: credentialId, step_up, version_no: 7 })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('with a policy are given only to who says what for', async () => {
      await using world = await vaultWorld(database)
      const { ana, lea, credentialId } = world
      await lea.api.credentials.setPolicy({ id: credentialId, access_policy: 'reason_required' })
      const step_up = await steppedUp(ana)

      await expect(ana.api.credentials.reveal({ id: credentialId, step_up })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('reason'),
      })
      await ana.api.credentials.reveal({ id: credentialId, step_up, reason: 'Console', ticket_ref: '#1' })

      const told = await world.msp.server.deps.db
        .selectFrom('credential_audit_log')
        .select(['purpose', 'ticket_ref'])
        .where('action', '=', 'reveal')
        .execute()
      expect(told).toEqual([
        { purpose: 'Console', ticket_ref: '#1' },
        { purpose: 'Console', ticket_ref: '#1' },
      ])
    })

    test('that are damaged are not given, and it is written down', async () => {
      await using world = await vaultWorld(database)
      const { msp, ana, credentialId } = world
      await sql`update credential_secrets set envelope = ${Buffer.from('damaged')} where field = 'password'`.execute(
        msp.server.deps.db,
      )

      const refused = ana.api.credentials.reveal({ id: credentialId, step_up: await steppedUp(ana) })

      await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(await auditOf(world, credentialId)).toEqual(['create success', 'reveal intent', 'decrypt_failed error'])
    })

    test('of a credential that is archived stay where they are', async () => {
      await using world = await vaultWorld(database)
      const { ana, lea, credentialId } = world
      await lea.api.credentials.archive({ id: credentialId })

      const refused = ana.api.credentials.reveal({ id: credentialId, step_up: await steppedUp(ana) })

      await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('archived') })
    })
  })
}
