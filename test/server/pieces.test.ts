import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** What a session leaves by itself: work items and time, which people can correct and late news renew. */

const MINUTE = 60_000
type Event = Parameters<TestServer['ingest']>[2][number]

/** The same in another session. */
const inStream = (event: Event, stream: string): Event => ({ ...event, stream })

for (const database of DATABASES) {
  describe(`a session that ends, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    let serial = 0
    /** Ana works for a client that has SRV-OLD and SRV-NEW. */
    async function working() {
      const name = `Client ${++serial} ${database}`
      const ana = await msp.technician({ name: 'Ana', clients: [name] })
      const client_id = await msp.client(name)
      for (const hostname of ['SRV-OLD', 'SRV-NEW'])
        await msp.admin.api.infrastructure.create({ client_id, hostname, kind: 'virtual_server' })
      const machine = await msp.machine(ana)
      const stream = randomUUID()
      const begin = msp.clock.now().getTime()
      const at = (minutes: number) => new Date(begin + minutes * MINUTE).toISOString()
      const event = (kind: string, minutes: number, data: Record<string, unknown>): Event =>
        anEvent(kind as never, data as never, { id: `${kind}:${minutes}`, stream, at: at(minutes) })
      msp.clock.advance(600 * MINUTE)
      return {
        ...{ ana, client_id, stream },
        send: (...events: Event[]) => msp.ingest(ana, machine, events),
        open: event('session.opened', 0, { mode: 'msp', trigger: 'command', client_id }),
        prompt: (minutes: number, text: string) => event('prompt', minutes, { text }),
        run: (minutes: number, command: string, success = true) =>
          event('command', minutes, { tool: 'bash', command, success, exit_code: success ? 0 : 1 }),
        close: (minutes: number, reason = 'user') => event('session.closed', minutes, { reason }),
      }
    }
    type World = Awaited<ReturnType<typeof working>>
    const items = async ({ ana, client_id }: World) =>
      (await ana.api.workItems.list({ client_id, sort: 'started_at' })).items
    const time = async (ana: TestUser, client_id: string) =>
      (await ana.api.billableTime.list({ client_id, sort: 'work_date' })).items

    const spooler = (of: World) => [
      of.open,
      of.prompt(1, 'nobody can print since this morning, look at SRV-OLD'),
      of.run(4, 'ssh admin@SRV-OLD systemctl status cups', false),
      of.run(8, 'ssh admin@SRV-OLD systemctl restart cups'),
    ]
    const patches = (of: World) => [
      of.prompt(30, 'next: monthly updates for SRV-NEW please'),
      of.run(36, 'ssh admin@SRV-NEW apt-get -y dist-upgrade'),
    ]

    test('leaves a work item for each piece of work, with machine, kind, tags and time, and an entry of that time', async () => {
      const of = await working()

      await of.send(...spooler(of), ...patches(of), of.close(40))

      const [first, second] = await items(of)
      expect([first, second]).toMatchObject([
        { category: 'incident', status: 'completed', outcome: 'success', active_seconds: 480, is_automatic: true },
        { category: 'maintenance', active_seconds: 600, title: 'Monthly updates for SRV-NEW please' },
      ])
      const assets = await of.ana.api.workItemAssets.list({ work_item_id: first?.id as string })
      expect(assets.items).toHaveLength(1)
      expect((await of.ana.api.commandsRun.list({ work_item_id: second?.id as string })).items).toHaveLength(1)
      expect((await of.ana.api.workItems.list({ client_id: of.client_id, tag: 'patching' })).items).toHaveLength(1)
      expect(await time(of.ana, of.client_id)).toMatchObject([
        { source: 'session', status: 'draft', classification: 'billable', raw_seconds: 1_080, measured_seconds: 1_080 },
      ])
    })

    test('is renewed by late news, row by row, in whatever order they come', async () => {
      const of = await working()
      await of.send(...spooler(of).slice(0, 3), of.close(40))
      const [before] = await items(of)

      await of.send(...patches(of).toReversed())
      await of.send(spooler(of)[3] as Event)

      const after = await items(of)
      expect(after.map(({ active_seconds }) => active_seconds)).toEqual([480, 600])
      expect(after[0]?.id).toBe(before?.id)
      expect(await time(of.ana, of.client_id)).toMatchObject([{ raw_seconds: 1_080 }])
    })

    test('keeps what a person has corrected, and shows what was measured since', async () => {
      const of = await working()
      await of.send(...spooler(of), of.close(40))
      const [item] = await items(of)
      const [entry] = await time(of.ana, of.client_id)
      await of.ana.api.workItems.categorize({ id: item?.id as string, category: 'problem' })
      await of.ana.api.workItems.update({ id: item?.id as string, title: 'Printer driver' } as never)
      await of.ana.api.billableTime.update({
        id: entry?.id as string,
        raw_seconds: 120,
        row_version: entry?.row_version as number,
      } as never)

      await of.send(of.run(9, 'ssh admin@SRV-OLD lpstat -p'))

      expect(await items(of)).toMatchObject([{ title: 'Printer driver', category: 'problem' }])
      expect(await time(of.ana, of.client_id)).toMatchObject([{ raw_seconds: 120, measured_seconds: 540 }])
    })

    test('obeys the rules of a lead, the client’s before everyone’s', async () => {
      const of = await working()
      const { api } = msp.admin
      const label = await api.tags.create({ slug: `cups-${serial}-${database}`, name: 'CUPS' })
      const own = { slug: `printers-${serial}-${database}`, name: 'Printers', category: 'service_request' } as const
      const kind = await api.workCategories.create(own)
      const rule = { client_id: of.client_id, looks_at: 'command', pattern: 'cups' } as const
      await api.tagRules.create({ ...rule, name: 'tag', tag_id: label.id })
      await api.tagRules.create({ ...rule, name: 'kind', work_category_id: kind.id })

      await of.send(...spooler(of), of.close(40))

      expect(await items(of)).toMatchObject([{ category: 'service_request', work_category_id: kind.id }])
      const tagged = await of.ana.api.workItems.list({ client_id: of.client_id, tag: label.slug })
      expect(tagged.items).toHaveLength(1)
    })

    test('teaches with its corrections: the second of a kind makes a rule of the first', async () => {
      const of = await working()
      await of.send(of.open, ...patches(of), of.close(40))
      const [item] = await items(of)
      const rules = async () =>
        (await msp.admin.api.tagRules.list({})).items.filter(({ client_id }) => client_id === of.client_id)

      await of.ana.api.workItems.categorize({ id: item?.id as string, category: 'project' })
      expect(await rules()).toMatchObject([
        { pattern: 'apt-get[^|;&]* dist-upgrade', is_enabled: false, priority: 500 },
      ])
      const stream = randomUUID()
      await of.send(...[of.open, ...patches(of), of.close(40)].map((event) => inStream(event, stream)))
      const other = (await items(of)).find(({ id }) => id !== item?.id)
      expect(other).toMatchObject({ category: 'maintenance' })
      await of.ana.api.workItems.categorize({ id: other?.id as string, category: 'project' })
      expect(await rules()).toMatchObject([{ is_enabled: true }])

      const third = randomUUID()
      await of.send(...[of.open, ...patches(of), of.close(40)].map((event) => inStream(event, third)))

      const learned = (await items(of)).filter(({ categorized_by }) => categorized_by === 'auto')
      expect(learned).toMatchObject([{ category: 'project' }])
    })

    test('of which nothing is recorded leaves nothing', async () => {
      const of = await working()
      await of.send(of.open, of.close(300))

      expect(await items(of)).toEqual([])
      expect(await time(of.ana, of.client_id)).toEqual([])
    })
  })
}
