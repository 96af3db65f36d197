import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, type Dispatcher, request } from 'undici'
import { cleanLine } from '../text.ts'
import { retryAfterMs } from './answers.ts'

/**
 * Calls of addresses that users entered. Nobody reaches the networks of the server with them: every address that a name stands for has to be
 * of the open internet, and the connection goes to the address that was looked at.
 */
export interface GuardedDispatcher {
  /** @throws AddressRefused, or what undici throws */
  post(url: string, asked: { headers: Record<string, string>; body: string; deadlineMs: number }): Promise<PostAnswer>
  close(): Promise<void>
}

export interface PostAnswer {
  status: number
  retryAfterMs: number | undefined
  /** The beginning of the body, in one line. */
  excerpt: string
}

/** The address is of a network that is not called. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

const CONNECT_MS = 5_000
const CONNECTIONS_PER_HOST = 4
const MOST_READ_BYTES = 16 * 1024
const EXCERPT_CHARS = 300

export function createGuarded(networks: readonly string[]): GuardedDispatcher {
  const also = networks.map((entry) => ipaddr.parseCIDR(entry.includes('/') ? entry : wholeOf(entry)))
  const isAllowed = (address: string) => isOpen(address, also)
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const first = addresses[0]
      if (!first || !addresses.every(({ address }) => isAllowed(address))) return callback(refusedFor(hostname), [])
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
  const agent = new Agent({
    connect: { timeout: CONNECT_MS, lookup },
    connections: CONNECTIONS_PER_HOST,
  })
  return {
    async post(address, { headers, body, deadlineMs }) {
      const url = new URL(address)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      // What is an address already is not looked up.
      if (ipaddr.isValid(host) && !isAllowed(host)) throw refusedFor(host)
      const response = await request(url, {
        method: 'POST',
        // Redirects are not followed: they would lead past the guard, and give the body to somebody else.
        headers: { 'user-agent': 'ClaudeTools', ...headers },
        body,
        signal: AbortSignal.timeout(deadlineMs),
        dispatcher: agent,
      })
      const pause = retryAfterMs(String(response.headers['retry-after'] ?? '') || undefined, new Date())
      return { status: response.statusCode, retryAfterMs: pause, excerpt: await beginningOf(response.body) }
    },
    close: () => agent.destroy(),
  }
}

const refusedFor = (host: string) =>
  new AddressRefused(
    `${host} is an address of a private network, which webhooks are not sent to. The server's MSP_WEBHOOK_NETWORKS can allow it.`,
  )

const wholeOf = (address: string) => `${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`

/** Is the address of the open internet, or of a network that was named? */
function isOpen(text: string, also: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() === 'unicast') return true
  return also.some(([network, bits]) => network.kind() === address.kind() && address.match(network as never, bits))
}

/** What is more than that is not read. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > MOST_READ_BYTES) {
      body.destroy()
      break
    }
  }
  return cleanLine(
    Buffer.concat(chunks)
      .toString('utf8')
      .slice(0, EXCERPT_CHARS * 4),
    EXCERPT_CHARS,
  )
}
