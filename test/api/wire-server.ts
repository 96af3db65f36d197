import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (input: unknown, token: string | null) => unknown

/** Thrown by a handler to answer with one of our errors. */
export class Refusal extends Error {
  readonly code: string
  readonly details: unknown
  constructor(code: string, message: string, details?: unknown) {
    super(message)
    this.code = code
    this.details = details
  }
}

export interface WireServer {
  url: string
  /** Every request as `path` (`auth.me,context.get`), oldest first. */
  requests: { path: string; authorization: string | undefined }[]
  /** Answers of these paths are thrown away after the work was done, as when the network breaks. */
  dropAnswersOf: Set<string>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A server that speaks the batch wire of ours, with handlers in place of operations. */
export async function wireServer(handlers: Record<string, Handler>): Promise<WireServer> {
  const requests: WireServer['requests'] = []
  const dropAnswersOf = new Set<string>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = decodeURIComponent((request.url ?? '').replace('/trpc/', '').replace('?batch=1', ''))
    const { authorization } = request.headers
    requests.push({ path, authorization })
    // "Is it ready?" of `msp doctor`: this one never is.
    if (request.method !== 'POST') return void response.writeHead(503).end()
    const inputs = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
    const answers = path.split(',').map((name, index) => answer(handlers[name], inputs[index], authorization))
    if (dropAnswersOf.has(path)) response.destroy()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => stop(server)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, requests, dropAnswersOf, close, [Symbol.asyncDispose]: close }
}

function answer(handler: Handler | undefined, input: unknown, authorization: string | undefined): unknown {
  try {
    if (!handler) throw new Refusal('NOT_FOUND', 'There is no such operation.')
    return { result: { data: handler(input, authorization?.replace('Bearer ', '') ?? null) } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const data = { code: error.code, httpStatus: 400, requestId: 'req-1', details: error.details }
    return { error: { message: error.message, code: -32600, data } }
  }
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
