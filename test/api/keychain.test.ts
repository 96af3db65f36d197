import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Keychain, KeychainError, keychainFor, noKeychain, systemKeychain } from '../../src/api/keychain.ts'
import { keyForLogin, machineKeyPath, readKeyFile } from '../../src/api/machine-key.ts'
import { copiedElsewhere, keep } from '../../src/api/secret-place.ts'
import { folderKeychain } from './folder-keychain.ts'
import { aFolder } from './machine.ts'

const SECRET = { name: 'refresh-1', secret: 'rt_CANARY-7c1e' }
const failing: Keychain = { ...noKeychain('cannot be used here (no D-Bus)'), isOff: false }

/** A keychain behind a program of these lines. */
function behind(source: string, limitMs = 20_000): Keychain {
  const program = join(aFolder(), 'keychain.cjs')
  writeFileSync(program, source)
  return systemKeychain(program, limitMs)
}

describe('the keychain behind its program', () => {
  test('gets what it is asked on stdin, never as an argument', async () => {
    const seen = join(aFolder(), 'seen')
    const program = `
      const input = require('fs').readFileSync(0, 'utf8')
      require('fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify([input, process.argv]))
      process.stdout.write(JSON.stringify({ read: [] }))`

    await behind(program).change({ set: SECRET, remove: ['old'] })

    const [input, argv] = JSON.parse(readFileSync(seen, 'utf8'))
    expect(JSON.parse(input)).toEqual({ set: [SECRET], remove: ['old'] })
    expect(argv.join(' ')).not.toContain(SECRET.secret)
  })

  test.each([
    ['says why it cannot', `process.stdout.write('{"error":"no D-Bus"}')`, 'cannot be used here (no D-Bus)'],
    ['ends without an answer', 'process.exit(3)', 'cannot be reached (its program ended with 3)'],
    ['breaks', 'process.kill(process.pid, "SIGSEGV")', 'cannot be reached (its program ended with SIGSEGV)'],
    ['answers nonsense', 'process.stdout.write("?")', 'its program answered nothing that can be read'],
  ])('is given up when it %s', async (_, source, why) => {
    const reading = behind(source).read(['refresh-1'])

    await expect(reading).rejects.toThrow(KeychainError)
    await expect(reading).rejects.toThrow(why)
  })

  test('is given up, and ended, when it does not answer in time', async () => {
    const started = performance.now()

    await expect(behind('setInterval(() => {}, 1000)', 300).read(['refresh-1'])).rejects.toThrow(
      'did not answer within 0.3 s; it may be locked',
    )

    expect(performance.now() - started).toBeLessThan(30_000)
  })

  test.each([
    [{ MSP_KEYCHAIN: 'off' }, {}],
    [{}, { 'auth.keychain': 'off' }],
  ])('is not used where somebody chose so: %j %j', (environment, preferences) => {
    expect(keychainFor({ preferences }, environment).isOff).toBe(true)
  })
})

describe('where a secret is kept', () => {
  test('is the keychain, under a name that does not tell it', async () => {
    const keychain = folderKeychain(aFolder())

    expect(await keep({ auth: aFolder(), keychain }, SECRET)).toEqual({ entry: 'refresh-1' })
    expect(await keychain.read(['refresh-1'])).toEqual([SECRET.secret])
  })

  test('is a file when the keychain fails, and the reason is kept with it', async () => {
    expect(await keep({ auth: aFolder(), keychain: failing }, SECRET)).toEqual({
      whyInFile: 'the keychain cannot be used here (no D-Bus)',
    })
  })

  test('is no file of a folder that is copied to other computers', async () => {
    const auth = join(aFolder(), 'OneDrive - Contoso', 'auth')

    await expect(keep({ auth, keychain: failing }, SECRET)).rejects.toThrow(
      /is copied to other computers \(OneDrive - Contoso\).*Set MSP_HOME to a folder of this computer only/,
    )
  })

  test('is no file on Windows, unless somebody chose that', async () => {
    asOn('win32')

    await expect(keep({ auth: aFolder(), keychain: failing }, SECRET)).rejects.toThrow(
      /Windows.*"auth.keychain": "off"/,
    )
    expect(await keep({ auth: aFolder(), keychain: noKeychain('is off') }, SECRET)).toEqual({})
  })

  test.each([
    ['C:\\Users\\ana\\OneDrive\\.claudetools\\auth', 'is copied to other computers (OneDrive)'],
    ['/home/ana/Dropbox (Personal)/msp/auth', 'is copied to other computers (Dropbox (Personal))'],
    ['/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/msp', 'is copied to other computers (Mobile Documents)'],
    ['C:\\Users\\ana\\iCloudDrive\\msp', 'is copied to other computers (iCloudDrive)'],
    ['\\\\fileserver\\homes\\ana\\auth', 'is on the network'],
    ['\\\\?\\UNC\\fileserver\\homes\\ana', 'is on the network'],
    ['\\\\?\\C:\\Users\\ana\\auth', null],
    ['/home/ana/.claudetools/auth', null],
    ['/home/dropbox-admin/.claudetools/auth', null],
  ])('looks at the name of a folder: %s', (folder, told) => {
    expect(copiedElsewhere(folder)).toBe(told)
  })

  test('looks at where a link leads', () => {
    const folder = aFolder()
    mkdirSync(join(folder, 'Dropbox'))
    symlinkSync(join(folder, 'Dropbox'), join(folder, 'msp'))

    expect(copiedElsewhere(join(folder, 'msp', 'auth'))).toBe('is copied to other computers (Dropbox)')
  })
})

describe.skipIf(process.platform === 'win32')('the file of the key', () => {
  test('is for its owner only, in a folder that is too', async () => {
    const auth = aFolder()
    await keyForLogin({ auth, keychain: noKeychain('is off') })

    chmodSync(machineKeyPath(auth), 0o640)
    expect(() => readKeyFile(auth)).toThrow(/machine-key.json can be read by others \(mode 640\)/)

    chmodSync(machineKeyPath(auth), 0o600)
    chmodSync(auth, 0o755)
    expect(() => readKeyFile(auth)).toThrow(/can be read by others \(mode 755\)/)
  })
})

function asOn(platform: NodeJS.Platform): void {
  const before = process.platform
  Object.defineProperty(process, 'platform', { value: platform })
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: before }))
}
