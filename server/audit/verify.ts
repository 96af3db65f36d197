import type { KeyObject } from 'node:crypto'
import { CompiledQuery, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type Entry, LOGS, type Log, macOf, NOTHING_BEFORE, rowHash } from './chain.ts'
import { type EpochKey, nextKey } from './epochs.ts'
import { bodyHash } from './text.ts'
import { type Known, knownStates, type Trouble, type TroubleClass } from './verify-checkpoints.ts'

export interface VerifyOptions {
  db: Kysely<Tables>
  now: Date
  /** The key in use, or one of an earlier epoch that was kept elsewhere: with it the MACs from its epoch on are checked. */
  key: EpochKey | undefined
  /** Key id → public key of those that sign states. */
  signers: ReadonlyMap<string, KeyObject>
  /** Signed states that were kept outside this database, one JSON document each. */
  outside: readonly string[]
  /** Only this chain, of both logs. */
  chain?: string | undefined
  /** Begins at this place of that chain. */
  from?: number | undefined
  onProgress?: (entries: number) => void
}

export interface Report {
  /** Nothing is wrong with what is there. */
  intact: boolean
  /** And every entry older than ten minutes is covered by a state outside. */
  covered: boolean
  entries: number
  chains: number
  /** One for each chain at most: what follows the first would be its consequence. */
  troubles: Trouble[]
  /** Entries of earlier epochs, whose keys are destroyed: their hashes were checked, their MACs not. */
  macs_unchecked: number
  /** Entries after the newest state outside. */
  uncovered: number
  outside_at: string | null
}

const PAGE = 1_000
/** States are signed every five minutes: younger entries need not be covered yet. */
const FRESH_MS = 10 * 60_000
/** An epoch's last entries may be a little younger than its end. */
const EPOCH_SLACK_MS = 3_600_000

/**
 * Reads both logs from their beginning, page by page, and finds everything that is not as it was written: entries changed, deleted, inserted,
 * exchanged, repeated or copied, bodies and heads changed. A tail that was cut off shows only against states that were kept outside.
 */
export async function verifyAudit(options: VerifyOptions): Promise<Report> {
  const { db, chain: only } = options
  const states = await knownStates(db, options.signers, options.outside)
  const run: Run = {
    options,
    entries: 0,
    macsUnchecked: 0,
    uncovered: 0,
    isStale: false,
    macKeys: macKeys(options.key),
    ends: await epochEnds(db),
  }
  const troubles: Trouble[] = []
  const chains = (await chainsOf(db, states.chains)).filter(({ chain }) => only === undefined || chain === only)
  for (const { log, chain } of chains) {
    const trouble = await verifyChain(run, log, chain, states.of(log, chain))
    if (trouble) troubles.push(trouble)
  }
  if (only === undefined) troubles.push(...states.troubles, ...(await orphanBodies(db)))
  const intact = troubles.length === 0
  const covered = intact && states.outsideAt !== null && !run.isStale
  if (intact && !covered) troubles.push(tailUncovered(run, states.outsideAt))
  return {
    ...{ intact, covered, entries: run.entries, chains: chains.length, troubles },
    ...{ macs_unchecked: run.macsUnchecked, uncovered: run.uncovered, outside_at: states.outsideAt },
  }
}

interface Run {
  options: VerifyOptions
  entries: number
  macsUnchecked: number
  uncovered: number
  /** An entry that should be covered is not. */
  isStale: boolean
  macKeys: (epoch: number) => Uint8Array | undefined
  /** Epoch → until when it lasted; infinity: it still does. */
  ends: ReadonlyMap<number, number>
}

