import { client } from '../../../src/contract/clients.ts'
import { incidentEntity, securityIncident } from '../../../src/contract/incidents.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { checkNotified, nextNumber, notificationDue, STEPS } from './rules.ts'

type Incident = RowOf<typeof securityIncident>

export const securityIncidents = {
  ...standardHandlers(securityIncident),
  create: async (context, input) => {
    await mayWriteFor(context, securityIncident, input)
    const detected_at = input.detected_at ?? context.clock().toISOString()
    const incident = { ...input, detected_at, number: await takeNumber(context, input.client_id) } as Incident
    return rows(context, securityIncident).insert({ ...incident, ...(await due(context, incident)) })
  },
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, securityIncident).get(id)
    // When it was noticed is known since it was written down: it can be corrected, not taken away.
    const after = { ...before, ...change, detected_at: change.detected_at ?? before.detected_at } as Incident
    const kept = { ...change, detected_at: after.detected_at, ...(await due(context, after)) }
    return rows(context, securityIncident).update(before.id, kept as Partial<Incident>, row_version)
  },
  triage: (context, { id, ...judged }) =>
    move(
      context,
      securityIncident,
      id,
      STEPS.triage,
      () => ({ ...judged, triaged_at: now(context) }) as Partial<Incident>,
    ),
  contain: (context, { id }) =>
    move(context, securityIncident, id, STEPS.contain, () => ({ contained_at: now(context) })),
  eradicate: (context, { id }) =>
    move(context, securityIncident, id, STEPS.eradicate, () => ({ eradicated_at: now(context) })),
  recover: (context, { id }) =>
    move(context, securityIncident, id, STEPS.recover, () => ({ resolved_at: now(context) })),
  close: (context, { id, ...learnt }) =>
    move(context, securityIncident, id, STEPS.close, (before) => {
      checkNotified(before)
      return { ...learnt, closed_at: now(context) } as Partial<Incident>
    }),
  reopen: (context, { id }) =>
    move(context, securityIncident, id, STEPS.reopen, () => ({
      triaged_at: now(context),
      contained_at: null,
      eradicated_at: null,
      resolved_at: null,
      closed_at: null,
    })),
  dismiss: (context, { id, reason }) =>
    move(context, securityIncident, id, STEPS.dismiss, () => ({ root_cause: reason, closed_at: now(context) })),
  notify: async (context, { id, notified_at }) => {
    const found = await rows(context, securityIncident).get(id)
    if (found.notified_at !== null) return found
    return rows(context, securityIncident).update(found.id, { notified_at: notified_at ?? now(context) })
  },
} satisfies Handlers['securityIncidents']

export const incidentEntities = standardHandlers(incidentEntity) satisfies Handlers['incidentEntities']

const now = (context: Context) => context.clock().toISOString()

async function due(context: Context, incident: Incident): Promise<Pick<Incident, 'notification_due_at'>> {
  const { compliance } = await rows(context, client).get(incident.client_id)
  return { notification_due_at: notificationDue(incident, compliance) }
}

async function takeNumber(context: Context, clientId: string): Promise<string> {
  // Held, so that two new incidents of one client do not get the same number.
  await context.db
    .updateTable('clients')
    .set((eb) => ({ row_version: eb.ref('row_version') }))
    .where('id', '=', clientId)
    .execute()
  const last = await context.db
    .selectFrom('security_incidents')
    .select('number')
    .where('client_id', '=', clientId)
    .where('number', 'like', `${context.clock().getUTCFullYear()}-%`)
    .orderBy((eb) => eb.fn<number>('length', ['number']), 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return nextNumber(context.clock(), last?.number)
}
