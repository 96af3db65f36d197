import ipaddr from 'ipaddr.js'

const NETWORK_BITS_V6 = 64

/** Whom an address is counted as: itself, or with IPv6 its network of 64 bits, all of which one computer has (RFC 8981). */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${NETWORK_BITS_V6}`)}/${NETWORK_BITS_V6}`
}
