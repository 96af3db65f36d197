import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { AppError } from '../../src/contract/errors.ts'
import type { Config } from '../config.ts'
import type { KeyRing } from '../db/key-ring.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Vault } from '../vault/vault.ts'
import { append, type Prepared } from './append.ts'
import type { Audit, CredentialEntry } from './audit.ts'
import { createBuffer } from './buffer.ts'
import type { Log } from './chain.ts'
import { AuditWentBack, createCheckpoints, newestState } from './checkpoints.ts'
import { createEntries } from './entries.ts'
import { createEpochs } from './epochs.ts'
import { createOutside } from './outside.ts'
import { placesOf } from './places.ts'
import { publicKeyOf } from './signing.ts'

export interface AuditOptions {
  database: OpenDatabase
  config: Config
  clock: () => Date
  newId: () => string
  keys: KeyRing
  log: Logger
  /** Knows the secrets that no entry may hold. */
  vault: Pick<Vault, 'knownSecrets'>
}

const TICK_MS = 15_000
const CHECKPOINT_MS = 5 * 60_000
const CHECKPOINT_ENTRIES = 1_000
/** What lets a secret out: announced only while the audit's state reaches a place outside. */
const RELEASES = new Set<CredentialEntry['action']>(['use', 'reveal', 'copy', 'totp_code', 'share', 'export'])

/** @throws ConfigError when a place for signed states is not one */
export async function createAudit(options: AuditOptions): Promise<Audit> {
  const { database, config, clock, newId, keys, log, vault } = options
  if (config.auditing === false) return noAudit(newId)
  const { dialect } = database
  const places = placesOf(config.checkpointPlaces)
  const epochs = await createEpochs(database, keys.masters, clock)
  const entries = createEntries(clock, newId, keys.pepper)
  const checkpoints = createCheckpoints(database, keys.checkpoint, clock, newId)
  const outside = createOutside(database, places, clock, log)
  let sinceCheckpoint = 0
  let checkpointAt = 0
  const onWritten = (count: number) => {
    sinceCheckpoint += count
  }
  const buffer = createBuffer({ database, entries, epochs, clock, log, onWritten })
  let timer: NodeJS.Timeout | undefined
  let alarm: Parameters<Audit['start']>[0] = async () => undefined

  async function write(db: Kysely<Tables>, where: Log, chain: string, prepared: Prepared): Promise<void> {
    const what = { log: where, chain, entries: [prepared], now: clock().toISOString() }
    try {
      if (db.isTransaction) await append(db, dialect, epochs, what)
      else await inTransaction({ db, dialect }, (trx) => append(trx, dialect, epochs, what))
    } catch (error) {
      // The caller's transaction is run again.
      if (dialect.refusal(error) === 'busy') throw error
      throw new AppError(
        'UNAVAILABLE',
        'It cannot be taken down for the audit now, so it was not done. Try again in a moment.',
        {
          cause: error,
        },
      )
    }
    sinceCheckpoint++
  }

  /** Without the key of the fingerprints an entry is written all the same: the rules still look through it. */
  const knownTo = (db: Kysely<Tables>, clientId: string | null) =>
    vault.knownSecrets(db, clientId).catch((error: unknown) => {
      if (error instanceof AppError) return undefined
      throw error
    })

  async function checkpoint(): Promise<void> {
    checkpointAt = clock().getTime()
    sinceCheckpoint = 0
    try {
      await checkpoints.make()
      await database.settled()
      outside.trouble(false)
    } catch (error) {
      outside.trouble(true)
      if (error instanceof AuditWentBack) await alarm(error.message)
      throw error
    }
    await outside.push()
  }

  async function tick(): Promise<void> {
    await epochs.advance()
    await buffer.flush()
    const isDue = clock().getTime() - checkpointAt >= CHECKPOINT_MS || sinceCheckpoint >= CHECKPOINT_ENTRIES
    if (isDue) await checkpoint()
    else if (outside.waitingSeconds() > 0) await outside.push()
  }

  let ticking = Promise.resolve()
  const tickSafely = () => {
    ticking = ticking
      .then(tick)
      .catch((error: unknown) => log.error({ error }, 'the audit could not be signed, or its key not changed'))
    return ticking
  }

  return {
    async credential(context, entry) {
      if (RELEASES.has(entry.action) && entry.outcome === 'intent') outside.mayRelease()
      const known = await knownTo(context.db, entry.clientId)
      const { id, chain, ...prepared } = entries.credential(context, entry, known)
      await write(context.db, 'credential', chain, prepared)
      return id
    },
    async call(context, entry) {
      const { chain, ...prepared } = entries.call(context, entry)
      await write(context.db, 'api', chain, prepared)
    },
    note: buffer.note,
    async flush() {
      await epochs.advance()
      await buffer.flush()
    },
    mayRelease: outside.mayRelease,
    checkpoint,
    newest: newestState,
    publicKey: publicKeyOf(keys.checkpoint),
    figures: () => ({ ...buffer.figures(), outsideSeconds: outside.waitingSeconds() }),
    start(onWentBack) {
      alarm = onWentBack
      timer = setInterval(() => void tickSafely(), TICK_MS).unref()
      void tickSafely()
    },
    async close() {
      clearInterval(timer)
      await ticking
      await buffer.close()
      if (timer === undefined) return
      await checkpoint().catch((error: unknown) => log.error({ error }, 'the audit could not be signed at the end'))
    },
  }
}

/** For measuring what the audit costs: nothing is written. */
const noAudit = (newId: () => string): Audit => ({
  credential: async () => newId(),
  call: async () => undefined,
  note: () => undefined,
  flush: async () => undefined,
  mayRelease: () => undefined,
  checkpoint: async () => undefined,
  newest: async () => undefined,
  publicKey: '',
  figures: () => ({ waiting: 0, lost: 0, outsideSeconds: 0 }),
  start: () => undefined,
  close: async () => undefined,
})
