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
export function changesUntilNow({ changes, redactors }: Context): () => void {
  const [told, count] = [changes?.told.length ?? 0, changes?.count ?? 0]
  return () => {
    // A redactor may hold a key that was made since then.
    redactors?.clear()
    if (!changes) return
    changes.told.length = told
    changes.count = count
  }
}
