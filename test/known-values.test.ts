import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { everyKnownValue, forgetOldValues, knownValues, rememberFindings, rememberValues } from '../src/known-values.ts'
import { findSecrets } from '../src/redact/find.ts'
import { redact } from '../src/redact/redact.ts'
import { type Paths, pathsOf } from '../src/settings.ts'

const SESSION = 'c1a0de00-0000-4000-8000-000000000001'
const PASSWORD = 'Kikker!Blauw7'

/** The state of a technician's machine. */
function aMachine(): Paths {
  const MSP_HOME = mkdtempSync(join(tmpdir(), 'msp-known-'))
  onTestFinished(() => rmSync(MSP_HOME, { recursive: true, force: true }))
  return pathsOf({ MSP_HOME })
}

const foundIn = (paths: Paths, text: string, session = SESSION): string[] =>
  (knownValues(paths, session)?.(text) ?? []).map(({ start, end }) => text.slice(start, end))

describe('what was handed out in a session', () => {
  test('is found bare and encoded, in this session only', () => {
    const paths = aMachine()
    rememberValues(paths, SESSION, [{ value: PASSWORD, kind: 'password' }])
    const encoded = Buffer.from(`sa:${PASSWORD}`).toString('base64')

    expect(foundIn(paths, `the ${PASSWORD} of today`)).toEqual([PASSWORD])
    expect(foundIn(paths, `got ${encoded} back`)).toEqual([encoded])
    expect(foundIn(paths, 'nothing of it')).toEqual([])
    expect(knownValues(paths, 'another-session')).toBeUndefined()
  })

  test('lies there as fingerprints, readable by its owner only', () => {
    const paths = aMachine()
    rememberValues(paths, SESSION, [{ value: PASSWORD, kind: 'password' }])
    const path = join(paths.auth, 'known', SESSION)
    const kept = readFileSync(path, 'utf8')

    expect(kept).toMatch(/^13 \d{1,5} [0-9a-f]{32} password\n$/)
    for (const form of [PASSWORD, Buffer.from(PASSWORD).toString('base64'), Buffer.from(PASSWORD).toString('hex')])
      expect(kept).not.toContain(form)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('is replaced by the redactor under its own name', () => {
    const paths = aMachine()
    rememberValues(paths, SESSION, [{ value: 'zomeravond', kind: 'password' }])

    const { text } = redact('it printed zomeravond twice: zomeravond', () => 'key', {
      known: knownValues(paths, SESSION),
    })

    expect(text).toMatch(/^it printed \[REDACTED:password:(\w{8})\] twice: \[REDACTED:password:\1\]$/)
  })

  test('is taken down once, and forgotten after 30 days', () => {
    const paths = aMachine()
    for (const session of [SESSION, SESSION, 'three'])
      rememberValues(paths, session, [{ value: PASSWORD, kind: 'password' }])
    const path = (session: string) => join(paths.auth, 'known', session)
    expect(readFileSync(path(SESSION), 'utf8').split('\n')).toHaveLength(2)

    const old = Date.now() - 31 * 24 * 3_600_000
    utimesSync(path('three'), old / 1_000, old / 1_000)
    forgetOldValues(paths, Date.now())

    expect(readdirSync(join(paths.auth, 'known'))).toEqual([SESSION])
    expect(everyKnownValue(paths)?.(`x ${PASSWORD}`)).toHaveLength(1)
  })

  test('a private key is found line by line, and a damaged file means that nothing is known', () => {
    const paths = aMachine()
    const lines = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE', 'Ym1pZHRlbnMgZGFhciBzdGFhdCBlZW4gaHVp']
    rememberValues(paths, SESSION, [{ value: `${lines.join('\n')}\n`, kind: 'private-key' }])

    expect(foundIn(paths, `| ${lines[1]} |`)).toContain(lines[1])
    expect(foundIn(aMachine(), lines.join('\n'))).toEqual([])
  })

  test.each(['admin', '2041', 'ja', 'kantoor'])('a word like %s is not remembered: it stands everywhere', (value) => {
    const paths = aMachine()
    rememberValues(paths, SESSION, [{ value, kind: 'password' }])

    expect(existsSync(join(paths.auth, 'known', SESSION))).toBe(false)
  })
})

describe('what the redactor found in a command', () => {
  test('is found when a program prints it bare', () => {
    const paths = aMachine()
    const command = `net use Z: \\\\fs01\\data /user:CONTOSO\\jan ${PASSWORD}`
    rememberFindings(paths, SESSION, command, findSecrets(command, { as: 'command' }))

    expect(foundIn(paths, `System error 86 has occurred for >${PASSWORD}<`)).toEqual([PASSWORD])
  })

  test('is left out when it is short, of one kind of letters, or a guess', () => {
    const paths = aMachine()
    const text = 'Boter7 pannenkoek Kikker!Blauw7'
    const at = (value: string) => ({ start: text.indexOf(value), end: text.indexOf(value) + value.length })
    rememberFindings(paths, SESSION, text, [
      { ...at('Boter7'), kind: 'password' },
      { ...at('pannenkoek'), kind: 'password' },
      { ...at(PASSWORD), kind: 'password', isGuess: true },
    ])

    expect(knownValues(paths, SESSION)).toBeUndefined()
  })
})
