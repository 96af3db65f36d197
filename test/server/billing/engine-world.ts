import { price } from '../../../server/domains/billing/engine/price.ts'
import {
  type Calendar,
  type Modifier,
  PLAIN,
  type Rate,
  type Rounding,
  type Terms,
  type Work,
} from '../../../server/domains/billing/engine/terms.ts'

/** Work and terms for tests of the engine, which knows neither database nor clock. */

const EVERYONES = { client_id: null, project_id: null, work_type_id: null, valid_from: '2000-01-01', valid_to: null }

export const aRule = (fields: Partial<Rounding> = {}) => ({
  ...PLAIN,
  ...EVERYONES,
  id: 'rule',
  ticket_link_id: null,
  ...fields,
})

export const aRate = (amount_minor: number, fields: Partial<Rate> = {}): Rate => ({
  ...EVERYONES,
  ...{ id: 'rate', user_id: null, role: null, amount_minor, currency: 'USD', unit: 'hour', ...fields },
})

export const aModifier = (fields: Partial<Modifier> = {}): Modifier => ({
  ...EVERYONES,
  ...{ id: 'after', calendar_id: null, condition: 'after_hours', kind: 'multiply', value_bp: 15_000 },
  ...{ value_minor: null, currency: null, stacking: 'highest', clock: 'split', ...fields },
})

const OFFICE = [['08:00', '17:00']]
export const aCalendar = (timezone: string, holidays: string[] = []): Calendar => ({
  ...{ id: 'calendar', client_id: 'client', timezone, holidays: new Set(holidays) },
  business_hours: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
})

export const someTerms = (fields: Partial<Terms> = {}): Terms => ({
  ...{ clientId: 'client', timezone: null, currency: null },
  ...{ rules: [], rates: [], modifiers: [], calendars: [], agreements: [], ...fields },
})

export const someWork = (fields: Partial<Work> = {}): Work => ({
  ...{ id: 'a', work_date: '2026-01-12', started_at: null, ended_at: null, raw_seconds: 600, technician_id: 'ana' },
  ...{ role: 'technician', project_id: null, session_id: null, work_type_id: null, ticket_link_id: null },
  ...{ ticket: null, agreement_id: null, override: null, classification: 'billable', reason_code: null },
  ...{ usual: null, isUrgent: false, lockedMinutes: null, ...fields },
})

/** Work between two instants, all of it. */
export const between = (started_at: string, ended_at: string, fields: Partial<Work> = {}): Work =>
  someWork({
    ...{ started_at, ended_at, work_date: started_at.slice(0, 10) },
    raw_seconds: Math.floor((Date.parse(ended_at) - Date.parse(started_at)) / 1_000),
    ...fields,
  })

/** What each entry is billed, in the order of the works. */
export function prices(works: readonly Work[], terms: Terms) {
  const priced = price(works, terms, [])
  return works.map(({ id }) => {
    const found = priced.get(id)
    if (!found) throw new Error(`${id} was not priced`)
    return found
  })
}
