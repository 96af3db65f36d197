import { agreementsFor, ruleFor } from './scopes.ts'
import { type Agreement, PLAIN, type Reason, type Rounding, type Rule, type Terms, type Work } from './terms.ts'

/** What is decided of work before anything is counted: its rule, who pays, whether it is billed, and with what it is counted together. */
export interface Settled {
  work: Work
  rule: Rule | null
  rounding: Rounding
  payers: readonly Agreement[]
  /** `drawn`: from the hours or the money of an agreement, as long as there are any. */
  outcome: 'billable' | 'non_billable' | 'no_charge' | 'covered' | 'drawn'
  reason_code: Reason | null
  because: string
  /** Work with the same key is counted together. */
  key: string
}

export function settle(work: Work, terms: Terms): Settled {
  const rule = ruleFor(terms.rules, work)
  const payers = agreementsFor(terms.agreements, work)
  const decided = outcomeOf(work, payers[0])
  const isIncident = payers[0]?.kind === 'incident'
  const rounding: Rounding = isIncident ? { ...(rule ?? PLAIN), aggregation: 'ticket' } : (rule ?? PLAIN)
  const key = [togetherWith(work, rounding), rule?.id ?? '', payers[0]?.id ?? '', decided.outcome].join('|')
  return { work, rule, rounding, payers, ...decided, key }
}

type Decided = Pick<Settled, 'outcome' | 'reason_code' | 'because'>

function outcomeOf({ classification, reason_code, usual }: Work, payer: Agreement | undefined): Decided {
  if (classification !== 'billable') return { outcome: classification, reason_code, because: 'the entry' }
  if (usual) return { outcome: usual.classification, reason_code: usual.reason_code, because: usual.because }
  const because = payer ? `agreement (${payer.kind})` : 'no agreement'
  switch (payer?.kind) {
    case 'internal':
      return { outcome: 'non_billable', reason_code: 'internal', because }
    case 'flat_rate':
    case 'fixed_price':
      return { outcome: 'covered', reason_code: 'covered_by_agreement', because }
    case 'block_hours':
    case 'retainer':
      return { outcome: 'drawn', reason_code, because }
    default:
      return { outcome: 'billable', reason_code, because }
  }
}

/** What lacks the ticket or session by which it would be counted stands for itself. */
function togetherWith({ id, ticket, work_date, session_id }: Work, { aggregation }: Rounding): string {
  switch (aggregation) {
    case 'day':
      return `day ${work_date}`
    case 'ticket':
      return ticket === null ? `entry ${id}` : `ticket ${ticket}`
    case 'ticket_day':
      return ticket === null ? `entry ${id}` : `ticket ${ticket} ${work_date}`
    case 'session':
      return session_id === null ? `entry ${id}` : `session ${session_id}`
    case 'entry':
      return `entry ${id}`
  }
}
