import { validate } from '@scalar/openapi-parser'
import { describe, expect, test } from 'vitest'
import { type Entities, entities, everyOperation } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'
import { overRest } from './wires.ts'

/** What the server says about itself: its documentation, its health and its figures. */

interface Document {
  paths: Record<string, Record<string, Described>>
}
interface Described {
  operationId: string
  summary: string
  description: string
  parameters?: { name: string; in: string; example?: unknown; schema: unknown }[]
  requestBody?: { content: { 'application/json': { example: unknown } } }
  responses: Record<string, unknown>
  security?: unknown[]
}

for (const database of DATABASES) {
  describe(`what the server says of itself, on ${database}`, () => {
    test('the OpenAPI document is valid and describes every operation', async () => {
      await using msp = await testServer({ database })

      const document = (await (await fetch(`${msp.url}/api/openapi.json`)).json()) as Document & Record<string, unknown>

      const { valid, errors } = await validate(document)
      expect(errors ?? []).toEqual([])
      expect(valid).toBe(true)
      const described = Object.values(document.paths).flatMap((methods) => Object.values(methods))
      expect(described.map((operation) => operation.operationId).sort()).toEqual(
        everyOperation()
          .map(([domain, name]) => `${domain}.${name}`)
          .sort(),
      )
      expect(described.filter((operation) => !operation.summary || !operation.description)).toEqual([])
    })

    test('an MSP can keep everything through it: at least 130 operations over at least 21 entities', async () => {
      await using msp = await testServer({ database })

      const document = (await (await fetch(`${msp.url}/api/openapi.json`)).json()) as Document

      expect(Object.values(document.paths).flatMap(Object.values).length).toBeGreaterThanOrEqual(130)
      const listed = Object.keys(entities).filter((name) => document.paths[entities[name as keyof Entities].path]?.get)
      expect(listed.length).toBeGreaterThanOrEqual(21)
    })

    test('every operation has an example of what it takes, and names its errors', async () => {
      await using msp = await testServer({ database })
      const document = (await (await fetch(`${msp.url}/api/openapi.json`)).json()) as Document
      const byId = new Map(
        Object.values(document.paths).flatMap((methods) =>
          Object.values(methods).map((operation): [string, Described] => [operation.operationId, operation]),
        ),
      )

      const wanting: string[] = []
      for (const [domain, name, { example, scope, errors }] of everyOperation()) {
        const operation = byId.get(`${domain}.${name}`) as Described
        const shown: Record<string, unknown> = Object.assign(
          {},
          operation.requestBody?.content['application/json'].example,
          ...(operation.parameters ?? []).map((parameter) => ({ [parameter.name]: parameter.example })),
        )
        const missing = Object.keys(example).filter((key) => key !== 'row_version' && shown[key] === undefined)
        if (missing.length > 0) wanting.push(`${domain}.${name} shows no ${missing.join()}`)
        const statuses = [
          '400',
          '500',
          '503',
          ...(scope ? ['401', '403'] : []),
          ...(errors.includes('NOT_FOUND') ? ['404'] : []),
        ]
        const silent = statuses.filter((status) => !(status in operation.responses))
        if (silent.length > 0) wanting.push(`${domain}.${name} does not tell of ${silent.join()}`)
      }

      expect(wanting).toEqual([])
    })

    test('every example is one that the contract takes', () => {
      const refused = everyOperation().filter(
        ([, , { input, example }]) =>
          !(input as unknown as { safeParse(value: unknown): { success: boolean } }).safeParse(example).success,
      )

      expect(refused.map(([domain, name]) => `${domain}.${name}`)).toEqual([])
    })

    test('the docs page refers to this server and nowhere else', async () => {
      await using msp = await testServer({ database })

      const page = await fetch(`${msp.url}/api/docs`)
      const html = await page.text()

      const addresses = [...html.matchAll(/(?:src|href|data-url)="([^"]*)"/g)].map((match) => match[1])
      expect(addresses).toEqual(['/api/openapi.json', '/api/docs/scalar.js'])
      expect(html).not.toMatch(/https?:/)
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self';/)
    })

    test('it is alive and ready, and says when the database is gone', async () => {
      await using msp = await testServer({ database })
      const ask = async (path: string) => {
        const answer = await fetch(`${msp.url}${path}`)
        return [answer.status, await answer.json()]
      }

      const before = await ask('/readyz')
      await msp.server.deps.db.destroy()

      expect(before).toEqual([200, { status: 'ready', database: true, migrations: true, keys: true }])
      expect(await ask('/readyz')).toEqual([
        503,
        { status: 'not ready', database: false, migrations: false, keys: true },
      ])
      expect((await ask('/healthz'))[0]).toBe(200)
      const call = await overRest(msp.url, msp.admin.accessToken, 'clients.list', {})
      expect(call).toMatchObject({ status: 503, code: 'UNAVAILABLE' })
    })

    test('figures name operations and statuses, never a path with an id', async () => {
      await using msp = await testServer({ database })
      const id = await msp.client('Dataforth')
      await msp.admin.rest('GET', `/clients/${id}`)
      await msp.admin.rest('GET', `/nothing/${id}`)

      const figures = await (await fetch(`${msp.url}/metrics`)).text()

      expect(figures).toMatch(/msp_http_requests_total\{route="clients.get",status="200"\} 1/)
      expect(figures).toMatch(/msp_http_requests_total\{route="none",status="404"\} 1/)
      expect(figures).toContain('process_cpu_seconds_total')
      expect(figures).not.toContain(id)
    })

    test('figures are not for strangers behind a proxy', async () => {
      await using msp = await testServer({ database })
      const ask = (headers: Record<string, string>) =>
        fetch(`${msp.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9', ...headers } })

      const stranger = await ask({})
      const admin = await ask({ authorization: `Bearer ${msp.admin.accessToken}` })

      expect([stranger.status, admin.status]).toEqual([403, 200])
    })
  })
}
