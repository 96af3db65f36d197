import type { Context } from '../../context.ts'
import type { Drawn, Lot } from './engine/draw.ts'
import type { Priced } from './engine/price.ts'
import { settle } from './engine/settle.ts'
import type { Snapshot } from './engine/snapshot.ts'
import { type Agreement, compare, type Period, type Terms } from './engine/terms.ts'
import type { Known } from './facts.ts'
import { carryOver, lotsOf, periodOn } from './periods.ts'
import { readPeriods } from './terms-of-client.ts'

/** What agreements hold for the days of some entries, and what is drawn of them. */

export interface Span {
  from: string
  until: string
}

export interface Drawing {
  agreements: readonly Agreement[]
  /** All periods of these agreements. */
  periods: readonly Period[]
  /** Those that are drawn on anew. */
  touched: readonly Period[]
}

/**
 * The periods on which entries draw, or drew: those that are lacking are made, with what is carried over into them.
 *
 * @param formerly how entries that changed were priced: one that is gone frees what it had drawn.
 */
export async function drawingOf(
  context: Context,
  terms: Terms,
  known: readonly Known[],
  formerly: readonly Snapshot[],
): Promise<Drawing> {
  const agreements = terms.agreements.filter(({ kind }) => kind === 'block_hours' || kind === 'retainer')
  let periods = await readPeriods(
    context,
    agreements.map(({ id }) => id),
  )
  const open = known.filter(({ work }) => work.lockedMinutes === null)
  const former = [...formerly, ...open.flatMap(({ snapshot }) => snapshot ?? [])].flatMap(drawnIn)
  const touched = new Set(former.map(({ period_id }) => period_id))
  for (const [agreement, day] of drawnDays(open, agreements, terms)) {
    periods = await withPeriod(context, agreement, day, periods)
    for (const period of periods)
      if (period.agreement_id === agreement.id && isGood(period, day)) touched.add(period.id)
  }
  return { agreements, periods, touched: periods.filter(({ id }) => touched.has(id)) }
}

/** The days whose entries may draw on the same periods. */
export const spansOf = (periods: readonly Period[]): Span[] =>
  periods.map((period) => ({ from: period.starts_on, until: lastDay(period) }))

/** What can be drawn by entries that are not locked. */
export function lotsFor({ agreements, periods, touched }: Drawing, known: readonly Known[]): Lot[] {
  const lots = touched.flatMap((period) => {
    const agreement = agreements.find(({ id }) => id === period.agreement_id)
    const own = periods.filter(({ agreement_id }) => agreement_id === period.agreement_id)
    return agreement ? lotsOf(agreement, period, own) : []
  })
  for (const drawn of lockedDraws(known)) takeFrom(lots, drawn)
  return lots
}

/**
 * Writes down what was drawn, and what therefore is carried into later periods, unless a person has set that.
 *
 * @returns the days whose entries have other hours or money to draw on now.
 */
export async function saveUse(
  context: Context,
  { agreements, periods, touched }: Drawing,
  known: readonly Known[],
  priced: ReadonlyMap<string, Priced>,
): Promise<Span[]> {
  const draws = [...lockedDraws(known), ...[...priced.values()].flatMap(({ rule_snapshot }) => drawnIn(rule_snapshot))]
  const after = periods.map((period) => {
    if (!touched.includes(period)) return { ...period }
    const own = draws.filter(({ period_id }) => period_id === period.id)
    return { ...period, used_minutes: total(own, 'minutes'), used_minor: total(own, 'minor') }
  })
  const changed: Period[] = []
  for (const agreement of agreements) {
    const now = after.filter(({ agreement_id }) => agreement_id === agreement.id)
    const before = periods.filter(({ agreement_id }) => agreement_id === agreement.id)
    for (const [index, period] of now.entries()) {
      const expected = carryOver(agreement, before.slice(0, index), period.starts_on)
      const carried = carryOver(agreement, now.slice(0, index), period.starts_on)
      const isComputed =
        expected.minutes === period.carried_over_minutes && expected.minor === period.carried_over_minor
      if (!isComputed || (expected.minutes === carried.minutes && expected.minor === carried.minor)) continue
      Object.assign(period, { carried_over_minutes: carried.minutes, carried_over_minor: carried.minor })
      changed.push(period)
    }
    for (const [index, period] of now.entries()) await saveNumbers(context, before[index] as Period, period)
  }
  return spansOf(changed)
}

const NUMBERS = ['used_minutes', 'used_minor', 'carried_over_minutes', 'carried_over_minor'] as const

