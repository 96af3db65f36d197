import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formsOf } from '../../src/mask/forms.ts'
import { createMasker, type StreamName } from '../../src/mask/masker.ts'

const SECRET = 'Tr0ub4dor&3/x"é'
const MARK = '[REDACTED:password:3f2a9c1e]'

/** What the masker makes of an output in chunks, both streams as text of one character per byte. */
function masked(secret: string, chunks: readonly (readonly [StreamName, Uint8Array])[]) {
  const masker = createMasker([{ value: secret, mark: MARK }])
  const passed = [...chunks.map(([stream, chunk]) => masker.write(stream, chunk)), masker.end()]
  const all = (stream: StreamName) => Buffer.concat(passed.map((one) => one[stream]))
  return { stdout: all('stdout'), stderr: all('stderr') }
}

const stdout = (secret: string, text: string | Uint8Array, cuts: readonly number[] = []): string =>
  masked(
    secret,
    cut(Buffer.from(text as string), cuts).map((chunk) => ['stdout', chunk] as const),
  ).stdout.toString()

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...cuts.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return places.map((place, index) => bytes.subarray(places[index - 1] ?? 0, place))
}

/** Without what a terminal takes for itself. */
const bare = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes as string)
    .toString('latin1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]|[\0\r\n]/g, '')

const forms: Record<string, (secret: string) => string | Uint8Array> = {
  raw: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 behind one byte': (secret) => Buffer.from(`x${secret}`).toString('base64'),
  'base64 behind two bytes': (secret) => Buffer.from(`:u${secret}yz`).toString('base64'),
  base64url: (secret) => Buffer.from(`a:${secret}`).toString('base64url'),
  'base64 of UTF-16': (secret) => Buffer.from(`echo ${secret}`, 'utf16le').toString('base64'),
  'hex, lower case': (secret) => Buffer.from(secret).toString('hex'),
  'hex, upper case': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'hex, apart': (secret) => (Buffer.from(secret).toString('hex').match(/../g) ?? []).join(' '),
  'URL-encoded': (secret) => encodeURIComponent(secret),
  'URL-encoded form': (secret) => new URLSearchParams({ p: secret }).toString().slice(2),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON of ASCII': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  HTML: (secret) =>
    secret.replace(/[&<>"']/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? '&#39;'),
  'in single quotes': (secret) => secret.replaceAll("'", `'\\''`),
  'in double quotes': (secret) => secret.replace(/["$`\\]/g, '\\$&'),
  'UTF-16LE': (secret) => Buffer.from(secret, 'utf16le'),
  'UTF-16BE': (secret) => Buffer.from(secret, 'utf16le').swap16(),
}

const secrets = fc.oneof(
  fc.string({ minLength: 6, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }),
  fc.stringMatching(/^[A-Za-z0-9$&'"\\/<>% +]{6,60}$/),
)
const somewhere = fc.array(fc.nat(), { maxLength: 12 })

describe('F3: a secret in the output', () => {
  test.each(Object.entries(forms))('%s is masked, in any chunks', (_, form) => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), somewhere, (secret, before, after, cuts) => {
        const seen = form(secret)
        const printed = Buffer.concat([
          Buffer.from(before),
          Buffer.from('| '),
          Buffer.from(seen as string),
          Buffer.from(' |'),
          Buffer.from(after),
        ])
        const { stdout } = masked(
          secret,
          cut(printed, cuts).map((chunk) => ['stdout', chunk] as const),
        )
        for (const { bytes } of formsOf(secret))
          expect(bare(stdout)).not.toContain(Buffer.from(bytes).toString('latin1'))
      }),
    )
  })

  test('wrapped at any column, with colours inside, is masked', () => {
    const codes = fc.constantFrom('\n', '\r\n', '\x1b[31m', '\x1b[0m', '\x1b[38;5;120m', '\x1b[K', '\x1b(B', '')
    fc.assert(
      fc.property(secrets, fc.array(codes, { minLength: 1, maxLength: 30 }), somewhere, (secret, between, cuts) => {
        const printed = [...secret].map((character, at) => character + between[at % between.length]).join('')
        const shown = stdout(secret, `\x1b[1m<\x1b[0m${printed}>`, cuts)
        for (const { bytes } of formsOf(secret))
          expect(bare(shown)).not.toContain(Buffer.from(bytes).toString('latin1'))
      }),
    )
  })

  test('split over stdout and stderr is masked in both', () => {
    fc.assert(
      fc.property(secrets, fc.array(fc.boolean(), { minLength: 1 }), (secret, turns) => {
        const bytes = [...Buffer.from(secret)]
        const chunks = bytes.map(
          (byte, at) => [turns[at % turns.length] ? 'stdout' : 'stderr', Uint8Array.of(byte)] as const,
        )
        const shown = masked(secret, chunks)
        expect(
          Buffer.concat([shown.stdout, shown.stderr])
            .toString()
            .replaceAll(/\[RED.*?\]|\*\*\*|###|<masked>|~~~|███/g, ''),
        ).toBe('')
      }),
    )
  })

  test('of one stream is masked while the other one talks in between', () => {
    const chunks = [...Buffer.from(SECRET)].flatMap((byte) => [
      ['stdout', Uint8Array.of(byte)] as const,
      ['stderr', Buffer.from('warning\n')] as const,
    ])

    const shown = masked(SECRET, chunks)

    expect(shown.stdout.toString()).toBe(MARK)
    expect(shown.stderr.toString()).toBe('warning\n'.repeat(chunks.length / 2))
  })

  test('many times in a line of 10 MB is masked, in bounded memory and linear time', () => {
    const masker = createMasker([{ value: SECRET, mark: MARK }])
    const piece = Buffer.from(`${'Tr0ub4dor&3/x" '.repeat(4_000)}${SECRET}`)
    let waiting = 0
    let marks = 0

    for (let bytes = 0; bytes < 10_000_000; bytes += piece.length) {
      const { stdout } = masker.write('stdout', piece)
      waiting = Math.max(waiting, piece.length - stdout.length)
      marks += stdout.toString().split(MARK).length - 1
    }
    marks += masker.end().stdout.toString().split(MARK).length - 1

    expect(marks).toBe(Math.ceil(10_000_000 / piece.length))
    expect(waiting).toBeLessThan(200)
  })

  test('that repeats without an end is neither held nor shown', () => {
    const masker = createMasker([{ value: 'aaaaaaaa', mark: MARK }])
    const shown = Array.from({ length: 10 }, () => masker.write('stdout', Buffer.alloc(100_000, 'a')).stdout.toString())

    expect([...shown, masker.end().stdout.toString()].join('')).toBe(MARK)
  })

  test('spread over more line breaks than a secret can have does not stop the output', () => {
    const masker = createMasker([{ value: SECRET, mark: MARK }])
    masker.write('stdout', Buffer.from(SECRET.slice(0, 5)))

    const passed = masker.write('stdout', Buffer.alloc(500_000, '\n')).stdout.length

    expect(passed).toBeGreaterThan(400_000)
  })
})

describe('what is no secret', () => {
  test('passes unchanged, byte for byte, in any chunks', () => {
    fc.assert(
      fc.property(secrets, fc.uint8Array({ maxLength: 2_000 }), somewhere, (secret, bytes, cuts) => {
        const text = bare(bytes)
        const isThere = formsOf(secret).some((form) => text.includes(Buffer.from(form.bytes).toString('latin1')))
        fc.pre(!isThere)
        const { stdout } = masked(
          secret,
          cut(bytes, cuts).map((chunk) => ['stdout', chunk] as const),
        )
        expect(Buffer.compare(stdout, bytes)).toBe(0)
      }),
    )
  })

  test('is passed on at once, but for what may be the beginning of a form', () => {
    const masker = createMasker([{ value: SECRET, mark: MARK }])

    expect(masker.write('stdout', Buffer.from('Continue? ')).stdout.toString()).toBe('Continue? ')
    expect(masker.write('stdout', Buffer.from('Tr0')).stdout.toString()).toBe('')
    expect(masker.write('stdout', Buffer.from('y')).stdout.toString()).toBe('Tr0y')
  })
})

describe('a secret below 6 characters', () => {
  test.each([
    ['pin=4711;', `pin=${MARK};`],
    ['4711', MARK],
    ['\x1b[1m4711\x1b[0m', `\x1b[1m${MARK}\x1b[0m`],
    ['order 14711 of 47110', 'order 14711 of 47110'],
    ['NDcxMQ== 34373131', `${MARK} ${MARK}`],
  ])('is masked where it stands alone: %j', (text, shown) => {
    expect(stdout('4711', text)).toBe(shown)
    expect(stdout('4711', text, [...Array(text.length).keys()])).toBe(shown)
  })
})

describe('a long secret', () => {
  const lines = Array.from({ length: 40 }, (_, at) =>
    Buffer.from(`line ${at} of the key that is long`).toString('base64'),
  )
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`

  test.each(Object.entries(forms))('%s leaves none of its lines', (_, form) => {
    const shown = stdout(
      key,
      Buffer.concat([Buffer.from('<'), Buffer.from(form(key) as string), Buffer.from('>')]),
      [1_000, 2_001],
    )

    const every = lines.flatMap((line) => formsOf(line).map(({ bytes }) => Buffer.from(bytes).toString('latin1')))
    expect(every.filter((one) => bare(shown).includes(one))).toEqual([])
  })

  test('is masked line by line, and its frame alone is not', () => {
    expect(stdout(key, `${lines[7]}\n`)).toBe(`${MARK}\n`)
    expect(stdout(key, 'looking for -----BEGIN OPENSSH PRIVATE KEY----- here')).toContain('-----BEGIN')
  })
})

test('what stands in place of a secret never holds it', () => {
  for (const secret of ['password', 'REDACTED', '[REDACTED:password:3f2a9c1e]', '***###', ']x[y<>'])
    expect(stdout(secret, `a ${secret} b`)).not.toContain(secret)
})

// Beyond any masker: the list of programs that may get a secret is what stops these. They are here so that nobody believes otherwise.
test.each([
  ['reversed', [...SECRET].reverse().join('')],
  ['one character at a time between words', [...SECRET].map((one) => `char ${one}`).join(' ')],
])('F2: cannot mask a secret that a program has changed: %s', (_, text) => {
  expect(stdout(SECRET, text)).toBe(text)
})

test('F2: one character per line is masked', () => {
  expect(stdout(SECRET, [...SECRET].join('\n'))).toBe(MARK)
})
