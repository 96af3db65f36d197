import fc from 'fast-check'
import { z } from 'zod'

/** Values of a field of the contract, most of them good and some not: what stands here is made for schemas of columns, not for all of zod. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return fc.option(arbitraryOf(schema.unwrap() as z.ZodType), { nil: undefined })
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(schema.unwrap() as z.ZodType), { nil: null })
  if (schema instanceof z.ZodDefault) return fc.option(arbitraryOf(schema.unwrap() as z.ZodType), { nil: undefined })
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...(schema.options as string[]))
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return whole(schema)
  if (schema instanceof z.ZodArray) return fc.array(words(500), { maxLength: 5 })
  if (schema instanceof z.ZodRecord) return attributes
  if (schema instanceof z.ZodISODate) return day
  if (schema instanceof z.ZodISODateTime) return instant
  // A row that does not exist would be refused, one that does belongs to a world: references are tested elsewhere.
  if (schema instanceof z.ZodUUID) return fc.constant(undefined)
  if (schema instanceof z.ZodString) return text(schema)
  throw new Error(`There is no arbitrary for ${schema.def.type}. Add it here.`)
}

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

const pattern = (schema: z.ZodString) => [...(schema._zod.bag.patterns ?? [])][0]

function text(schema: z.ZodString): fc.Arbitrary<string> {
  const fixed = pattern(schema)
  return schema.format === 'regex' && fixed ? fc.stringMatching(fixed) : words(schema.maxLength ?? 200)
}

/** Text as people and machines write it, and as those write it who want to break something. */
const words = (maxLength: number) =>
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
    arbitrary: fc.dictionary(words(50), fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), { maxKeys: 4 }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ constructor: 'x', toString: 1, hasOwnProperty: null }, { '': '' }) },
)
