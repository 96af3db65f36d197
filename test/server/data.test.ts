import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { referencesOf } from '../../src/contract/entity-schemas.ts'
import { entities } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { type EntityName, OF_CLIENTS } from './sample-rows.ts'
import { type TwoClients, twoClients } from './two-clients.ts'
import { type Input, operationOf, overRest } from './wires.ts'

/** What the database itself keeps right, whoever writes into it. */

/** Columns that name a row of one client. Those of users, machines and tags are everybody's. */
const pointers = OF_CLIENTS.filter((name) => name !== 'clients').flatMap((name) =>
  Object.entries(entities[name].references)
    .filter(([column, target]) => column !== 'client_id' && OF_CLIENTS.includes(target as EntityName))
    // Where the named row may be everybody's, its key has no client in it: the API looks, see below.
    .filter(([, target]) => entities[target as EntityName].belongs === 'client')
    .map(([column, target]) => ({ name, column, target: target as EntityName })),
)
/** Fields that people change and that name a row of a client. */
const joins = OF_CLIENTS.filter((name) => 'update' in entities[name].offers).flatMap((name) =>
  Object.entries(referencesOf((operationOf(`${name}.update`).input as unknown as z.ZodObject).shape as never))
    .filter(([, target]) => OF_CLIENTS.includes(target as EntityName))
    .map(([field, target]) => ({ name, field, target: target as EntityName })),
)

/** Ids that are somebody else's (of an agent, a provider, a vendor), or of one table or another. */
const NOT_OURS =
  /^(id|agent_id|claude_session_id|circuit_id|vlan_id|request_id|entity_id|principal_id|current_version_id)$|^(tenant|external|customer|gdap|csp|event|export|migration|plan|computer|dedup|trigger)\w*_id$/

