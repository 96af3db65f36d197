import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Cidr, Ip } from '../../src/contract/addresses.ts'
import { ipKey, ipRange, networkOf, possibleStarts } from '../../src/contract/ip-ranges.ts'

/** Addresses as sortable text, held against Node's own list of subnets. */

const ipv6 = fc.ipV6().filter((address) => isIP(address) === 6 && !address.includes('.'))
const family = fc.constantFrom(
  { ips: fc.ipV4(), bits: 32, name: 'ipv4' as const },
  { ips: ipv6, bits: 128, name: 'ipv6' as const },
)
/** A network, and an address that often lies in it: it shares its first bits. */
const networkAndAddress = family.chain(({ ips, bits, name }) =>
  fc
    .tuple(ips, fc.oneof(ips, fc.constant(undefined)), fc.integer({ min: 0, max: bits }))
    .map(([first, other, prefix]) => ({
      cidr: `${first}/${prefix}`,
      first,
      prefix,
      ip: other ?? first,
      name,
    })),
)

const contains = (range: { start: string; end: string }, key: string) => range.start <= key && key <= range.end

describe('addresses as text', () => {
  test('a network contains what lies between its first and last address', () => {
    fc.assert(
      fc.property(networkAndAddress, ({ cidr, first, prefix, ip, name }) => {
        const subnet = new BlockList()
        subnet.addSubnet(first, prefix, name)
        expect(contains(ipRange(cidr) as never, ipKey(ip) as string)).toBe(subnet.check(ip, name))
      }),
    )
  })

  test('every network that contains an address begins at one of its possible starts', () => {
    fc.assert(
      fc.property(networkAndAddress, ({ cidr, ip }) => {
        const range = ipRange(cidr) as { start: string; end: string }
        if (contains(range, ipKey(ip) as string)) expect(possibleStarts(ip)).toContain(range.start)
      }),
    )
  })

  test('two networks overlap only where one contains the other', () => {
    fc.assert(
      fc.property(
        family.chain(({ ips, bits }) =>
          fc.tuple(fc.tuple(ips, fc.integer({ min: 0, max: bits })), fc.tuple(ips, fc.integer({ min: 0, max: bits }))),
        ),
        (pair) => {
          const [a, b] = pair.map(([ip, prefix]) => ipRange(`${ip}/${prefix}`) as { start: string; end: string })
          if (!a || !b) throw new Error('no range')
          const overlap = a.start <= b.end && a.end >= b.start
          expect(overlap).toBe(
            (contains(a, b.start) && contains(a, b.end)) || (contains(b, a.start) && contains(b, a.end)),
          )
        },
      ),
    )
  })

  test('the network of a host is written in one way and contains it', () => {
    fc.assert(
      fc.property(networkAndAddress, ({ cidr, first }) => {
        const network = networkOf(cidr) as string
        expect(networkOf(network)).toBe(network)
        expect(ipRange(network)).toEqual(ipRange(cidr))
        expect(contains(ipRange(network) as never, ipKey(first) as string)).toBe(true)
      }),
    )
  })

  test('whatever the contract lets pass is an address or a network, in one way of writing', () => {
    const patternOf = (schema: typeof Ip) => z.toJSONSchema(schema).pattern as string
    fc.assert(
      fc.property(
        fc.stringMatching(new RegExp(patternOf(Ip))),
        fc.stringMatching(new RegExp(patternOf(Cidr))),
        (ip, cidr) => {
          expect(ipKey(Ip.parse(ip))).toBeDefined()
          expect(networkOf(Cidr.parse(cidr))).toBe(Cidr.parse(cidr))
        },
      ),
    )
  })

  test('IPv4 and IPv6 never meet', () => {
    expect(contains(ipRange('0.0.0.0/0') as never, ipKey('::') as string)).toBe(false)
    expect(contains(ipRange('::/0') as never, ipKey('10.0.0.1') as string)).toBe(false)
  })

  test.each([
    '',
    '1',
    '0x10.1.1.1',
    '010.1.1.1',
    '10.0.0.256',
    '10.0.0',
    'fe80::1%eth0',
    'dhcp',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
  ])('%j is neither an address nor a network', (text) => {
    expect(ipKey(text)).toBeUndefined()
    expect(ipRange(text)).toBeUndefined()
  })
})
