import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { entities, everyOperation } from '../../src/contract/index.ts'
import { referenceOf } from '../../src/contract/values.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../support/server.ts'
import { dump } from './dump.ts'
import { operationInputs } from './operation-inputs.ts'
import { type EntityName, entityNames, OF_CLIENTS } from './sample-rows.ts'
import { idsOf, type TwoClients, twoClients } from './two-clients.ts'
import { type Answer, type Input, noSuchId, overRest, overRpc, rpcBatch } from './wires.ts'

/**
 * Ben works for Contoso. Whatever he sends, Northwind's rows answer him like rows that do not exist, and nothing that he gets holds
 * an id or a text of them. A new operation, or a new field that names a row, is swept without being asked.
 */

/** An id that the caller makes up, though others may have the same: the name of a Claude Code session. */
const MADE_UP = 'sessions.create claude_session_id'

interface Probe {
  path: string
  field: string
  hidden: unknown
  random: unknown
}

/** Every field of every operation into which an id of Northwind's can be put. */
function probesOf({ northwind }: TwoClients): Probe[] {
  const probes: Probe[] = []
  for (const [domain, name, operation] of everyOperation()) {
    const path = `${domain}.${name}`
    for (const [field, schema] of Object.entries((operation.input as unknown as z.ZodObject).shape)) {
      const of = field === 'id' ? domain : referenceOf(schema as z.ZodType)
      const isTheirs = OF_CLIENTS.includes(of as EntityName)
      const hidden = isTheirs
        ? northwind.rows[of as EntityName]
        : field === 'claude_session_id'
          ? northwind.ownStream
          : undefined
      if (hidden === undefined || `${path} ${field}` === MADE_UP) continue
      const wrapped = (id: string) =>
        schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodArray ? [id] : id
      probes.push({ path, field, hidden: wrapped(hidden), random: wrapped(noSuchId()) })
      if (field === 'id') probes.push({ path, field, hidden: hidden.slice(-8), random: noSuchId().slice(-8) })
    }
  }
  return probes
}

/** An answer without what must differ: the id that was asked for. */
const apart = (answer: Answer, id: unknown) => JSON.stringify(answer).replaceAll(String(id), '(the id)')

