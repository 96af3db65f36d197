import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Lexed, lex, lexCommand, lexScript, placeIn, type Word } from '../../src/shell/lex.ts'
import { cpuNow } from '../support/cpu-time.ts'

const words = ({ tokens }: Pick<Lexed, 'tokens'>) =>
  tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []))
const anyText = fc.string({ unit: fc.constantFrom(...'ab1 \t\n\r\\"\'`$^{}()[]<>|&;#=-%@é,'), maxLength: 60 })

describe('the tokens of a command line', () => {
  test.each([
    ['ls -la /srv', ['ls', '-la', '/srv']],
    ['echo "a b" c', ['echo', 'a b', 'c']],
    ["x -p'abc'd", ['x', '-pabcd']],
    ['a; b && c | d', ['a', 'b', 'c', 'd']],
    ['net use C:\\data\\ /user:ana', ['net', 'use', 'C:\\data\\ /user:ana']],
    ['cat <<EOF\nbody text\nEOF\nls', ['cat', 'EOF', 'ls']],
    ['ls # note', ['ls']],
  ])('%j', (command, expected) => {
    expect(words({ tokens: lex(command) })).toEqual(expected)
  })
})

describe('the words of a script of any shell', () => {
  test.each([
    ['net use C:\\data\\ /user:ana', ['net', 'use', 'C:\\data\\', '/user:ana']],
    ["x 'it''s'", ['x', "it's"]],
    ['x "say ""hi"""', ['x', 'say "hi"']],
    ["x $'it\\'s' y", ['x', "it\\'s", 'y']],
    ['net user jan a^&b', ['net', 'user', 'jan', 'a^&b']],
    ['x `\r\n -y', ['x', '-y']],
    ['x ^\r\n /y', ['x', '/y']],
    ["x 'user','jan', \"w\"", ['x', 'user', 'jan', 'w']],
    ["don't stop", ["don't", 'stop']],
    ['# net user', ['net', 'user']],
    ['x a}b)c', ['x', 'a}b)c']],
    ['{ x a }', ['x', 'a']],
    ['f(x a)', ['f', 'x', 'a']],
    ['@"\nfirst\nsecond\n"@ | x', ['first\nsecond', 'x']],
    ["@'\nit's\n'@", ["it's"]],
    ['x --% a "b c"', ['x', '--%', 'a', 'b c']],
  ])('%j', (script, expected) => {
    expect(words(lexScript(script))).toEqual(expected)
  })

  test('the bodies of here-documents are told with the redirection that they belong to', () => {
    const script = "cat <<A <<-'B C'\none\nA\n\ttwo\n\tB C\nls"

    const { tokens, bodies } = lexScript(script)

    expect(bodies.map(({ start, end }) => script.slice(start, end))).toEqual(['one\n', '\ttwo\n'])
    expect(bodies.map(({ redirect }) => tokens[redirect]?.text)).toEqual(['<<', '<<-'])
  })

  test('a shift of bits begins no here-document', () => {
    expect(words(lexScript('x $((1<<4))\nls'))).toContain('ls')
  })
})

describe('the one command line that begins somewhere', () => {
  test.each([
    ['a b\nc', 'a b'],
    ['a \\\n b\nc', 'a \\\n b'],
    ['a "b\nc" d\ne', 'a "b\nc" d'],
    ["it isn't so\nnext 'x'", "it isn't so"],
    ['a "b c\nnext', 'a "b c'],
    ['a <<E\nx\nE\nnext', 'a <<E\nx\nE\n'],
  ])('%j ends after %j', (text, command) => {
    expect(text.slice(0, lexCommand(text, 0, text.length).end)).toBe(command)
  })
})

describe('for any text', () => {
  test('every word is made of the stretches of the text that it names', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { tokens } of [{ tokens: lex(text) }, lexScript(text), lexCommand(text, 0, text.length)])
          for (const token of tokens) {
            expect(token.start).toBeLessThanOrEqual(token.end)
            if (token.kind === 'word') expect(joined(text, token)).toBe(token.text)
          }
      }),
    )
  })

  test('a stretch of a word is found where it stands', () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, from) => {
        for (const token of lexScript(text).tokens) {
          if (token.kind !== 'word' || from >= token.text.length) continue
          const { start, end } = placeIn(token, from, from + 1)
          expect(text.slice(start, end)).toBe(token.text.slice(from, from + 1))
        }
      }),
    )
  })

  test.each([
    '"',
    "'",
    '\\',
    '`',
    '$(',
    '<<E\n',
    '<<E ',
    'a"',
    "a'",
    "''",
    '"" ',
    '@"\n',
    '(',
    '{',
    '^',
    'a\n',
    "'a',",
  ])('a hundred thousand characters of %j take no time', (unit) => {
    const text = unit.repeat(100_000 / unit.length)
    const started = cpuNow()
    lex(text)
    lexScript(text)
    lexCommand(text, 0, text.length)
    // Takes about 20 ms; what is not linear takes seconds.
    expect(cpuNow() - started).toBeLessThan(1_500)
  })
})

const joined = (text: string, { pieces }: Word): string => pieces.map(([start, end]) => text.slice(start, end)).join('')
