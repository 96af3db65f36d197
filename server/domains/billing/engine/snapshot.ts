import type { Drawn } from './draw.ts'
import { amountFor, type Price } from './money.ts'
import type { Group } from './segments.ts'
import type { Modifier, Reason, Rounding, Work } from './terms.ts'

/** How an entry's minutes and amount came about: enough to compute them again when rules and rates are others. */
export interface Snapshot {
  version: 1
  /** What people said; the entry holds what became of it. */
  stated: { classification: Work['classification']; reason_code: Reason | null }
  /** What decided whether it is billed. */
  because: string
  rule: Rounding & { id: string | null }
  group: Group
  agreement_ids: string[]
  rate: { id: string | null; source: string; amount_minor: number; currency: string; unit: 'hour' | 'flat' } | null
  parts: SnapshotPart[]
  /** Why there is no amount, or something did not count. */
  notes: string[]
}

/** A stored snapshot; null for what is none. */
export function snapshotFrom(value: unknown): Snapshot | null {
  const snapshot = (typeof value === 'string' ? JSON.parse(value) : value) as Partial<Snapshot> | null
  return snapshot?.version === 1 ? (snapshot as Snapshot) : null
}

export interface SnapshotPart {
  seconds: number
  minutes: number
  modifiers: Pick<Modifier, 'id' | 'condition' | 'kind' | 'value_bp' | 'value_minor' | 'stacking' | 'clock'>[]
  /** How many minutes of a block one minute of work draws, times 10⁸. */
  factor_e8: string | null
  drawn: Drawn[]
  charged_minutes: number
  /** Minutes of the same line, on parts before this one: an amount is rounded once per line. */
  before_minutes: number
  price: Price | null
  amount_minor: number | null
}

/** A part's amount: by how much its line grows with it, without what was drawn. Null where it has no price. */
export function amountOfPart({ charged_minutes, before_minutes, price, drawn }: Omit<SnapshotPart, 'amount_minor'>) {
  if (charged_minutes === 0) return 0
  if (price === null) return null
  const minor = drawn.reduce((sum, one) => sum + one.minor, 0)
  return amountFor(before_minutes + charged_minutes, price) - amountFor(before_minutes, price) - minor
}

/** An entry's amount from its snapshot alone. */
export function amountOf({ parts }: Pick<Snapshot, 'parts'>): number | null {
  const amounts = parts.map(amountOfPart)
  return amounts.includes(null) ? null : amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0)
}
