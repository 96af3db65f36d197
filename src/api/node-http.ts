import type { IncomingMessage } from 'node:http'
import { readBody, type Transport } from './transport.ts'

/**
 * The transport of short processes (hooks, the CLI): Node's own client, which starts ten times faster than undici. It is loaded with
 * the first call, because most hooks make none; not by `import()`, which makes Node 26 load the whole of undici beside it.
 */
export const nodeHttpTransport: Transport = async ({ url, headers, body, signal }) => {
  const { request: send } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http')
  const bytes = Buffer.from(body)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, { method: 'POST', headers: { ...headers, 'content-length': bytes.length }, signal })
    request.once('response', resolve)
    request.once('error', reject)
    request.end(bytes)
  })
  return { status: answer.statusCode ?? 0, body: await readBody(answer), retryAfter: answer.headers['retry-after'] }
}
