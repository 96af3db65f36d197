import type { Kysely } from 'kysely'
import { addColumns, createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** Agreements, rules and rates, and the time that is billed by them. Released: never edited, only followed by another migration. */

const timeColumns = {
  client_id: 'id!',
  project_id: 'id',
  session_id: 'id',
  work_item_id: 'id',
  ticket_link_id: 'id',
  agreement_id: 'id',
  work_type_id: 'id',
  started_at: 'instant',
  ended_at: 'instant',
  raw_seconds: 'integer',
  tz: 'line(64)!',
  work_date: 'day!',
  classification: 'oneOf(billable|non_billable|no_charge|covered)!',
  reason_code:
    'oneOf(covered_by_agreement|internal|training|rework|goodwill|sales|admin|travel_included|duplicate|below_minimum_waived|agent_overhead)',
  client_note: 'text',
  internal_note: 'text',
  technician_id: 'id!',
  machine_id: 'id',
  source: 'oneOf(timer|session|manual|import)!',
  paused_at: 'instant',
  paused_seconds: 'integer!',
  rounded_minutes: 'integer',
  billable_minutes: 'integer',
  rule_snapshot: 'json',
  rate_minor: 'integer',
  currency: 'line(3)',
  rate_source: 'line(200)',
  modifier_bp: 'integer',
  amount_minor: 'integer',
  fixed_amount_minor: 'integer',
  submitted_at: 'instant',
  approved_by: 'id',
  approved_at: 'instant',
  status_reason: 'line(1000)',
  locked_at: 'instant',
  export_batch_id: 'id',
  reverses_id: 'id',
}
/** Does a change touch what a lock holds? What the system that bills says afterwards (`external_…`) may still be written. */
const changed = ['id', 'created_at', 'created_by', 'archived_at', ...Object.keys(timeColumns)].map(
  (column) => `coalesce(new.${column}, '') <> coalesce(old.${column}, '')`,
)
const invoiced = "old.status = 'exported' and new.status = 'invoiced'"

/** For whom something applies, and when: rules, rates and their modifiers have it in common. */
const SCOPE = {
  name: 'line(200)!',
  client_id: 'id',
  project_id: 'id',
  work_type_id: 'id',
  valid_from: 'day!',
  valid_to: 'day',
}
const scopedTable = ({ columns, references, sameClient, checks = [] }: TableDeclaration): TableDeclaration =>
  entityTable({
    columns: { ...SCOPE, ...columns },
    references: { client_id: 'clients', work_type_id: 'work_types', ...references },
    sameClient: { project_id: 'projects', ...sameClient },
    checks: ['project_id is null or client_id is not null', 'valid_to is null or valid_to >= valid_from', ...checks],
    indexes: [
      ['client_id', 'valid_from'],
      ['client_id', 'created_at'],
      ['work_type_id'],
      ['valid_from'],
      ['created_at'],
    ],
  })

const tables: Record<string, TableDeclaration> = {
  work_types: entityTable({
    columns: {
      name: 'line(100)!',
      name_key: 'line(200)!',
      code: 'line(20)',
      description: 'text',
      classification: 'oneOf(billable|non_billable|no_charge|covered)!',
      tax_category: 'line(50)',
      is_travel: 'boolean!',
    },
    uniqueAmongActive: [['name_key'], ['code']],
    indexes: [['created_at']],
  }),
  agreements: entityTable({
    columns: {
      client_id: 'id!',
      name: 'line(200)!',
      name_key: 'line(200)!',
      number: 'line(50)',
      kind: 'oneOf(tm|flat_rate|block_hours|retainer|incident|fixed_price|internal)!',
      status: 'oneOf(draft|active|ended)!',
      starts_on: 'day!',
      ends_on: 'day',
      coverage: 'json!',
      allotted_minutes: 'integer',
      allotted_minor: 'integer',
      currency: 'line(3)',
      period: 'oneOf(month|quarter|year|term)!',
      carry_over_percent: 'integer!',
      carry_over_months: 'integer',
      overage_rate_minor: 'integer',
      priority: 'integer!',
      notes: 'text',
    },
    references: { client_id: 'clients' },
    clientParent: true,
    uniqueAmongActive: [['client_id', 'name_key']],
    checks: [
      'ends_on is null or ends_on >= starts_on',
      'coalesce(allotted_minor, overage_rate_minor) is null or currency is not null',
    ],
    indexes: [
      ['client_id', 'status'],
      ['client_id', 'created_at'],
      ['client_id', 'ends_on'],
      ['ends_on'],
      ['created_at'],
    ],
  }),
  agreement_periods: entityTable({
    columns: {
      client_id: 'id!',
      agreement_id: 'id!',
      starts_on: 'day!',
      ends_on: 'day!',
      expires_on: 'day',
      allotted_minutes: 'integer',
      carried_over_minutes: 'integer!',
      allotted_minor: 'integer',
      carried_over_minor: 'integer!',
      currency: 'line(3)',
      used_minutes: 'integer!',
      used_minor: 'integer!',
    },
    references: { client_id: 'clients' },
    sameClient: { agreement_id: 'agreements' },
    clientParent: true,
    uniqueAmongActive: [['agreement_id', 'starts_on']],
    checks: [
      'ends_on >= starts_on',
      'expires_on is null or expires_on >= starts_on',
      'allotted_minor is null or currency is not null',
    ],
    indexes: [['client_id', 'created_at'], ['agreement_id', 'ends_on'], ['created_at']],
  }),
  calendars: entityTable({
    columns: { client_id: 'id', name: 'line(200)!', timezone: 'line(64)!', business_hours: 'json!' },
    references: { client_id: 'clients' },
    clientParent: true,
    indexes: [['client_id', 'created_at'], ['created_at']],
  }),
  holidays: entityTable({
    columns: { client_id: 'id', calendar_id: 'id!', day: 'day!', name: 'line(200)!' },
    references: { client_id: 'clients', calendar_id: 'calendars' },
    sameClient: { calendar_id: 'calendars' },
    uniqueAmongActive: [['calendar_id', 'day']],
    indexes: [['client_id', 'created_at'], ['created_at']],
  }),
  billing_rules: scopedTable({
    columns: {
      ticket_link_id: 'id',
      increment_minutes: 'integer!',
      rounding: 'oneOf(up|nearest|down|none)!',
      seconds_mode: 'oneOf(ceil|keep)!',
      minimum_minutes: 'integer!',
      maximum_minutes: 'integer',
      grace_minutes: 'integer!',
      aggregation: 'oneOf(entry|ticket|ticket_day|day|session)!',
      minimum_applies: 'oneOf(each|once_per_ticket_day)!',
      amount_mode: 'oneOf(exact|decimal_hours)!',
      money_rounding: 'oneOf(half_up|half_even)!',
    },
    sameClient: { ticket_link_id: 'ticket_links' },
    checks: [
      'ticket_link_id is null or client_id is not null',
      'grace_minutes < increment_minutes',
      'maximum_minutes is null or maximum_minutes >= minimum_minutes',
    ],
  }),
  rates: scopedTable({
    columns: {
      user_id: 'id',
      role: 'oneOf(viewer|technician|lead|admin)',
      amount_minor: 'integer!',
      currency: 'line(3)!',
      unit: 'oneOf(hour|flat)!',
    },
    references: { user_id: 'users' },
  }),
  rate_modifiers: scopedTable({
    columns: {
      calendar_id: 'id',
      condition: 'oneOf(business_hours|after_hours|weekend|holiday|emergency)!',
      kind: 'oneOf(multiply|add_minor|replace_minor|hours_multiply)!',
      value_bp: 'integer',
      value_minor: 'integer',
      currency: 'line(3)',
      stacking: 'oneOf(highest|sum)!',
      clock: 'oneOf(start|split|majority)!',
    },
    // A client's modifier may look at the calendar of everyone.
    references: { calendar_id: 'calendars' },
    checks: [
      "(kind in ('multiply', 'hours_multiply')) = (value_bp is not null)",
      "(kind in ('add_minor', 'replace_minor')) = (value_minor is not null)",
      '(value_minor is null) = (currency is null)',
    ],
  }),
  export_batches: entityTable({
    columns: {
      client_id: 'id!',
      month: 'line(7)!',
      target: 'oneOf(csv|json|syncro|autotask|connectwise)!',
      note: 'text',
      entries: 'integer!',
      raw_seconds: 'integer!',
      billable_minutes: 'integer!',
      amounts: 'json!',
    },
    references: { client_id: 'clients' },
    clientParent: true,
    indexes: [['client_id', 'month'], ['client_id', 'created_at'], ['created_at']],
  }),
  billable_time: entityTable({
    columns: {
      ...timeColumns,
      status: 'oneOf(running|draft|submitted|approved|exported|invoiced|written_off)!',
      external_ref: 'line(200)',
      external_billable_minutes: 'integer',
    },
    references: {
      client_id: 'clients',
      technician_id: 'users',
      machine_id: 'machines',
      work_type_id: 'work_types',
      approved_by: 'users',
    },
    sameClient: {
      project_id: 'projects',
      session_id: 'sessions',
      work_item_id: 'work_items',
      ticket_link_id: 'ticket_links',
      agreement_id: 'agreements',
      export_batch_id: 'export_batches',
      reverses_id: 'billable_time',
    },
    clientParent: true,
    unique: [['reverses_id']],
    uniqueWhere: [{ name: 'running', columns: ['technician_id', 'machine_id'], where: "status = 'running'" }],
    checks: [
      "(status = 'running') = (raw_seconds is null)",
      'raw_seconds between 0 and 86400',
      "ended_at is null or ended_at >= coalesce(started_at, 'none')",
      "classification <> 'non_billable' or reason_code is not null",
      "(status in ('exported', 'invoiced')) = (locked_at is not null)",
      'coalesce(rate_minor, amount_minor, fixed_amount_minor) is null or currency is not null',
    ],
    frozen: [
      {
        on: 'update',
        when: `old.locked_at is not null and (${changed.join(' or ')} or (new.status <> old.status and not (${invoiced})))`,
      },
      { on: 'delete', when: 'old.locked_at is not null' },
    ],
    indexes: [
      // What is not exported yet is little, however much was.
      ['status', 'client_id', 'work_date'],
      ['client_id', 'work_date'],
      ['technician_id', 'work_date'],
      ['technician_id', 'started_at'],
      ['agreement_id', 'work_date'],
      ['work_item_id'],
      ['session_id'],
      ['export_batch_id'],
      ['client_id', 'created_at'],
      ['work_date'],
      ['started_at'],
      ['created_at'],
    ],
  }),
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  await addColumns(db, dialect, 'clients', {
    columns: { default_agreement_id: 'id' },
    references: { default_agreement_id: 'agreements' },
  })
  await addColumns(db, dialect, 'work_items', {
    columns: { work_type_id: 'id' },
    references: { work_type_id: 'work_types' },
  })
}
