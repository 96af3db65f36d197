import fc from 'fast-check'
import { z } from 'zod'
import { freeTextOf, referenceOf, TimeZone } from '../../src/contract/values.ts'
import { findSecrets } from '../../src/redact/find.ts'
import type { EntityName, RowIds } from './sample-rows.ts'

/** Values of a field of the contract, most of them good and some not: what stands here is made for schemas of columns, not for all of zod. */
export function arbitraryOf(schema: z.ZodType, ids: RowIds): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    const nil = schema instanceof z.ZodNullable ? null : undefined
    // Of several rows that could be named, often exactly one must be.
    return fc.option(arbitraryOf(schema.unwrap() as z.ZodType, ids), { nil, freq: referenceOf(schema) ? 2 : 6 })
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...(schema.options as string[]))
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return whole(schema)
  if (schema instanceof z.ZodArray) return fc.array(arbitraryOf(schema.element as z.ZodType, ids), { maxLength: 5 })
  if (schema instanceof z.ZodRecord) return attributes
  if (schema instanceof z.ZodObject)
    return fc.record(
      Object.fromEntries(
        Object.entries(schema.shape).map(([field, inner]) => [field, arbitraryOf(inner as z.ZodType, ids)]),
      ),
    )
  if (schema instanceof z.ZodISODate) return day
  if (schema instanceof z.ZodISODateTime) return instant
  if (schema instanceof z.ZodUUID) return identifier(referenceOf(schema) as EntityName | undefined, ids)
  if (schema instanceof z.ZodEmail) return address
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => arbitraryOf(option as z.ZodType, ids)))
  if (schema instanceof z.ZodString) return text(schema)
  throw new Error(`There is no arbitrary for ${schema.def.type}. Add it here.`)
}

/** An input with this text in every field that takes free text and accepts it; the others stay as they are. */
export function withText(shape: Record<string, z.ZodType>, input: Record<string, unknown>, text: string) {
  const texts = Object.entries(shape).flatMap(([field, schema]): [string, unknown][] => {
    const inner = unwrapped(schema)
    const value = inner instanceof z.ZodArray ? [text] : inner instanceof z.ZodRecord ? { [text]: text } : text
    const isFree = isFreeText(inner instanceof z.ZodArray ? unwrapped(inner.element as z.ZodType) : inner)
    return isFree && schema.safeParse(value).success ? [[field, value]] : []
  })
  return { ...input, ...Object.fromEntries(texts) }
}

/** Not the secrets of a credential: what is one of these is looked for in all other texts. */
const isFreeText = (schema: z.ZodType): boolean =>
  (schema instanceof z.ZodRecord && freeTextOf(schema) !== undefined) ||
  (schema instanceof z.ZodString && schema.format === null && schema !== TimeZone)

function unwrapped(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
  return isWrapped ? unwrapped(schema.unwrap() as z.ZodType) : schema
}

/** Rows that do not exist are tested elsewhere, and so is who may see one. */
const identifier = (entity: EntityName | undefined, ids: RowIds) =>
  entity ? fc.constant(ids[entity]) : fc.uuid({ version: 7 })

const address = fc
  .tuple(fc.stringMatching(/^[a-z0-9]{1,20}$/), fc.stringMatching(/^[a-z]{2,20}$/))
  .map(([local, domain]) => `${local}@${domain}.example`)

const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

function whole({ minValue, maxValue }: z.ZodNumber): fc.Arbitrary<number> {
  const [min, max] = [
    Math.max(minValue ?? -1_000, Number.MIN_SAFE_INTEGER),
    Math.min(maxValue ?? 1_000_000, Number.MAX_SAFE_INTEGER),
  ]
  const edges = [min, max, 0, 2 ** 31, 2 ** 32].filter((value) => value >= min && value <= max)
  return fc.oneof(
    { weight: 30, arbitrary: fc.maxSafeInteger().map((value) => min + (Math.abs(value) % (max - min + 1))) },
    { weight: 30, arbitrary: fc.constantFrom(...edges) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1.5, Number.MAX_SAFE_INTEGER + 1) },
  )
}

function text(schema: z.ZodString): fc.Arbitrary<string> {
  if (schema === TimeZone) return fc.constantFrom('America/Phoenix', 'Europe/Berlin', 'UTC', 'Nowhere/Land')
  const fixed = (schema.def.checks ?? [])
    .flatMap((check) => check._zod.def as { pattern?: RegExp })
    .find(({ pattern }) => pattern)
  return schema.format === 'regex' && fixed?.pattern
    ? fc.stringMatching(new RegExp(fixed.pattern.source))
    : words(schema.maxLength ?? 200)
}

/** Text as people and machines write it, and as those write it who want to break something. */
const words = (maxLength: number) => anyWords(maxLength).filter(isInnocent)

/** No rule takes any of it for a secret: what is one does not come back as it went in. */
export const isInnocent = (text: string): boolean =>
  findSecrets(text).length === 0 && findSecrets(text, { as: 'command' }).length === 0

const anyWords = (maxLength: number) =>
  fc.oneof(
    { weight: 80, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, 300) }) },
    { weight: 40, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: Math.min(maxLength, 300) }) },
    { weight: 60, arbitrary: fc.constantFrom(...NAUGHTY.filter((value) => value.length <= maxLength)) },
    { weight: 1, arbitrary: fc.constantFrom('\ud83d', 'a\0b') },
    { weight: 10, arbitrary: fc.constantFrom('x', '😀', '漢').map((unit) => unit.repeat(maxLength / unit.length)) },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(maxLength + 1), '') },
  )

/** Shell, template and SQL syntax, odd spaces, text of other directions: nothing of it may mean anything to us. */
const NAUGHTY = [
  ' leading',
  'trailing  ',
  'tab\tand\nline',
  'carriage\r\nreturn',
  '\ufeffBOM',
  'null',
  'undefined',
  'NaN',
  '[]',
  '0',
  '1e1000',
  '-1',
  'true',
  '2026-01-01',
  "'; drop table clients; --",
  "Robert'); DELETE FROM users; --",
  '\\',
  "\\'",
  '%_\\%',
  '#{1+1}',
  '{{1+1}}',
  '$(id)',
  '`id`',
  '<script>alert(1)</script>',
  '&amp;&lt;',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Z̸̛͎a̷lgo',
  'שלום עולם',
  '\u202eevil',
  '\u200b',
  '\u00a0',
  'ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ',
  'İstanbul ſtraße',
  '\u{10ffff}\u{1f9ff}',
  '__proto__',
  'constructor',
]

const attributes = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .dictionary(words(50), fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), { maxKeys: 4 })
      .filter((values) => isInnocent(linesOf(values).join('\n'))),
  },
  { weight: 1, arbitrary: fc.constantFrom({ constructor: 'x', toString: 1, hasOwnProperty: null }, { '': '' }) },
)

/** As the names and texts are looked at: one line for each. */
const linesOf = (value: unknown, name = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => linesOf(inner, Array.isArray(value) ? name : key))
    : [`${name}: ${value}`]