async function verifyChain(run: Run, log: Log, chain: string, known: Known): Promise<Trouble | undefined> {
  const { db, from = 1, onProgress } = run.options
  const wrong = (seq: number, kind: TroubleClass, message: string): Trouble => ({
    log,
    chain,
    seq,
    class: kind,
    message,
  })
  let before = from > 1 ? await entryAt(db, log, chain, from - 1) : undefined
  if (from > 1 && !before) return wrong(from - 1, 'gap', 'There is no such entry.')
  let head: Head | undefined
  for (let page: Stored[] = []; ; ) {
    page = await entriesAfter(db, log, chain, before)
    for (const entry of page) {
      const found = await whyWrong(run, log, entry, before, known)
      if (found) return wrong(...found)
      before = entry
      run.entries++
      if (Number(entry.seq) > known.coveredTo) countUncovered(run, entry)
    }
    onProgress?.(run.entries)
    if (page.length === PAGE) continue
    // A server that is at work adds entries meanwhile; with each its head.
    head = await headOf(db, log, chain)
    if (page.length === 0 || Number(head?.seq ?? 0) <= Number(before?.seq ?? 0)) break
  }
  const last = Number(before?.seq ?? 0)
  const missing = [...known.hashes.keys()].find((seq) => seq > last)
  return (
    whyHeadWrong(head, before, wrong) ??
    (missing === undefined
      ? undefined
      : wrong(last + 1, 'checkpoint', `The chain ends at ${last}, and a signed state saw ${missing}.`))
  )
}

function countUncovered(run: Run, { created_at }: Entry): void {
  run.uncovered++
  run.isStale ||= Date.parse(created_at) < run.options.now.getTime() - FRESH_MS
}

type Stored = Entry & { body_id: string | null; body: string | null; body_at: string | null; erased_at: string | null }
type Found = [seq: number, kind: TroubleClass, message: string]

async function whyWrong(
  run: Run,
  log: Log,
  stored: Stored,
  before: Entry | undefined,
  known: Known,
): Promise<Found | undefined> {
  const expected = Number(before?.seq ?? 0) + 1
  const { body_id, body, body_at, erased_at, ...entry } = stored
  const seq = Number(entry.seq)
  if (seq < expected) return [seq, 'dup', 'There are two entries of this number.']
  if (seq > expected) return [expected, 'gap', `An entry is missing: ${seq} follows.`]
  if (rowHash(log, entry) !== entry.row_hash) return [seq, 'hash', 'The entry was changed.']
  if (entry.prev_hash !== (before?.row_hash ?? NOTHING_BEFORE))
    return [seq, 'prev', 'It does not follow the entry before it.']
  const epoch = Number(entry.epoch)
  // Another may have begun meanwhile.
  if (!run.ends.has(epoch)) run.ends = await epochEnds(run.options.db)
  const end = run.ends.get(epoch)
  if (end === undefined || epoch < Number(before?.epoch ?? 0) || Date.parse(entry.created_at) > end + EPOCH_SLACK_MS)
    return [seq, 'epoch', `It claims epoch ${epoch}, which cannot be.`]
  const key = run.macKeys(epoch)
  if (!key) run.macsUnchecked++
  else if (macOf(key, entry.row_hash) !== entry.mac) return [seq, 'mac', 'It was not written by this server.']
  const signed = known.hashes.get(seq)
  if (signed !== undefined && signed !== entry.row_hash)
    return [seq, 'checkpoint', 'It is another entry than the one that was signed.']
  const isAsWritten =
    body_id === null
      ? entry.body_hash === null
      : body !== null && bodyHash(body) === entry.body_hash && body_at === entry.created_at && erased_at === null
  return isAsWritten ? undefined : [seq, 'body', 'Its further details were changed or removed.']
}

type Head = Tables['audit_heads']

function whyHeadWrong(
  head: Head | undefined,
  last: Entry | undefined,
  wrong: (seq: number, kind: TroubleClass, message: string) => Trouble,
): Trouble | undefined {
  if (!head && !last) return undefined
  const seq = Number(last?.seq ?? 0)
  if (!head || !last)
    return wrong(seq, 'head', head ? 'The chain is gone, its head is there.' : 'The head of the chain is gone.')
  if (Number(head.seq) > seq) return wrong(seq + 1, 'gap', `The chain ends at ${seq}, its head says ${head.seq}.`)
  const isRight =
    Number(head.seq) === seq &&
    head.row_hash === last.row_hash &&
    Number(head.epoch) === Number(last.epoch) &&
    head.updated_at === last.created_at
  return isRight ? undefined : wrong(seq, 'head', 'The head of the chain does not fit its last entry.')
}

