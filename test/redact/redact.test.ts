import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../src/redact/redact.ts'
import { redactionKey } from '../../src/redaction-key.ts'

const KEY = 'a key of this machine'
const withKey = () => KEY

describe('redacting', () => {
  test('puts kind and fingerprint where the secret stood', () => {
    const hmac8 = createHmac('sha256', KEY).update('Zomer41').digest('hex').slice(0, 8)

    const result = redact('mysql -pZomer41 -e "show databases" && mysqldump -pZomer41 db', withKey)

    const mark = `[REDACTED:password:${hmac8}]`
    expect(result).toEqual({ text: `mysql -p${mark} -e "show databases" && mysqldump -p${mark} db`, count: 2 })
  })

  test('covers a secret by asterisks where the text is too short for a mark', () => {
    expect(redact('mysql -pZomer41', withKey)).toEqual({ text: 'mysql -p*******', count: 1 })
  })

  test('replaces what was marked private by a mark that tells nothing', () => {
    const result = redact('my name is <private>Ana, password: x</private>.', withKey)

    expect(result).toEqual({ text: 'my name is [PRIVATE].', count: 1 })
  })

  test('asks for no key when there is nothing to redact', () => {
    const noKey = () => {
      throw new Error('asked for the key')
    }

    expect(redact('Get-LocalUser | Select-Object Name', noKey)).toEqual({
      text: 'Get-LocalUser | Select-Object Name',
      count: 0,
    })
  })

  test('fails rather than keep a secret when there is no key', () => {
    const noKey = () => {
      throw new Error('no key')
    }

    expect(() => redact('password: Zomer41', noKey)).toThrow('no key')
  })

  test.each([
    'https://ana:[REDACTED:url-password:0a1b2c3d]@example.org/path',
    'Authorization: Bearer [REDACTED:jwt:0a1b2c3d]',
    'password is [REDACTED:password:0a1b2c3d], token=[PRIVATE]',
    'x-pw [REDACTED:password:0a1b2c3d]',
  ])('leaves the marks of %j alone', (text) => {
    expect(redact(text, withKey)).toEqual({ text, count: 0 })
  })

  test('redacts what was glued to a mark', () => {
    const result = redact('password=[REDACTED:jwt:0a1b2c3d]Zomer41', withKey)

    expect(result.text).not.toContain('Zomer41')
  })

  test('does nothing more to what it has redacted', () => {
    const piece = fc.constantFrom(
      ...[
        'password',
        ' ',
        ': ',
        '=',
        ' is ',
        '"',
        "'",
        '\\"',
        '-p',
        '--password',
        'mysql ',
        'curl -u a:',
        'token',
        'https://a:',
        '@b/',
      ],
      ...[
        'Zomer41',
        'x',
        'Authorization: Bearer ',
        'Cookie: a=b',
        '\n',
        ';',
        ',',
        '[REDACTED:jwt:0a1b2c3d]',
        '[PRIVATE]',
        '<private>',
        '</private>',
      ],
      ...[
        'net user a ',
        '<Password>',
        '</Password>',
        '$x',
        'eyJaaaaaaaaa.eyJaaaaaaaaa.a',
        'AKIAABCDEFGH23456789',
        'X_TOKEN=',
        '{',
        '}',
        'é😀',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const once = redact(pieces.join(''), withKey)
        expect(once.text.length).toBeLessThanOrEqual(2 * pieces.join('').length)
        expect(redact(once.text, withKey)).toEqual({ text: once.text, count: 0 })
      }),
      { numRuns: 3_000 },
    )
  })

  test('never lets a named secret through, whatever it is made of', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!#%&*+.?@^_~-]{6,30}$/).map((text) => `q7${text}`)
    fc.assert(
      fc.property(secret, (value) => {
        for (const text of [`--password '${value}'`, `{"password":"${value}"}`, `PGPASSWORD='${value}' psql`]) {
          expect(redact(text, withKey).text).not.toContain(value)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the key of the marks', () => {
  test('is made once, for its owner only, and replaced when it is damaged', () => {
    const home = mkdtempSync(join(tmpdir(), 'msp-key-'))
    const auth = join(home, 'auth')
    const path = join(auth, 'redaction.key')

    const first = redactionKey(auth)()
    const again = redactionKey(auth)()
    const mode = statSync(path).mode & 0o777
    writeFileSync(path, 'cut')
    const afterDamage = redactionKey(auth)()

    expect([first, again === first, process.platform === 'win32' || mode === 0o600]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      true,
      true,
    ])
    expect(afterDamage).not.toBe(first)
    expect(readFileSync(path, 'utf8').trim()).toBe(afterDamage)
    rmSync(home, { recursive: true })
  })

  test('serves one process where the home cannot be written', () => {
    const key = redactionKey('/dev/null/auth')

    expect(key()).toMatch(/^[0-9a-f]{64}$/)
    expect(key()).toBe(key())
  })
})
