import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { append, MAX_EVENT_BYTES } from '../../src/spool/append.ts'
import { keepBallast } from '../../src/spool/ballast.ts'
import { SpoolError } from '../../src/spool/errors.ts'
import { ballastPath, openFiles, streamFileName } from '../../src/spool/folder.ts'
import { readRecords } from '../../src/spool/read.ts'
import { spoolStatus } from '../../src/spool/status.ts'
import { skipReason } from '../support/skips.ts'
import { anEvent, deliverTo, Receiver, STREAM, temporaryFolder } from './world.ts'

function idsIn(folder: string): string[] {
  return openFiles(folder).flatMap((file) =>
    [...readRecords(file.path)].map((part) => (part.kind === 'record' ? part.event.id : 'damage')),
  )
}

function codeOf(act: () => void): string {
  try {
    act()
    return 'none'
  } catch (error) {
    return error instanceof SpoolError ? error.code : String(error)
  }
}

describe('appending', () => {
  test('makes folder and file for their owner only', () => {
    using home = temporaryFolder()
    const spool = join(home.path, 'new', 'spool')

    append(spool, anEvent('a'))

    const modes = [spool, join(spool, `${STREAM}.jsonl`)].map((path) => statSync(path).mode & 0o777)
    expect(modes).toEqual(process.platform === 'win32' ? expect.anything() : [0o700, 0o600])
  })

  test('keeps any well-formed text as it is', () => {
    using home = temporaryFolder()
    const wellFormed = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0'))

    fc.assert(
      fc.property(wellFormed, (text) => {
        append(home.path, anEvent('a', { text }))
        const last = [...readRecords(join(home.path, `${STREAM}.jsonl`))].at(-1)
        expect(last).toMatchObject({ event: { data: { text } } })
      }),
      { numRuns: 200 },
    )
  })

  test('mends what the server would refuse: NUL characters and halves of surrogate pairs', () => {
    using home = temporaryFolder()

    append(home.path, anEvent('a', { text: 'a\0b \ud83d c \udd27\ud83d d 🔧 \\ud83d' }))

    const last = [...readRecords(join(home.path, `${STREAM}.jsonl`))].at(-1)
    expect(last).toMatchObject({ event: { data: { text: 'a\ufffdb \ufffd c \ufffd\ufffd d 🔧 \\ud83d' } } })
  })

  test('refuses an event that nobody cut, and keeps nothing of it', () => {
    using home = temporaryFolder()

    const code = codeOf(() => append(home.path, anEvent('a', { text: 'x'.repeat(MAX_EVENT_BYTES) })))

    expect([code, idsIn(home.path)]).toEqual(['EVENT_TOO_LARGE', []])
  })

  test('refuses at the limit and goes on once something was delivered', async () => {
    using home = temporaryFolder()
    const limitBytes = 100_000
    let kept = 0
    const code = codeOf(() => {
      for (; kept < 100; kept++) append(home.path, anEvent(`e${kept}`, { text: 'x'.repeat(9_000) }), limitBytes)
    })
    await deliverTo(new Receiver(), home.path)

    const after = codeOf(() => append(home.path, anEvent('later'), limitBytes))

    expect([code, kept, after]).toEqual(['SPOOL_FULL', 10, 'none'])
  })

  test.each([
    ['below a file', 'file/spool'],
    ['at a file', 'file'],
  ])('says what to do when the folder is %s', (_, path) => {
    using home = temporaryFolder()
    writeFileSync(join(home.path, 'file'), '')

    const act = () => append(join(home.path, path), anEvent('a'))

    expect(act).toThrow(/cannot be written \(E\w+\), so this step was not recorded\. Make it writable, or set MSP_HOME/)
  })
})

describe('the file of a stream', () => {
  test.each([
    '../../etc/passwd',
    '..\\..\\windows\\system32',
    'nul',
    'COM1',
    '.',
    'a/b',
    'a\0b',
    'C:\\x',
    'x'.repeat(100),
    '😀',
    '-rf',
    'A',
  ])('lies in the spool folder for the stream %j', (stream) => {
    using home = temporaryFolder()
    const spool = join(home.path, 'spool')

    append(spool, anEvent('a', { stream }))

    const [name] = readdirSync(spool)
    expect([readdirSync(home.path), name]).toEqual([['spool'], expect.stringMatching(/^[a-z0-9~_-]{1,80}\.jsonl$/)])
    expect(name).not.toMatch(/^(nul|com1)\./)
  })

  test('is one per stream, also on disks that do not tell capitals apart', () => {
    const streams = ['a', 'A', 'a.', 'a/', 'a\\', STREAM, STREAM.toUpperCase()]

    const names = new Set(streams.map((stream) => streamFileName(stream).toLowerCase()))

    expect(names.size).toBe(streams.length)
  })

  test('is written anew when it is put aside at the very moment of writing', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    append(home.path, anEvent('a'))

    await deliverTo(receiver, home.path, {
      send: (batch) => {
        if (batch[0]?.event.id === 'a') append(home.path, anEvent('b'))
        return receiver.send(batch)
      },
    })

    expect(receiver.received()).toEqual(['a', 'b'])
  })
})