async function saveNumbers({ db }: Context, before: Period, after: Period): Promise<void> {
  if (NUMBERS.every((column) => before[column] === after[column])) return
  const numbers = Object.fromEntries(NUMBERS.map((column) => [column, after[column]]))
  await db.updateTable('agreement_periods').set(numbers).where('id', '=', after.id).execute()
}

/** Once for each agreement and day on which work may draw, in order. */
function drawnDays(open: readonly Known[], agreements: readonly Agreement[], terms: Terms): [Agreement, string][] {
  const found = new Map<string, [Agreement, string]>()
  for (const { work } of open) {
    const { outcome, payers } = settle(work, terms)
    if (outcome !== 'drawn') continue
    for (const payer of payers)
      if (agreements.includes(payer)) found.set(`${work.work_date} ${payer.id}`, [payer, work.work_date])
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, pair]) => pair)
}

/** So far back periods are made that nobody worked in, for what is carried over from them. */
const MOST_PERIODS = 120

async function withPeriod(
  context: Context,
  agreement: Agreement,
  day: string,
  periods: readonly Period[],
): Promise<Period[]> {
  const all = [...periods]
  const own = () =>
    all.filter(({ agreement_id }) => agreement_id === agreement.id).sort((a, b) => compare(a.starts_on, b.starts_on))
  const isThere = (span: { starts_on: string }, on: string) =>
    own().some((period) => period.starts_on === span.starts_on || (period.starts_on <= on && on <= period.ends_on))
  const lacking = spansUpTo(agreement, day).filter(
    (span) => !isThere(span, span.starts_on > day ? day : span.ends_on < day ? span.ends_on : day),
  )
  for (const span of lacking) {
    const before = own().filter(({ starts_on }) => starts_on < span.starts_on)
    const carried = carryOver(agreement, before, span.starts_on)
    const made = await insertPeriod(context, agreement, span, carried)
    all.push(made)
  }
  return all.sort((a, b) => compare(a.agreement_id, b.agreement_id) || compare(a.starts_on, b.starts_on))
}

/** Made by whoever works first in it, also by one who may not open periods by hand. */
async function insertPeriod(
  { db, clock, newId, caller }: Context,
  { id: agreement_id, client_id, allotted_minutes, allotted_minor, currency }: Agreement,
  span: { starts_on: string; ends_on: string },
  carried: { minutes: number; minor: number },
): Promise<Period> {
  const at = clock().toISOString()
  const row = {
    ...{ id: newId(), created_at: at, updated_at: at, created_by: caller.userId, updated_by: caller.userId },
    ...{ archived_at: null, row_version: 1, client_id, agreement_id, ...span, expires_on: null },
    ...{ allotted_minutes, allotted_minor, currency, used_minutes: 0, used_minor: 0 },
    ...{ carried_over_minutes: carried.minutes, carried_over_minor: carried.minor },
  }
  await db.insertInto('agreement_periods').values(row).execute()
  return row
}

/** The period of a day, and where something is carried over those before it. */
function spansUpTo(agreement: Agreement, day: string) {
  const last = periodOn(agreement, day)
  if (agreement.carry_over_percent === 0 || agreement.period === 'term') return [last]
  const spans = [last]
  while (spans.length < MOST_PERIODS) {
    const [first = last] = spans
    if (first.starts_on <= agreement.starts_on) break
    const before = periodOn(agreement, new Date(Date.parse(first.starts_on) - 1).toISOString().slice(0, 10))
    spans.unshift(before)
  }
  return spans
}

const lastDay = ({ ends_on, expires_on }: Period) =>
  expires_on !== null && expires_on > ends_on ? expires_on : ends_on
const isGood = (period: Period, day: string) => period.starts_on <= day && day <= lastDay(period)
const drawnIn = ({ parts }: Snapshot): Drawn[] => parts.flatMap(({ drawn }) => drawn)
const lockedDraws = (known: readonly Known[]): Drawn[] =>
  known.flatMap(({ work, snapshot }) => (work.lockedMinutes !== null && snapshot ? drawnIn(snapshot) : []))
const total = (draws: readonly Drawn[], of: 'minutes' | 'minor') => draws.reduce((sum, drawn) => sum + drawn[of], 0)

/** From that which expires first, as it was drawn. */
function takeFrom(lots: readonly Lot[], drawn: Drawn): void {
  let [minutes, minor] = [drawn.minutes, drawn.minor]
  const own = lots.filter(({ period_id }) => period_id === drawn.period_id).sort((a, b) => compare(a.until, b.until))
  for (const lot of own) {
    const taken = { minutes: Math.min(minutes, lot.minutes), minor: Math.min(minor, lot.minor) }
    lot.minutes -= taken.minutes
    lot.minor -= taken.minor
    minutes -= taken.minutes
    minor -= taken.minor
  }
}
