import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { shareCommits } from '../../../server/db/shared-commits.ts'

/** A database of which only the statements are seen. `giveUp` is what a full disk does to its transaction. */
function fakeFile() {
  const statements: string[] = []
  const file = {
    inTransaction: false,
    giveUp: () => {
      file.inTransaction = false
    },
  }
  const run = (statement: string) => {
    statements.push(statement)
    if (statement === 'begin') file.inTransaction = true
    if (statement === 'commit' || statement === 'rollback') file.inTransaction = false
  }
  return { file, statements, commits: shareCommits(file, run, async () => undefined) }
}

test('transactions that come together share one commit', async () => {
  const { commits, statements } = fakeFile()

  for (const _ of [1, 2, 3]) {
    commits.begin()
    commits.commit()
  }
  await commits.settled()

  const inside = ['savepoint shared', 'release shared']
  expect(statements).toEqual(['begin', ...inside, ...inside, 'commit'])
})

test('one that is rolled back takes nothing of the others with it', async () => {
  const { commits, statements } = fakeFile()

  commits.begin()
  commits.commit()
  commits.begin()
  commits.rollback()
  await commits.settled()

  expect(statements).toEqual(['begin', 'savepoint shared', 'rollback to shared', 'release shared', 'commit'])
})

test('nothing is committed while one is at work', async () => {
  const { commits, statements } = fakeFile()

  commits.begin()
  commits.commit()
  commits.begin()
  await nextTurn()
  await nextTurn()
  expect(statements).not.toContain('commit')
  commits.commit()
  await commits.settled()

  expect(statements.at(-1)).toBe('commit')
})

test('when the database gave the transaction up, all who shared it are told, and the next one begins anew', async () => {
  const { commits, file, statements } = fakeFile()
  commits.begin()
  commits.commit()
  const told = commits.settled()

  commits.begin()
  file.giveUp()
  commits.rollback()

  await expect(told).rejects.toThrow('gave up')
  commits.begin()
  commits.commit()
  await expect(commits.settled()).resolves.toBeUndefined()
  expect(statements).toEqual(['begin', 'savepoint shared', 'begin', 'commit'])
})

test('what is no part of a transaction is not drawn into one: what was noted is committed before it', () => {
  const { commits, statements } = fakeFile()
  commits.begin()
  commits.commit()

  commits.flush()

  expect(statements).toEqual(['begin', 'commit'])
})
