import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestUser, testServer } from '../support/server.ts'

/** Planned tasks and loose ends: what is open, what waits for what, what becomes of a loose end. */

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database })
  const ana = await msp.technician({ name: 'Ana', role: 'lead', clients: ['Contoso'] })
  let serial = 0
  /** A client without tasks. */
  async function desk() {
    const { id: clientId } = await ana.api.clients.create({ name: `Dataforth ${++serial}` })
    return { ana, clientId, msp, ...tasksOf(ana, clientId) }
  }
  return { desk, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
}

function tasksOf(ana: TestUser, clientId: string) {
  const aTask = (title: string, more: Record<string, unknown> = {}) =>
    ana.api.tasks.create({ client_id: clientId, title, ...more })
  const waits = async (title: string, forTitle: string) => {
    const [task, other] = [await aTask(title), await aTask(forTitle)]
    const dependency = await ana.api.taskDependencies.create({ task_id: task.id, depends_on_id: other.id })
    return { task, other, dependency }
  }
  return { aTask, waits }
}

const conflict = (message: string) => ({ code: 'CONFLICT', message: expect.stringContaining(message) })

for (const database of DATABASES) {
  describe(`tasks, on ${database}`, () => {
    let world: Awaited<ReturnType<typeof office>>
    beforeAll(async () => {
      world = await office(database)
    })
    afterAll(() => world[Symbol.asyncDispose]())

    test('open ones come by priority, then by due date, page by page', async () => {
      const { ana, aTask, clientId, msp } = await world.desk()
      await aTask('whenever', { priority: 'p2' })
      await aTask('on Friday', { priority: 'p2', due_at: '2026-01-16T16:00:00.000Z' })
      await aTask('today', { priority: 'p2', due_at: '2026-01-12T16:00:00.000Z' })
      await aTask('urgent', { priority: 'p1' })
      const done = await aTask('done', { priority: 'p1' })
      await ana.api.tasks.complete({ id: done.id })
      await ana.api.tasks.create({ client_id: await msp.client('Contoso'), title: 'of another' })

      const first = await ana.api.tasks.open({ client: 'Dataforth 1', limit: 2 })
      const second = await ana.api.tasks.open({ client_id: clientId, limit: 2, cursor: first.next_cursor as string })

      expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
        'urgent',
        'today',
        'on Friday',
        'whenever',
      ])
      expect(second.next_cursor).toBeNull()
    })

    test('one that waits for another is not done before it, unless somebody insists', async () => {
      const { ana, waits } = await world.desk()
      const { task, other } = await waits('Switch over', 'Order the line')

      await expect(ana.api.tasks.complete({ id: task.id })).rejects.toMatchObject(conflict('"Order the line"'))
      await expect(ana.api.tasks.setStatus({ id: task.id, status: 'done' })).rejects.toMatchObject(
        conflict('"force": true'),
      )
      expect(await ana.api.tasks.complete({ id: task.id, force: true })).toMatchObject({ status: 'done' })
      await ana.api.tasks.setStatus({ id: task.id, status: 'todo' })
      await ana.api.tasks.complete({ id: other.id })
      expect(await ana.api.tasks.complete({ id: task.id })).toMatchObject({ status: 'done' })
    })

    test('never wait for each other, over any number of steps', async () => {
      const { ana, waits, aTask } = await world.desk()
      const { task, other, dependency } = await waits('a', 'b')
      const third = await aTask('c')
      await ana.api.taskDependencies.create({ task_id: other.id, depends_on_id: third.id })
      const circle = { task_id: third.id, depends_on_id: task.id }

      await expect(ana.api.taskDependencies.create(circle)).rejects.toMatchObject(conflict('wait for each other'))
      await expect(ana.api.taskDependencies.create({ task_id: task.id, depends_on_id: task.id })).rejects.toMatchObject(
        conflict('wait for each other'),
      )
      await ana.api.taskDependencies.archive({ id: dependency.id })
      await ana.api.taskDependencies.create(circle)
      await expect(ana.api.taskDependencies.restore({ id: dependency.id })).rejects.toMatchObject(
        conflict('wait for each other'),
      )
    })

    test('never wait for one of another client', async () => {
      const { ana, aTask, msp } = await world.desk()
      const task = await aTask('ours')
      const theirs = await ana.api.tasks.create({ client_id: await msp.client('Contoso'), title: 'theirs' })

      await expect(
        ana.api.taskDependencies.create({ task_id: task.id, depends_on_id: theirs.id }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('a loose end becomes one planned task, however often it is promoted', async () => {
      const { ana, aTask, clientId } = await world.desk()
      const pending = await aTask('Certificate ends in March', { kind: 'pending', reason: 'risk', priority: 'p2' })

      const answers = await Promise.all(
        [1, 2, 3].map(() => ana.api.tasks.promote({ id: pending.id, title: 'Renew the certificate' })),
      )
      const again = await ana.api.tasks.promote({ id: pending.id })

      expect(new Set([...answers, again].map(({ id }) => id)).size).toBe(1)
      expect(again).toMatchObject({ kind: 'task', status: 'todo', title: 'Renew the certificate', priority: 'p2' })
      expect(await ana.api.tasks.get({ id: pending.id })).toMatchObject({ status: 'done', promoted_task_id: again.id })
      expect((await ana.api.tasks.open({ client_id: clientId })).items.map(({ id }) => id)).toEqual([again.id])
      await expect(ana.api.tasks.promote({ id: again.id })).rejects.toMatchObject(conflict('planned task'))
    })

    test('a loose end is dropped with a reason; a planned task is not', async () => {
      const { ana, aTask } = await world.desk()
      const pending = await aTask('Old printer jams', { kind: 'pending' })
      const planned = await aTask('Replace the printer')
      const reason = 'It is gone on Friday'

      const dropped = await ana.api.tasks.dismiss({ id: pending.id, reason })

      expect(dropped).toMatchObject({ status: 'cancelled', dismissed_reason: reason })
      expect(await ana.api.tasks.dismiss({ id: pending.id, reason: 'again' })).toEqual(dropped)
      await expect(ana.api.tasks.promote({ id: pending.id })).rejects.toMatchObject(conflict('cancelled'))
      await expect(ana.api.tasks.dismiss({ id: planned.id, reason })).rejects.toMatchObject(conflict('planned task'))
    })
  })
}
