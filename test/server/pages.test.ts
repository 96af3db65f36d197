import { describe, expect, test } from 'vitest'
import type { Page } from '../../src/contract/kernel.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { type Input, overRest } from './wires.ts'

/** Lists, page by page: each row once, in an order that both databases agree on. */

type Row = { id: string } & Record<string, unknown>

/** Every page of a list, in the order in which it came. */
async function walk(msp: TestServer, path: string, input: Input): Promise<Row[]> {
  const items: Row[] = []
  let cursor: string | null = null
  do {
    const answer = await overRest(msp.url, msp.admin.accessToken, path, { ...input, ...(cursor ? { cursor } : {}) })
    const page = answer.body as Page<Row>
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return items
}

/** Byte by byte in UTF-8, which is the order of code points; no value comes first; equal ones by id. */
function inOrder<R extends Row>(rows: readonly R[], column: keyof R): R[] {
  const key = (row: R) => (row[column] === null ? Buffer.alloc(0) : Buffer.concat([Buffer.of(1), bytes(row[column])]))
  return [...rows].sort((a, b) => Buffer.compare(key(a), key(b)) || Buffer.compare(bytes(a.id), bytes(b.id)))
}
const bytes = (value: unknown) => Buffer.from(String(value))

const standard = (msp: TestServer, index: number) => ({
  id: msp.server.deps.newId(),
  created_at: new Date(Date.parse('2026-01-01T00:00:00.000Z') + index * 1_000).toISOString(),
  updated_at: '2026-01-12T09:00:00.000Z',
  created_by: null,
  updated_by: null,
  archived_at: null,
  row_version: 1,
})

async function insertTasks(msp: TestServer, count: number): Promise<Row[]> {
  const client_id = await msp.client('Dataforth')
  const rows = Array.from({ length: count }, (_, index) => ({
    ...standard(msp, index),
    client_id,
    kind: 'task' as const,
    title: `Task ${index}`,
    priority: `p${(index % 5) + 1}` as 'p1',
    status: 'todo' as const,
    // A third has no date, and many share one.
    due_at: index % 3 === 0 ? null : `2026-02-${String((index % 7) + 10)}T00:00:00.000Z`,
  }))
  await msp.server.deps.db
    .insertInto('tasks')
    .values(rows as never)
    .execute()
  return rows
}

/** Names that collations disagree on. Inserted by hand: the API trims what people type. */
const HOSTNAMES = [
  'srv',
  'SRV',
  'Srv',
  'srv ',
  'srv  ',
  'srv\t',
  'srv!',
  'srv1',
  'srv10',
  'srv2',
  'sr',
  'straße',
  'strasse',
  'äpfel',
  'Äpfel',
  'a\u0308pfel',
  'apfel',
  'zebra',
  'ｓｒｖ',
  '😀',
  '😀😀',
  '👩‍💻',
  '\uffee',
  '漢字',
  'ﬀ',
  '-srv',
  '_srv',
  '%srv',
  '\\srv',
  "'srv",
]

async function insertHosts(msp: TestServer): Promise<Row[]> {
  const client_id = await msp.client('Dataforth')
  const rows = HOSTNAMES.map((hostname, index) => ({
    ...standard(msp, index),
    client_id,
    kind: 'laptop',
    roles: '[]',
    hostname,
    hostname_key: `host ${index}`,
    status: 'active' as const,
    criticality: 'low' as const,
    limitations: '[]',
    custom: '{}',
  }))
  await msp.server.deps.db
    .insertInto('infrastructure')
    .values(rows as never)
    .execute()
  return rows
}

for (const database of DATABASES) {
  describe(`pages, on ${database}`, () => {
    test('a walk over 500 rows sees each once, in both directions, those without a value too', async () => {
      await using msp = await testServer({ database })
      const tasks = await insertTasks(msp, 500)

      for (const sort of ['due_at', 'priority', 'created_at']) {
        const up = await walk(msp, 'tasks.list', { sort, limit: 37 })
        const down = await walk(msp, 'tasks.list', { sort: `-${sort}`, limit: 41 })

        const expected = inOrder(tasks, sort).map((row) => row.id)
        expect(up.map((row) => row.id)).toEqual(expected)
        expect(down.map((row) => row.id)).toEqual(expected.reverse())
      }
    })

    test('rows that come and go during a walk disturb no other', async () => {
      await using msp = await testServer({ database })
      const tasks = await insertTasks(msp, 60)
      const first = (await overRest(msp.url, msp.admin.accessToken, 'tasks.list', { sort: 'created_at', limit: 20 }))
        .body as Page<Row>

      await msp.admin.api.tasks.archive({ id: tasks[0]?.id as string })
      await msp.admin.api.tasks.archive({ id: first.items[19]?.id as string })
      const rest = await walk(msp, 'tasks.list', { sort: 'created_at', limit: 20, cursor: first.next_cursor })

      const ids = inOrder(tasks, 'created_at').map((row) => row.id)
      expect(rest.map((row) => row.id)).toEqual(ids.slice(20))
    })

    test('both databases sort by code point: case, emoji and trailing spaces count', async () => {
      await using msp = await testServer({ database })
      const hosts = await insertHosts(msp)

      const up = await walk(msp, 'infrastructure.list', { sort: 'hostname', limit: 4 })
      const down = await walk(msp, 'infrastructure.list', { sort: '-hostname', limit: 5 })

      const expected = inOrder(hosts, 'hostname').map((row) => row.hostname)
      expect(up.map((row) => row.hostname)).toEqual(expected)
      expect(down.map((row) => row.hostname)).toEqual(expected.reverse())
    })

    test('both databases find the same: letter case is ignored, wildcards and quotes are text', async () => {
      await using msp = await testServer({ database })
      await insertHosts(msp)
      const find = async (q: string) =>
        (await walk(msp, 'infrastructure.list', { q, sort: 'hostname' })).map((row) => row.hostname)

      const found = {
        srv: (await find('sRV')).length,
        '%': await find('%'),
        _: await find('_'),
        '\\': await find('\\'),
        "'": await find("'"),
        äp: await find('ÄP'),
        emoji: await find('👩‍💻'),
        '😀': await find('😀'),
      }

      expect(found).toEqual({
        srv: HOSTNAMES.filter((name) => name.toLowerCase().includes('srv')).length,
        '%': ['%srv'],
        _: ['_srv'],
        '\\': ['\\srv'],
        "'": ["'srv"],
        äp: ['Äpfel', 'äpfel'],
        emoji: ['👩‍💻'],
        '😀': ['😀', '😀😀'],
      })
    })

    test('a filter is exact: letter case, accents and trailing spaces count', async () => {
      await using msp = await testServer({ database })
      const machineId = await msp.machine(msp.admin, 'Straße-1')
      const names = async (hostname: string) =>
        (await msp.admin.api.machines.list({ hostname })).items.map((row) => row.id)

      expect(await names('Straße-1')).toEqual([machineId])
      expect([await names('straße-1'), await names('Strasse-1')]).toEqual([[], []])
    })

    test('a cursor of another list, another order or nobody is refused', async () => {
      await using msp = await testServer({ database })
      await insertTasks(msp, 3)
      const list = (input: Input) => overRest(msp.url, msp.admin.accessToken, 'tasks.list', { limit: 1, ...input })
      const { next_cursor } = (await list({ sort: 'due_at' })).body as Page<Row>

      const answers = [
        await list({ sort: 'created_at', cursor: next_cursor }),
        await list({ cursor: 'bm90IGEgY3Vyc29y' }),
        await list({ cursor: Buffer.from('{"sort":"-created_at","value":{},"id":"x"}').toString('base64url') }),
      ]

      expect(answers.map((answer) => answer.code)).toEqual(Array(3).fill('INVALID_INPUT'))
    })
  })
}
