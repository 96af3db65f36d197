import type {
  agreement,
  agreementPeriod,
  billingRule,
  calendar,
  rate,
  rateModifier,
} from '../../../../src/contract/agreements.ts'
import type { RowOf } from '../../../../src/contract/kernel.ts'
import type { Role } from '../../../../src/contract/rights.ts'
import type { TimeEntry } from '../rules.ts'

/** What the engine computes with. It knows neither database nor clock: the same terms and the same work give the same amounts. */

type Classification = TimeEntry['classification']
export type Reason = NonNullable<TimeEntry['reason_code']>

interface Scoped {
  client_id: string | null
  project_id: string | null
  work_type_id: string | null
  valid_from: string
  valid_to: string | null
}

/** How seconds become minutes, and minutes an amount. */
export type Rounding = Pick<
  RowOf<typeof billingRule>,
  | 'increment_minutes'
  | 'rounding'
  | 'seconds_mode'
  | 'minimum_minutes'
  | 'maximum_minutes'
  | 'grace_minutes'
  | 'aggregation'
  | 'minimum_applies'
  | 'amount_mode'
  | 'money_rounding'
>
export type Rule = Scoped & Rounding & { id: string; ticket_link_id: string | null }

export type Rate = Scoped & Pick<RowOf<typeof rate>, 'id' | 'user_id' | 'role' | 'amount_minor' | 'currency' | 'unit'>

export type Modifier = Scoped &
  Pick<
    RowOf<typeof rateModifier>,
    'id' | 'calendar_id' | 'condition' | 'kind' | 'value_bp' | 'value_minor' | 'currency' | 'stacking' | 'clock'
  >

export type Calendar = Pick<RowOf<typeof calendar>, 'id' | 'client_id' | 'timezone' | 'business_hours'> & {
  /** Days (`2026-12-25`). */
  holidays: ReadonlySet<string>
}

export type Agreement = Pick<
  RowOf<typeof agreement>,
  | 'id'
  | 'client_id'
  | 'kind'
  | 'status'
  | 'starts_on'
  | 'ends_on'
  | 'coverage'
  | 'allotted_minutes'
  | 'allotted_minor'
  | 'currency'
  | 'period'
  | 'carry_over_percent'
  | 'carry_over_months'
  | 'overage_rate_minor'
  | 'overage_factor'
  | 'priority'
>

export type Period = Pick<
  RowOf<typeof agreementPeriod>,
  | 'id'
  | 'agreement_id'
  | 'starts_on'
  | 'ends_on'
  | 'expires_on'
  | 'allotted_minutes'
  | 'carried_over_minutes'
  | 'allotted_minor'
  | 'carried_over_minor'
  | 'used_minutes'
  | 'used_minor'
>

/** All that a client's time is billed by. */
export interface Terms {
  clientId: string
  /** The client's time zone; null where nobody gave one. */
  timezone: string | null
  currency: string | null
  rules: readonly Rule[]
  rates: readonly Rate[]
  modifiers: readonly Modifier[]
  calendars: readonly Calendar[]
  agreements: readonly Agreement[]
}

/** Worked time with the facts that rules look at. */
export interface Work {
  id: string
  work_date: string
  started_at: string | null
  ended_at: string | null
  raw_seconds: number
  technician_id: string
  /** What the technician is. */
  role: Role | null
  project_id: string | null
  session_id: string | null
  work_type_id: string | null
  ticket_link_id: string | null
  /** What tells its ticket from others: the link's id, or the number with which its session was opened. */
  ticket: string | null
  agreement_id: string | null
  /** What a lead has set for an hour of it, whatever the rates say. */
  override: { amount_minor: number; currency: string } | null
  /** As people said. */
  classification: Classification
  reason_code: Reason | null
  /** What its kind of work, project or work item makes of it. */
  usual: { classification: Exclude<Classification, 'billable'>; reason_code: Reason; because: string } | null
  isUrgent: boolean
  /** What was exported stays; it only takes its share of what its group is billed. */
  lockedMinutes: number | null
}

/** Without any rule: the minutes as they were worked. */
export const PLAIN: Rounding = {
  increment_minutes: 1,
  rounding: 'up',
  seconds_mode: 'ceil',
  minimum_minutes: 0,
  maximum_minutes: null,
  grace_minutes: 0,
  aggregation: 'entry',
  minimum_applies: 'each',
  amount_mode: 'exact',
  money_rounding: 'half_up',
}

/** The order in which work was done; what has no time of day comes first on its day. */
export const inOrder = (a: Placed, b: Placed): number =>
  compare(a.work_date, b.work_date) ||
  compare(a.started_at ?? '', b.started_at ?? '') ||
  compare(a.ended_at ?? '', b.ended_at ?? '') ||
  a.raw_seconds - b.raw_seconds ||
  compare(a.id, b.id)

type Placed = Pick<Work, 'work_date' | 'started_at' | 'ended_at' | 'raw_seconds' | 'id'>

/** By code point, as the databases do. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
