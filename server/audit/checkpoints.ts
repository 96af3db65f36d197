import { CompiledQuery, type Kysely } from 'kysely'
import type { Checkpoint } from '../../src/contract/audit.ts'
import type { SigningKey } from '../crypto/tokens.ts'
import type { Database } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import { NOTHING_BEFORE } from './chain.ts'
import { signed, superHash, type Unsigned } from './signing.ts'

type Db = Kysely<Tables>
type Row = Tables['audit_checkpoints']

/** The log went back behind a state that was signed: somebody changed the database. */
export class AuditWentBack extends Error {
  override readonly name = 'AuditWentBack'
}

const JOB = 'audit.checkpoint'
const LEASE_MS = 60_000

export interface Checkpoints {
  /**
   * Signs every chain that went on since it was signed last, and with them the super-chain.
   *
   * @returns what was signed: nothing when nothing went on
   * @throws AuditWentBack
   */
  make(): Promise<Checkpoint[]>
}

export function createCheckpoints(
  { db, dialect }: Database,
  key: SigningKey,
  clock: () => Date,
  newId: () => string,
): Checkpoints {
  // What was seen stays in memory: a database that was put back as a whole has forgotten it.
  const seen = new Map<string, number>()

  function notice(states: readonly Checkpoint[]): void {
    for (const { log, chain, seq } of states) {
      if (seq < (seen.get(`${log} ${chain}`) ?? 0))
        throw new AuditWentBack(`The ${log} log of ${chain} went back to ${seq}. Run "msp audit verify".`)
      seen.set(`${log} ${chain}`, seq)
    }
  }

  async function sign(trx: Db): Promise<Checkpoint[]> {
    await holdLease(trx, dialect.orUpdate, clock())
    const [before, known, heads] = [await lastOfAll(trx), await lastOfEach(trx), await headsOf(trx)]
    notice(before ? [checkpointOf(before)] : [])
    const changed = heads.filter(({ log, chain, seq }) => {
      const signedSeq = known.get(`${log} ${chain}`) ?? 0
      if (seq < signedSeq)
        throw new AuditWentBack(`The ${log} log of ${chain} ends at ${seq}, and ${signedSeq} was signed.`)
      return seq > signedSeq
    })
    if (changed.length === 0) return []
    const created_at = laterThan(before?.created_at, clock())
    const states = changed.map(({ log, chain, seq, row_hash }) => ({
      log,
      chain,
      seq,
      row_hash,
      entries: seq,
      created_at,
    }))
    const all: Unsigned = {
      ...{ log: 'all', chain: 'all', created_at },
      seq: (before ? Number(before.seq) : 0) + 1,
      entries: heads.reduce((sum, { seq }) => sum + seq, 0),
      row_hash: superHash(before?.row_hash ?? NOTHING_BEFORE, states),
    }
    const made = [...states, all].map((state) => signed(state, key))
    await trx
      .insertInto('audit_checkpoints')
      .values(made.map((state) => ({ id: newId(), ...state, mac: null, pushed: '{}' })))
      .execute()
    return made
  }

  return {
    async make() {
      const made = await inTransaction({ db, dialect }, sign)
      notice(made)
      return made
    },
  }
}

/** The newest state of the super-chain. */
export async function newestState(db: Db): Promise<Checkpoint | undefined> {
  const last = await lastOfAll(db)
  return last && checkpointOf(last)
}

export const checkpointOf = ({ log, chain, seq, entries, row_hash, kid, signature, created_at }: Row): Checkpoint => ({
  ...{ log, chain, seq: Number(seq), entries: Number(entries), row_hash, kid, signature, created_at },
})

/** Of several servers one signs at a time. */
const holdLease = (db: Db, orUpdate: string, now: Date) =>
  db.executeQuery(
    CompiledQuery.raw(`insert into job_leases (job, holder, until) values (?, ?, ?) ${orUpdate} until = ?`, [
      JOB,
      'any',
      ...Array(2).fill(new Date(now.getTime() + LEASE_MS).toISOString()),
    ]),
  )

/** So that the states of one round, and only they, have the same instant. */
function laterThan(before: string | undefined, now: Date): string {
  const least = before === undefined ? 0 : Date.parse(before) + 1
  return new Date(Math.max(now.getTime(), least)).toISOString()
}

const lastOfAll = (db: Db) =>
  db
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('log', '=', 'all')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

async function lastOfEach(db: Db): Promise<Map<string, number>> {
  const found = await db
    .selectFrom('audit_checkpoints')
    .select(['log', 'chain', (row) => row.fn.max('seq').as('seq')])
    .where('log', '!=', 'all')
    .groupBy(['log', 'chain'])
    .execute()
  return new Map(found.map(({ log, chain, seq }) => [`${log} ${chain}`, Number(seq)]))
}

async function headsOf(db: Db) {
  const heads = await db
    .selectFrom('audit_heads')
    .selectAll()
    .where('seq', '>', 0)
    .orderBy('log')
    .orderBy('chain')
    .execute()
  return heads.map((head) => ({ ...head, seq: Number(head.seq) }))
}