function tailUncovered(run: Run, outsideAt: string | null): Trouble {
  const message =
    outsideAt === null
      ? 'There is no signed state from outside to compare with: entries may be missing at the end of any chain.'
      : `${run.uncovered} entries are younger than the newest state outside, of ${outsideAt}.`
  return { log: 'all', chain: 'all', seq: 0, class: 'tail-uncovered', message }
}

/** Keys by epoch, each made from the one before. */
function macKeys(first: EpochKey | undefined): Run['macKeys'] {
  if (!first) return () => undefined
  const keys = [first.key]
  return (epoch) => {
    if (epoch < first.epoch) return undefined
    while (keys.length <= epoch - first.epoch) keys.push(nextKey(keys.at(-1) as Uint8Array))
    return keys[epoch - first.epoch]
  }
}

async function epochEnds(db: Kysely<Tables>): Promise<Map<number, number>> {
  const keys = await db
    .selectFrom('vault_keys')
    .select(['epoch', 'destroyed_at'])
    .where('purpose', '=', 'audit')
    .execute()
  return new Map(
    keys.map(({ epoch, destroyed_at }) => [Number(epoch), destroyed_at === null ? Infinity : Date.parse(destroyed_at)]),
  )
}

/** Every chain that there is, that has a head, or that a state was signed of. */
async function chainsOf(
  db: Kysely<Tables>,
  signed: readonly { log: string; chain: string }[],
): Promise<{ log: Log; chain: string }[]> {
  const heads = await db.selectFrom('audit_heads').select(['log', 'chain']).execute()
  const found: { log: string; chain: string }[] = [...heads, ...signed]
  for (const log of Object.keys(LOGS) as Log[]) {
    const rows = await query<{ chain: string }>(db, `select distinct chain from ${LOGS[log].table}`, [])
    found.push(...rows.map(({ chain }) => ({ log, chain })))
  }
  const names = new Map(found.map(({ log, chain }) => [`${log} ${chain}`, { log: log as Log, chain }]))
  return [...names].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, chain]) => chain)
}

const headOf = (db: Kysely<Tables>, log: Log, chain: string) =>
  db.selectFrom('audit_heads').selectAll().where('log', '=', log).where('chain', '=', chain).executeTakeFirst()

const columnsOf = (log: Log) => LOGS[log].columns.map((column) => `l.\`${column}\``).join(', ')

const withBodies = (log: Log) =>
  `select ${columnsOf(log)}, b.id as body_id, b.body, b.created_at as body_at, b.erased_at from ${LOGS[log].table} l left join audit_bodies b on b.id = l.id`

/** In the order of the chain; an entry that repeats a number comes after its twin. */
function entriesAfter(db: Kysely<Tables>, log: Log, chain: string, before: Entry | undefined): Promise<Stored[]> {
  const text = `${withBodies(log)} where l.chain = ? and l.seq >= ? and not (l.seq = ? and l.id <= ?) order by l.seq, l.id limit ${PAGE}`
  const seq = Number(before?.seq ?? -1)
  return query<Stored>(db, text, [chain, seq, seq, before?.id ?? ''])
}

const entryAt = async (db: Kysely<Tables>, log: Log, chain: string, seq: number): Promise<Entry | undefined> =>
  (
    await query<Entry>(db, `select ${columnsOf(log)} from ${LOGS[log].table} l where chain = ? and seq = ?`, [
      chain,
      seq,
    ])
  )[0]

/** Bodies of no entry. */
async function orphanBodies(db: Kysely<Tables>): Promise<Trouble[]> {
  const without = Object.values(LOGS).map(({ table }) => `not exists (select 1 from ${table} l where l.id = b.id)`)
  const [found] = await query<{ id: string }>(
    db,
    `select id from audit_bodies b where ${without.join(' and ')} limit 1`,
    [],
  )
  if (!found) return []
  return [{ log: 'all', chain: 'all', seq: 0, class: 'body', message: `The details ${found.id} belong to no entry.` }]
}

async function query<R>(db: Kysely<Tables>, text: string, values: unknown[]): Promise<R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, values))).rows
}
