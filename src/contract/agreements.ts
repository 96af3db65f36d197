import { z } from 'zod'
import { defineEntity } from './kernel.ts'
import { ROLES } from './rights.ts'
import { Currency, Day, EXAMPLE_ID, json, line, Minor, MOST_MINOR, ref, TimeZone, text } from './values.ts'

/** What decides who pays for time, and how much: agreements, kinds of work, rules, rates and the calendars that they look at. */

/** 10000 basis points are the whole: 15000 is one and a half times. */
const BasisPoints = z.int().min(0).max(1_000_000)
/** Bounded as `Minor` is, and for the same reason. */
const Minutes = z.int().nonnegative().max(100_000_000)

export const CLASSIFICATION = ['billable', 'non_billable', 'no_charge', 'covered'] as const

/** A kind of work, as it stands on an invoice: remote support, on site, travel. */
export const workType = defineEntity('work type', {
  plural: 'workTypes',
  belongs: 'everyone',
  editable: {
    name: line(100),
    code: line(20).nullable(),
    description: text(2_000).nullable(),
    classification: z.enum(CLASSIFICATION).default('billable'),
    tax_category: line(50).nullable(),
    is_travel: z.boolean().default(false),
  },
  filter: { classification: z.enum(CLASSIFICATION), code: line(20) },
  sort: ['created_at', 'name'],
  searched: ['name', 'code'],
  named: 'name',
  writers: 'lead',
  example: { name: 'Remote support', code: 'REMOTE' },
})

const AGREEMENT_KIND = ['tm', 'flat_rate', 'block_hours', 'retainer', 'incident', 'fixed_price', 'internal'] as const
const AGREEMENT_STATUS = ['draft', 'active', 'ended'] as const

/** What a client has agreed to pay for. */
export const agreement = defineEntity('agreement', {
  plural: 'agreements',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    name: line(200),
    number: line(50).nullable(),
    kind: z.enum(AGREEMENT_KIND),
    status: z.enum(AGREEMENT_STATUS).default('active'),
    starts_on: Day,
    ends_on: Day.nullable(),
    /** Which work types and sites it covers: `{"work_type_ids": [], "except_site_ids": []}`. */
    coverage: json.default({}),
    /** What a period holds: minutes, or an amount. */
    allotted_minutes: Minutes.nullable(),
    allotted_minor: Minor.nullable(),
    currency: Currency.nullable(),
    period: z.enum(['month', 'quarter', 'year', 'term']).default('month'),
    carry_over_percent: z.int().min(0).max(100).default(0),
    /** How long what is carried over stays good. */
    carry_over_months: z.int().min(1).max(120).nullable(),
    /** For an hour beyond the allotment. */
    overage_rate_minor: Minor.nullable(),
    /** Does what multiplies drawn hours (after hours, a factor of hours) multiply the overage rate too? No, when not given. */
    overage_factor: z.boolean().nullable(),
    /** Of several that cover the same work, the highest is drawn on first. */
    priority: z.int().min(0).max(1_000).default(0),
    notes: text().nullable(),
  },
  filter: { kind: z.enum(AGREEMENT_KIND), status: z.enum(AGREEMENT_STATUS) },
  sort: ['created_at', 'name', 'starts_on', 'ends_on'],
  searched: ['name', 'number'],
  named: 'name',
  writers: 'lead',
  example: {
    client_id: EXAMPLE_ID,
    name: 'Managed services 2026',
    kind: 'block_hours',
    starts_on: '2026-01-01',
    allotted_minutes: 600,
    currency: 'USD',
    overage_rate_minor: 12_500,
  },
})

/** One period of an agreement, with what it holds and what was drawn from it. */
export const agreementPeriod = defineEntity('agreement period', {
  plural: 'agreementPeriods',
  belongs: 'client',
  fixed: { agreement_id: ref('agreements'), starts_on: Day },
  editable: {
    ends_on: Day,
    /** Until when what it holds can be drawn; the end of the period when not given. */
    expires_on: Day.nullable(),
    allotted_minutes: Minutes.nullable(),
    carried_over_minutes: Minutes.default(0),
    allotted_minor: Minor.nullable(),
    carried_over_minor: Minor.default(0),
    currency: Currency.nullable(),
  },
  managed: { client_id: ref('clients'), used_minutes: Minutes, used_minor: z.int().nonnegative() },
  initial: { used_minutes: 0, used_minor: 0 },
  clientFrom: 'agreement_id',
  filter: { agreement_id: ref('agreements') },
  sort: ['created_at', 'starts_on', 'ends_on'],
  writers: 'lead',
  example: { agreement_id: EXAMPLE_ID, starts_on: '2026-06-01', ends_on: '2026-06-30', allotted_minutes: 600 },
})

const SCOPED = {
  client_id: ref('clients').nullable(),
  project_id: ref('projects').nullable(),
  work_type_id: ref('workTypes').nullable(),
}
const SCOPE_FILTER = { project_id: ref('projects'), work_type_id: ref('workTypes') }
const VALID = { valid_from: Day, valid_to: Day.nullable() }

