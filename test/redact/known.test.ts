import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KnownValues, knownIn, sieveNumber } from '../../src/redact/known.ts'
import { cpuNow } from '../support/cpu-time.ts'

const SEED = 1_234_567
const PASSWORD = 'Kikker!Blauw7'

/** Values as a session knows them: with a sieve. */
function sieved(...values: string[]): KnownValues {
  const numbers = new Map<number, Set<number>>()
  for (const value of values)
    numbers.set(value.length, (numbers.get(value.length) ?? new Set()).add(sieveNumber(value, SEED)))
  return { ...listed(...values), sieve: { seed: SEED, numbers } }
}

/** Values as the server knows them: a fingerprint to be compared. */
const listed = (...values: string[]): KnownValues => ({
  kindOf: (candidate) => (values.includes(candidate) ? 'password' : undefined),
})

const found = (text: string, known: KnownValues): string[] =>
  knownIn(text, known).map(({ start, end }) => text.slice(start, end))

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')
const bytesOf = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0'))

/** Every way in which programs write a value; the whole of it is to be found. */
const FORMS: Readonly<Record<string, (value: string) => string>> = {
  'as it is': (value) => value,
  base64: (value) => base64(value),
  'base64 without padding': (value) => base64(value).replace(/=+$/, ''),
  base64url: (value) => Buffer.from(value).toString('base64url'),
  'user:value in base64': (value) => base64(`admin:${value}`),
  'an encoded command': (value) => base64(`net use Z: \\\\fs01\\data /user:jan ${value}`, 'utf16le'),
  'hexadecimal digits': (value) => Buffer.from(value).toString('hex'),
  'each byte percent-encoded': (value) =>
    bytesOf(value)
      .map((byte) => `%${byte.toUpperCase()}`)
      .join(''),
  'JSON escapes': (value) =>
    value.replace(/[^A-Za-z0-9]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'HTML references': (value) => value.replace(/[^A-Za-z0-9]/g, (letter) => `&#${letter.charCodeAt(0)};`),
  'shell escapes': (value) => value.replace(/[^A-Za-z0-9]/g, (letter) => `\\${letter}`),
  'UTF-16 with NULs': (value) => [...value].join('\0'),
  'UTF-16 with spaces': (value) => [...value].join(' '),
  'colours inside': (value) => `${value.slice(0, 3)}\u001b[1;31m${value.slice(3)}`,
}

describe.each(Object.entries(FORMS))('a known value written as %s', (_, write) => {
  test.each([
    ['alone', (form: string) => form],
    ['in quotes', (form: string) => `the "${form}" one`],
    ['behind a key', (form: string) => `pw = ${form}\nnext`],
    ['in brackets', (form: string) => `login (${form}), then`],
    ['in an element', (form: string) => `<value>${form}</value>`],
  ])('%s is found with and without a sieve', (_place, around) => {
    const text = around(write(PASSWORD))

    for (const known of [sieved(PASSWORD), listed(PASSWORD)]) {
      expect(found(text, known)).toContainEqual(expect.stringContaining(write(PASSWORD).replace(/=+$/, '')))
    }
  })
})

describe('a value that is known', () => {
  test('is found inside a word, when its length is known', () => {
    expect(found(`x${PASSWORD}y`, sieved(PASSWORD))).toEqual([PASSWORD])
  })

  test.each([
    `-p${PASSWORD}`,
    `jan:${PASSWORD}@db01`,
    `pw=${PASSWORD};next`,
    `'${PASSWORD}'.`,
    `${PASSWORD},`,
    `http://a:${PASSWORD}@b/c`,
  ])('is found between the borders of %s, when only its fingerprint is', (text) => {
    expect(found(text, listed(PASSWORD))).toEqual([PASSWORD])
  })

  test('with spaces in it is found in quotes and behind a key', () => {
    const phrase = 'drie blauwe kikkers'

    expect(found(`login "${phrase}" now`, listed(phrase))).toContain(phrase)
    expect(found(`passphrase: ${phrase}\n`, listed(phrase))).toContain(phrase)
  })

  test('that is short counts only where it stands alone', () => {
    const known = sieved('zes6')

    expect(found('code zes6, twaalfzes6en', known)).toEqual(['zes6'])
  })

  test('is found wherever it stands', () => {
    const around = fc.string({ maxLength: 40 })
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(found(`${before}${PASSWORD}${after}`, sieved(PASSWORD))).toContain(PASSWORD)
      }),
    )
  })

  test('nothing else is found', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(found(text.replaceAll(PASSWORD, ''), sieved(PASSWORD, 'Vuurtoren-19', 'x'.repeat(30)))).toEqual([])
      }),
    )
  })
})

describe('E4: no text makes the search slow', () => {
  const CHARS = 100_000
  /** The machine may be busy: below this nothing has begun to be quadratic. */
  const QUICK_MS = 250
  const msOf = (work: () => unknown) => {
    const started = cpuNow()
    work()
    return cpuNow() - started
  }

  test.each([
    'a',
    '=',
    'a=',
    '\\',
    '\\u0041',
    '%41',
    '&#65;',
    '\0',
    'a ',
    '"',
    'S2lra2Vy',
    '616263',
    'a/b.c-',
    '\u001b[0m',
    'eyJh\n',
  ])('not even %j over and over', (unit) => {
    const values = Array.from({ length: 30 }, (_, at) => `value-${'x'.repeat(at)}`)
    const best = (chars: number, known: KnownValues) =>
      Math.min(...[1, 2, 3].map(() => msOf(() => knownIn(unit.repeat(chars / unit.length), known))))

    for (const known of [sieved(...values), listed(...values)]) {
      const took = best(CHARS, known)
      if (took > QUICK_MS) expect(took).toBeLessThan(28 * best(CHARS / 8, known))
    }
  })
})
