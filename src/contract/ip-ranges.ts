import ipaddr from 'ipaddr.js'

/**
 * IP addresses as fixed-width text (`4c0a80a05`, `6` and 32 digits): its order is theirs, so both databases answer by an ordinary index
 * which networks contain an address and which overlap. Pure.
 */
export interface IpRange {
  version: 4 | 6
  /** First and last address. */
  start: string
  end: string
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** The address as sortable text; undefined for what is none. */
export function ipKey(text: string): string | undefined {
  const address = parseIp(text)
  return address && keyOf(address.toByteArray())
}

/** The range of a network (`192.168.10.0/24`) or a single address; undefined for what is neither. */
export function ipRange(text: string): IpRange | undefined {
  const parsed = parseNetwork(text)
  if (!parsed) return undefined
  const [address, prefix] = parsed
  const bytes = address.toByteArray()
  return {
    version: bytes.length === 4 ? 4 : 6,
    start: keyOf(withHostBits(bytes, prefix, 0x00)),
    end: keyOf(withHostBits(bytes, prefix, 0xff)),
  }
}

/** The network that a host with a prefix (`192.168.10.5/24`) lies in, in its shortest form; undefined for what is no network. */
export function networkOf(text: string): string | undefined {
  const parsed = parseNetwork(text)
  if (!parsed) return undefined
  const [address, prefix] = parsed
  return `${ipaddr.fromByteArray(withHostBits(address.toByteArray(), prefix, 0x00)).toString()}/${prefix}`
}

/** The first addresses of all networks that can contain an address: one per length of prefix. */
export function possibleStarts(ip: string): string[] {
  const bytes = parseIp(ip)?.toByteArray() ?? []
  const lengths = Array.from({ length: bytes.length === 0 ? 0 : bytes.length * 8 + 1 }, (_, length) => length)
  return [...new Set(lengths.map((length) => keyOf(withHostBits(bytes, length, 0x00))))]
}

function parseNetwork(text: string): [Address, number] | undefined {
  const [ip = '', prefix, ...more] = text.trim().split('/')
  const address = parseIp(ip)
  if (!address || more.length > 0) return undefined
  const bits = address.toByteArray().length * 8
  if (prefix === undefined) return [address, bits]
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? [address, Number(prefix)] : undefined
}

/** The library also takes `1` and `0x10.1` for IPv4, as C once did, and zones, which mean nothing elsewhere. */
function parseIp(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return text.includes('%') || !ipaddr.IPv6.isValid(text) ? undefined : ipaddr.IPv6.parse(text)
}

function withHostBits(bytes: readonly number[], prefix: number, filling: 0x00 | 0xff): number[] {
  return bytes.map((byte, index) => {
    const hostBits = 0xff >> Math.min(8, Math.max(0, prefix - index * 8))
    return (byte & ~hostBits) | (filling & hostBits)
  })
}

const keyOf = (bytes: readonly number[]): string =>
  `${bytes.length === 4 ? 4 : 6}${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
