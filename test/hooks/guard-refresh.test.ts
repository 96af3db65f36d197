import {
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { guardPath } from '../../src/guard-cache.ts'
import { isWhole, writeGuard } from '../../src/guard-cache-writing.ts'
import { aGuard, anAsset } from '../support/guard.ts'
import {
  ACME,
  aGuardedMachine,
  aGuardServer,
  bash,
  DATAFORTH,
  LOCAL_USER,
  prompt,
  silent,
  until,
  works,
} from './guarded.ts'
import { aCommand, aFailure, aMachine, logIn, root, said } from './world.ts'

describe('trouble with what is kept of it', () => {
  const DAY_MS = 24 * 60 * 60_000
  const damages: [string, (path: string) => void][] = [
    ['is missing', (path) => rmSync(path)],
    ['is another text', (path) => writeFileSync(path, 'x'.repeat(2_000))],
    ['ends too soon', (path) => truncateSync(path, 700)],
    [
      'is forged',
      (path) => writeFileSync(path, `${readFileSync(path, 'latin1')}`.replace('Win32_U', 'Evil__U'), 'latin1'),
    ],
    ['is of another client', (path) => copyFileSync(path.replace(DATAFORTH.id, ACME.id), path)],
    ['is older than a week', (path) => utimesSync(path, new Date(), new Date(Date.now() - 8 * DAY_MS))],
  ]

  test.each(damages)('stops no command, is said once and repaired: it %s', async (_, damage) => {
    await using server = await aGuardServer()
    await using machine = aGuardedMachine(aGuard(), { apiUrl: server.url })
    logIn(machine, server.url)
    writeGuard(machine.paths, ACME.id, aGuard())
    damage(guardPath(machine.paths, DATAFORTH.id))

    const first = await machine.hook('PreToolUse', bash(LOCAL_USER))
    await until(() => server.asked.length > 0 && isWhole(machine.paths, DATAFORTH.id))
    const second = await machine.hook('PreToolUse', bash(LOCAL_USER))

    expect(said(first)).toEqual({
      notice: expect.stringMatching(/^ClaudeTools: The list of what is known to fail.*fetched/),
    })
    expect(said(second)).toEqual({ decision: 'deny', reason: expect.any(String) })
  })

  test('is said once, however long it lasts', async () => {
    await using machine = aGuardedMachine()
    logIn(machine, 'http://127.0.0.1:9')
    truncateSync(guardPath(machine.paths, DATAFORTH.id), 700)

    const runs = [
      await machine.hook('PreToolUse', bash(LOCAL_USER)),
      await machine.hook('PreToolUse', bash(LOCAL_USER)),
      await machine.hook('PreToolUse', bash('ls -la')),
    ]

    expect(runs.map((run) => said(run).notice !== undefined)).toEqual([true, false, false])
    expect(runs.slice(1)).toMatchObject([silent, silent])
    expect(existsSync(guardPath(machine.paths, DATAFORTH.id))).toBe(false)
  })

  test('is none where nobody is logged in', async () => {
    await using machine = works(aMachine())

    expect(await machine.hook('PreToolUse', bash(LOCAL_USER))).toMatchObject(silent)
  })

  test('stops no command when its own program is damaged', async () => {
    await using machine = aGuardedMachine()
    const program = join(machine.dir, 'dist')
    cpSync(join(root, 'dist'), program, { recursive: true })
    writeFileSync(join(program, 'hook-guard.cjs'), 'throw new Error("damaged")')

    const run = await machine.hook('PreToolUse', bash(LOCAL_USER), { program: join(program, 'hook.cjs') })

    expect(run).toMatchObject(silent)
  })
})

describe('what colleagues learn', () => {
  test('is fetched when a command has failed, after it was delivered, and nothing is sent again', async () => {
    await using server = await aGuardServer()
    await using machine = aGuardedMachine(aGuard(), { apiUrl: server.url })
    logIn(machine, server.url)

    await machine.hook(
      'PostToolUseFailure',
      aFailure('nosuchprogram', 't1', 'Exit code 127\nbash: nosuchprogram: command not found'),
    )
    await until(() => server.asked.length > 2)

    expect(server.asked).toEqual(
      ['open:1', 'cmd:t1', { client_id: DATAFORTH.id, version: 'v1' }].slice(-server.asked.length),
    )
    expect(isWhole(machine.paths, DATAFORTH.id)).toBe(true)
  })

  test('is fetched when a command ran that was stopped before, so that it is not stopped again', async () => {
    await using server = await aGuardServer(aGuard({ version: 'v2', patterns: [], assets: [] }))
    await using machine = aGuardedMachine(aGuard(), { apiUrl: server.url })
    logIn(machine, server.url)

    await machine.hook('PostToolUse', aCommand(`${LOCAL_USER} # msp:allow`, 't1'))
    await until(
      () => server.asked.length > 1 && readFileSync(guardPath(machine.paths, DATAFORTH.id), 'latin1').includes('"v2"'),
    )

    expect(await machine.hook('PreToolUse', bash(LOCAL_USER))).toMatchObject(silent)
  })

  test.each(['start', 'stop', 'prompt'])('is fetched in the background of a %s', async (after) => {
    await using server = await aGuardServer()
    await using machine = works(aMachine({ apiUrl: server.url }))
    logIn(machine, server.url)

    await machine.background(after)

    expect(said(await machine.hook('PreToolUse', bash(LOCAL_USER))).decision).toBe('deny')
  })

  test.each(['stop', 'prompt'])('is not asked for again at once at a %s', async (after) => {
    await using server = await aGuardServer()
    await using machine = aGuardedMachine(aGuard(), { apiUrl: server.url })
    logIn(machine, server.url)

    await machine.background(after)

    expect(server.asked.filter((one) => typeof one === 'object')).toEqual([])
  })

  test('is asked for with a prompt when that was last done a while ago', async () => {
    await using server = await aGuardServer(aGuard({ version: 'v2', assets: [anAsset()] }))
    await using machine = aGuardedMachine(aGuard({ patterns: [] }), { apiUrl: server.url })
    logIn(machine, server.url)
    const before = new Date(Date.now() - 2 * 60_000)
    utimesSync(guardPath(machine.paths, DATAFORTH.id), before, before)

    await machine.hook('UserPromptSubmit', prompt('Which users are there?'))
    await until(
      () => server.asked.length > 0 && readFileSync(guardPath(machine.paths, DATAFORTH.id), 'latin1').includes('"v2"'),
    )

    expect(said(await machine.hook('PreToolUse', bash(LOCAL_USER))).decision).toBe('deny')
  })
})
