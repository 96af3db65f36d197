import { z } from 'zod'

/** The kinds of values that fields have. */

export const Id = z.uuid()
/** Which fields name rows, and of which entity. */
const references = z.registry<{ entity: string }>()
/** The id of a row of an entity, named as in the contract: `ref('sites')`. The caller must be able to see that row. */
export const ref = (entity: string) => z.uuid().register(references, { entity })
/** The entity whose row a field names, whatever is around it (nullable, optional, a list); undefined for other fields. */
export const referenceOf = (schema: z.ZodType): string | undefined =>
  references.get(innermost(schema) as z.ZodType)?.entity

/** What is inside nullable, optional, default and lists. */
function innermost(schema: z.ZodType): unknown {
  let inner: unknown = schema
  while (
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodArray
  )
    inner = inner instanceof z.ZodArray ? inner.element : inner.unwrap()
  return inner
}
/** A row's id, or the last 8 characters of it as the context block and the CLI print them. */
export const IdOrShort = z
  .string()
  .regex(
    /^([0-9a-f]{8}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
    'must be an id or the last 8 characters of one',
  )
export const Instant = z.iso.datetime({ precision: 3 })
export const Day = z.iso.date()

/** Far above any invoice, and so far below 2^53 that what is added up and carried over stays exact: beyond it the databases give back different things. */
export const MOST_MINOR = 1_000_000_000_000
/** An amount that a person states, in minor units of its currency. */
export const Minor = z.int().nonnegative().max(MOST_MINOR)

/**
 * How a field that people or tools fill freely is redacted before it is stored: in a `line` (a name, a title) only what is surely a secret, so that
 * no name is damaged; in a `text` also what merely looks like one; a `command` is read as a shell would read it.
 */
export interface FreeText {
  as: 'line' | 'text' | 'command'
  /** UTF-16 units; a mark may be longer than what it replaces. */
  maxChars?: number
}
const freeTexts = z.registry<FreeText>()
/** How the texts of a field are redacted, whatever is around them; undefined for fields that hold no free text (ids, hashes, hosts, words of a list). */
export function freeTextOf(schema: z.ZodType): FreeText | undefined {
  const inner = innermost(schema)
  if (inner instanceof z.ZodObject)
    return Object.values(inner.shape).some((field) => freeTextOf(field as z.ZodType)) ? { as: 'text' } : undefined
  return freeTexts.get(inner as z.ZodType)
}

/** One line of text. */
export const line = (max: number) =>
  z.string().register(freeTexts, { as: 'line', maxChars: max }).trim().min(1).max(max)
/** Free text. */
export const text = (max = 20_000) => z.string().register(freeTexts, { as: 'text', maxChars: max }).max(max)
/** A command line or a script. */
export const commandText = (max = 20_000) => z.string().register(freeTexts, { as: 'command', maxChars: max }).max(max)
/** Text as a machine or a vendor told it. */
export const recorded = (as: FreeText['as'], maxChars?: number) => {
  const told = z.string().register(freeTexts, maxChars === undefined ? { as } : { as, maxChars })
  return maxChars === undefined ? told : told.max(maxChars)
}
/** A hash to look for. Whatever else is given has no row, and one of the databases cannot even compare it. */
export const Hash = z.string().regex(/^[0-9a-f]{1,64}$/, 'must be a hash in lower-case hex')
/** A name for machines. */
export const SLUG = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
/** Open attributes; kept as JSON. */
export const json = z.record(z.string().max(200), z.json()).register(freeTexts, { as: 'text' })
export const strings = z.array(text(500)).max(200)

/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like EUR')
/** An IANA time zone that days can be computed in. */
export const TimeZone = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone like America/Phoenix')

/** Does this name a time zone that days can be computed in? */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const PRIORITIES = ['p1', 'p2', 'p3', 'p4', 'p5'] as const

/** The id in the examples of the documentation. */
export const EXAMPLE_ID = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001'
