import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { signatureOf } from './webhook-secrets.ts'

/** Does a message that came from outside come from who it says? Pure. */

export interface InboundMessage {
  /** Of the integration. */
  type: string
  /** By lower-case name. */
  header(name: string): string | undefined
  /** What stands at the end of the address, for systems that sign nothing. */
  pathSecret: string | undefined
  body: Buffer
}

const TOLERANCE_MS = 5 * 60_000

/** @param secret what the vault holds for the integration (`hmac_secret`) */
export function isGenuine({ type, header, pathSecret, body }: InboundMessage, secret: string, now: Date): boolean {
  switch (type) {
    case 'connectwise': {
      // The key is the hash of the signing key, not the signing key.
      const key = createHash('sha256').update(secret).digest()
      return same(header('x-content-signature'), createHmac('sha256', key).update(body).digest())
    }
    case 'autotask':
      return same(header('x-hook-signature')?.replace(/^sha1=/i, ''), createHmac('sha1', secret).update(body).digest())
    case 'generic_webhook':
    case 'zapier':
      return isSigned({ header, body }, secret, now)
    default:
      // These sign nothing: whoever knows the address may send, and what they say is read again where it is true.
      return pathSecret !== undefined && equal(hashed(pathSecret), hashed(secret))
  }
}

/** Our own way, which is that of Standard Webhooks. */
function isSigned({ header, body }: Pick<InboundMessage, 'header' | 'body'>, secret: string, now: Date): boolean {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header)
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > TOLERANCE_MS) return false
  const expected = Buffer.from(signatureOf(secret, id, timestamp, body), 'base64')
  return signatures.split(' ').some((one) => one.startsWith('v1,') && same(one.slice('v1,'.length), expected))
}

/** Base64, or hexadecimal as some write it. */
function same(given: string | undefined, expected: Buffer): boolean {
  if (!given) return false
  const isHex = given.length === expected.length * 2 && /^[0-9a-f]+$/i.test(given)
  return equal(Buffer.from(given, isHex ? 'hex' : 'base64'), expected)
}

const equal = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
const hashed = (text: string) => createHash('sha256').update(text).digest()

/** What a message is about. Nothing else of it is kept: it only says where to look. */
export interface Pointer {
  /** The sender's id, by which the same is kept once. */
  externalId: string
  event: string
  /** A ticket over there. */
  ticketId: string | null
}

type Json = Readonly<Record<string, unknown>>

export function pointerOf({ type, header, body }: InboundMessage, json: Json): Pointer {
  const digest = createHash('sha256').update(body).digest('hex')
  switch (type) {
    case 'connectwise': {
      const isTicket = String(json.Type).toLowerCase() === 'ticket'
      return {
        externalId: textOf(json.MessageId) ?? digest,
        event: `${textOf(json.Type) ?? 'unknown'}.${textOf(json.Action) ?? 'unknown'}`,
        ticketId: isTicket ? textOf(json.ID) : null,
      }
    }
    case 'autotask': {
      const [guid, sequence] = [textOf(json.Guid), textOf(json.SequenceNumber)]
      return {
        externalId: guid === null ? digest : `${guid}:${sequence ?? digest}`,
        event: `${textOf(json.EntityType) ?? 'unknown'}.${textOf(json.Action) ?? 'unknown'}`,
        ticketId: json.EntityType === 'Ticket' ? textOf(json.Id) : null,
      }
    }
    case 'syncro': {
      const attributes = (
        typeof json.attributes === 'object' && json.attributes !== null ? json.attributes : {}
      ) as Json
      const isTicket = 'number' in attributes || /\/tickets\/\d+/.test(textOf(json.link) ?? '')
      return {
        externalId: digest,
        event: isTicket ? 'ticket' : 'notification',
        ticketId: isTicket ? textOf(attributes.id) : null,
      }
    }
    default:
      return {
        externalId: header('webhook-id') ?? digest,
        event: textOf(json.event) ?? 'unknown',
        ticketId: textOf(json.ticket_id),
      }
  }
}

const MOST_CHARS = 90

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, MOST_CHARS) || null : null
