import { connect } from 'node:net'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyOperation } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { operationInputs } from './operation-inputs.ts'
import { type TwoClients, twoClients } from './two-clients.ts'
import { type Input, overRest, overRpc } from './wires.ts'

/** What HTTP adds: two wires with the same answers, versions of rows, queries as text, and refusals that say what to do. */

for (const database of DATABASES) {
  describe(`HTTP, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** A request as it stands here, with the admin's token. */
    const send = async (
      method: string,
      path: string,
      init: { body?: string | Buffer; headers?: Record<string, string> } = {},
    ) => {
      const answer = await fetch(`${msp.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${msp.admin.accessToken}`,
          'content-type': 'application/json',
          ...init.headers,
        },
        ...(init.body === undefined ? {} : { body: init.body }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text === '' ? 'null' : text) }
    }
    const post = (body: string | Buffer, headers?: Record<string, string>) =>
      send('POST', '/api/v1/tags', { body, ...(headers ? { headers } : {}) })

    test('REST and RPC give the same answers to every query', async () => {
      const inputs = operationInputs(world)
      const different: string[] = []
      for (const [domain, name, operation] of everyOperation()) {
        // A file is for REST only; what another system is asked needs one that answers.
        if (operation.kind !== 'query' || operation.streams || operation.errors?.includes('UNAVAILABLE')) continue
        const input = inputs[`${domain}.${name}`] as Input
        const [rest, rpc] = [
          await overRest(msp.url, msp.admin.accessToken, `${domain}.${name}`, input),
          await overRpc(msp.url, msp.admin.accessToken, `${domain}.${name}`, input),
        ]
        if (rest.status !== 200 || JSON.stringify(rest) !== JSON.stringify(rpc)) different.push(`${domain}.${name}`)
      }

      expect(different).toEqual([])
    })

    test('REST and RPC give the same errors', async () => {
      const calls: [string, Input][] = [
        ['clients.get', { id: 'not an id' }],
        ['clients.get', { id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e9999' }],
        ['clients.create', { name: 'Contoso zq7co' }],
        ['clients.create', { name: '' }],
        ['clients.update', { id: world.contoso.rows.clients, row_version: 99, notes: 'x' }],
        ['sessions.list', { client: 'nobody of this name' }],
        ['sessions.list', { cursor: 'AAAA' }],
        ['infrastructure.create', { client_id: world.contoso.rows.clients, kind: 'toaster', hostname: 'x' }],
        ['infrastructure.update', { id: world.contoso.rows.infrastructure, site_id: world.northwind.rows.sites }],
      ]

      for (const [path, input] of calls) {
        const rest = await overRest(msp.url, msp.admin.accessToken, path, input)
        expect(rest.status).toBeGreaterThanOrEqual(400)
        expect(rest.status).toBeLessThan(500)
        expect(await overRpc(msp.url, msp.admin.accessToken, path, input)).toEqual(rest)
      }
    })

    test('any tRPC client can call it', async () => {
      const client = createTRPCClient<AnyRouter>({
        links: [
          httpBatchLink({
            url: `${msp.url}/trpc`,
            methodOverride: 'POST',
            headers: { authorization: `Bearer ${world.ana.accessToken}` },
          }),
        ],
      }) as unknown as Record<string, Record<string, Record<'query' | 'mutate', (input: unknown) => Promise<Input>>>>

      const [me, made, refused] = await Promise.allSettled([
        client.auth?.me?.query({}),
        client.tags?.create?.mutate({ slug: 'from-trpc', name: 'From tRPC' }),
        client.clients?.get?.query({ id: 'nonsense' }),
      ])

      expect(me).toMatchObject({ value: { id: world.ana.id } })
      expect(made).toMatchObject({ value: { slug: 'from-trpc' } })
      const { reason } = refused as PromiseRejectedResult
      expect(reason).toBeInstanceOf(TRPCClientError)
      expect(reason.data).toMatchObject({ code: 'INVALID_INPUT', httpStatus: 400 })
      expect(reason.data.stack).toBeUndefined()
    })

    test('a row carries its version as ETag, and a change from an old version is refused', async () => {
      const { id } = await msp.admin.api.tags.create({ slug: 'versions', name: 'Versions' })
      const path = `/api/v1/tags/${id}`
      const { headers } = await send('GET', path)
      const change = (name: string, match: string) =>
        send('PATCH', path, { body: JSON.stringify({ name }), headers: { 'if-match': match } })

      const first = await change('First', headers.get('etag') as string)
      const late = await change('Late', headers.get('etag') as string)
      const newer = await change('Newer', `W/${first.headers.get('etag')}`)

      expect([headers.get('etag'), first.headers.get('etag')]).toEqual(['"1"', '"2"'])
      expect([first.status, late.status, newer.status]).toEqual([200, 409, 200])
      expect(late.body.error).toMatchObject({ code: 'CONFLICT', details: { row_version: 2 } })
      expect((await change('Nonsense', '3')).status).toBe(400)
      expect((await send('GET', path)).body).toMatchObject({ name: 'Newer', row_version: 3 })
    })

    test('two who change one row at once: one of them is told', async () => {
      const { id } = await msp.admin.api.tags.create({ slug: 'race', name: 'Race' })
      const change = (name: string) =>
        send('PATCH', `/api/v1/tags/${id}`, { body: JSON.stringify({ name, row_version: 1 }) })

      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => change(`Name ${index}`)))

      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
    })

    test('a query string is read as the contract has it: numbers, booleans, days, names', async () => {
      const answers = [
        await send('GET', '/api/v1/sessions?client=Contoso%20zq7co&date_from=2026-01-01&total=true&limit=1'),
        await send('GET', '/api/v1/sessions?client=zq7co&date_from=2026-01-13'),
        await send('GET', '/api/v1/sessions?client=CONTOSO&date_to=2026-01-12&stretch=2'),
        await send('GET', '/api/v1/commands-run?success=false&client_id='.concat(world.contoso.rows.clients)),
      ]

      expect(answers.map((answer) => answer.body.items?.length)).toEqual([1, 0, 1, 1])
      expect(answers[0]?.body.total).toBe(2)
    })

    test.each([
      'limit=ten',
      'limit=0',
      'limit=201',
      'limit=1e2',
      'limit=',
      'total=yes',
      'total=1',
      'date_from=2026-13-01',
      'date_from=yesterday',
      'sort=password_hash',
      'sort=created_at;drop%20table%20clients',
      'status=unknown',
      'client_id=1',
      'limit=1&limit=2',
      'cursor=%00',
      'q=%ED%A0%80&q=x',
      'unknown=1',
      '__proto__=1',
      'constructor=1',
    ])('sessions?%s is refused', async (query) => {
      const answer = await send('GET', `/api/v1/sessions?${query}`)

      expect(answer.status).toBe(400)
      expect(answer.body.error.code).toBe('INVALID_INPUT')
    })

    test.each([
      ['not JSON', '{"slug": '],
      ['a list', '[]'],
      ['a text', '"x"'],
      ['null', 'null'],
      ['a number that is none', '{"slug": NaN}'],
      ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['half a surrogate pair', '{"slug":"x1","name":"\\ud83d"}'],
      ['half a surrogate pair as a key', '{"slug":"x1","name":"x","\\ud83d":1}'],
      ['a NUL', '{"slug":"x1","name":"a\\u0000b"}'],
      ['depth', `{"slug":"x1","name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
      ['a field that also stands in If-Match', '{"slug":"x1","name":"x","row_version":1}'],
    ])('a body with %s is refused', async (_, body) => {
      const answer = await post(body)

      expect(answer.status).toBe(400)
      expect(answer.body.error.code).toBe('INVALID_INPUT')
    })

    test('open attributes may be nested, but not endlessly', async () => {
      const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
      const update = (depth: number) =>
        overRpc(msp.url, world.ana.accessToken, 'machines.update', { id: world.machineId, tools: nested(depth) })

      expect((await update(31)).status).toBe(200)
      expect(await update(32)).toMatchObject({
        code: 'INVALID_INPUT',
        body: { message: expect.stringContaining('flatter') },
      })
      expect(await update(5_000)).toMatchObject({ status: 400, code: 'INVALID_INPUT' })
    })

    test.each([
      ['text/plain', 415],
      ['application/x-www-form-urlencoded', 415],
      ['application/json; charset=utf-8', 400],
    ])('a body as %s is answered %d', async (type, status) => {
      expect((await post('{}', { 'content-type': type })).status).toBe(status)
    })

    test('a compressed body is not unpacked', async () => {
      expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(415)
    })

    test('a body of more than 2 MB is not read, over both wires', async () => {
      const big = JSON.stringify({ slug: 'big', name: 'x'.repeat(2 * 1024 * 1024) })

      const rest = await post(big)
      const rpc = await send('POST', '/trpc/tags.create?batch=1', { body: `{"0":${big}}` })

      expect([rest.status, rpc.status]).toEqual([413, 413])
      expect(rest.body.error.code).toBe('TOO_LARGE')
    })

    test('a batch of more than twenty calls is refused', async () => {
      const path = Array.from({ length: 21 }, () => 'auth.me').join()

      expect((await send('POST', `/trpc/${path}?batch=1`, { body: '{}' })).status).toBe(413)
    })

    test.each([
      ['PUT', '/api/v1/clients', 405, 'GET, POST'],
      ['DELETE', '/api/v1/auth/login', 405, 'POST'],
      ['OPTIONS', '/api/v1/clients', 405, 'GET, POST'],
      ['POST', '/healthz', 405, 'GET, HEAD'],
      ['GET', '/api/v1/nothing', 404, null],
      ['GET', '/api/v2/clients', 404, null],
      ['GET', '/', 404, null],
      ['GET', '/api/v1/clients/%zz', 404, null],
      ['GET', '/api/v1/clients/..%2f..%2fusers', 400, null],
      ['GET', '/trpc/nothing.here?batch=1', 404, null],
      ['GET', '/trpc/clients.constructor?batch=1', 404, null],
      ['GET', '/trpc/__proto__.toString?batch=1', 404, null],
      ['GET', '/trpc/tags.create?batch=1', 405, 'POST'],
    ])('%s %s is answered %d', async (method, path, status, allow) => {
      const answer = await send(method, path)

      expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
    })

    test('HEAD is answered like GET, without a body', async () => {
      const paths = ['/healthz', '/api/v1/clients', `/api/v1/clients/${world.contoso.rows.clients}`, '/api/docs']

      const answers = await Promise.all(paths.map((path) => send('HEAD', path)))

      expect(answers.map(({ status, text }) => [status, text])).toEqual(paths.map(() => [200, '']))
    })

    test('an error is an envelope with the id that the log has, and nothing else', async () => {
      const answer = await send('GET', '/api/v1/clients/0195f2c0-7a53-7d1e-9c1f-3f2a9c1e9999')

      expect(answer.body).toEqual({
        error: {
          code: 'NOT_FOUND',
          message: 'The client 0195f2c0-7a53-7d1e-9c1f-3f2a9c1e9999 does not exist, or you have no access to it.',
          requestId: answer.headers.get('x-request-id'),
        },
      })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    })

    test('what is not HTTP is refused, and the server goes on', async () => {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(msp.server.port, '127.0.0.1', () => socket.write('SSH-2.0-OpenSSH_9.9\r\n\r\n'))
        socket.on('data', (chunk) => resolve(String(chunk)))
      })

      expect(answer).toMatch(/^HTTP\/1\.1 400 /)
      expect((await send('GET', '/healthz')).status).toBe(200)
    })
  })
}
