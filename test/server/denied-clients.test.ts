import { describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Somebody sees all clients but one. */

for (const database of DATABASES) {
  describe(`a client that is denied to somebody, on ${database}`, () => {
    async function office() {
      const msp = await testServer({ database })
      const lea = await msp.technician({ name: 'Lea', role: 'lead' })
      await msp.admin.api.users.update({ id: lea.id, all_clients: true })
      const [dataforth, contoso] = [await msp.client('Dataforth'), await msp.client('Contoso')]
      const task = await msp.admin.api.tasks.create({ client_id: contoso, title: 'Of Contoso' })
      const fresh = await msp.technician({ name: 'Nobody' })
      const deny = (expires_at?: string) =>
        msp.admin.api.users.grant({
          id: lea.id,
          client_id: contoso,
          level: 'none',
          ...(expires_at ? { expires_at } : {}),
        })
      return {
        msp,
        lea,
        fresh,
        dataforth,
        contoso,
        task,
        deny,
        [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
      }
    }
    const names = async (user: Awaited<ReturnType<typeof office>>['lea']) =>
      (await user.api.clients.list({ sort: 'name' })).items.map(({ name }) => name)

    test('is closed to them at once, and every other stays open', async () => {
      await using world = await office()
      const { lea, task, contoso, dataforth, deny } = world
      const before = await names(lea)

      await deny()

      expect([before, await names(lea)]).toEqual([['Contoso', 'Dataforth'], ['Dataforth']])
      await expect(lea.api.tasks.get({ id: task.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(lea.api.tasks.create({ client_id: contoso, title: 'x' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      expect(await lea.api.tasks.create({ client_id: dataforth, title: 'x' })).toMatchObject({ client_id: dataforth })
    })

    test('is shown as denied, and open again when that is revoked', async () => {
      await using world = await office()
      const { msp, lea, contoso, deny } = world

      expect((await deny()).items).toMatchObject([{ client_name: 'Contoso', level: 'none' }])
      await msp.admin.api.users.revoke({ id: lea.id, client_id: contoso })

      expect(await names(lea)).toEqual(['Contoso', 'Dataforth'])
    })

    test('is open again when the denial ends by itself', async () => {
      await using world = await office()
      const { msp, lea, deny } = world
      await deny('2026-01-12T10:00:00.000Z')

      const during = await names(lea)
      msp.clock.set('2026-01-12T10:00:00.000Z')

      expect([during, await names(lea)]).toEqual([['Dataforth'], ['Contoso', 'Dataforth']])
    })

    test('stays open to an admin, who could take the denial away', async () => {
      await using world = await office()
      const { msp, contoso } = world

      await msp.admin.api.users.grant({ id: msp.admin.id, client_id: contoso, level: 'none' })

      expect(await names(msp.admin)).toEqual(['Contoso', 'Dataforth'])
    })

    test('is closed to somebody who never saw it, too', async () => {
      await using world = await office()
      const { msp, fresh, contoso } = world

      await msp.admin.api.users.grant({ id: fresh.id, client_id: contoso, level: 'none' })

      expect(await names(fresh)).toEqual([])
    })
  })
}
