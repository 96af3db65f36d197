import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogSync } from '../../../server/db/log-sync.ts'

async function folderWithLog() {
  const folder = await mkdtemp(join(tmpdir(), 'msp-log-'))
  const path = join(folder, 'x.db-wal')
  await writeFile(path, 'frames')
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

test('what was committed is settled once the log is on the disk; nothing committed needs no disk', async () => {
  const log = createLogSync('/nonexistent/x.db-wal')

  await log.settled()
  log.wrote()

  await expect(log.settled()).rejects.toThrow('ENOENT')
})

test('many who wait at once are all answered, also those who wrote while the disk was busy', async () => {
  await using folder = await folderWithLog()
  const log = createLogSync(folder.path)
  const answered: number[] = []
  const commit = async (number: number) => {
    log.wrote()
    await log.settled()
    answered.push(number)
  }

  const first = [commit(1), commit(2), commit(3)]
  await new Promise(setImmediate)
  await Promise.all([...first, commit(4), commit(5)])
  await log.close()

  expect(answered.sort()).toEqual([1, 2, 3, 4, 5])
})

test('after a disk that failed the next one to wait asks it again', async () => {
  await using folder = await folderWithLog()
  const log = createLogSync(`${folder.path}.late`)
  log.wrote()
  await expect(log.settled()).rejects.toThrow('ENOENT')

  await writeFile(`${folder.path}.late`, 'frames')

  await expect(log.settled()).resolves.toBeUndefined()
  await log.close()
})
