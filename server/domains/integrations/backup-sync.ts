import type { Kysely } from 'kysely'
import { backupPlanStatus } from '../../../src/contract/backups.ts'
import { externalIntegration } from '../../../src/contract/integrations.ts'
import type { FreeText } from '../../../src/contract/values.ts'
import { type Acting, OURSELVES } from '../../audit/entries.ts'
import type { Integration } from '../../connectors/account.ts'
import type { BackupPlan, Customer } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import type { Deps } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import type { Tables } from '../../db/tables.ts'
import { inTransaction } from '../../db/transaction.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { keepAlert } from './backup-alerts.ts'
import { type Owners, readOwners } from './backup-owners.ts'
import { copiedOf, endOf, followingOf, type PlanRow, planKey, toldOf } from './backup-plans.ts'
import { connectorOf } from './connections.ts'

/** Reads how the backups are from the systems that make them, and keeps it: plans, their runs, and what somebody should look at. */

export interface Refreshed {
  plans: number
  /** Runs that were not known. */
  new_runs: number
  /** Told of before, and no longer. */
  vanished: number
  /** Of companies that nobody matched with a client: only leads and admins see them. */
  unmatched: number
  alerts_raised: number
  alerts_resolved: number
}

/** @throws VendorError when the system does not answer as it should; then nothing is changed */
export async function refreshBackups(
  deps: Deps,
  integration: Integration,
  acting: Acting = OURSELVES,
): Promise<Refreshed> {
  const connector = connectorOf(deps, integration, acting)
  const plans = new Map<string, BackupPlan>()
  for await (const plan of connector.backupPlans?.() ?? []) plans.set(planKey(plan), plan)
  const customers: Customer[] = []
  for await (const customer of connector.customers?.() ?? []) customers.push(customer)
  const told = await withoutSecretsIn(deps, plans)
  return inTransaction(deps, (db) => keepPlans(deps, db, integration, told, customers))
}

/** Errors of backups name paths, and sometimes the command line with its password. */
async function withoutSecretsIn(deps: Deps, plans: ReadonlyMap<string, BackupPlan>): Promise<Map<string, BackupPlan>> {
  const { error: kind } = backupPlanStatus.freeTexts
  const context = { ...deps, redactors: new Map() }
  const clean = async (text: string | null) => textWithoutSecrets(context, text, kind as FreeText, null)
  const found = new Map<string, BackupPlan>()
  for (const [key, plan] of plans) {
    const error = await clean(plan.error)
    const raw = 'ErrorMessage' in plan.raw ? { ...plan.raw, ErrorMessage: error } : plan.raw
    found.set(key, { ...plan, error, raw })
  }
  return found
}

async function keepPlans(
  deps: Deps,
  db: Kysely<Tables>,
  integration: Integration,
  plans: ReadonlyMap<string, BackupPlan>,
  customers: readonly Customer[],
): Promise<Refreshed> {
  const now = deps.clock().toISOString()
  const owners = await readOwners(deps, db, integration, customers, [...plans.values()])
  const before = new Map((await readPlans(db, integration.id)).map((row) => [row.plan_key, row]))
  const counts: Refreshed = {
    plans: plans.size,
    new_runs: 0,
    vanished: 0,
    unmatched: 0,
    alerts_raised: 0,
    alerts_resolved: 0,
  }
  const alert = async (row: PlanRow, isNewRun: boolean) => {
    const { raised, resolved } = await keepAlert(deps, db, row, isNewRun)
    counts.alerts_raised += raised
    counts.alerts_resolved += resolved
  }
  for (const [key, plan] of plans) {
    const row = await keepPlan(deps, db, integration, { key, plan, before: before.get(key), owners })
    const isNewRun = await keepRun(deps, db, row, plan)
    counts.new_runs += isNewRun ? 1 : 0
    counts.unmatched += row.client_id === null ? 1 : 0
    await alert(row, isNewRun)
  }
  for (const [key, row] of before) {
    if (plans.has(key) || row.first_missing_at !== null) continue
    counts.vanished += 1
    await db
      .updateTable('backup_plan_status')
      .set({ first_missing_at: now, updated_at: now, row_version: row.row_version + 1 })
      .where('id', '=', row.id)
      .execute()
    await alert({ ...row, first_missing_at: now }, false)
  }
  return counts
}

async function readPlans(db: Kysely<Tables>, integrationId: string): Promise<PlanRow[]> {
  const found = await db
    .selectFrom('backup_plan_status')
    .selectAll()
    .where('integration_id', '=', integrationId)
    .where('archived_at', 'is', null)
    .execute()
  return found.map((row) => fromStored(backupPlanStatus, row as Record<string, unknown>) as PlanRow)
}

interface Keeping {
  key: string
  plan: BackupPlan
  before: PlanRow | undefined
  owners: Owners
}