for (const database of DATABASES) {
  describe(`what a technician of another client gets, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    let hiddenWords: string[]
    const inputOf = (path: string): Input => operationInputs(world)[path] as Input
    const leaksIn = (answer: unknown) => {
      const text = JSON.stringify(answer)
      return hiddenWords.filter((word) => text.includes(word))
    }
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
      hiddenWords = [world.northwind.marker, ...(await idsOf(msp, world.northwind.rows.clients))]
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test.each([
      ['RPC', overRpc],
      ['REST', overRest],
    ] as const)(
      'B2: an id of Northwind is answered like one that nobody has, over %s, and changes nothing',
      { timeout: 300_000 },
      async (_, call) => {
        const probes = probesOf(world)
        const before = await dump(msp.server)

        const told: string[] = []
        for (const { path, field, hidden, random } of probes) {
          const toHidden = await call(msp.url, world.ben.accessToken, path, { ...inputOf(path), [field]: hidden })
          const toRandom = await call(msp.url, world.ben.accessToken, path, { ...inputOf(path), [field]: random })
          if (apart(toHidden, hidden) !== apart(toRandom, random))
            told.push(`${path} ${field}: ${apart(toHidden, hidden)} instead of ${apart(toRandom, random)}`)
          if (leaksIn({ ...toHidden, body: apart(toHidden, hidden) }).length > 0) told.push(`${path} ${field} leaks`)
        }

        expect(told).toEqual([])
        expect(await dump(msp.server)).toEqual(before)
      },
    )

    test('B3: in a batch each call stands for itself', async () => {
      const probes = probesOf(world)
      const gets = probes
        .filter(({ path, hidden }) => path.endsWith('.get') && String(hidden).length === 36)
        .slice(0, 9)
      const calls = gets.flatMap(({ path, hidden, field }) => [
        [path, { [field]: hidden }] as const,
        [path, inputOf(path)] as const,
      ])

      const answers = await rpcBatch(msp.url, world.ben.accessToken, calls)

      expect(answers.map((answer) => answer.status)).toEqual(gets.flatMap(() => [404, 200]))
      expect(leaksIn(answers.filter((answer) => answer.status === 200))).toEqual([])
    })

    // Admins see every client: what only they may list keeps nothing from anybody.
    const listed = entityNames.filter((name) => entities[name].offers.list.role !== 'admin')
    test.each(listed)('B5: no list of %s, no total and no search shows a row of Northwind', async (domain) => {
      const all = { limit: 200, archived: true, total: true }
      const entity = entities[domain]
      const { northwind, contoso } = world
      const { accessToken } = entity.offers.list.role === 'lead' ? world.lena : world.ben
      const hiddenRow = (await overRpc(msp.url, msp.admin.accessToken, `${domain}.list`, all)).body as {
        items: { id: string }[]
      }
      const queries: Input[] = [
        all,
        ...entity.sort.flatMap((sort) => [
          { ...all, sort },
          { ...all, sort: `-${sort}` },
        ]),
        ...(entity.searched.length > 0
          ? [
              { ...all, q: northwind.marker },
              { ...all, q: '%' },
              { ...all, q: 'zq7' },
            ]
          : []),
        // A page that begins at a row of Northwind.
        ...hiddenRow.items.map(({ id }) => ({
          ...all,
          cursor: Buffer.from(JSON.stringify({ sort: `-${entity.sort[0]}`, value: '9999', id })).toString('base64url'),
        })),
      ]

      const answers = []
      for (const query of queries) answers.push(await overRest(msp.url, accessToken, `${domain}.list`, query))

      expect(answers.map((answer) => answer.status)).toEqual(queries.map(() => 200))
      expect(leaksIn(answers)).toEqual([])
      const found = answers[0]?.body as { items: unknown[]; total: number }
      expect(found.total).toBe(found.items.length)
      if (OF_CLIENTS.includes(domain)) {
        expect(JSON.stringify(found)).toContain(contoso.rows[domain])
        expect(found.total).toBeLessThan(hiddenRow.items.length)
      }
    })

    test('the search that hides Northwind from Ben finds it for Ana', async () => {
      const searchable = listed.filter(
        (name) =>
          OF_CLIENTS.includes(name) &&
          entities[name].offers.list.role === 'viewer' &&
          entities[name].searched.some((column) => column in entities[name].example),
      )
      const totals: Record<string, [ana: number, ben: number]> = {}
      for (const name of searchable) {
        const search = async (token: string) =>
          ((await overRpc(msp.url, token, `${name}.list`, { q: 'ZQ7NW', total: true })).body as { total: number }).total
        totals[name] = [await search(world.ana.accessToken), await search(world.ben.accessToken)]
      }

      expect(Object.entries(totals).filter(([, [ana, ben]]) => !(ana > 0 && ben === 0))).toEqual([])
      expect(searchable.length).toBeGreaterThan(20)
    })

    test('B5: names, codes, aliases, domains and repositories of Northwind mean nothing to Ben', async () => {
      const { ben, northwind } = world
      const { code } = await msp.admin.api.clients.get({ id: northwind.rows.clients })
      const texts = [
        'Northwind',
        'northwind zq7nw',
        'zq7nw',
        'zq7nw alias',
        code as string,
        northwind.rows.clients,
        'zq',
      ]

      const answers: unknown[] = []
      for (const text of texts) {
        answers.push(await ben.api.clients.resolve({ text }), await ben.api.projects.resolve({ text }))
        answers.push(await overRest(msp.url, ben.accessToken, 'sessions.list', { client: text }))
      }
      answers.push(await ben.api.projects.resolve({ git_remote: northwind.gitRemote }))

      expect(leaksIn(answers).filter((word) => !texts.some((text) => text.includes(word)))).toEqual([])
      expect(answers.filter((answer) => JSON.stringify(answer).includes(northwind.rows.projects))).toEqual([])
    })

    test('F8: no context block of Ben holds anything of Northwind, whatever he asks for', async () => {
      const { ben, northwind, contoso, machineId } = world
      const asked: Input[] = [
        {},
        { machine_id: machineId },
        { git_remote: northwind.gitRemote },
        { claude_session_id: northwind.ownStream },
        { claude_session_id: northwind.stream },
        { claude_session_id: northwind.stream, purpose: 'resume' },
        { claude_session_id: northwind.stream, purpose: 'compact' },
        { client_id: contoso.rows.clients, git_remote: northwind.gitRemote },
        { client_id: contoso.rows.clients, claude_session_id: northwind.stream, purpose: 'compact' },
        { mode: 'normal' },
        { mode: 'dev' },
      ]

      const blocks = []
      for (const input of asked) blocks.push(await overRpc(msp.url, ben.accessToken, 'context.get', input))

      expect(blocks.map((block) => block.status)).toEqual(asked.map(() => 200))
      expect(leaksIn(blocks)).toEqual([])
    })

    test.each(['start', 'mode', 'resume', 'compact'])(
      'a block for Contoso (%s) says nothing of Northwind even to Ana, who may see both',
      async (purpose) => {
        const { ana, contoso, machineId } = world
        const input = { client_id: contoso.rows.clients, machine_id: machineId, purpose, budget: 1_500 }

        const block = await overRpc(msp.url, ana.accessToken, 'context.get', input)

        expect(block.status).toBe(200)
        expect(leaksIn(block)).toEqual([])
      },
    )

    test('events that name Northwind are taken like those that name nobody', async () => {
      const { ben, machineId, northwind } = world
      const opening = (stream: string, client_id: string, project_id: string) =>
        anEvent('session.opened', { mode: 'msp', client_id, project_id, trigger: 'command' }, { id: 'open:1', stream })
      const [hiddenStream, randomStream] = [noSuchId(), noSuchId()]

      const { outcomes } = await msp.ingest(ben, machineId, [
        opening(hiddenStream, northwind.rows.clients, northwind.rows.projects),
        opening(randomStream, noSuchId(), noSuchId()),
        anEvent('command', { command: 'hostname' }, { stream: northwind.stream, stretch: 1 }),
      ])

      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['accepted', 'accepted', 'refused'])
      expect(leaksIn(outcomes[2]?.message)).toEqual([])
      const { items } = await ben.api.sessions.list({ technician_id: ben.id })
      expect(items.map(({ client_id, project_id }) => [client_id, project_id])).toEqual([
        [null, null],
        [null, null],
      ])
    })
  })
}
