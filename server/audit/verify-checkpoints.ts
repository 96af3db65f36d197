import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Checkpoint } from '../../src/contract/audit.ts'
import type { Tables } from '../db/tables.ts'
import { NOTHING_BEFORE } from './chain.ts'
import { checkpointOf } from './checkpoints.ts'
import { isSigned, superHash } from './signing.ts'

/** Something about the audit is not as it was written. */
export interface Trouble {
  log: Checkpoint['log']
  chain: string
  /** The first place that is wrong. */
  seq: number
  class: TroubleClass
  message: string
}
export type TroubleClass =
  | 'hash'
  | 'mac'
  | 'gap'
  | 'dup'
  | 'prev'
  | 'epoch'
  | 'body'
  | 'head'
  | 'checkpoint'
  | 'tail-uncovered'
  | 'vault'

/** What signed states say of one chain. */
export interface Known {
  /** Place in the chain → what the entry there must hash to. */
  hashes: Map<number, string>
  /** Up to here a state outside this database proves it. */
  coveredTo: number
}

export interface KnownStates {
  of(log: string, chain: string): Known
  chains: readonly { log: string; chain: string }[]
  troubles: Trouble[]
  /** When the newest state outside was signed. */
  outsideAt: string | null
}

/**
 * Checks the signed states in the database, and those that were kept outside, and says what each chain must hold.
 *
 * @param lines what was kept outside: one JSON document each
 */
export async function knownStates(
  db: Kysely<Tables>,
  keys: ReadonlyMap<string, KeyObject>,
  lines: readonly string[],
): Promise<KnownStates> {
  const known = new Map<string, Known & { log: string; chain: string }>()
  const troubles: Trouble[] = []
  const of = (log: string, chain: string) => {
    const name = `${log} ${chain}`
    const found = known.get(name) ?? { log, chain, hashes: new Map(), coveredTo: 0 }
    known.set(name, found)
    return found
  }
  const wrong: Wrong = ({ log, chain }, seq, message) =>
    void troubles.push({ log, chain, seq, class: 'checkpoint', message })

  const outside = outsideStates(lines, keys, wrong)
  const ofAll = outside.filter(({ log }) => log === 'all')
  const newestOfAll = ofAll.reduce((newest, { seq }) => Math.max(newest, seq), 0)
  const hashesOfAll = new Map<number, string>()
  for await (const { seq, row_hash, states } of roundsIn(db, keys, wrong)) {
    hashesOfAll.set(seq, row_hash)
    // The newest one outside covers every round before it.
    for (const state of states) note(of(state.log, state.chain), state, seq <= newestOfAll)
  }
  const there = hashesOfAll.size
  for (const state of ofAll)
    if (state.seq > there) wrong(state, there + 1, `${there} rounds are signed here, and ${state.seq} outside.`)
    else if (hashesOfAll.get(state.seq) !== state.row_hash)
      wrong(state, state.seq, 'It is another one than the one outside.')
  for (const state of outside) if (state.log !== 'all') note(of(state.log, state.chain), state, true)
  const outsideAt = outside.map(({ created_at }) => created_at).reduce<string | null>(later, null)
  return { of, chains: [...known.values()], troubles, outsideAt }
}

const later = (one: string | null, other: string) => (one === null || other > one ? other : one)

type Wrong = (state: Pick<Checkpoint, 'log' | 'chain'>, seq: number, message: string) => void

function note(chain: Known, { seq, row_hash }: Checkpoint, isOutside: boolean): void {
  chain.hashes.set(seq, row_hash)
  if (isOutside) chain.coveredTo = Math.max(chain.coveredTo, seq)
}

interface Round {
  seq: number
  row_hash: string
  states: Checkpoint[]
}

/** The rounds of the super-chain, until the first that is wrong. */
async function* roundsIn(
  db: Kysely<Tables>,
  keys: ReadonlyMap<string, KeyObject>,
  wrong: Wrong,
): AsyncGenerator<Round> {
  let before = NOTHING_BEFORE
  let expected = 1
  for await (const states of signedTogether(db)) {
    const forged = states.find((state) => !isSigned(state, keys))
    if (forged) return wrong(forged, forged.seq, 'The signature of this state is not ours.')
    const [all, ...more] = states.filter(({ log }) => log === 'all')
    const ofChains = states.filter(({ log }) => log !== 'all')
    const isWhole = all && more.length === 0 && all.seq === expected && all.row_hash === superHash(before, ofChains)
    if (!isWhole) return wrong({ log: 'all', chain: 'all' }, expected, 'A signed state is missing, or one was added.')
    before = all.row_hash
    expected++
    yield { seq: all.seq, row_hash: all.row_hash, states: ofChains }
  }
}

const INSTANTS = 500

/** What was signed at one instant, oldest first, some hundred instants read at a time. */
async function* signedTogether(db: Kysely<Tables>): AsyncGenerator<Checkpoint[]> {
  for (let after = ''; ; ) {
    const instants = await db
      .selectFrom('audit_checkpoints')
      .select('created_at')
      .distinct()
      .where('created_at', '>', after)
      .orderBy('created_at')
      .limit(INSTANTS)
      .execute()
    const last = instants.at(-1)
    if (!last) return
    const rows = await db
      .selectFrom('audit_checkpoints')
      .selectAll()
      .where('created_at', '>', after)
      .where('created_at', '<=', last.created_at)
      .orderBy('created_at')
      .execute()
    for (const [, together] of Map.groupBy(rows, ({ created_at }) => created_at)) yield together.map(checkpointOf)
    after = last.created_at
  }
}

function outsideStates(lines: readonly string[], keys: ReadonlyMap<string, KeyObject>, wrong: Wrong): Checkpoint[] {
  return lines.flatMap((line) => {
    const state = parsed(line)
    if (state && isSigned(state, keys)) return [state]
    wrong(
      state ?? { log: 'all', chain: 'all' },
      state?.seq ?? 0,
      'A state that was kept outside has not our signature.',
    )
    return []
  })
}

function parsed(line: string): Checkpoint | undefined {
  try {
    const value = JSON.parse(line) as Checkpoint
    return typeof value.signature === 'string' && typeof value.kid === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
