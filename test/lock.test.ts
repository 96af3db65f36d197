import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { LockError, withLock } from '../src/lock.ts'

function aFolder() {
  const path = mkdtempSync(join(tmpdir(), 'msp-lock-'))
  return { lock: join(path, 'auth.lock'), path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const CONTENDER = fileURLToPath(new URL('./lock-contender.ts', import.meta.url))

function contender(...args: string[]): ChildProcess {
  return spawn(process.execPath, [CONTENDER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** A process that was killed while it held the lock. */
async function leaveDeadHolder(lock: string): Promise<void> {
  const holder = contender('hold', lock)
  await once(holder.stdout as NodeJS.ReadableStream, 'data')
  holder.kill('SIGKILL')
  await once(holder, 'close')
}

/** A lock file as somebody else left it. */
function leaveHolder(lock: string, holder: object | string, ageMs = 0): void {
  writeFileSync(`${lock}.7`, typeof holder === 'string' ? holder : JSON.stringify(holder))
  const then = new Date(Date.now() - ageMs)
  utimesSync(`${lock}.7`, then, then)
}

const tryLock = (lock: string) => withLock(lock, { waitMs: 0 }, () => 'mine')

describe('a lock', () => {
  test('gives back what was done under it, and is free afterwards', async () => {
    using folder = aFolder()

    const turns = [await tryLock(folder.lock), await tryLock(folder.lock)]

    expect(turns).toEqual([
      { held: true, value: 'mine' },
      { held: true, value: 'mine' },
    ])
  })

  test('is busy for others, also in the same process, and free after an error', async () => {
    using folder = aFolder()
    let during: unknown

    const failing = withLock(folder.lock, { waitMs: 0 }, async () => {
      during = await withLock(folder.lock, { waitMs: 60 }, () => 'second')
      throw new Error('failed under the lock')
    })

    await expect(failing).rejects.toThrow('failed under the lock')
    expect([during, await tryLock(folder.lock)]).toEqual([{ held: false }, { held: true, value: 'mine' }])
  })

  test('waits for its holder', async () => {
    using folder = aFolder()
    const done: string[] = []
    const step = (name: string) => async () => {
      await new Promise((later) => setTimeout(later, 50))
      done.push(name)
    }

    await Promise.all([
      withLock(folder.lock, { waitMs: 5_000 }, step('first')),
      withLock(folder.lock, { waitMs: 5_000 }, step('second')),
    ])

    expect(done).toEqual(['first', 'second'])
  })

  test('leaves no more than two small files', async () => {
    using folder = aFolder()

    for (let at = 0; at < 20; at++) await tryLock(folder.lock)

    expect(readdirSync(folder.path)).toHaveLength(2)
  })

  test('says what to do where no file can be made', async () => {
    using folder = aFolder()
    writeFileSync(join(folder.path, 'file'), '')

    const locking = tryLock(join(folder.path, 'file', 'x.lock'))

    await expect(locking).rejects.toThrow(LockError)
    await expect(locking).rejects.toThrow(/cannot hold a lock file \(ENOTDIR\)\. Make the folder writable/)
  })
})

describe('a dead holder', () => {
  test('that was killed is taken over at once', async () => {
    using folder = aFolder()
    await leaveDeadHolder(folder.lock)

    const turn = await tryLock(folder.lock)

    expect(turn.held).toBe(true)
  })

  test.skipIf(process.platform !== 'linux')('that its parent has not collected yet is taken over at once', async () => {
    using folder = aFolder()
    // The shell becomes a program that never asks after its children.
    const script = '"$0" "$@" & echo $!; exec sleep 60'
    const parent = spawn('sh', ['-c', script, process.execPath, CONTENDER, 'hold', folder.lock])
    let output = ''
    for await (const text of parent.stdout) {
      output += text
      if (output.includes('held')) break
    }
    process.kill(Number.parseInt(output, 10), 'SIGKILL')
    await new Promise((done) => setTimeout(done, 50))

    const turn = await tryLock(folder.lock)

    parent.kill('SIGKILL')
    expect(turn.held).toBe(true)
  })

  test('is taken over by one of twenty contenders at a time', { timeout: 60_000 }, async () => {
    using folder = aFolder()
    const counter = join(folder.path, 'counter')
    writeFileSync(counter, '0')
    await leaveDeadHolder(folder.lock)

    const contenders = Array.from({ length: 20 }, () => contender('count', folder.lock, counter, '10'))
    await Promise.all(contenders.map((child) => once(child, 'close')))

    expect(contenders.map((child) => child.exitCode)).toEqual(Array(20).fill(0))
    expect(readFileSync(counter, 'utf8')).toBe('200')
  })

  test.each([
    [
      'whose process id now belongs to another process',
      { pid: process.pid, start: 'boot:1', host: hostname() },
      0,
      process.platform === 'linux',
    ],
    ['on another computer that is silent for ten minutes', { pid: 1, host: 'elsewhere' }, 600_000, true],
    ['killed before it wrote its name', '', 5_000, true],
    ['whose file was cut', '{"pid":1', 5_000, true],
  ])('%s is taken over', async (_, holder, ageMs, expected) => {
    using folder = aFolder()
    leaveHolder(folder.lock, holder, ageMs)

    const turn = await tryLock(folder.lock)

    expect(turn.held).toBe(expected)
  })

  test.each([
    ['on another computer that gave a sign of life', { pid: 999_999, host: 'elsewhere' }],
    ['that is just writing its name', ''],
  ])('is not assumed of a holder %s', async (_, holder) => {
    using folder = aFolder()
    leaveHolder(folder.lock, holder)

    const turn = await tryLock(folder.lock)

    expect(turn.held).toBe(false)
  })
})
