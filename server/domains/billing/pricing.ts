import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { noteChange } from '../../crud/changes.ts'
import { drawingOf, lotsFor, type Span, saveUse, spansOf } from './drawing.ts'
import { type Priced, price } from './engine/price.ts'
import { settle } from './engine/settle.ts'
import { type Snapshot, snapshotFrom } from './engine/snapshot.ts'
import type { Terms } from './engine/terms.ts'
import { type Known, readKnown, type Wanted } from './facts.ts'
import type { TimeEntry } from './rules.ts'
import { readTerms } from './terms-of-client.ts'

/**
 * Computes minutes, rate and amount anew of all entries that are not locked and that are, or were, counted together with these or draw on
 * the same agreement. Facts that people stated stay: what they said of the classification is kept in the snapshot. To be called in a
 * transaction after anything of an entry was written that its price may depend on.
 */
export async function reprice(context: Context, entries: readonly TimeEntry[]): Promise<void> {
  for (const [clientId, own] of Map.groupBy(entries, ({ client_id }) => client_id)) {
    await hold(context, clientId)
    await repriceFor(context, await readTerms(context, clientId), own)
  }
}

/**
 * The same for all entries of a client within some days.
 *
 * @returns how many cost something else than before.
 */
export async function repriceSpans(context: Context, clientId: string, spans: readonly Span[]): Promise<number> {
  await hold(context, clientId)
  return repriceFor(context, await readTerms(context, clientId), [], spans)
}

async function repriceFor(
  context: Context,
  terms: Terms,
  seeds: readonly TimeEntry[],
  further: readonly Span[] = [],
): Promise<number> {
  const { known, drawing } = await affected(context, terms, seeds, further)
  const priced = price(
    known.map(({ work }) => work),
    terms,
    lotsFor(drawing, known),
  )
  let changed = 0
  for (const one of known) {
    const computed = priced.get(one.work.id)
    if (computed && (await save(context, one, computed))) changed++
  }
  // What is carried over concerns later periods only, so this comes to an end.
  const later = await saveUse(context, drawing, known, priced)
  return later.length === 0 ? changed : changed + (await repriceFor(context, terms, [], later))
}

/**
 * All entries that have to be looked at for these, and what agreements hold for them. Entries lead to others: to those of their ticket or
 * day, and to those that draw on the same period.
 */
async function affected(context: Context, terms: Terms, seeds: readonly TimeEntry[], further: readonly Span[]) {
  const ids = new Set(seeds.map(({ id }) => id))
  const formerly = seeds.flatMap(({ rule_snapshot }) => snapshotFrom(rule_snapshot) ?? [])
  let known = await readKnown(context, terms.clientId, { ...NOTHING, ids, spans: further })
  // Each round is the one before and what it led to; what is locked leads nowhere.
  for (;;) {
    const drawing = await drawingOf(context, terms, known, formerly)
    const spans = [...further, ...spansOf(drawing.touched)]
    const more = await readKnown(context, terms.clientId, { ...wantedFor(known, formerly, terms, ids), spans })
    if (more.length === known.length) return { known: more, drawing }
    known = more
  }
}

const NOTHING: Wanted = { ids: new Set(), tickets: new Set(), days: new Set(), sessions: new Set(), spans: [] }

function wantedFor(
  known: readonly Known[],
  formerly: readonly Snapshot[],
  terms: Terms,
  seeds: ReadonlySet<string>,
): Wanted {
  const wanted = {
    ids: new Set(seeds),
    tickets: new Set<string>(),
    days: new Set<string>(),
    sessions: new Set<string>(),
  }
  const add = (key: string) => {
    const [kind, name = ''] = splitOnce(key.split('|')[0] ?? '')
    if (kind === 'ticket') wanted.tickets.add(name.replace(/ \d{4}-\d\d-\d\d$/, ''))
    if (kind === 'day') wanted.days.add(name)
    if (kind === 'session') wanted.sessions.add(name)
  }
  for (const snapshot of formerly) add(snapshot.group.key)
  for (const { work, snapshot } of known) {
    wanted.ids.add(work.id)
    if (work.lockedMinutes !== null) continue
    const { key, rounding } = settle(work, terms)
    add(key)
    if (snapshot) add(snapshot.group.key)
    if (rounding.minimum_applies === 'once_per_ticket_day' && work.ticket !== null) wanted.tickets.add(work.ticket)
  }
  return { ...wanted, spans: [] }
}

const splitOnce = (text: string): [string, string?] => {
  const space = text.indexOf(' ')
  return space < 0 ? [text] : [text.slice(0, space), text.slice(space + 1)]
}

const COMPUTED = [
  ...(['classification', 'reason_code', 'rounded_minutes', 'billable_minutes', 'rate_minor', 'currency'] as const),
  ...(['rate_source', 'modifier_bp', 'amount_minor', 'fixed_amount_minor'] as const),
] as const

/** What is computed does not count as a change by a person: the version of the row, by which people's changes meet, stays. */
async function save(
  { db, ...context }: Context,
  { entry }: Known,
  { rule_snapshot, ...computed }: Priced,
): Promise<boolean> {
  const text = JSON.stringify(rule_snapshot)
  const differing = COMPUTED.filter((column) => computed[column] !== entry[column])
  if (differing.length === 0 && text === entry.rule_snapshot) return false
  await db
    .updateTable('billable_time')
    .set({ ...computed, rule_snapshot: text })
    .where('id', '=', entry.id)
    .where('locked_at', 'is', null)
    .execute()
  const of = (row: Pick<TimeEntry, (typeof COMPUTED)[number]>) =>
    Object.fromEntries(differing.map((column) => [column, row[column]]))
  if (differing.length > 0)
    noteChange({ db, ...context }, { entity: 'time entry', id: entry.id, before: of(entry), after: of(computed) })
  return differing.length > 0
}

/** One transaction at a time computes for a client: two entries of one ticket must see each other. */
async function hold({ db, dialect }: Context, clientId: string): Promise<void> {
  await sql`insert into billing_locks (client_id) values (${clientId}) ${sql.raw(dialect.orUpdate)} client_id = client_id`.execute(
    db,
  )
}
