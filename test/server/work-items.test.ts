import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Work items and sessions move by rules; a person's category stays. */

const NINE = '2026-01-12T09:00:00.000Z'

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database, now: NINE })
  const { api } = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
  const client_id = await msp.client('Dataforth')
  const machine_id = await msp.machine(msp.admin)
  const session = await api.sessions.create({ machine_id, client_id, mode: 'msp', claude_session_id: 'one' })
  const anItem = (more: Record<string, unknown> = {}) =>
    api.workItems.create({ session_id: session.id, client_id, title: 'Restart the spooler', ...more })
  return { msp, api, client_id, session, anItem, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
}

const invalid = { code: 'INVALID_INPUT' }

for (const database of DATABASES) {
  describe(`work items, on ${database}`, () => {
    let world: Awaited<ReturnType<typeof office>>
    beforeAll(async () => {
      world = await office(database)
    })
    afterAll(() => world[Symbol.asyncDispose]())

    test('ten categories are there from the beginning', async () => {
      const { items } = await world.api.workCategories.list({ sort: 'slug' })

      expect(items.filter((row) => !row.is_billable)).toMatchObject([{ slug: 'internal', category: 'internal' }])
      expect(items).toHaveLength(10)
    })

    test('are told of when they are done, and have ended then', async () => {
      const { anItem } = world

      expect(await anItem()).toMatchObject({ status: 'completed', outcome: 'unknown', ended_at: NINE })
      expect(await anItem({ status: 'in_progress' })).toMatchObject({ ended_at: null })
      await expect(anItem({ status: 'in_progress', ended_at: NINE })).rejects.toMatchObject(invalid)
      await expect(anItem({ status: 'failed', outcome: 'success' })).rejects.toMatchObject(invalid)
      await expect(anItem({ started_at: NINE, ended_at: '2026-01-12T08:59:59.999Z' })).rejects.toMatchObject(invalid)
    })

    test('go from one status to another by the rules only', async () => {
      const { api, anItem, msp } = world
      const { id } = await anItem({ status: 'in_progress', started_at: NINE })
      msp.clock.advance(60_000)

      await expect(api.workItems.complete({ id, ended_at: '2026-01-12T08:00:00.000Z' })).rejects.toMatchObject(invalid)
      const done = await api.workItems.complete({ id, verification: 'A page came out' })
      expect(done).toMatchObject({
        status: 'completed',
        outcome: 'success',
        ended_at: '2026-01-12T09:01:00.000Z',
        verification: 'A page came out',
      })
      expect(await api.workItems.complete({ id })).toEqual(done)
      await expect(api.workItems.setStatus({ id, status: 'blocked' })).rejects.toMatchObject({ code: 'CONFLICT' })
      expect(await api.workItems.setStatus({ id, status: 'rolled_back' })).toMatchObject({ outcome: 'failure' })
      expect(await api.workItems.setStatus({ id, status: 'in_progress' })).toMatchObject({
        outcome: 'unknown',
        started_at: NINE,
        ended_at: null,
      })
      await expect(api.workItems.update({ id, status: 'completed' } as never)).rejects.toMatchObject(invalid)
    })

    test('keep the category that a person gave them', async () => {
      const { api, anItem } = world
      const { id } = await anItem()
      const [mail, web] = [
        await api.tags.create({ slug: 'mail', name: 'Mail' }),
        await api.tags.create({ slug: 'web', name: 'Web' }),
      ]
      const category = await api.workCategories.create({
        slug: 'mail-flow',
        name: 'Mail flow',
        category: 'problem',
        is_billable: false,
      })

      await api.workItems.categorize({ id, category: 'change', tags: [mail.id], source: 'auto' })
      await api.workItems.categorize({ id, category: 'incident', tags: [web.id], source: 'auto' })
      expect((await api.workItems.tag({ id })).tags).toMatchObject([{ slug: 'web' }])
      const manual = await api.workItems.categorize({
        id,
        work_category_id: category.id,
        tags: [mail.id],
        description: 'Queue stuck',
      })
      const after = await api.workItems.categorize({ id, category: 'security', tags: [], source: 'auto' })

      expect(manual).toMatchObject({
        category: 'problem',
        categorized_by: 'manual',
        is_billable: false,
        description: 'Queue stuck',
      })
      expect(after).toEqual(manual)
      expect((await api.workItems.list({ tag: 'mail' })).items).toMatchObject([{ id }])
      expect((await api.workItems.list({ tag: 'nothing' })).items).toEqual([])
    })

    test('a session is put aside and taken up again, but not after its end', async () => {
      const { api, session } = world
      const { id } = session

      expect(await api.sessions.pause({ id })).toMatchObject({ status: 'paused' })
      expect(await api.sessions.pause({ id })).toMatchObject({ status: 'paused' })
      expect(await api.sessions.resume({ id })).toMatchObject({ status: 'active' })
      await api.sessions.end({ id })
      await expect(api.sessions.resume({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    })
  })
}
