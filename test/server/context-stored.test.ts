import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../src/contract/events.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, testServer } from '../support/server.ts'

/** What stays of a session in condensed form: at each compaction, at its end, and where the project stands after it. */

const at = (minute: number) => new Date(Date.parse('2026-01-12T09:00:00.000Z') + minute * 60_000).toISOString()

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database, now: at(60) })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const machineId = await msp.machine(ana)
  const client_id = await msp.client('Dataforth')
  const project = await ana.api.projects.create({ client_id, name: 'Portal' })
  return {
    ...{ msp, ana, client_id, project_id: project.id },
    send: async (...events: RecordedEvent[]) => {
      const { outcomes } = await msp.ingest(ana, machineId, events)
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(events.map(() => 'accepted'))
    },
    states: async () => (await ana.api.projectStates.list({ project_id: project.id, sort: 'revision' })).items,
    contexts: async () => (await ana.api.conversationContexts.list({ sort: 'created_at' })).items,
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

let serial = 0
/** Events of one stretch. */
const stretch = (n: number) => {
  const event = (kind: RecordedEvent['kind'], data: Record<string, unknown>, minute: number, id = `${++serial}`) =>
    anEvent(kind as 'prompt', data as never, { id: `${kind}:${id}`, stretch: n, at: at(minute) })
  return {
    open: (data: Record<string, unknown>, minute: number) =>
      event('session.opened', { trigger: 'command', ...data }, minute),
    prompt: (text: string, minute: number) => event('prompt', { text }, minute),
    run: (command: string, minute: number) => event('command', { command }, minute),
    edit: (path: string, minute: number) => event('file', { path, change: 'M', lines_added: 3 }, minute),
    compact: (minute: number) => event('compaction', { trigger: 'auto' }, minute),
    close: (minute: number) => event('session.closed', { reason: 'user' }, minute),
  }
}

for (const database of DATABASES) {
  describe(`what stays of a session, on ${database}`, () => {
    test('each compaction keeps what was done so far, once for the same work; one with nothing done keeps nothing', async () => {
      await using world = await office(database)
      const { send, contexts, client_id } = world
      const day = stretch(1)

      await send(day.open({ mode: 'msp', client_id }, 0), day.compact(1))
      const empty = await contexts()
      await send(day.prompt('The spooler stops every night', 2), day.run('systemctl status cups', 3), day.compact(4))
      await send(day.compact(5))
      const first = await contexts()
      await send(day.run('systemctl restart cups', 6), day.compact(7))
      const second = await contexts()

      expect(empty).toEqual([])
      expect(first).toMatchObject([{ kind: 'pre_compact', client_id }])
      expect(first[0]?.dense_summary).toContain('systemctl status cups')
      expect(first[0]?.token_estimate).toBeGreaterThan(20)
      expect(second.map(({ kind }) => kind)).toEqual(['pre_compact', 'pre_compact'])
      expect(second.filter(({ dense_summary }) => dense_summary.includes('restart cups'))).toHaveLength(1)
    })

    test('a session of development leaves the state of its project; late news renew it, and no news do not', async () => {
      await using world = await office(database)
      const { send, states, ana, client_id, project_id } = world
      await ana.api.projectStates.create({
        ...{ project_id, status: 'Begun', progress_pct: 40, blockers: ['No SMTP'] },
        next_actions: ['Write the manual'],
      })
      const work = stretch(1)
      const place = { mode: 'dev', client_id, project_id, cwd: '/home/ana/portal', git_branch: 'main' }

      await send(work.open(place, 0), work.prompt('Add a login page', 1), work.edit('/home/ana/portal/src/login.ts', 2))
      await send(work.run('npm run build', 3), work.close(61))
      const ended = await states()
      await send(work.edit('/home/ana/portal/src/login.ts', 2))
      const same = await states()
      await send(work.edit('/home/ana/portal/src/session.ts', 4))
      const renewed = await states()

      expect(ended).toHaveLength(2)
      expect(ended[1]).toMatchObject({
        ...{ revision: 2, is_current: true, focus: 'Add a login page', progress_pct: 40, blockers: ['No SMTP'] },
        ...{ next_actions: ['Write the manual'], key_files: ['src/login.ts'], env: { branch: 'main' } },
      })
      expect(same).toHaveLength(2)
      expect(renewed.map(({ is_current }) => is_current)).toEqual([false, false, true])
      expect(renewed[2]?.key_files.toSorted()).toEqual(['src/login.ts', 'src/session.ts'])
      const block = await ana.api.context.get({ client_id, project_id })
      expect(block.text).toMatch(/Project state:\n- Nothing is left open, 40 %; focus: Add a login page/)
    })

    test('what is next goes when a task of that name is finished; a session for a client changes no state', async () => {
      await using world = await office(database)
      const { send, states, ana, client_id, project_id } = world
      const next_actions = ['Write the manual', 'Ask for a logo']
      await ana.api.projectStates.create({ project_id, status: 'Begun', next_actions })
      const { id } = await ana.api.tasks.create({ client_id, project_id, title: 'Write the manual' })
      await ana.api.tasks.complete({ id })
      const [visit, work] = [stretch(1), stretch(2)]

      await send(visit.open({ mode: 'msp', client_id, project_id }, 0), visit.run('hostname', 1), visit.close(61))
      const after = await states()
      await send(work.open({ mode: 'dev', client_id, project_id }, 62), work.run('npm test', 63), work.close(64))

      expect(after).toHaveLength(1)
      expect((await states())[1]).toMatchObject({ next_actions: ['Ask for a logo'] })
    })

    test('late news of an older session do not take the place of what came after it', async () => {
      await using world = await office(database)
      const { send, states, msp, client_id, project_id } = world
      const [first, second] = [stretch(1), stretch(2)]
      const place = { mode: 'dev', client_id, project_id }

      await send(first.open(place, 0), first.prompt('Add a login page', 1), first.run('a', 2), first.close(3))
      msp.clock.advance(3_600_000)
      await send(second.open(place, 100), second.prompt('Now the logout', 101), second.run('b', 102), second.close(119))
      await send(first.run('npm run late', 2))

      expect((await states()).map(({ focus }) => focus)).toEqual(['Add a login page', 'Now the logout'])
    })
  })
}
