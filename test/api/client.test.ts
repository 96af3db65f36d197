import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createApi } from '../../src/api/client.ts'
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import type { Transport } from '../../src/api/transport.ts'
import { undiciTransport } from '../../src/api/undici.ts'
import { Refusal, wireServer } from './wire-server.ts'

const CLIENT = { id: 'c1', name: 'Dataforth' }
const transports: Record<string, Transport> = { undici: undiciTransport, 'node:http': nodeHttpTransport }

/** A server that answers every request with this text. */
async function pageServer(status: number, body: string, delayMs = 0) {
  const server = createServer((_, response) => setTimeout(() => response.writeHead(status).end(body), delayMs))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: stop }
}

describe.each(Object.entries(transports))('the client over %s', (_, transport) => {
  test('sends an operation of the contract and gives its answer', async () => {
    await using server = await wireServer({ 'clients.resolve': (input) => ({ client: CLIENT, candidates: [], input }) })
    const api = createApi({ url: server.url, transport })

    const answer = await api.clients.resolve({ text: 'Ünïcode ✓' })

    expect(answer).toMatchObject({ client: CLIENT, input: { text: 'Ünïcode ✓' } })
  })

  test('sends a batch as one request and settles each call by itself', async () => {
    await using server = await wireServer({
      'auth.me': () => ({ name: 'Ana' }),
      'clients.resolve': () => {
        throw new Refusal('NOT_FOUND', 'No such client.', { candidates: ['Dataforth'] })
      },
    })
    const api = createApi({ url: server.url, transport })

    const [me, client] = await api.batch((call) => [call.auth.me(), call.clients.resolve({ text: 'x' })])

    expect(server.requests.map(({ path }) => path)).toEqual(['auth.me,clients.resolve'])
    expect(me).toMatchObject({ status: 'fulfilled', value: { name: 'Ana' } })
    expect(client).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'NOT_FOUND',
        message: 'No such client.',
        requestId: 'req-1',
        details: { candidates: ['Dataforth'] },
      },
    })
  })

  test('sends nothing for an empty batch', async () => {
    const api = createApi({ url: 'http://127.0.0.1:1', transport })

    expect(await api.batch(() => [])).toEqual([])
  })

  test('says what to start when nothing listens', async () => {
    const api = createApi({ url: 'http://127.0.0.1:1', transport })

    await expect(api.auth.me()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/127\.0\.0\.1:1 does not answer.*npm start/),
    })
  })

  test('says so when something else than our server answers', async () => {
    await using server = await pageServer(502, '<html>Bad gateway</html>')
    const api = createApi({ url: server.url, transport })

    await expect(api.auth.me()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/is not a ClaudeTools server \(HTTP 502\)/),
    })
  })

  test('reads an error that was answered before the router', async () => {
    const error = { error: { code: 'RATE_LIMITED', message: 'Slow down.', requestId: 'req-9' } }
    await using server = await pageServer(429, JSON.stringify(error))
    const api = createApi({ url: server.url, transport })

    await expect(api.auth.me()).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Slow down.',
      requestId: 'req-9',
    })
  })

  test('gives up at the deadline of the call', async () => {
    await using server = await pageServer(200, '[]', 5_000)
    const api = createApi({ url: server.url, transport })

    const started = performance.now()
    await expect(api.auth.me({}, { deadlineMs: 150 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('did not answer within 0.15 s'),
    })

    // Before the server would have answered.
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('asks for a newer token once when the server refuses the one it has', async () => {
    await using server = await wireServer({
      'auth.me': (_, token) => {
        if (token !== 'new') throw new Refusal('UNAUTHENTICATED', 'The token has ended.')
        return { name: 'Ana' }
      },
    })
    const tokens = { current: async () => 'old', newerThan: async () => 'new' }
    const api = createApi({ url: server.url, transport, tokens })

    const me = await api.auth.me()

    expect(me).toEqual({ name: 'Ana' })
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new'])
  })
})

test('the client is not taken for a promise', async () => {
  const api = createApi({ url: 'http://127.0.0.1:1', transport: nodeHttpTransport })

  const awaited = await api

  expect(awaited).toBe(api)
})
