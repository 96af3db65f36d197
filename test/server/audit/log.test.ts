import { describe, expect, test } from 'vitest'
import { DATABASES } from '../../support/databases.ts'
import { testServer } from '../../support/server.ts'
import { logged } from './log.ts'

for (const database of DATABASES)
  describe(`the log of calls on ${database}`, () => {
    test('has who changed what, from what to what, in the chain of the client', async () => {
      await using msp = await testServer({ database })
      const client = await msp.client('Dataforth')
      const task = await msp.admin.api.tasks.create({ client_id: client, kind: 'task', title: 'Order switches' })

      await msp.admin.api.tasks.update({ id: task.id, title: 'Order two switches' })

      const [entry] = (await logged(msp)).filter(
        ({ action, entity_id }) => action === 'modify' && entity_id === task.id,
      )
      expect(entry).toMatchObject({ chain: `client:${client}`, actor_user_id: msp.admin.id, actor_kind: 'human' })
      expect(JSON.parse(entry?.body ?? '')).toEqual({
        changes: [
          { entity: 'task', id: task.id, before: { title: 'Order switches' }, after: { title: 'Order two switches' } },
        ],
      })
    })

    test('has what a call was refused for, and who signed in', async () => {
      await using msp = await testServer({ database })
      const viewer = await msp.technician({ role: 'viewer' })

      await viewer.rest('POST', '/clients', { name: 'Contoso' })

      const entries = await logged(msp)
      const refused = entries.find(({ status_code }) => status_code === 403)
      expect(refused).toMatchObject({ actor_user_id: viewer.id, entity_type: 'clients', action: 'add' })
      const login = entries.find(({ action, actor_user_id }) => action === 'login' && actor_user_id === viewer.id)
      expect(login).toMatchObject({ chain: 'auth', status_code: 200 })
    })

    test('says of a change of many rows how many there were', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const lines = Array.from({ length: 60 }, (_, number) => `Site ${number},Tucson`).join('\n')

      const answer = await msp.admin.rest('POST', '/imports', {
        ...{ entity: 'sites', client: 'Dataforth', format: 'csv' },
        content: `Name,City\n${lines}`,
      })

      const bodies = (await logged(msp)).map(({ body }) => JSON.parse(body ?? '{}'))
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      const entry = bodies.find(({ changed_rows }) => changed_rows === 60)
      expect(entry.changes).toHaveLength(50)
    })
  })
