import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What fakes of vendors are made of: a real HTTP server on this machine that keeps a journal of what it was asked and fails on command. A
 * fake states in its own file which facts of the vendor's API it stands on.
 */

/** A request as it came. */
export interface Asked {
  method: string
  /** Without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  /** Parsed where it is JSON, a map where it is a form, else the text. */
  body: unknown
  text: string
}

export interface Reply {
  status?: number
  /** Sent as JSON; text as it is. */
  body?: unknown
  headers?: Record<string, string>
}

/**
 * How the next requests that match fail.
 * - `reply`: this answer, and nothing is done; `before`: nothing is done and the connection breaks; `stuck`: nothing is done, and no answer
 * - `after`: it is done, and the connection breaks before the answer; `silent`: it is done and never answered
 * - `html`: it is done, and a page comes for an answer, with 200; `torn`: half of the answer; `huge`: more than anybody reads
 * - `slow`: answered after `ms`
 */
export type Fault =
  | { how: 'reply'; reply: Reply }
  | { how: 'before' | 'stuck' | 'after' | 'silent' | 'html' | 'torn' | 'huge' }
  | { how: 'slow'; ms: number }

export interface FaultOptions {
  /** How many requests fail; one when not said. */
  times?: number
  /** Only requests like this: `POST /tickets`. */
  on?: RegExp
}

export interface FakeVendor extends AsyncDisposable {
  /** Without a path. */
  url: string
  /** Every request that arrived, the oldest first. */
  journal: Asked[]
  fail(fault: Fault, options?: FaultOptions): void
  /** Ends all faults. */
  heal(): void
  /** The most requests with such a path that were ever under way together. */
  mostAtOnce(like: RegExp): number
  /** Requests like `POST /tickets` in the journal. */
  asked(like: RegExp): Asked[]
}

/** @param handle answers a request; what it throws is answered with 500 */
export async function fakeVendor(handle: (asked: Asked) => Reply | Promise<Reply>): Promise<FakeVendor> {
  const journal: Asked[] = []
  let faults: { fault: Fault; left: number; on: RegExp | undefined }[] = []

  const nameOf = ({ method, path }: Asked) => `${method} ${path}`
  function takeFault(asked: Asked): Fault | undefined {
    const found = faults.find(({ left, on }) => left > 0 && (on === undefined || on.test(nameOf(asked))))
    if (!found) return undefined
    found.left--
    return found.fault
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await askedOf(request)
    journal.push(asked)
    const fault = takeFault(asked)
    if (fault?.how === 'reply') return send(response, fault.reply)
    if (fault?.how === 'before') return void request.socket.destroy()
    if (fault?.how === 'stuck') return
    if (fault?.how === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms).unref())
    const reply = await handle(asked)
    if (fault === undefined || fault.how === 'slow') return send(response, reply)
    if (fault.how === 'after') return void request.socket.destroy()
    if (fault.how === 'silent') return
    if (fault.how === 'html')
      return send(response, { body: '<html><body>Maintenance</body></html>', headers: { 'content-type': 'text/html' } })
    if (fault.how === 'huge') return sendHuge(response)
    const whole = JSON.stringify(reply.body ?? '')
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) })
    response.write(whole.slice(0, Math.floor(whole.length / 2)), () => request.socket.destroy())
  }

  const [underWay, most] = [new Map<string, number>(), new Map<string, number>()]
  const count = (path: string, by: 1 | -1) => {
    const now = (underWay.get(path) ?? 0) + by
    underWay.set(path, now)
    most.set(path, Math.max(most.get(path) ?? 0, now))
  }
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    count(path, 1)
    response.on('close', () => count(path, -1))
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, { status: 500, body: { error: `The fake failed: ${String(error)}` } })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    journal,
    mostAtOnce: (like) => Math.max(0, ...[...most].filter(([path]) => like.test(path)).map(([, count]) => count)),
    fail: (fault, { times = 1, on } = {}) => void faults.push({ fault, left: times, on }),
    heal: () => {
      faults = []
    },
    asked: (like) => journal.filter((asked) => like.test(nameOf(asked))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, { status = 200, body, headers = {} }: Reply): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text)
}

/** Written until the other side has enough, or 64 MB. */
function sendHuge(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let left = 64
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  const more = () => {
    if (left-- <= 0 || response.destroyed) return void response.end()
    response.write(chunk, more)
  }
  more()
}

async function askedOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const url = new URL(request.url ?? '/', 'http://fake')
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: bodyOf(request.headers['content-type'] ?? '', text),
    text,
  }
}

function bodyOf(type: string, text: string): unknown {
  if (type.includes('json') && text !== '') return JSON.parse(text)
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  return text
}

/** A piece of a list, as page `number` (from 1) of pages of `size`. */
export const pieceOf = <T>(list: readonly T[], number: number, size: number): T[] =>
  list.slice((number - 1) * size, number * size)
