/**
 * Transactions that come together share one commit. It takes longer than most of them: SQLite writes every page that was changed to its log,
 * and most change the same ones. So the end of a transaction is only noted, those that follow become savepoints in it, and all are committed
 * once the event loop has nothing more at hand and the disk is done with the commit before. Nobody is answered before (`settled`), so to a
 * caller nothing is different.
 */
export interface SharedCommits {
  begin(): void
  commit(): void
  rollback(): void
  /** Commits what is noted, now: before anything that is no part of it. */
  flush(): void
  /** A transaction is at work. */
  readonly isRunning: boolean
  /** Resolves when all that was noted until now is committed. @throws why it could not be */
  settled(): Promise<void>
}

/** Transactions in one commit; more would keep the first waiting. */
const MOST = 64

/**
 * @param file its `inTransaction` says whether SQLite still holds the transaction: a full disk ends it
 * @param run runs a statement
 * @param diskIsFree resolves when nothing is being brought to the disk
 */
export function shareCommits(
  file: { readonly inTransaction: boolean },
  run: (statement: string) => void,
  diskIsFree: () => Promise<void>,
): SharedCommits {
  let isRunning = false
  let noted = 0
  let due: { promise: Promise<void>; resolve: () => void; reject: (reason: unknown) => void } | undefined

  function flush(): void {
    if (isRunning || !due) return
    const { resolve, reject } = due
    due = undefined
    noted = 0
    try {
      if (!file.inTransaction) throw new Error('The database gave up the transaction.')
      run('commit')
      resolve()
    } catch (error) {
      if (file.inTransaction) run('rollback')
      reject(error)
    }
  }

  function end(): void {
    isRunning = false
    if (due) void diskIsFree().then(() => setImmediate(flush))
  }

  return {
    get isRunning() {
      return isRunning
    },
    begin() {
      if (noted >= MOST || !file.inTransaction) flush()
      run(due ? 'savepoint shared' : 'begin')
      isRunning = true
    },
    commit() {
      if (due) run('release shared')
      else due = waiting()
      noted++
      end()
    },
    rollback() {
      if (file.inTransaction) for (const statement of due ? BACK_TO_SAVEPOINT : ['rollback']) run(statement)
      end()
    },
    flush,
    settled: async () => due?.promise,
  }
}

const BACK_TO_SAVEPOINT = ['rollback to shared', 'release shared']

function waiting() {
  const due = Promise.withResolvers<void>()
  // Who wants to know asks `settled`; nobody may.
  due.promise.catch(() => undefined)
  return due
}
