import { sql } from 'kysely'
import type { CallEntry } from '../../audit/audit.ts'
import { OURSELVES } from '../../audit/entries.ts'
import type { Deps } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { changePattern, type Pattern } from './known.ts'
import { replacedBy, together } from './merging.ts'

/** Patterns grow old: what says the same becomes one, and what was not seen for a year says nothing any more. At the start and every day, a few at a time. */

const DAY_MS = 86_400_000
/** As long as the guard counts a failure for anything (`verdict`). */
const FORGOTTEN_DAYS = 360
const BATCH_ROWS = 200

/** @returns what ends it; it waits for a batch that is under way */
export function keepPatternsShort(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const look = () => {
    running = running
      .then(() => shortenPatterns(deps, ended.signal))
      .then(() => undefined)
      .catch((error: unknown) =>
        deps.log.warn({ error }, 'old failure patterns could not be cleared away; it is tried again'),
      )
  }
  look()
  const timer = setInterval(look, DAY_MS)
  timer.unref()
  return () => {
    ended.abort()
    clearInterval(timer)
    return running
  }
}

export interface Shortened {
  merged: number
  forgotten: number
  obsolete: number
}

/** Each batch and its entry in the audit are one transaction. */
export async function shortenPatterns(deps: Deps, signal?: AbortSignal): Promise<Shortened> {
  const done: Shortened = { merged: 0, forgotten: 0, obsolete: 0 }
  const before = new Date(deps.clock().getTime() - FORGOTTEN_DAYS * DAY_MS).toISOString()
  const steps: readonly [keyof Shortened, (inner: Deps) => Promise<number>][] = [
    ['merged', mergeAlike],
    ['forgotten', (inner) => forget(inner, before)],
    ['obsolete', (inner) => retire(inner, before)],
  ]
  for (const [what, step] of steps) {
    let count = BATCH_ROWS
    while (count >= BATCH_ROWS && !signal?.aborted) {
      count = await inTransaction(deps, async (db) => {
        const rows = await step({ ...deps, db })
        if (rows > 0) await deps.audit.call({ ...OURSELVES, db }, entryOf(what, rows))
        return rows
      })
      await deps.settled()
      done[what] += count
    }
  }
  return done
}

/** Counts only: whose they were is in the rows. */
const entryOf = (what: keyof Shortened, rows: number): CallEntry => ({
  action: 'modify',
  method: 'JOB',
  path_template: '/failure-patterns/retention',
  entity_type: 'failurePatterns',
  details: { [what]: rows },
})

const PLACE = ['scope', 'client_id', 'infrastructure_id', 'service_id', 'machine_id', 'host', 'system'] as const

/**
 * The same key at the same place in categories of one family is one failure that was told in different words. A batch takes groups of them; within a
 * group the one that was seen last is kept, and one that a person confirmed before it.
 */
async function mergeAlike(deps: Deps): Promise<number> {
  const place = sql.join([...PLACE, 'grain', 'match_key', 'category'].map((column) => sql.ref(column)))
  const { rows: groups } = await sql<Pattern>`select ${place} from failure_patterns
    where status in ('active', 'candidate') and match_key is not null
    group by ${place} having count(*) > 1 limit ${BATCH_ROWS}`.execute(deps.db)
  let merged = 0
  for (const group of groups) {
    let query = deps.db.selectFrom('failure_patterns').selectAll().where('status', 'in', ['active', 'candidate'])
    for (const column of [...PLACE, 'grain', 'match_key', 'category'] as const)
      query = query.where(column, group[column] === null ? 'is' : '=', group[column] as never)
    const found = (await query.execute()) as unknown as Pattern[]
    const [kept, ...others] = found.sort(byWeight)
    for (const other of kept ? others : []) {
      const counted = together(kept as Pattern, other)
      await changePattern(deps, (kept as Pattern).id, counted)
      Object.assign(kept as Pattern, counted)
      await changePattern(deps, other.id, replacedBy(kept as Pattern))
      merged += 1
    }
  }
  return merged
}

const byWeight = (a: Pattern, b: Pattern): number =>
  Number(b.verified_by !== null) - Number(a.verified_by !== null) ||
  Number(b.status === 'active') - Number(a.status === 'active') ||
  b.last_seen_at.localeCompare(a.last_seen_at) ||
  a.id.localeCompare(b.id)

/** Tables and columns that may name a pattern: what is named stays, and becomes obsolete. */
const NAMED_IN = [
  ['operation_failures', 'pattern_id'],
  ['context_recalls', 'pattern_id'],
  ['failure_patterns', 'merged_into_id'],
] as const

async function forget({ db }: Deps, before: string): Promise<number> {
  const unnamed = sql.join(
    NAMED_IN.map(
      ([table, column]) =>
        sql`not exists (select 1 from ${sql.table(table)} as naming where naming.${sql.ref(column)} = failure_patterns.id)`,
    ),
    sql` and `,
  )
  const { rows } = await sql<{ id: string }>`select id from failure_patterns
    where status = 'candidate' and last_seen_at < ${before} and ${unnamed} limit ${BATCH_ROWS}`.execute(db)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await db.deleteFrom('failure_patterns').where('id', 'in', ids).execute()
  return ids.length
}

async function retire(deps: Deps, before: string): Promise<number> {
  const found = await deps.db
    .selectFrom('failure_patterns')
    .select('id')
    .where('status', 'in', ['active', 'candidate'])
    .where('last_seen_at', '<', before)
    .where((eb) => eb.or([eb('verified_at', 'is', null), eb('verified_at', '<', before)]))
    .limit(BATCH_ROWS)
    .execute()
  const obsolete_reason = `Not seen for ${FORGOTTEN_DAYS} days.`
  for (const { id } of found) await changePattern(deps, id, { status: 'obsolete', obsolete_reason })
  return found.length
}
