import type { Logger } from 'pino'
import { foldName } from '../crud/stored.ts'
import type { Database } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { append, type Prepared } from './append.ts'
import type { CallEntry } from './audit.ts'
import { type Acting, type Entries, OURSELVES } from './entries.ts'
import type { Epochs } from './epochs.ts'
import { createRepeats } from './repeats.ts'

/** Entries of calls that changed nothing, on their way into the log. */
export interface Buffer {
  note(acting: Acting, entry: CallEntry): void
  /** Writes what is here. Never throws: what cannot be written stays, up to a bound. */
  flush(): Promise<void>
  close(): Promise<void>
  figures(): { waiting: number; lost: number }
}

const LATEST_MS = 250
const RETRY_MS = 1_000
/** In one transaction. */
const BATCH = 512
/** Some megabytes of memory. What comes on top while the database is down is lost, and counted. */
const MOST = 10_000

type Waiting = Prepared & { chain: string; account?: string | undefined }

export interface BufferOptions {
  database: Database
  entries: Entries
  epochs: Epochs
  clock: () => Date
  log: Logger
  /** Told how many entries were written. */
  onWritten: (count: number) => void
}

export function createBuffer({ database, entries, epochs, clock, log, onWritten }: BufferOptions): Buffer {
  let waiting: Waiting[] = []
  let lost = 0
  let untoldLost = 0
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  let next: Promise<void> | undefined
  const repeats = createRepeats()

  function schedule(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void flush(false)
    }, ms).unref()
  }

  function keep(acting: Acting, entry: CallEntry): void {
    if (waiting.length >= MOST) {
      if (lost++ === 0) log.error({ waiting: waiting.length }, 'audit entries are being lost: they cannot be written')
      untoldLost++
      return
    }
    waiting.push({ ...entries.call(acting, entry), account: entry.account })
    if (waiting.length < BATCH || failing) schedule(failing ? RETRY_MS : LATEST_MS)
    else void flush(false)
  }

  /** One writer at a time, since two would wait for each other's heads; and one more at most that waits for its turn. */
  function flush(all: boolean): Promise<void> {
    if (next && !all) return next
    last = last.then(() => {
      next = undefined
      return write(all)
    })
    next = last
    return last
  }

  async function write(all: boolean): Promise<void> {
    for (const { acting, entry } of repeats.take(clock().getTime(), all)) keep(acting, entry)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      try {
        const known = await withAccounts(database, batch)
        await writeBatch(database, epochs, known, clock().toISOString())
      } catch (error) {
        if (!failing) log.error({ error, waiting: waiting.length }, 'audit entries cannot be written; they are kept')
        failing = true
        schedule(RETRY_MS)
        return
      }
      waiting = waiting.slice(batch.length)
      onWritten(batch.length)
      if (failing) log.warn({ lost: untoldLost }, 'audit entries are written again')
      failing = false
      if (untoldLost > 0) keepLoss()
    }
  }

  /** That something is missing is told in the log itself. */
  function keepLoss(): void {
    const details = { entries_lost: untoldLost }
    untoldLost = 0
    keep(OURSELVES, { action: 'execute', method: 'POST', path_template: '/audit/lost', entity_type: 'audit', details })
  }

  return {
    note(acting, entry) {
      try {
        if (!repeats.counts(acting, entry, clock().getTime())) keep(acting, entry)
        else schedule(LATEST_MS)
      } catch (error) {
        log.error({ error }, 'a call could not be taken down for the audit')
      }
    },
    flush: () => flush(false),
    async close() {
      await flush(true)
      clearTimeout(timer)
      timer = undefined
      if (waiting.length > 0) log.error({ entries: waiting.length }, 'audit entries are lost: the server stops')
    },
    figures: () => ({ waiting: waiting.length, lost }),
  }
}

/** Whom somebody tried to be, where there is such a user. */
async function withAccounts({ db }: Database, batch: readonly Waiting[]): Promise<readonly Waiting[]> {
  const names = [...new Set(batch.flatMap(({ account }) => (account === undefined ? [] : [foldName(account)])))]
  if (names.length === 0) return batch
  const found = await db.selectFrom('users').select(['id', 'email_key']).where('email_key', 'in', names).execute()
  const ids = new Map(found.map(({ id, email_key }) => [email_key, id]))
  return batch.map((entry) =>
    entry.account === undefined
      ? entry
      : { ...entry, draft: { ...entry.draft, entity_id: ids.get(foldName(entry.account)) ?? null } },
  )
}

async function writeBatch(database: Database, epochs: Epochs, batch: readonly Waiting[], now: string): Promise<void> {
  const chains = Map.groupBy(batch, ({ chain }) => chain)
  await inTransaction(database, async (db) => {
    // In order, so that two servers do not wait for each other.
    for (const chain of [...chains.keys()].sort())
      await append(db, database.dialect, epochs, { log: 'api', chain, entries: chains.get(chain) ?? [], now })
  })
}
