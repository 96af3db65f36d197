import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexExistingRows } from '../../server/search/backfill.ts'
import { documentOf, type SearchDocument } from '../../server/search/document.ts'
import { questionOf, rank } from '../../server/search/ranking.ts'
import { countWords, isToBeCounted, NOTHING_COUNTED } from '../../server/search/statistics.ts'
import { termsOf } from '../../server/search/terms.ts'
import type { RecordedEvent } from '../../src/contract/events.ts'
import { task } from '../../src/contract/tasks.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** What is written anywhere is found by its words, by whoever may see it, in the same order on both databases. */

interface Library {
  msp: TestServer
  ana: TestUser
  ben: TestUser
  dataforth: string
  contoso: string
}

async function library(database: (typeof DATABASES)[number]): Promise<Library> {
  const msp = await testServer({ database })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso'] })
  const ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })
  return { msp, ana, ben, dataforth: await msp.client('Dataforth'), contoso: await msp.client('Contoso') }
}

const titlesOf = ({ items }: { items: { title: string }[] }) => items.map(({ title }) => title)

for (const database of DATABASES) {
  describe(`search, on ${database}`, () => {
    let world: Library
    beforeAll(async () => {
      world = await library(database)
    })
    afterAll(() => world.msp[Symbol.asyncDispose]())
    const find = (q: string, more: Record<string, unknown> = {}, who = world.ana) =>
      who.api.search.query({ q, ...more })

    test('finds work, sessions, tasks, solutions and contexts by words of their title and text', async () => {
      const { ana, msp, dataforth: client_id } = world
      const machineId = await msp.machine(ana)
      await msp.ingest(ana, machineId, [
        anEvent('session.opened', { mode: 'msp', trigger: 'command', client_id }),
        anEvent('prompt', { text: 'The zebra label printer prints blank labels' }),
        anEvent('command', { command: 'lpstat -p zebra' }),
        anEvent('session.closed', { reason: 'user' }),
      ])
      const [session] = (await ana.api.sessions.list({})).items
      await ana.api.workItems.create({
        session_id: session?.id as string,
        client_id,
        title: 'Calibrate the label printer',
        description: 'Zebra ZT411: media sensor, then ribbon.',
      })
      await ana.api.tasks.create({ client_id, title: 'Order zebra ribbons' })
      await ana.api.problemSolutions.create({
        client_id,
        title: 'Zebra prints blank',
        symptom: 's',
        solution: 'Calibrate.',
      })

      const { items } = await find('zebras')

      expect(new Set(items.map(({ kind }) => kind))).toEqual(
        new Set(['sessions', 'conversationContexts', 'workItems', 'tasks', 'problemSolutions']),
      )
      expect(items.every((hit) => hit.client_name === 'Dataforth')).toBe(true)
      expect(items.filter(({ kind }) => kind === 'workItems').map(({ excerpt }) => excerpt)).toContainEqual(
        expect.stringContaining('Zebra ZT411'),
      )
      expect((await find('zebra', { kind: 'tasks' })).items.map(({ kind }) => kind)).toEqual(['tasks'])
    })

    test('orders by how well the words fit, then the newest first', async () => {
      const { ana, msp, dataforth: client_id } = world
      const add = async (title: string, description = '') => {
        msp.clock.advance(1_000)
        await ana.api.tasks.create({ client_id, title, description })
      }
      await add('Firewall rule for the camera', 'Nothing about it')
      await add('Camera offline')
      await add('Camera offline')
      await add(
        'Switch',
        'The camera behind the firewall is unreachable since the firmware of the firewall was renewed',
      )
      await add('Firewall firmware')
      const { items } = await find('firewall camera')

      expect(items.map(({ title }) => title)).toEqual([
        'Firewall rule for the camera',
        'Switch',
        'Firewall firmware',
        'Camera offline',
        'Camera offline',
      ])
      const [earlier, later] = items.filter(({ title }) => title === 'Camera offline').map(({ at }) => at) as [
        string,
        string,
      ]
      expect(earlier > later).toBe(true)
      expect(titlesOf(await find('firewall camera', { limit: 2 }))).toHaveLength(2)
      expect(titlesOf(await find('camera', { until: '2026-01-11' }))).toEqual([])
      expect(titlesOf(await find('camera', { since: '2026-01-12', client: 'dataforth' }))).toHaveLength(4)
    })

    test('orders a hundred texts as it would without a database', async () => {
      const { ana, msp, dataforth: client_id } = world
      const words = ['heron', 'egret', 'stork', 'crane', 'ibis', 'bittern', 'spoonbill']
      const texts = Array.from({ length: 100 }, (_, i) => {
        const some = (count: number, step: number) =>
          Array.from({ length: count }, (_unused, k) => words[(i * step + k * k) % words.length]).join(' ')
        return { title: `${some(1 + (i % 3), 3)} ${i}`, description: some(i % 11, 5) }
      })
      const made = []
      for (const text of texts) {
        msp.clock.advance(1)
        made.push(await ana.api.tasks.create({ client_id, ...text }))
      }
      const asked = termsOf('heron stork ibis')
      const documents = made.map((row, number) => ({
        ...(documentOf(task, row) as SearchDocument),
        ...{ number, asks: false, ordinal: null, is_current: true },
      }))
      const matching = documents.filter(({ terms }) => terms.split(' ').some((word) => asked.includes(word)))

      const found = await find('heron stork ibis', { limit: 100 })

      const ranked = rank(questionOf(asked), matching, NOTHING_COUNTED, 'context', msp.clock.now())
      expect(found.items.map(({ title }) => title)).toEqual(ranked.map(({ passage }) => passage.title))
    })

    test('finds what was said in a session, as the session, for those who may see it', async () => {
      const { ana, ben, msp, dataforth: client_id } = world
      const machineId = await msp.machine(ana)
      const stream = randomUUID()
      await msp.ingest(ana, machineId, [
        anEvent('session.opened', { mode: 'msp', trigger: 'command', client_id }, { stream }),
        anEvent('prompt', { text: 'Why does the toucan gateway drop calls?' }, { stream }),
        anEvent('turn', { text: 'Its SIP helper rewrites the contact header: switch it off.' }, { stream }),
      ])

      const found = await find('toucan SIP helper')

      expect(found.items[0]).toMatchObject({ kind: 'sessions', client_id })
      expect(found.items.filter(({ id }) => id === found.items[0]?.id)).toHaveLength(1)
      expect((await find('toucan', {}, ben)).items).toEqual([])
    })

    test('understands the time that a question names', async () => {
      const { ana, msp, contoso: client_id } = world
      msp.clock.set('2026-02-03T09:00:00.000Z')
      await ana.api.tasks.create({ client_id, title: 'Avocet: order cables' })
      msp.clock.set('2026-02-10T09:00:00.000Z')
      await ana.api.tasks.create({ client_id, title: 'Avocet: order cables again' })
      msp.clock.set('2026-02-12T09:00:00.000Z')

      expect(titlesOf(await find('avocet cables last week', { client_id }))).toEqual([
        'Avocet: order cables',
        'Avocet: order cables again',
      ])
      expect(titlesOf(await find('last week', { client_id }))).toEqual(['Avocet: order cables'])
    })

    test('is the same after its words were counted, and says why something was found', async () => {
      const { ana, msp, contoso: client_id } = world
      for (const nest of ['reed', 'sand', 'cliff', 'tree'])
        await ana.api.tasks.create({ client_id, title: `Gannet ${nest}`, description: 'gannet colony' })
      const before = titlesOf(await find('gannet cliff', { client_id }))

      await countWords(msp.server.deps, client_id)

      const after = await find('gannet cliff', { client_id })
      expect(titlesOf(after)).toEqual(before)
      expect(after.items[0]).toMatchObject({ title: 'Gannet cliff', why: '100 % of the words (gannet, cliff)' })
      expect(await isToBeCounted(msp.server.deps, client_id)).toBe(false)
    })

    test('is narrowed to a tag, a technician, a host', async () => {
      const { ana, msp, contoso: client_id, dataforth } = world
      const host = await ana.api.infrastructure.create({
        client_id: dataforth,
        hostname: 'SRV-KITE01',
        kind: 'physical_server',
      })
      await ana.api.tasks.create({ client_id: dataforth, title: 'Kite: patch', infrastructure_id: host.id })
      await ana.api.tasks.create({ client_id, title: 'Kite: other' })

      expect(titlesOf(await find('kite', { technician_id: msp.admin.id }))).toEqual([])
      expect(titlesOf(await find('patch', { client_id: dataforth, host: 'SRV-KITE01' }))[0]).toBe('Kite: patch')
      await expect(find('kite', { tag: 'no-such-tag' })).rejects.toThrow('does not exist')
    })

    test('finds what was recorded before anybody knew for which client it was', async () => {
      const { ana, msp, contoso: client_id } = world
      const machineId = await msp.machine(ana)
      const stream = randomUUID()
      const send = (events: RecordedEvent[]) => msp.ingest(ana, machineId, events)
      await send([
        anEvent('prompt', { text: 'Cormorant scanner' }, { stream }),
        anEvent('session.closed', { reason: 'user' }, { stream }),
      ])
      const before = titlesOf(await find('cormorant', { client_id }))
      await send([anEvent('session.opened', { mode: 'msp', trigger: 'command', client_id }, { stream })])

      expect(before).toEqual([])
      expect((await find('cormorant', { client_id })).items.map(({ kind }) => kind).sort()).toEqual([
        'conversationContexts',
        'sessions',
      ])
    })

    test.each([
      ['0x80070005', 'Update fails with 0x80070005'],
      ['kb 5034441', 'KB5034441 does not install'],
      ['srv-web01', 'Certificate on srv-web01.dataforth.local'],
      ['localuser', 'Get-LocalUser is missing'],
      ['GROSSE', 'Postfachgröße erhöht: große Anhänge'],
      ['com', 'COM port of the scale'],
      ['東京', 'Bürö in 東京都 umgezogen 🚚'],
    ])('finds %s', async (q, title) => {
      await world.ana.api.tasks.create({ client_id: world.contoso, title })

      expect(titlesOf(await find(q, { client_id: world.contoso }))).toContain(title)
    })

    test('follows what changes: renamed, archived, restored', async () => {
      const { api } = world.ana
      const { id } = await api.tasks.create({ client_id: world.dataforth, title: 'Walrus' })
      await api.tasks.update({ id, title: 'Narwhal' })
      const renamed = [titlesOf(await find('walrus')), titlesOf(await find('narwhal'))]
      await api.tasks.archive({ id })
      const archived = titlesOf(await find('narwhal'))
      await api.tasks.restore({ id })

      expect(renamed).toEqual([[], ['Narwhal']])
      expect(archived).toEqual([])
      expect(titlesOf(await find('narwhal'))).toEqual(['Narwhal'])
    })

    test('shows nobody what they may not see', async () => {
      const { ana, ben, msp, dataforth, contoso } = world
      await ana.api.tasks.create({ client_id: dataforth, title: 'Pelican of Dataforth' })
      await ana.api.tasks.create({ client_id: contoso, title: 'Pelican of Contoso' })
      await ana.api.tasks.create({ title: 'Pelican of Ana' })
      await msp.admin.api.problemSolutions.create({ title: 'Pelican of all', symptom: 's', solution: 's' })

      expect(titlesOf(await find('pelican', {}, ben)).sort()).toEqual(['Pelican of Contoso', 'Pelican of all'])
      expect(titlesOf(await find('pelican', {})).sort()).toEqual([
        'Pelican of Ana',
        'Pelican of Contoso',
        'Pelican of Dataforth',
        'Pelican of all',
      ])
      await expect(find('pelican', { client_id: dataforth }, ben)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(find('pelican', { client: 'Dataforth' }, ben)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(titlesOf(await find('pelican', { client: 'Contoso' }, ben))).toEqual(['Pelican of Contoso'])
    })

    test('takes any text for words, and says what can be searched', async () => {
      for (const q of [
        '"',
        "x' OR 'q'='q",
        '* NEAR(zqzq)',
        '+zqzq -zqzq ~<>()@"',
        'the',
        '😀',
        '\\',
        'kind__tasks client__none zq',
      ])
        expect(await find(q)).toEqual({ items: [] })
      await expect(find('x', { kind: 'credentials' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('workItems'),
      })
    })

    test('rows from before the index are found after a start, wherever an earlier one was stopped', async () => {
      const { ana, msp } = world
      const { db } = msp.server.deps
      await ana.api.tasks.create({ client_id: world.dataforth, title: 'Ocelot' })
      await db.deleteFrom('search_documents').execute()
      await ana.api.tasks.create({ client_id: world.dataforth, title: 'Ocelot, later' })
      await db.updateTable('search_progress').set({ finished_at: null, last_id: null }).execute()

      await indexExistingRows(msp.server.deps)
      await indexExistingRows(msp.server.deps)

      expect(titlesOf(await find('ocelot')).sort()).toEqual(['Ocelot', 'Ocelot, later'])
      const progress = await db.selectFrom('search_progress').selectAll().where('entity', '=', 'tasks').execute()
      expect(progress).toMatchObject([{ last_id: expect.any(String), finished_at: expect.any(String) }])
    })
  })
}
