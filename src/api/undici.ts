import { request } from 'undici'
import { readBody, type Transport } from './transport.ts'

/** The transport of long-lived processes: pooled connections. Costs a short process more than its whole start. */
export const undiciTransport: Transport = async ({ url, headers, body, signal }) => {
  const answer = await request(url, { method: 'POST', headers, body, signal })
  const retryAfter = answer.headers['retry-after']
  return { status: answer.statusCode, body: await readBody(answer.body), retryAfter: retryAfter?.toString() }
}
