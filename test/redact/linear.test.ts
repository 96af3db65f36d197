import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { everyOperation } from '../../src/contract/index.ts'
import { MARK } from '../../src/redact/marks.ts'
import { NAME_RULES } from '../../src/redact/names/rules.ts'
import { redact } from '../../src/redact/redact.ts'
import { TOKEN_RULES } from '../../src/redact/tokens/rules.ts'
import { cpuNow } from '../support/cpu-time.ts'
import { COMMAND_RULES } from './commands-layer.ts'

/**
 * No text makes a pattern slow: eight times the text takes about eight times the time, not sixty-four times. What is compared are times of this
 * machine, the best of three each, so that it may be slow itself and busy with something else.
 */

const RULES = [...TOKEN_RULES, ...COMMAND_RULES, ...NAME_RULES]
const CHARS = 100_000
/** Below this a pattern has not even begun to be slow: a quadratic one takes seconds for so much. */
const QUICK_MS = 250
/** Eight times the text: 8 is linear, 64 is quadratic. */
const LINEAR = 28

const UNITS = [
  ...[
    'a',
    'A',
    'f',
    '0',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '"',
    "'",
    '\\',
    '`',
    '-',
    '_',
    '.',
    ':',
    ';',
    '=',
    '@',
    '/',
    '+',
    '$',
  ],
  ...[
    'a.',
    'a-',
    'a0',
    'aA0',
    'a@',
    'a=',
    'a:',
    'a/',
    '0.',
    '0:',
    '::',
    '0:0',
    '--',
    '-----',
    '\\"',
    '="',
    ': ',
    ' -p',
  ],
  ...['://', 'a://', 'a,', '([', '{"a":', '<a>', 'xn--', 'é', '漢', '\u{1f600}'],
]

/** Every text that makes a pattern begin and go on, and never end well. */
function* attacks(hints: readonly string[]): Generator<(chars: number) => string> {
  for (const unit of [
    ...UNITS,
    ...hints,
    ...hints.flatMap((hint) => [`${hint} `, `${hint}=`, `${hint}"`, `${hint}: a`]),
  ])
    for (const start of ['', ...hints.slice(0, 3)]) yield (chars) => `${start}${unit.repeat(chars / unit.length)}\u0001`
}

function msOf(work: (text: string) => unknown, text: string): number {
  const started = cpuNow()
  work(text)
  return cpuNow() - started
}

/** The attacks that take more than their share when they are twice as long, again and again. */
function slowOnes(work: (text: string) => unknown, hints: readonly string[]): string[] {
  return [...attacks(hints)].filter((attack) => isSlow(work, attack)).map((attack) => attack(60))
}

function isSlow(work: (text: string) => unknown, attack: (chars: number) => string): boolean {
  if (msOf(work, attack(CHARS)) < QUICK_MS) return false
  const best = (chars: number) => Math.min(...[1, 2, 3].map(() => msOf(work, attack(chars))))
  return best(CHARS) > LINEAR * best(CHARS / 8)
}

const everyMatch = (pattern: RegExp) => (text: string) => {
  for (const _ of text.matchAll(pattern));
}

describe('E4: no text makes a rule of the redaction slow', () => {
  const patterns = RULES.flatMap(({ kind, hints, pattern, program }) =>
    [pattern, ...(program ? [program] : [])].map((one) => [kind, one, hints] as const),
  )

  test.each([...patterns, ['mark', MARK, ['[redacted:', '[private']] as const])('%s %s', (_, pattern, hints) => {
    expect(slowOnes(everyMatch(pattern), hints)).toEqual([])
  })

  test('nor all of them together', () => {
    const hints = [...new Set(RULES.flatMap((rule) => rule.hints))]
    const work = (text: string) => redact(text, () => 'key')
    const slow = hints.filter((hint) => isSlow(work, (chars) => `${hint} `.repeat(chars / (hint.length + 1))))

    expect(slow).toEqual([])
  })
})

/** Every pattern that an input of the API is held against. */
function validators(): Map<string, RegExp> {
  const found = new Map<string, RegExp>()
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof RegExp) found.set(String(value), value)
    else if (value instanceof z.ZodType || isCheck(value)) visit((value as { _zod: { def: unknown } })._zod.def)
    else for (const inner of Object.values(value)) visit(typeof inner === 'function' ? undefined : inner)
  }
  for (const [, , { input }] of everyOperation()) visit(input)
  return found
}

const isCheck = (value: object): boolean => '_zod' in value

describe('E4: no input makes a check of the contract slow', () => {
  const patterns = [...validators()]

  test('they are found', () => {
    expect(patterns.length).toBeGreaterThan(25)
  })

  test.each(patterns)('%s', (_, pattern) => {
    expect(slowOnes((text) => new RegExp(pattern.source, pattern.flags).test(text), [])).toEqual([])
  })
})