/** How measured time becomes billable minutes. The narrowest scope wins: ticket, project, client, everyone; then a named work type. */
export const billingRule = defineEntity('billing rule', {
  plural: 'billingRules',
  belongs: 'client-or-everyone',
  fixed: { ...SCOPED, ticket_link_id: ref('ticketLinks').nullable() },
  editable: {
    name: line(200),
    ...VALID,
    increment_minutes: z.int().min(1).max(1_440).default(15),
    rounding: z.enum(['up', 'nearest', 'down', 'none']).default('up'),
    /** Are seconds rounded up to a minute first, or kept until the increment is applied? */
    seconds_mode: z.enum(['ceil', 'keep']).default('ceil'),
    minimum_minutes: Minutes.max(1_440).default(0),
    maximum_minutes: z.int().min(1).max(1_440).nullable(),
    /** So many minutes beyond an increment are given away. */
    grace_minutes: Minutes.max(1_440).default(0),
    aggregation: z.enum(['entry', 'ticket', 'ticket_day', 'day', 'session']).default('entry'),
    minimum_applies: z.enum(['each', 'once_per_ticket_day']).default('each'),
    /** From minutes as they are, or from hours with two decimals. */
    amount_mode: z.enum(['exact', 'decimal_hours']).default('exact'),
    money_rounding: z.enum(['half_up', 'half_even']).default('half_up'),
  },
  filter: SCOPE_FILTER,
  sort: ['created_at', 'valid_from', 'name'],
  searched: ['name'],
  writers: 'lead',
  example: { name: 'Quarter hours', valid_from: '2026-01-01', increment_minutes: 15, rounding: 'up' },
})

/** What an hour, or a visit, costs. Which of several applies is decided when billable time is computed. */
export const rate = defineEntity('rate', {
  plural: 'rates',
  belongs: 'client-or-everyone',
  fixed: { ...SCOPED, user_id: ref('users').nullable(), role: z.enum(ROLES).nullable() },
  editable: {
    name: line(200),
    ...VALID,
    amount_minor: Minor,
    currency: Currency,
    unit: z.enum(['hour', 'flat']).default('hour'),
  },
  filter: { ...SCOPE_FILTER, user_id: ref('users'), role: z.enum(ROLES) },
  sort: ['created_at', 'valid_from', 'amount_minor'],
  searched: ['name'],
  readers: 'lead',
  writers: 'lead',
  example: { name: 'Standard hour', valid_from: '2026-01-01', amount_minor: 12_000, currency: 'USD' },
})

const MODIFIER_CONDITION = ['business_hours', 'after_hours', 'weekend', 'holiday', 'emergency'] as const

/** What the time of day, or the occasion, makes of a rate: one and a half times after hours. */
export const rateModifier = defineEntity('rate modifier', {
  plural: 'rateModifiers',
  belongs: 'client-or-everyone',
  fixed: { ...SCOPED, calendar_id: ref('calendars').nullable() },
  editable: {
    name: line(200),
    ...VALID,
    condition: z.enum(MODIFIER_CONDITION),
    kind: z.enum(['multiply', 'add_minor', 'replace_minor', 'hours_multiply']),
    /** Of `multiply` and `hours_multiply`. */
    value_bp: BasisPoints.nullable(),
    /** Of `add_minor` and `replace_minor`, with its currency. */
    value_minor: z.int().min(-MOST_MINOR).max(MOST_MINOR).nullable(),
    currency: Currency.nullable(),
    stacking: z.enum(['highest', 'sum']).default('highest'),
    /** Which clock decides: that of the start, of each minute, or of most of the time. */
    clock: z.enum(['start', 'split', 'majority']).default('split'),
  },
  filter: { ...SCOPE_FILTER, condition: z.enum(MODIFIER_CONDITION), calendar_id: ref('calendars') },
  sort: ['created_at', 'valid_from'],
  searched: ['name'],
  readers: 'lead',
  writers: 'lead',
  example: {
    name: 'After hours',
    valid_from: '2026-01-01',
    condition: 'after_hours',
    kind: 'multiply',
    value_bp: 15_000,
  },
})

/** When business is open, of the MSP or of a client. */
export const calendar = defineEntity('calendar', {
  plural: 'calendars',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable() },
  editable: {
    name: line(200),
    timezone: TimeZone,
    /** `{"mon": [["07:00", "17:00"]]}` in local time; a day that is not named is closed. */
    business_hours: json.default({}),
  },
  sort: ['created_at', 'name'],
  searched: ['name'],
  writers: 'lead',
  example: {
    name: 'Phoenix office',
    timezone: 'America/Phoenix',
    business_hours: { mon: [['07:00', '17:00']], tue: [['07:00', '17:00']] },
  },
})

/** A day on which the business of a calendar is closed. */
export const holiday = defineEntity('holiday', {
  plural: 'holidays',
  belongs: 'client-or-everyone',
  fixed: { calendar_id: ref('calendars'), day: Day },
  editable: { name: line(200) },
  managed: { client_id: ref('clients').nullable() },
  clientFrom: 'calendar_id',
  filter: { calendar_id: ref('calendars'), day: Day },
  sort: ['created_at', 'day'],
  searched: ['name'],
  writers: 'lead',
  example: { calendar_id: EXAMPLE_ID, day: '2026-12-25', name: 'Christmas Day' },
})
