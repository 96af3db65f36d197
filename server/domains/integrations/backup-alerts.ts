import type { Kysely } from 'kysely'
import type { BackupHealth } from '../../../src/contract/backup-health.ts'
import type { Deps } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { announce } from '../../outbox/announce.ts'
import type { PlanRow } from './backup-plans.ts'
import { healthOf } from './rules.ts'

/** What a person should look at: one alert for each trouble of a plan, as long as it lasts. */

type Kind = 'failed' | 'warning' | 'overdue' | 'vanished'
const SEVERITY = { failed: 'high', vanished: 'high', overdue: 'medium', warning: 'low' } as const
const SAYS: Readonly<Record<Kind, string>> = {
  failed: 'failed',
  vanished: 'is no longer reported',
  overdue: 'is overdue',
  warning: 'ended with warnings',
}

export interface AlertChanges {
  raised: number
  resolved: number
}

/** Raises, counts on and resolves the alert of a plan by how it is now. `isNewRun`: the same trouble has happened again. */
export async function keepAlert(
  { clock, newId, vault }: Pick<Deps, 'clock' | 'newId' | 'vault'>,
  db: Kysely<Tables>,
  plan: PlanRow,
  isNewRun: boolean,
): Promise<AlertChanges> {
  const now = clock().toISOString()
  const health = healthOf(plan, clock())
  const open = await db
    .selectFrom('backup_alerts')
    .selectAll()
    .where('backup_plan_status_id', '=', plan.id)
    .where('status', '<>', 'resolved')
    .execute()
  const over = open.filter(({ kind }) => kind !== health).map(({ id }) => id)
  if (over.length > 0)
    await db
      .updateTable('backup_alerts')
      .set({ status: 'resolved', resolved_at: now, updated_at: now, client_id: plan.client_id })
      .where('id', 'in', over)
      .execute()
  const telling = { db, clock, newId, vault }
  if (!isTrouble(health)) {
    for (const alert of open.filter(({ kind }) => kind !== 'warning'))
      await announce(telling, 'backup.recovered', { ...alert, client_id: plan.client_id })
    return { raised: 0, resolved: over.length }
  }
  const same = open.find(({ kind }) => kind === health)
  if (same) {
    await db
      .updateTable('backup_alerts')
      .set({
        occurrences: Number(same.occurrences) + (isNewRun ? 1 : 0),
        ...{ last_seen_at: now, updated_at: now, client_id: plan.client_id, message: plan.error },
      })
      .where('id', '=', same.id)
      .execute()
    return { raised: 0, resolved: over.length }
  }
  const raised = {
    ...{ id: newId(), created_at: now, updated_at: now, created_by: null, updated_by: null, archived_at: null },
    ...{ row_version: 1, integration_id: plan.integration_id, backup_plan_status_id: plan.id },
    ...{ client_id: plan.client_id, ticket_link_id: null, kind: health, severity: SEVERITY[health] },
    dedup_id: `${health}:${plan.plan_key}`,
    title: `${plan.plan_name} of ${plan.computer} ${SAYS[health]}`.slice(0, 300),
    ...{ message: plan.error, status: 'open', occurrences: 1, raised_at: now, last_seen_at: now },
    ...{ acknowledged_at: null, acknowledged_by: null, acknowledge_note: null, resolved_at: null },
  }
  await db
    .insertInto('backup_alerts')
    .values(raised as never)
    .execute()
  if (health !== 'warning') await announce(telling, `backup.${health}`, raised)
  return { raised: 1, resolved: over.length }
}

const isTrouble = (health: BackupHealth): health is Kind => health !== 'ok'
