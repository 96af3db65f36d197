import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that came, as its receiver saw it. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  text: string
  body: { id: string; event: string; occurred_at: string; client_id: string | null; data: Record<string, unknown> }
  /** What it was answered with. */
  status: number
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  text?: string
}

export interface Receiver extends AsyncDisposable {
  url: string
  /** All that came, in order. */
  received: Received[]
  /** What the next ones are answered with; 200 at first. */
  answer: (received: Omit<Received, 'status'>) => Answer
  /** True: takes a request and answers nothing. */
  silent: boolean
}

/** Somebody who is told of things: a real HTTP server on this machine. */
export async function receiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const came = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) }
      const { status, headers = {}, text: answered = '' } = self.answer(came)
      received.push({ ...came, status })
      if (self.silent) return
      response.writeHead(status, headers).end(answered)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const self: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: () => ({ status: 200 }),
    silent: false,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return self
}
