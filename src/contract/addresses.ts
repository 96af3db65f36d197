import { z } from 'zod'
import { networkOf } from './ip-ranges.ts'

/**
 * The kinds of values by which something is reached: addresses in networks, names in the DNS, mailboxes, telephones. Where letter case
 * means nothing they are kept in lower case, so that an index finds them.
 */

const IP_V4 = z.regexes.ipv4.source.slice(1, -1)
const IP_V6 = z.regexes.ipv6.source.slice(1, -1)

/** An IPv4 or IPv6 address, without a zone. */
export const Ip = z
  .string()
  .trim()
  .toLowerCase()
  .max(45)
  .regex(new RegExp(`^(?:${IP_V4}|${IP_V6})$`), 'must be an IPv4 or IPv6 address like 192.168.10.5')

/**
 * A network, kept as its first address and the length of the prefix: of `192.168.10.5/24` the 192.168.10.0/24. None is so wide that it
 * could only be a slip.
 */
export const Cidr = z
  .string()
  .trim()
  .toLowerCase()
  .max(49)
  .regex(
    new RegExp(`^(?:${IP_V4}/(?:[89]|[12][0-9]|3[0-2])|${IP_V6}/(?:1[6-9]|[2-9][0-9]|1[01][0-9]|12[0-8]))$`),
    'must be a network like 192.168.10.0/24, with a prefix of at least 8 bits (IPv6: 16)',
  )
  .overwrite((typed) => networkOf(typed) ?? typed)

/** A hardware address (IEEE 802), kept with colons. */
export const Mac = z
  .string()
  .trim()
  .toLowerCase()
  .overwrite((typed) => typed.replaceAll('-', ':'))
  .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'must be a MAC address like 00:15:5d:0a:1f:02')

/** A domain that can be registered, in ASCII. */
export const DomainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/,
    'must be a domain like dataforth.com; other letters than ASCII as xn--…',
  )

/** A name in the DNS as people note it, unchecked. */
export const hostName = (max: number) => z.string().trim().toLowerCase().min(1).max(max)

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@([a-z0-9-]+\.)+[a-z0-9-]{2,63}$/,
    'must be an e-mail address like joe@dataforth.com',
  )

/** E.164. */
export const Phone = z
  .string()
  .overwrite((typed) => typed.replace(/[\s()./-]/g, ''))
  .regex(/^\+[1-9][0-9]{1,14}$/, 'must be a number with its country code like +15205551234')
