import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// About dist/ as `npm test` has just built it. Run alone, this file wants `npm run build` first.

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** `hook.cjs` is loaded for every event, `redact.cjs` where something is looked through for secrets. */
const MAX_KILOBYTES = { 'hook.cjs': 32, 'redact.cjs': 320 }

// systeminformation tries these on macOS and goes on without them.
const OPTIONAL = ['osx-temperature-sensor', 'macos-temperature-sensor']

const path = (name: string) => join(root, 'dist', name)
const isBuilt = (name: string) => existsSync(path(name))
const packageVersion = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

describe('what every hook loads', () => {
  test('is built', () => {
    expect(
      [
        'hook.cjs',
        'redact.cjs',
        'hook-guard.cjs',
        'hook-record.cjs',
        'hook-session.cjs',
        'hook-background.cjs',
        'keychain.cjs',
        'msp.cjs',
        'msp-more.cjs',
        'server.js',
        'web/scalar.js',
      ].filter((name) => !isBuilt(name)),
    ).toEqual([])
  })

  test.each(Object.entries(MAX_KILOBYTES))('%s is smaller than %d KB', (name, kilobytes) => {
    expect(statSync(path(name)).size / 1_024).toBeLessThan(kilobytes)
  })
})

describe('what runs on the technician’s machine needs no node_modules', () => {
  test.each([
    'hook.cjs',
    'redact.cjs',
    'hook-guard.cjs',
    'hook-record.cjs',
    'hook-session.cjs',
    'hook-background.cjs',
    'keychain.cjs',
    'msp.cjs',
    'msp-more.cjs',
  ])('%s', (name) => {
    const allowed = [
      './redact.cjs',
      './hook-guard.cjs',
      './hook-record.cjs',
      './hook-session.cjs',
      './msp-more.cjs',
      ...OPTIONAL,
    ]
    const foreign = requiredBy(path(name)).filter((module) => !isBuiltIn(module) && !allowed.includes(module))

    expect(foreign).toEqual([])
  })

  // The tests run under a newer Node; npm says which one it was started with.
  test('msp prints its version on the machine’s own Node, through a symbolic link on the PATH', () => {
    const folder = mkdtempSync(join(tmpdir(), 'msp-bin-'))
    symlinkSync(join(root, 'bin', 'msp'), join(folder, 'msp'))
    const ownNode = dirname(process.env.npm_node_execpath ?? process.execPath)
    const env = { PATH: [folder, ownNode, process.env.PATH].join(delimiter), HOME: folder, MSP_HOME: folder }

    const printed = execFileSync('msp', ['--version'], { cwd: folder, env, encoding: 'utf8' })

    expect(printed).toContain(packageVersion)
    rmSync(folder, { recursive: true })
  })
})

test.each(['redact.cjs', 'hook-guard.cjs', 'hook-record.cjs', 'hook-session.cjs'])(
  '%s begins with the hash of the rest, by which its compiled code is known',
  (name) => {
    const [, hash, code = ''] = /^\/\*([0-9a-f]{16})\*\/([\s\S]*)$/.exec(readFileSync(path(name), 'utf8')) ?? []

    expect(hash).toBe(createHash('sha256').update(code).digest('hex').slice(0, 16))
  },
)

test('dist/build.json says what was built', () => {
  const record = JSON.parse(readFileSync(path('build.json'), 'utf8'))

  expect(record).toEqual({
    version: packageVersion,
    builtAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    sourceHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

/** Modules that a minified CommonJS bundle requires by a constant name. */
function requiredBy(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].flatMap((match) => match[1] ?? [])
}

function isBuiltIn(module: string): boolean {
  return module.startsWith('node:') || builtinModules.includes(module)
}
