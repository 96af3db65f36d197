import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_API_URL,
  pathsOf,
  readSettings,
  readSettingsLeniently,
  SettingsError,
  updateConfig,
} from '../src/settings.ts'

function aHome(config?: string) {
  const path = mkdtempSync(join(tmpdir(), 'msp-home-'))
  if (config !== undefined) writeFileSync(join(path, 'config.json'), config)
  return {
    path,
    environment: { MSP_HOME: path },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

describe('settings', () => {
  test('have defaults when nothing was configured', () => {
    using home = aHome()

    const settings = readSettings(home.environment)

    expect(settings).toEqual({ apiUrl: DEFAULT_API_URL, preferences: {}, paths: pathsOf(home.environment) })
  })

  test('come from config.json, whose byte order mark does no harm', () => {
    using home = aHome(
      '\uFEFF{"api_url":"https://msp.example/","machine_id":"m-1","preferences":{"quiet":true},"later":1}',
    )

    const settings = readSettings(home.environment)

    expect(settings).toMatchObject({ apiUrl: 'https://msp.example', machineId: 'm-1', preferences: { quiet: true } })
  })

  test('take the URL of the environment first', () => {
    using home = aHome('{"api_url":"https://msp.example"}')

    const settings = readSettings({ ...home.environment, MSP_API_URL: 'http://127.0.0.1:9999/' })

    expect(settings.apiUrl).toBe('http://127.0.0.1:9999')
  })

  test.each([
    ['{', /config\.json is not valid JSON\. Correct it, or delete it and run "msp doctor"/],
    ['[]', /must hold one JSON object/],
    ['{"api_url":7}', /has an "api_url" that is not a string/],
    ['{"machine_id":""}', /has a "machine_id" that is not a string/],
    ['{"preferences":[]}', /has "preferences" that are not an object/],
    ['{"api_url":"ftp://x"}', /"api_url" in .*config\.json is not a web address\. Give it as in http:/],
    ['{"api_url":"https://ana:pw@x"}', /must not contain a user or password/],
  ])('that say %s are refused with file, mistake and way out', (config, message) => {
    using home = aHome(config)

    const read = () => readSettings(home.environment)

    expect(read).toThrow(SettingsError)
    expect(read).toThrow(message)
  })

  test('never repeat what stands in a broken file', () => {
    using home = aHome('{"api_url": hunter2-secret}')

    expect(() => readSettings(home.environment)).not.toThrow(/hunter2/)
    expect(() => readSettings(home.environment)).toThrow(home.path)
  })

  test('that cannot be read are refused with the reason', () => {
    using home = aHome()
    mkdirSync(join(home.path, 'config.json'))

    expect(() => readSettings(home.environment)).toThrow(/config\.json cannot be read \(EISDIR\)/)
  })

  test('let a hook go on with defaults and one line for the user', () => {
    using home = aHome('{')

    const { settings, problem } = readSettingsLeniently(home.environment)

    expect(settings.apiUrl).toBe(DEFAULT_API_URL)
    expect(problem).toMatch(/is not valid JSON/)
  })
})

describe('the home folder', () => {
  test.each([
    [{ MSP_HOME: '/srv/msp' }, resolve('/srv/msp')],
    [{ MSP_HOME: 'relative' }, resolve('relative')],
    [{ MSP_HOME: '~/msp', HOME: '/home/ana', USERPROFILE: '/home/ana' }, join('/home/ana', 'msp')],
    [{ MSP_HOME: ' ', HOME: '/home/ana', USERPROFILE: '/home/ana' }, join('/home/ana', '.claudetools')],
    [{}, join(homedir(), '.claudetools')],
  ])('is found from %j', (environment, home) => {
    expect(pathsOf(environment).home).toBe(home)
  })
})

describe('changing the configuration', () => {
  test('keeps what it does not change, also fields of a later version, in a file of the owner', () => {
    using home = aHome('{"later":{"x":1},"preferences":{"a":1}}')
    const paths = pathsOf(home.environment)

    updateConfig(paths, { machineId: 'm-2', apiUrl: 'https://msp.example/', preferences: { b: 2 } })

    expect(JSON.parse(readFileSync(paths.config, 'utf8'))).toEqual({
      later: { x: 1 },
      preferences: { a: 1, b: 2 },
      machine_id: 'm-2',
      api_url: 'https://msp.example',
    })
    expect(statSync(paths.config).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  })

  test('refuses to overwrite a file that it does not understand', () => {
    using home = aHome('{ broken')

    expect(() => updateConfig(pathsOf(home.environment), { machineId: 'm' })).toThrow(SettingsError)
    expect(readFileSync(join(home.path, 'config.json'), 'utf8')).toBe('{ broken')
  })
})
