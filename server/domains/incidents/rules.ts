import { AppError } from '../../../src/contract/errors.ts'
import type { securityIncident } from '../../../src/contract/incidents.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Move } from '../../crud/lifecycle.ts'

type Incident = RowOf<typeof securityIncident>
type Status = Incident['status']

/** The steps in the life of an incident: a small one may skip phases, none goes backwards but by being opened again. */
export const STEPS = {
  triage: { from: ['reported'], to: 'triaged' },
  contain: { from: ['reported', 'triaged'], to: 'contained' },
  eradicate: { from: ['triaged', 'contained'], to: 'eradicated' },
  recover: { from: ['contained', 'eradicated'], to: 'recovered' },
  close: { from: ['contained', 'eradicated', 'recovered'], to: 'closed' },
  reopen: { from: ['closed', 'false_positive'], to: 'triaged' },
  dismiss: { from: ['reported', 'triaged'], to: 'false_positive' },
} as const satisfies Record<string, Move<Status>>

/** GDPR, article 33: not later than 72 hours after having become aware of it. */
const NOTIFICATION_MS = 72 * 3_600_000

/**
 * Until when the authority has to be notified, or null where nobody has to be: no people affected, a reason recorded why not,
 * or a client outside the law. Pure.
 *
 * @param compliance what the client has to keep to, like `["gdpr"]`.
 */
export function notificationDue(
  incident: Pick<Incident, 'detected_at' | 'data_subjects_affected' | 'notification_waiver'>,
  compliance: readonly string[],
): string | null {
  const concerned = compliance.some((law) => law.toLowerCase() === 'gdpr')
  const waived = (incident.notification_waiver ?? '').trim() !== ''
  if (!concerned || waived || !incident.data_subjects_affected || incident.detected_at === null) return null
  return new Date(Date.parse(incident.detected_at) + NOTIFICATION_MS).toISOString()
}

/** @throws AppError CONFLICT while somebody still has to be notified. */
export function checkNotified(incident: Pick<Incident, 'notification_due_at' | 'notified_at'>): void {
  if (incident.notification_due_at === null || incident.notified_at !== null) return
  throw new AppError(
    'CONFLICT',
    `A notification is due by ${incident.notification_due_at}. Record it with notify, or say in notification_waiver why nobody has to be told.`,
    { details: { notification_due_at: incident.notification_due_at } },
  )
}

/** The number after the last one of its year: `2026-0007`. Pure. */
export function nextNumber(now: Date, last: string | undefined): string {
  const running = last === undefined ? 0 : Number(last.slice(5))
  return `${now.getUTCFullYear()}-${String(running + 1).padStart(4, '0')}`
}
