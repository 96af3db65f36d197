import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../../support/databases.ts'
import { anEvent } from '../../support/server.ts'
import { PASSWORD, steppedUp, type VaultWorld, vaultWorld } from '../vault-world.ts'
import { placesOf } from './canaries.ts'

/** What the vault keeps for a client is found in everything that is recorded for it, whatever its form, though only fingerprints are compared. */

const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('base64')

const FORMS: Readonly<Record<string, string>> = {
  'as it is': `echo ${PASSWORD}`,
  'in base64': `echo ${Buffer.from(PASSWORD).toString('base64')} | base64 -d`,
  'in base64, after a name': `curl -H 'X: ${Buffer.from(`root:${PASSWORD}`).toString('base64')}'`,
  'in an encoded command': `powershell -enc ${utf16(`Set-Thing '${PASSWORD}'`)}`,
  'in hexadecimal digits': `xxd -r -p <<< ${Buffer.from(PASSWORD).toString('hex')}`,
  'in a web address': `curl 'https://db1/?x=${encodeURIComponent(PASSWORD)}&y=1'`,
  'in quotes': `do-it "${PASSWORD}"`,
}

for (const database of DATABASES) {
  describe(`secrets that the vault knows, on ${database}`, () => {
    let world: VaultWorld
    beforeAll(async () => {
      world = await vaultWorld(database)
    })
    afterAll(() => world[Symbol.asyncDispose]())

    const recordFor = async (client_id: string | undefined, command: string, stream: string) => {
      const { msp, ana } = world
      const machineId = await msp.machine(ana)
      const opened = { mode: client_id ? 'msp' : 'normal', ...(client_id ? { client_id } : {}), trigger: 'command' }
      const { outcomes } = await msp.ingest(ana, machineId, [
        anEvent('session.opened', opened, { stream }),
        anEvent('command', { command, stdout: command }, { stream }),
      ])
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    }

    test.each(Object.entries(FORMS))('are not stored %s', async (form, command) => {
      await recordFor(world.clientId, command, form)

      expect(await placesOf(world.msp, [PASSWORD])).toEqual([])
    })

    test('nor what was one before it was changed', async () => {
      const { ana, credentialId, clientId } = world
      await ana.api.credentials.rotate({ id: credentialId, secrets: { password: 'quite-another-1' } })

      await recordFor(clientId, `echo ${PASSWORD} quite-another-1`, 'rotated')

      expect(await placesOf(world.msp, [PASSWORD, 'quite-another-1'])).toEqual([])
    })

    test('nor in what people write', async () => {
      const { ana, clientId } = world

      const { title } = await ana.api.tasks.create({ client_id: clientId, title: `Ask about ${PASSWORD} again` })

      expect(title).toMatch(/^Ask about \[REDACTED:password:[0-9a-f]{8}\] again$/)
    })

    test('nor in the reason that is given for using one', async () => {
      const { ana, msp, credentialId } = world
      await ana.api.credentials.reveal({
        id: credentialId,
        fields: ['password'],
        reason: 'is it still quite-another-1?',
        step_up: await steppedUp(ana),
      })

      expect(await placesOf(msp, ['quite-another-1'])).toEqual([])
    })

    test('but of another client nobody looks for them: a hit would tell what they are', async () => {
      const { ana, msp } = world
      await msp.admin.api.users.grant({ id: ana.id, client_id: await msp.client('Contoso'), level: 'write' })

      const { title } = await ana.api.tasks.create({
        client_id: await msp.client('Contoso'),
        title: 'Ask about quite-another-1 again',
      })

      expect(title).toBe('Ask about quite-another-1 again')
    })

    test('and a word that is a password somewhere stays a word', async () => {
      const { ana, clientId } = world
      await ana.api.credentials.create({
        client_id: clientId,
        name: 'printer',
        type: 'password',
        secrets: { password: 'admin', pin: '4711' },
      })

      const { title } = await ana.api.tasks.create({ client_id: clientId, title: 'Ask the admin for room 4711' })

      expect(title).toBe('Ask the admin for room 4711')
    })
  })
}