for (const database of DATABASES) {
  describe(`what the database keeps right, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** Why the database refused a statement, or "taken". */
    const attempt = async (statement: ReturnType<typeof sql>): Promise<string> => {
      const { db, dialect } = msp.server.deps
      return statement.execute(db).then(
        () => 'taken',
        (error: unknown) => dialect.refusal(error) ?? `unknown: ${(error as Error).message}`,
      )
    }
    const set = (table: string, id: string, column: string, value: unknown) =>
      attempt(sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where id = ${id}`)
    const create = (path: string, input: Input) => overRest(msp.url, msp.admin.accessToken, path, input)

    test('every column that is called an id says whose', () => {
      const silent = OF_CLIENTS.flatMap((name) =>
        entities[name].columns
          .filter((column) => /(^|_)id$/.test(column) && !NOT_OURS.test(column) && !entities[name].references[column])
          .map((column) => `${name} ${column}`),
      )

      expect(silent).toEqual([])
    })

    test.each(pointers)('$name $column never names a row of another client', async ({ name, column, target }) => {
      const { northwind, contoso } = world
      const { table, columns } = entities[name]
      // Numbers count within a session: one that is free, so that only the reference can be at fault.
      if (columns.includes('seq')) await set(table, contoso.rows[name], 'seq', 999)

      const across = await set(table, contoso.rows[name], column, northwind.rows[target])
      const own = await set(table, contoso.rows[name], column, contoso.rows[target])

      // Some rows hold to a rule about their references, or change no more at all.
      if (across !== 'reference') expect(['check', 'frozen', 'unique']).toContain(across)
      else expect(['taken', 'unique', 'check']).toContain(own)
    })

    test.each(OF_CLIENTS.filter((name) => name !== 'clients'))(
      '%s has rows of clients that exist, no others',
      async (name) => {
        const { table } = entities[name]

        const refused = await set(table, world.contoso.rows[name], 'client_id', '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e9999')

        expect(['reference', 'check', 'frozen']).toContain(refused)
      },
    )

    test('a row without a client does not point to a row of one', async () => {
      const { rows } = world.contoso
      const answers = [
        await create('tasks.create', { title: 'x', session_id: rows.sessions }),
        await create('tasks.create', { title: 'x', project_id: rows.projects }),
        await create('tasks.create', { title: 'x', parent_task_id: rows.tasks }),
        await create('conversationContexts.create', {
          kind: 'handoff',
          title: 'x',
          dense_summary: 'x',
          session_id: rows.sessions,
        }),
        await create('problemSolutions.create', {
          title: 'x',
          symptom: 'x',
          solution: 'x',
          work_item_id: rows.workItems,
        }),
        await create('sessions.create', {
          machine_id: world.machineId,
          mode: 'normal',
          claude_session_id: 'x',
          parent_session_id: rows.sessions,
        }),
      ]

      expect(answers.map((answer) => answer.code)).toEqual(answers.map(() => 'INVALID_INPUT'))
    })

    test('who may see both clients cannot join their rows either', async () => {
      const { northwind, contoso, ana } = world
      const of = { client_id: contoso.rows.clients }
      const ask = (path: string, input: Input) => overRest(msp.url, ana.accessToken, path, input)
      const answers = [
        await ask('infrastructure.create', { ...of, kind: 'laptop', hostname: 'x', site_id: northwind.rows.sites }),
        await ask('workItems.create', { ...of, session_id: northwind.rows.sessions, title: 'x' }),
        await ask('workItems.create', {
          ...of,
          session_id: contoso.rows.sessions,
          project_id: northwind.rows.projects,
          title: 'x',
        }),
        await ask('tasks.create', { ...of, title: 'x', session_id: northwind.rows.sessions }),
        await ask('problemSolutions.update', {
          id: contoso.rows.problemSolutions,
          superseded_by_id: northwind.rows.problemSolutions,
        }),
      ]
      const done = await ana.api.tasks.complete({
        id: contoso.rows.tasks,
        session_id: northwind.rows.sessions,
        force: true,
      })

      expect(answers.map((answer) => answer.code)).toEqual(answers.map(() => 'INVALID_INPUT'))
      expect(done).toMatchObject({ status: 'done', completed_in_session_id: null })
    })

    test.each(joins)('$name $field is refused a row of another client', async ({ name, field, target }) => {
      const { northwind, contoso } = world

      const answer = await overRest(msp.url, msp.admin.accessToken, `${name}.update`, {
        id: contoso.rows[name],
        [field]: northwind.rows[target],
      })

      expect(['INVALID_INPUT', 'CONFLICT', 'NOT_FOUND']).toContain(answer.code)
    })

    test.each([
      ['sessions', 'ended_at', '2025-01-01T00:00:00.000Z'],
      ['sessions', 'mode', 'development'],
      ['sessions', 'is_billable', 2],
      ['tasks', 'status', 'todo'],
      ['tasks', 'priority', 'p6'],
      ['conversationContexts', 'importance', 11],
      ['conversationContexts', 'key_points', 'not json'],
      ['problemSolutions', 'times_succeeded', 99],
      ['failurePatterns', 'confidence_percent', 101],
      ['failurePatterns', 'scope', 'galaxy'],
      ['clients', 'type', 'friend'],
      ['infrastructure', 'custom', '{'],
      ['commandsRun', 'success', 1],
    ] as const)('%s.%s cannot be set to %s', async (name, column, value) => {
      // A task that is done has the instant; a failed command has its category.
      if (name === 'tasks')
        await sql`update tasks set status = 'done', completed_at = '2026-01-12T09:00:00.000Z' where id = ${world.contoso.rows.tasks}`.execute(
          msp.server.deps.db,
        )
      expect(await set(entities[name].table, world.contoso.rows[name], column, value)).toBe('check')
    })

    test('what must be there cannot be left out', async () => {
      expect(await set('clients', world.contoso.rows.clients, 'name', null)).toBe('check')
      expect(await set('commands_run', world.contoso.rows.commandsRun, 'session_id', null)).toBe('check')
    })

    test('a client that is pointed to cannot be deleted', async () => {
      expect(await attempt(sql`delete from clients where id = ${world.contoso.rows.clients}`)).toBe('reference')
    })

    test.each([
      ['clients', (name: string) => ({ name })],
      [
        'clients',
        (name: string) => ({ name: `Client ${name}`, code: `C${name.replace(/\W/g, '').toUpperCase()}`.slice(0, 10) }),
      ],
      ['clientAliases', (alias: string) => ({ client_id: world.contoso.rows.clients, alias })],
      ['projects', (name: string) => ({ client_id: world.contoso.rows.clients, name })],
      [
        'projects',
        (name: string) => ({
          client_id: world.contoso.rows.clients,
          name: `P ${name} ${Math.random()}`,
          code: 'TWICE',
        }),
      ],
      ['sites', (name: string) => ({ client_id: world.contoso.rows.clients, name })],
      ['infrastructure', (hostname: string) => ({ client_id: world.contoso.rows.clients, kind: 'laptop', hostname })],
      [
        'infrastructure',
        (serial_number: string) => ({
          client_id: world.contoso.rows.clients,
          kind: 'laptop',
          hostname: `h ${Math.random()}`,
          serial_number,
        }),
      ],
      ['tags', (name: string) => ({ slug: `s-${name.toLowerCase().replace(/\W/g, '')}`, name })],
    ])('names of %s are unique among those that are not archived (%#)', async (domain, input) => {
      const made = await create(`${domain}.create`, input('Twin 1'))
      const { id } = made.body as { id: string }
      const twin = await create(`${domain}.create`, input('Twin 1'))
      await overRest(msp.url, msp.admin.accessToken, `${domain}.archive`, { id })
      const successor = await create(`${domain}.create`, input('Twin 1'))
      const restored = await overRest(msp.url, msp.admin.accessToken, `${domain}.restore`, { id })

      expect([made, twin, successor, restored].map((answer) => answer.code ?? answer.status)).toEqual([
        201,
        'CONFLICT',
        201,
        'CONFLICT',
      ])
    })

    test('letter case, width and spaces do not make another name', async () => {
      await create('clients.create', { name: 'Größe GmbH' })
      const twins = ['GRÖSSE GmbH', 'größe gmbh', 'Größe  GmbH', 'Ｇröße GmbH', 'Gro\u0308ße GmbH']

      const answers = []
      for (const name of twins) answers.push((await create('clients.create', { name })).code ?? 'made')

      // ß and SS are two names: folding them is right in German only.
      expect(answers).toEqual(['made', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT'])
    })

    test('twenty who create one client at once: one of them does', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => create('clients.create', { name: 'Race Ltd' })),
      )

      const codes = answers.map((answer) => answer.code ?? 'made')
      expect(codes.filter((code) => code === 'made')).toHaveLength(1)
      expect(new Set(codes)).toEqual(new Set(['made', 'CONFLICT']))
    })

    test('twenty work items at once get twenty numbers in a row', async () => {
      const { rows } = world.northwind
      const input = { client_id: rows.clients, session_id: rows.sessions, title: 'At once' }

      const answers = await Promise.all(Array.from({ length: 20 }, () => create('workItems.create', input)))

      const numbers = answers.map((answer) => (answer.body as { seq: number }).seq).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => (numbers[0] as number) + index))
    })

    if (database === 'mariadb')
      test('connections that an administrator kills are replaced, and nothing is done twice', async () => {
        const { db } = msp.server.deps
        const { rows } = await sql<{
          id: number
        }>`select id from information_schema.processlist where db = database() and id <> connection_id()`.execute(db)
        for (const { id } of rows) await attempt(sql`kill ${sql.lit(id)}`)

        const answers = []
        for (let index = 0; index < 12; index++)
          answers.push(await create('clients.create', { name: `After the kill ${index}` }))

        expect(answers.filter((answer) => ![201, 503].includes(answer.status))).toEqual([])
        expect(answers.slice(-3).map((answer) => answer.status)).toEqual([201, 201, 201])
      })

    test('each change counts the version and says who and when', async () => {
      const { id } = (await create('sites.create', { client_id: world.contoso.rows.clients, name: 'Versions' }))
        .body as { id: string }
      const of = { id }
      msp.clock.advance(1_000)
      const updated = await world.ana.api.sites.update({ ...of, city: 'Utrecht' })
      const archived = await world.ana.api.sites.archive(of)
      const restored = await world.ana.api.sites.restore(of)

      expect([updated, archived, restored].map((row) => row.row_version)).toEqual([2, 3, 4])
      expect(updated).toMatchObject({ created_by: msp.admin.id, updated_by: world.ana.id, city: 'Utrecht' })
      expect(updated.updated_at > updated.created_at).toBe(true)
      expect([archived.archived_at === null, restored.archived_at]).toEqual([false, null])
    })
  })
}