// A disk of our own: 1 MB for the full disk, read-only for the other. Needs the right to mount.
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
if (!canMount) skipReason('full disk', 'mounting a small disk is not permitted here')

/** Runs a script of test/spool with a small disk of its own mounted at `folder`. */
function onSmallDisk(folder: string, script: string, args: string[] = []): string {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const mountAndRun = 'mount -t tmpfs -o size=1m tmpfs "$1" && shift && exec "$@"'
  return execFileSync(
    'unshare',
    ['--mount', 'sh', '-c', mountAndRun, 'sh', folder, process.execPath, file, folder, ...args],
    { encoding: 'utf8' },
  )
}

describe.skipIf(!canMount)('a full disk', () => {
  test('gives the reserve to the steps of that moment, then says so, and loses nothing that was acknowledged', () => {
    using home = temporaryFolder()

    const told = JSON.parse(onSmallDisk(home.path, './full-disk.ts'))

    expect(told.firstRefusal).toMatch(
      /^The disk with .* is full, so this step was not recorded\. Free some space on it\.$/,
    )
    expect(told.hadBallast).toBe(true)
    expect(told.keptBeforeBallastWent).toBeGreaterThan(0)
    expect(told.acknowledged.length).toBeGreaterThan(told.keptBeforeBallastWent)
    expect(told.received).toEqual(told.acknowledged)
    expect(told.ended).toBe('delivered')
  })

  test('that turns read-only is an error with words, and nothing is removed', () => {
    using home = temporaryFolder()

    const told = JSON.parse(onSmallDisk(home.path, './read-only-disk.ts'))

    expect(told.append).toMatch(/cannot be written \(EROFS\), so this step was not recorded/)
    expect(told.deliver).toMatch(/cannot be written \(EROFS\), so delivery stopped and nothing was removed/)
    expect(told.events).toBe(1)
  })
})

describe('the reserve for a full disk', () => {
  test('is made by the delivery and has its full size', () => {
    using home = temporaryFolder()

    keepBallast(home.path, 100_000)

    expect([statSync(ballastPath(home.path)).size, spoolStatus(home.path).hasBallast]).toEqual([100_000, true])
    expect(new Set(readFileSync(ballastPath(home.path)).subarray(0, 1_000)).size).toBeGreaterThan(200)
  })
})

describe('damage to a spool file', () => {
  test('costs at most the records it touches, wherever it hits', () => {
    using home = temporaryFolder()
    const ids = Array.from({ length: 50 }, (_, at) => `e${at}`)
    for (const id of ids) append(home.path, anEvent(id))
    const path = join(home.path, `${STREAM}.jsonl`)
    const whole = readFileSync(path)

    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const broken = Buffer.from(whole)
        broken[at] = (broken[at] as number) ^ flip
        writeFileSync(path, broken)
        const found = idsIn(home.path)
        // A flipped newline joins a record with nothing; a flipped byte costs its record and shows as damage.
        expect(ids.filter((id) => !found.includes(id)).length).toBeLessThanOrEqual(1)
        expect(found.filter((id) => id !== 'damage')).toEqual(ids.filter((id) => found.includes(id)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('that cuts the file costs its last record only', () => {
    using home = temporaryFolder()
    for (const id of ['a', 'b', 'c']) append(home.path, anEvent(id))
    const path = join(home.path, `${STREAM}.jsonl`)

    truncateSync(path, statSync(path).size - 10)
    append(home.path, anEvent('d'))

    expect(idsIn(home.path)).toEqual(['a', 'b', 'damage', 'd'])
  })
})

test('a folder that exists with other rights is used as it is', () => {
  using home = temporaryFolder()
  const spool = join(home.path, 'spool')
  mkdirSync(spool)
  chmodSync(spool, 0o755)

  append(spool, anEvent('a'))

  expect(idsIn(spool)).toEqual(['a'])
})
