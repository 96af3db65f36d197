import type { TimeEntry } from '../rules.ts'
import { drawMinor, drawMinutes, type Lot } from './draw.ts'
import { effectOf } from './modifiers.ts'
import { type Price, WHOLE_BP } from './money.ts'
import { rateFor } from './scopes.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { settle } from './settle.ts'
import { amountOf, amountOfPart, type Snapshot, type SnapshotPart } from './snapshot.ts'
import { inOrder, type Terms, type Work } from './terms.ts'

/** What is computed of an entry. */
export type Priced = Pick<
  TimeEntry,
  | 'classification'
  | 'reason_code'
  | 'rounded_minutes'
  | 'billable_minutes'
  | 'rate_minor'
  | 'currency'
  | 'rate_source'
  | 'modifier_bp'
  | 'amount_minor'
  | 'fixed_amount_minor'
> & { rule_snapshot: Snapshot }

/** A segment on its way to an amount. */
interface Charge extends Segment {
  rate: Snapshot['rate']
  part: SnapshotPart
}

/**
 * Prices the entries that are not locked. Pure: the order in which they are given does not matter.
 *
 * @param works each group whole, the locked ones among them.
 * @param lots what agreements hold without what locked entries have drawn. They hold less afterwards.
 * @returns by id of the entry.
 */
export function price(works: readonly Work[], terms: Terms, lots: readonly Lot[]): Map<string, Priced> {
  const settled = works.map((work) => settle(work, terms))
  const charges = segmentsOf(settled, terms).map((segment) => charged(segment, terms))
  // Sorting keeps the parts of one entry in their order.
  charges.sort((a, b) => inOrder(a.settled.work, b.settled.work))
  for (const charge of charges) drawHours(charge, lots)
  for (const charge of charges) putPrice(charge, terms)
  putOnLines(charges)
  for (const charge of charges) drawMoney(charge, lots)
  for (const { part } of charges) part.amount_minor = amountOfPart(part)
  const entries = Map.groupBy(charges, ({ settled: { work } }) => work.id)
  return new Map([...entries].map(([id, own]) => [id, pricedFrom(own, terms)]))
}

function charged(segment: Segment, terms: Terms): Charge {
  const { settled, seconds, minutes, modifiers } = segment
  const rate = rateOf(settled.work, terms)
  const isCharged = settled.outcome === 'billable' || settled.outcome === 'drawn'
  const part: SnapshotPart = {
    ...{ seconds, minutes, factor_e8: null, drawn: [], before_minutes: 0, price: null, amount_minor: null },
    charged_minutes: isCharged ? minutes : 0,
    modifiers: modifiers.map(({ id, condition, kind, value_bp, value_minor, stacking, clock }) => ({
      ...{ id, condition, kind, value_bp, value_minor, stacking, clock },
    })),
  }
  return { ...segment, rate, part }
}

function rateOf(work: Work, terms: Terms): Snapshot['rate'] {
  if (work.override) return { id: null, source: 'entry', unit: 'hour', ...work.override }
  const found = rateFor(terms, work)
  if (!found) return null
  const { id, amount_minor, currency, unit } = found.rate
  return { id, source: found.source, amount_minor, currency, unit }
}

const payerOf = ({ settled }: Charge) => (settled.outcome === 'drawn' ? settled.payers[0] : undefined)

function drawHours(charge: Charge, lots: readonly Lot[]): void {
  if (payerOf(charge)?.kind !== 'block_hours') return
  const { settled, part, minutes } = charge
  const factor_e8 = effectOf(charge.modifiers, 0, null).drawn_e8
  const { drawn, covered } = drawMinutes(lots, {
    ...{ payers: settled.payers, minutes, factor_e8 },
    day: settled.work.work_date,
  })
  Object.assign(part, { drawn, factor_e8: String(factor_e8), charged_minutes: minutes - covered })
}

/** By the rate that was found, or by that which the agreement has for what is beyond its hours. */
function putPrice(charge: Charge, terms: Terms): void {
  const { settled, part, modifiers } = charge
  const { amount_mode, money_rounding } = settled.rounding
  const payer = payerOf(charge)
  const overage = payer?.kind === 'block_hours' ? payer.overage_rate_minor : null
  if (payer && overage !== null && part.charged_minutes > 0 && settled.work.override === null) {
    const currency = payer.currency ?? terms.currency ?? ''
    charge.rate = { id: null, source: 'beyond the agreement', unit: 'hour', amount_minor: overage, currency }
    const factor = payer.overage_factor ? BigInt(part.factor_e8 ?? 0) : BigInt(WHOLE_BP) ** 2n
    part.price = { unit: 'hour', hour_e8: String(BigInt(overage) * factor), amount_mode, money_rounding }
    return
  }
  const { rate } = charge
  if (!rate) return
  const { hour_e4, hours_bp } = effectOf(modifiers, rate.amount_minor, rate.currency)
  const hour_e8 = rate.unit === 'flat' ? BigInt(rate.amount_minor) * BigInt(WHOLE_BP) ** 2n : hour_e4 * hours_bp
  part.price = { unit: rate.unit, hour_e8: String(hour_e8), amount_mode, money_rounding }
}