async function keepPlan(
  { clock, newId }: Deps,
  db: Kysely<Tables>,
  integration: Integration,
  { key, plan, before, owners }: Keeping,
): Promise<PlanRow> {
  const now = clock().toISOString()
  const clientId = owners.clientOf(plan)
  const values = {
    ...toldOf(plan),
    ...followingOf(plan, before),
    client_id: clientId,
    infrastructure_id: clientId === null ? null : owners.infrastructureOf(plan, clientId),
    ...{ last_seen_at: now, first_missing_at: null, updated_at: now },
  }
  const raw = JSON.stringify(plan.raw)
  if (before) {
    if (before.client_id !== clientId) await follow(db, before.id, null)
    await db
      .updateTable('backup_plan_status')
      .set({ ...values, raw, row_version: before.row_version + 1 } as never)
      .where('id', '=', before.id)
      .execute()
    if (before.client_id !== clientId) await follow(db, before.id, clientId)
    return { ...before, ...values, raw: plan.raw } as PlanRow
  }
  const made = {
    ...{ id: newId(), created_at: now, created_by: null, updated_by: null, archived_at: null, row_version: 1 },
    ...{ integration_id: integration.id, plan_key: key, first_seen_at: now },
    ...values,
  }
  await db
    .insertInto('backup_plan_status')
    .values({ ...made, raw } as never)
    .execute()
  return { ...made, raw: plan.raw } as unknown as PlanRow
}

/** What hangs on a plan goes with it to its client; in between it is nobody's, because it must never be another client's. */
async function follow(db: Kysely<Tables>, planId: string, client_id: string | null): Promise<void> {
  await db.updateTable('backup_runs').set({ client_id }).where('backup_plan_status_id', '=', planId).execute()
  const alert = client_id === null ? { client_id, ticket_link_id: null } : { client_id }
  await db.updateTable('backup_alerts').set(alert).where('backup_plan_status_id', '=', planId).execute()
}

/** @returns whether it was not known yet */
async function keepRun({ clock, newId }: Deps, db: Kysely<Tables>, row: PlanRow, plan: BackupPlan): Promise<boolean> {
  const { lastStart } = plan
  if (lastStart === null) return false
  const now = clock().toISOString()
  const values = {
    ...{ client_id: row.client_id, status: plan.status, error: row.error, report_url: row.report_url },
    ...{ finished_at: plan.status === 'running' ? null : endOf(plan), updated_at: now },
    ...copiedOf(plan),
    raw: JSON.stringify(plan.raw),
  }
  const known = await db
    .updateTable('backup_runs')
    .set(values as never)
    .where('backup_plan_status_id', '=', row.id)
    .where('started_at', '=', lastStart)
    .executeTakeFirst()
  if (Number(known.numUpdatedRows) > 0) return false
  await db
    .insertInto('backup_runs')
    .values({
      ...{ id: newId(), created_at: now, created_by: null, updated_by: null, archived_at: null, row_version: 1 },
      ...{ backup_plan_status_id: row.id, started_at: lastStart },
      ...values,
    } as never)
    .execute()
  return true
}

const EVERY_MS = 60 * 60_000
const LOOK_MS = 5 * 60_000

/**
 * Refreshes each enabled system of backups every hour. Of several servers one does, by the cursor of the integration.
 *
 * @returns what ends it; it waits for a refresh that runs
 */
export function refreshNowAndThen(deps: Deps): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let isOver = false
  const look = () => {
    running = running
      .then(() => (isOver ? undefined : refreshDue(deps)))
      .catch((error: unknown) => deps.log.warn({ error }, 'backups could not be refreshed; it is tried again'))
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return () => {
    isOver = true
    clearInterval(timer)
    return running
  }
}

/** Those that were not refreshed for an hour. What fails waits for the next hour, and the integration says why. */
export async function refreshDue(deps: Deps): Promise<void> {
  const found = await deps.db
    .selectFrom('external_integrations')
    .selectAll()
    .where('type', '=', 'msp360')
    .where('enabled', '=', 1)
    .where('archived_at', 'is', null)
    .execute()
  for (const stored of found) {
    const integration = fromStored(externalIntegration, stored as Record<string, unknown>) as Integration
    if (!(await claimed(deps, integration, stored.cursor as string | null))) continue
    try {
      await refreshBackups(deps, integration)
    } catch (error) {
      if (!(error instanceof VendorError)) throw error
    }
  }
}

async function claimed({ db, clock }: Deps, { id, cursor }: Integration, stored: string | null): Promise<boolean> {
  const kept = (cursor ?? {}) as { backups?: { at?: string } }
  const now = clock()
  if (now.getTime() - Date.parse(kept.backups?.at ?? '') < EVERY_MS) return false
  const next = JSON.stringify({ ...kept, backups: { at: now.toISOString() } })
  const taken = await db
    .updateTable('external_integrations')
    .set({ cursor: next } as never)
    .where('id', '=', id)
    .where((eb) => (stored === null ? eb('cursor', 'is', null) : eb('cursor', '=', stored as never)))
    .executeTakeFirst()
  return Number(taken.numUpdatedRows) === 1
}
