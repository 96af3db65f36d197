import type { IncomingMessage } from 'node:http'
import type { TokenSource } from './client.ts'
import { ApiError, notLoggedIn } from './errors.ts'
import { readBody } from './transport.ts'
import { answersOf, unreachable } from './wire.ts'

export interface Download {
  /** Rows, as the server counted them at the start. */
  total: number
  /** Fails when the connection breaks before the end. */
  body: AsyncIterable<Uint8Array>
}

export interface DownloadOptions {
  /** The server without a path. */
  url: string
  tokens: TokenSource
  /** How long the server may stay silent, in milliseconds. */
  silenceMs?: number
}

/**
 * Begins to read a file of the server's: `GET /api/v1/<path>`.
 *
 * @throws ApiError for what the server refuses, and when there is none
 */
export async function download(options: DownloadOptions, path: string): Promise<Download> {
  const { tokens, silenceMs = 60_000 } = options
  const token = await tokens.current(AbortSignal.timeout(silenceMs))
  if (token === null) throw notLoggedIn('You are not logged in.')
  const first = await get(options, path, token, silenceMs)
  if (first.statusCode !== 401) return begun(options, first)
  const newer = await tokens.newerThan(token, AbortSignal.timeout(silenceMs))
  first.resume()
  return begun(options, newer === null ? first : await get(options, path, newer, silenceMs))
}

function get({ url }: DownloadOptions, path: string, token: string, silenceMs: number): Promise<IncomingMessage> {
  const { request: send } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http')
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const request = send(`${url}/api/v1/${path}`, { headers }, resolve)
    let silent = false
    request.setTimeout(silenceMs, () => {
      silent = true
      request.destroy(new Error('the server fell silent'))
    })
    request.once('error', (cause) => reject(unreachable(url, cause, silent ? silenceMs : null)))
    request.end()
  })
}

async function begun({ url }: DownloadOptions, answer: IncomingMessage): Promise<Download> {
  const total = answer.headers['x-total-count']
  if (answer.statusCode === 200 && total !== undefined) return { total: Number(total), body: answer }
  const { statusCode: status = 0, headers } = answer
  const [refused] = answersOf(url, { status, body: await readBody(answer), retryAfter: headers['retry-after'] }, 1)
  if (refused && 'error' in refused) throw refused.error
  throw new ApiError(
    'UNREACHABLE',
    `What answers at ${url} is not a ClaudeTools server. Check the address with "msp config show".`,
  )
}
