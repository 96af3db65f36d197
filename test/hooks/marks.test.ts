import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepMarkKey, markKeyOf } from '../../src/mark-keys.ts'
import { redactorHere } from '../../src/redaction.ts'
import { newSession, writeSession } from '../../src/sessions.ts'
import { type Paths, pathsOf } from '../../src/settings.ts'

const CLIENT = { id: '019a1b2c-0000-7000-8000-000000000001', name: 'Dataforth' }
const TEXT = 'password: Kikker!Blauw7'

/** A machine on which one session works for the client and another one for nobody. */
function aMachine(): Paths {
  const paths = pathsOf({ MSP_HOME: mkdtempSync(join(tmpdir(), 'msp-marks-')) })
  writeSession(paths, { ...newSession('for-client'), open: true, client: CLIENT })
  writeSession(paths, { ...newSession('for-nobody'), open: true })
  return paths
}
const redactedIn = (paths: Paths, session: string): string =>
  redactorHere(paths, { clientKey: () => markKeyOf(paths, session) }).redact(TEXT).text

test('the same secret has the same mark on every machine that works for the client, and another one elsewhere', () => {
  const [one, other] = [aMachine(), aMachine()]
  for (const paths of [one, other]) keepMarkKey(paths, CLIENT.id, 'a-key-of-the-client')

  expect(redactedIn(one, 'for-client')).toBe(redactedIn(other, 'for-client'))
  expect(redactedIn(one, 'for-nobody')).not.toBe(redactedIn(other, 'for-nobody'))
  expect(redactedIn(one, 'for-nobody')).not.toBe(redactedIn(one, 'for-client'))
})

test('without a key of the client this machine has one of its own, and a newer one replaces an older one', () => {
  const paths = aMachine()
  const before = redactedIn(paths, 'for-client')
  keepMarkKey(paths, CLIENT.id, 'first')
  keepMarkKey(paths, CLIENT.id, 'second')

  expect(before).toMatch(/^password: \[REDACTED:password:[0-9a-f]{8}\]$/)
  expect(markKeyOf(paths, 'for-client')).toBe('second')
  expect(readFileSync(join(paths.auth, 'marks', CLIENT.id), 'utf8')).toBe('second\n')
})