/** Minutes of one group at one price are a line of the invoice, which is rounded once. */
function putOnLines(charges: readonly Charge[]): void {
  const lines = new Map<string, number>()
  for (const { group, rate, part } of charges) {
    if (!rate || !part.price || part.charged_minutes === 0) continue
    const line = [group.key, rate.id, rate.currency, part.price.unit, part.price.hour_e8].join(' ')
    part.before_minutes = lines.get(line) ?? 0
    lines.set(line, part.before_minutes + part.charged_minutes)
  }
}

function drawMoney(charge: Charge, lots: readonly Lot[]): void {
  const payer = payerOf(charge)
  const { settled, part, rate } = charge
  const amount = amountOfPart(part)
  if (payer?.kind !== 'retainer' || !amount || rate?.currency !== payer.currency) return
  const day = settled.work.work_date
  part.drawn = drawMinor(lots, { payers: settled.payers, day, minor: amount }).drawn
}

function pricedFrom(charges: readonly Charge[], terms: Terms): Priced {
  const [{ settled, group }] = charges as [Charge]
  const { work, rule, rounding, payers, outcome, because } = settled
  const parts = charges.map(({ part }) => part)
  const minutes = sum(parts.map((part) => part.minutes))
  const amount = amountOf({ parts })
  const isDrawn = parts.some(({ drawn }) => drawn.length > 0)
  const isCovered = outcome === 'drawn' && isDrawn && amount === 0
  const classification = outcome === 'drawn' ? (isCovered ? 'covered' : 'billable') : outcome
  // What an agreement covers in full shows no rate; what is beyond its hours that of the rest.
  const isPriced = (classification === 'billable' && minutes > 0) || classification === 'no_charge'
  const rate = charges.find(({ part }) => part.charged_minutes > 0)?.rate ?? charges[0]?.rate ?? null
  const shown = isPriced ? rate : null
  const currency = (shown ?? rate)?.currency || payers[0]?.currency || terms.currency || null
  return {
    classification,
    reason_code: isCovered ? 'covered_by_agreement' : settled.reason_code,
    rounded_minutes: minutes,
    billable_minutes: classification === 'non_billable' ? 0 : minutes,
    rate_minor: shown?.amount_minor ?? null,
    currency,
    rate_source: shown?.source ?? null,
    modifier_bp: shown ? factorOf(parts, shown.amount_minor) : null,
    amount_minor: currency === null ? null : amount,
    fixed_amount_minor: shown?.unit === 'flat' ? amount : null,
    rule_snapshot: {
      version: 1,
      stated: { classification: work.classification, reason_code: work.reason_code },
      because,
      rule: { id: rule?.id ?? null, ...roundingOf(rounding) },
      group,
      agreement_ids: payers.map(({ id }) => id),
      rate,
      parts,
      notes: notesOf(charges, payers[0]?.currency),
    },
  }
}

/** What modifiers make of the rate, in basis points; null where parts differ. */
function factorOf(parts: readonly SnapshotPart[], rateMinor: number): number | null {
  const plain = BigInt(rateMinor) * BigInt(WHOLE_BP)
  const priced = parts.filter((part) => part.price !== null && part.charged_minutes > 0)
  const factors = priced.map(({ price: own }) =>
    plain === 0n ? WHOLE_BP : Number((BigInt((own as Price).hour_e8) + plain / 2n) / plain),
  )
  const [first = WHOLE_BP] = factors
  return factors.every((factor) => factor === first) ? first : null
}

function notesOf(charges: readonly Charge[], agreementCurrency: string | null | undefined): string[] {
  const notes = new Set<string>()
  for (const charge of charges) {
    const { part, rate, modifiers } = charge
    if (part.charged_minutes > 0 && part.price === null) notes.add('No rate applies, so there is no amount.')
    if (modifiers.some(({ currency }) => currency !== null && currency !== rate?.currency))
      notes.add('A modifier in another currency than the rate does not count.')
    if (payerOf(charge)?.kind === 'retainer' && rate && rate.currency !== agreementCurrency)
      notes.add('The retainer is in another currency than the rate, so nothing is drawn from it.')
  }
  return [...notes]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** Only what counts of a rule. */
const roundingOf = (rounding: Segment['settled']['rounding']) => ({
  increment_minutes: rounding.increment_minutes,
  rounding: rounding.rounding,
  seconds_mode: rounding.seconds_mode,
  minimum_minutes: rounding.minimum_minutes,
  maximum_minutes: rounding.maximum_minutes,
  grace_minutes: rounding.grace_minutes,
  aggregation: rounding.aggregation,
  minimum_applies: rounding.minimum_applies,
  amount_mode: rounding.amount_mode,
  money_rounding: rounding.money_rounding,
})
