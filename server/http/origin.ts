import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { Origin } from '../context.ts'

type Address = ReturnType<typeof ipaddr.process>
type Range = [Address, number]

const MAX_USER_AGENT = 500

/**
 * Where a request came from: its peer, or, where the peer is a proxy that is trusted, the last address in X-Forwarded-For that is none. What
 * stands further left in that header anybody could have written.
 *
 * @param trusted addresses and ranges, as `MSP_TRUSTED_PROXIES` has them
 */
export function createOriginOf(trusted: readonly string[]): (request: IncomingMessage) => Origin {
  const ranges = trusted.map(rangeOf)
  const isTrusted = (address: Address) =>
    ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
  return (request) => ({
    ip: addressOf(request, isTrusted),
    userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
  })
}

function addressOf(request: IncomingMessage, isTrusted: (address: Address) => boolean): string | null {
  const peer = request.socket.remoteAddress
  if (!peer || !ipaddr.isValid(peer)) return null
  let nearest = ipaddr.process(peer)
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',')
  for (const hop of hops.reverse().map((text) => text.trim())) {
    if (!isTrusted(nearest) || !ipaddr.isValid(hop)) break
    nearest = ipaddr.process(hop)
  }
  return nearest.toString()
}

function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text) as Range
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
