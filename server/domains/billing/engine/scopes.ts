import { type Agreement, compare, type Rate, type Rule, type Terms, type Work } from './terms.ts'

/** Which rule, rate and agreement apply to work. */

export type Subject = Pick<Work, 'work_date' | 'project_id' | 'work_type_id'>
type Scoped = Pick<Rule, 'id' | 'client_id' | 'project_id' | 'work_type_id' | 'valid_from' | 'valid_to'> & {
  ticket_link_id?: string | null
}

/** Rows of other clients are not among the terms, so the client needs no look. */
export const isIn = (row: Scoped, { work_date, project_id, work_type_id }: Subject): boolean =>
  row.valid_from <= work_date &&
  (row.valid_to === null || work_date <= row.valid_to) &&
  (row.project_id === null || row.project_id === project_id) &&
  (row.work_type_id === null || row.work_type_id === work_type_id)

/** Ticket, project, client, everyone; then a named kind of work. The higher, the narrower. */
const narrowness = (row: Scoped): number =>
  (row.ticket_link_id ? 6 : row.project_id ? 4 : row.client_id ? 2 : 0) + (row.work_type_id ? 1 : 0)

export function narrowest<R extends Scoped>(rows: readonly R[]): R[] {
  const top = Math.max(...rows.map(narrowness))
  return rows.filter((row) => narrowness(row) === top)
}

/** The newer one, then the one that was made later. */
const newest = (a: Scoped, b: Scoped) => compare(b.valid_from, a.valid_from) || compare(b.id, a.id)

export function ruleFor(rules: readonly Rule[], work: Subject & Pick<Work, 'ticket_link_id'>): Rule | null {
  const fitting = rules.filter(
    (rule) => isIn(rule, work) && (rule.ticket_link_id === null || rule.ticket_link_id === work.ticket_link_id),
  )
  return narrowest(fitting).sort(newest)[0] ?? null
}

/** The levels at which a rate is looked for, the first first. */
const LEVELS: readonly [string, (rate: Rate) => boolean][] = [
  ['project and work type', ({ project_id, work_type_id }) => Boolean(project_id && work_type_id)],
  [
    'client and work type',
    ({ client_id, project_id, work_type_id }) => Boolean(client_id && !project_id && work_type_id),
  ],
  ['project', ({ project_id }) => project_id !== null],
  ['client', ({ client_id }) => client_id !== null],
  ['role', ({ role }) => role !== null],
  ['work type', ({ work_type_id }) => work_type_id !== null],
  ['technician', ({ user_id }) => user_id !== null],
  ['everyone', () => true],
]

/**
 * The rate of an hour or a visit, and where it was found. Of several at one level the one in the client's currency, that of a named
 * technician, that of a named role, the newest. One for everyone in another currency than the client's is passed over.
 */
export function rateFor(
  { rates, currency }: Pick<Terms, 'rates' | 'currency'>,
  work: Subject & Pick<Work, 'technician_id' | 'role'>,
): { rate: Rate; source: string } | null {
  const fitting = rates.filter(
    (rate) =>
      isIn(rate, work) &&
      (rate.user_id === null || rate.user_id === work.technician_id) &&
      (rate.role === null || rate.role === work.role) &&
      (rate.client_id !== null || currency === null || rate.currency === currency),
  )
  for (const [source, isOf] of LEVELS) {
    const rate = fitting
      .filter(isOf)
      .sort((a, b) => preference(b, currency) - preference(a, currency) || newest(a, b))[0]
    if (rate) return { rate, source }
  }
  return null
}

const preference = (rate: Rate, currency: string | null) =>
  (rate.currency === currency ? 4 : 0) + (rate.user_id ? 2 : 0) + (rate.role ? 1 : 0)

/** Kinds that hold something which is drawn from. */
export const DRAWN = ['block_hours', 'retainer'] as const
const isDrawn = ({ kind }: Agreement) => kind === 'block_hours' || kind === 'retainer'

/**
 * Who pays for work: the agreement that it names, else all that cover it, the highest priority first. When the first one holds hours or
 * money, the following ones of its kind are drawn on when it is empty.
 */
export function agreementsFor(
  agreements: readonly Agreement[],
  work: Subject & Pick<Work, 'agreement_id'>,
): Agreement[] {
  const covering = agreements.filter((agreement) => covers(agreement, work))
  const named = covering.find(({ id }) => id === work.agreement_id)
  if (named) return [named]
  const [first, ...others] = covering.sort(
    (a, b) =>
      b.priority - a.priority ||
      Number(isDrawn(b)) - Number(isDrawn(a)) ||
      compare(a.starts_on, b.starts_on) ||
      compare(a.id, b.id),
  )
  if (!first) return []
  return isDrawn(first) ? [first, ...others.filter(({ kind }) => kind === first.kind)] : [first]
}

function covers({ status, starts_on, ends_on, coverage }: Agreement, { work_date, work_type_id }: Subject): boolean {
  // One that was ended without a day tells nothing of what it covered before.
  if (status === 'draft' || (status === 'ended' && ends_on === null)) return false
  if (work_date < starts_on || (ends_on !== null && work_date > ends_on)) return false
  const only = idsIn(coverage.work_type_ids)
  if (only.length > 0 && (work_type_id === null || !only.includes(work_type_id))) return false
  return work_type_id === null || !idsIn(coverage.except_work_type_ids).includes(work_type_id)
}

const idsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
