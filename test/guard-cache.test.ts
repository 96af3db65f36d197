import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askedKeys } from '../src/guard/decide.ts'
import { DamagedGuard, guardPath, mayBeKnown, openGuard } from '../src/guard-cache.ts'
import { isWhole, writeGuard } from '../src/guard-cache-writing.ts'
import { everydayWords } from '../src/hooks/plain-commands.ts'
import { type Paths, pathsOf } from '../src/settings.ts'
import { aGuard, anAsset, aPattern, SRV_OLD } from './support/guard.ts'

const DATAFORTH = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001'
const ACME = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0002'
const KEY = 'program get-localuser'
const ON_SRV_OLD = [null, { asset: SRV_OLD }]

let dir: string
let paths: Paths
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'msp-guard-'))
  paths = pathsOf({ MSP_HOME: dir })
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Replaces a piece of the file, in the same length. */
function forge(before: string, after: string): void {
  const file = guardPath(paths, DATAFORTH)
  writeFileSync(file, readFileSync(file, 'latin1').replace(before, after), 'latin1')
}

describe('what is known to fail for a client', () => {
  test('is found by its key and place, and its machines by any of their names', () => {
    writeGuard(paths, DATAFORTH, aGuard())

    const guard = openGuard(paths, DATAFORTH)

    expect(guard?.patterns(KEY, ON_SRV_OLD)).toEqual([aPattern({ at: expect.any(String) })])
    expect(guard?.patterns(KEY, [null, { host: 'srv-old' }])).toEqual([])
    expect(guard?.patterns('program get-service', ON_SRV_OLD)).toEqual([])
    expect(guard?.asset('10.4.0.8')).toMatchObject({ id: SRV_OLD })
    expect(guard?.vouch()).toBeUndefined()
    guard?.close()
  })

  test.each([
    [{ infrastructure_id: null }, null],
    [{ infrastructure_id: null, host: 'nas1' }, { host: 'nas1' }],
    [{ infrastructure_id: null, machine_id: ACME }, { machine: ACME }],
    [{ infrastructure_id: null, system: 'debian 12' }, { system: 'debian 12' }],
  ])('is found where it holds: %j', (where, place) => {
    writeGuard(paths, null, aGuard({ patterns: [aPattern(where)] }))

    const guard = openGuard(paths, null)

    expect(guard?.patterns(KEY, [place])).toHaveLength(1)
    guard?.close()
  })

  test('is readable by nobody else', () => {
    writeGuard(paths, DATAFORTH, aGuard())

    expect(statSync(guardPath(paths, DATAFORTH)).mode & 0o777).toBe(0o600)
    expect(statSync(join(paths.auth, 'redaction.key')).mode & 0o777).toBe(0o600)
  })

  test('is one of ten thousand, and all of them are found', () => {
    const patterns = Array.from({ length: 10_000 }, (_, number) =>
      aPattern({ id: `p${number}`, key: `exact ${number}` }),
    )
    writeGuard(paths, DATAFORTH, aGuard({ patterns }))

    const guard = openGuard(paths, DATAFORTH)
    const lost = patterns.filter(({ key, id }) => guard?.patterns(key, ON_SRV_OLD)[0]?.id !== id)
    guard?.close()

    expect(lost).toEqual([])
    expect(isWhole(paths, DATAFORTH)).toBe(true)
  })
})

describe('a file that is not as it was written', () => {
  test.each([
    ['is another text', () => writeFileSync(guardPath(paths, DATAFORTH), 'x'.repeat(9_000))],
    ['is empty', () => writeFileSync(guardPath(paths, DATAFORTH), '')],
    ['ends too soon', () => truncateSync(guardPath(paths, DATAFORTH), 1_000)],
    ['goes on behind its end', () => writeFileSync(guardPath(paths, DATAFORTH), 'x', { flag: 'a' })],
    ['is another client’s', () => copyFileSync(guardPath(paths, DATAFORTH), guardPath(paths, ACME))],
    ['has another format', () => forge('"format":1', '"format":2')],
  ])('cannot be opened: it %s', (what, damage) => {
    writeGuard(paths, DATAFORTH, aGuard())
    damage()
    const client = what.includes('another client') ? ACME : DATAFORTH

    expect(() => openGuard(paths, client)).toThrow(DamagedGuard)
    expect(isWhole(paths, client)).toBe(false)
  })

  test.each([
    ['words of a pattern', 'Get-WmiObject', 'rm -rf / # xx'],
    ['a machine', 'srv-old.dataforth.local', 'srv-new.dataforth.local'],
    ['the head', '"version":"v1"', '"version":"v2"'],
  ])('is not vouched for: %s', (_, before, after) => {
    writeGuard(paths, DATAFORTH, aGuard())
    forge(before, after)
    const guard = openGuard(paths, DATAFORTH)
    for (const name of ['srv-old', 'srv-new.dataforth.local', '10.4.0.8', 'srv-old.dataforth.local']) guard?.asset(name)
    guard?.patterns(KEY, ON_SRV_OLD)

    expect(() => guard?.vouch()).toThrow(DamagedGuard)
    expect(isWhole(paths, DATAFORTH)).toBe(false)
    guard?.close()
  })

  test('is not vouched for on a machine with another key', () => {
    writeGuard(paths, DATAFORTH, aGuard())
    rmSync(join(paths.auth, 'redaction.key'))
    const guard = openGuard(paths, DATAFORTH)
    guard?.patterns(KEY, ON_SRV_OLD)

    expect(() => guard?.vouch()).toThrow(DamagedGuard)
    guard?.close()
  })

  test('is not there: that is no damage', () => {
    expect(openGuard(paths, DATAFORTH)).toBeUndefined()
    expect(isWhole(paths, DATAFORTH)).toBe(false)
  })
})

describe('a command of every day', () => {
  const EVERYDAY = [
    'ls -la /srv',
    'cd /srv/app && git status --short | head -20',
    'git push || git pull',
    'GIT log --oneline; cat a.txt 2>/dev/null',
    'npm run build 2>&1',
  ]

  test.each(EVERYDAY)('is known by nothing but its words: %s', (command) => {
    const words = everydayWords(command) ?? []
    const keys = askedKeys(command, 'bash')

    for (const key of keys) {
      const grain = key.split(' ')[0] as 'exact'
      writeGuard(paths, null, aGuard({ patterns: [aPattern({ grain, key })] }))
      expect([key, mayBeKnown(paths, null, words)]).toEqual([key, true])
    }
  })

  test('need not be looked up where nothing is known of its programs', () => {
    writeGuard(
      paths,
      null,
      aGuard({ patterns: [aPattern({ key: 'exact lsof -i', grain: 'exact' })], assets: [anAsset()] }),
    )

    expect(mayBeKnown(paths, null, ['ls', 'git', '&&'])).toBe(false)
  })

  test.each(['ssh srv1 ls', 'dir \\\\nas1\\data', 'apt update', 'ls $HOME', 'docker ps', 'bash -c "ls"'])(
    'is none that may reach another machine or meet a limit: %s',
    (command) => {
      expect(everydayWords(command)).toBeUndefined()
    },
  )
})
