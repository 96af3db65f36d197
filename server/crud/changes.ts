import type { Change, Changes, Context } from '../context.ts'

/** Of more rows in one call only the number is kept. */
const MOST = 50

export const noChanges = (): Changes => ({ told: [], count: 0 })

export function noteChange({ changes }: Context, change: Change): void {
  if (!changes) return
  changes.count++
  if (changes.told.length < MOST) changes.told.push(change)
}

/** Remembers how far it is before a savepoint. @returns what forgets all since then, when the savepoint is gone back to */
export function changesUntilNow({ changes }: Context): () => void {
  if (!changes) return () => undefined
  const [told, count] = [changes.told.length, changes.count]
  return () => {
    changes.told.length = told
    changes.count = count
  }
}
