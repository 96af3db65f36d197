import { BACKUP_HEALTH, type BackupBoard, type BackupHealth } from '../../../src/contract/backup-health.ts'
import { countHealth, healthOf, type JudgedPlan, worstOf } from './rules.ts'

/** A plan as the board needs it, in the order of client, computer and plan. */
export type BoardPlan = JudgedPlan & {
  client_id: string | null
  client_name: string | null
  integration_id: string
  infrastructure_id: string | null
  computer: string
} & Omit<ShownPlan, 'health'>

type BoardClient = BackupBoard['clients'][number]
type BoardComputer = BoardClient['computers'][number]
type ShownPlan = BoardComputer['plans'][number]
type Judged = BoardPlan & { health: BackupHealth }

/**
 * The health of all backups. Pure.
 *
 * @param wanted which plans are listed; without it all that need somebody. The counts are of all.
 */
export function boardOf(plans: readonly BoardPlan[], now: Date, wanted: BackupHealth | undefined): BackupBoard {
  const judged = plans.map((plan) => ({ ...plan, health: healthOf(plan, now) }))
  return {
    as_of: now.toISOString(),
    counts: countsOf(judged),
    clients: [...Map.groupBy(judged, (plan) => plan.client_id).values()]
      .map((ofClient) => clientOf(ofClient, wanted))
      .sort(worstFirst((client) => worstCounted(client.counts))),
  }
}

function clientOf(plans: Judged[], wanted: BackupHealth | undefined): BoardClient {
  const shown = plans.filter(({ health }) => (wanted ? health === wanted : health !== 'ok'))
  return {
    client_id: plans[0]?.client_id ?? null,
    client_name: plans[0]?.client_name ?? null,
    counts: countsOf(plans),
    computers: [...Map.groupBy(shown, (plan) => `${plan.integration_id} ${plan.computer}`).values()]
      .map(computerOf)
      .sort(worstFirst((computer) => computer.health)),
  }
}

const computerOf = (plans: Judged[]): BoardComputer => ({
  computer: plans[0]?.computer ?? '',
  infrastructure_id: plans[0]?.infrastructure_id ?? null,
  health: worstOf(plans.map((plan) => plan.health)),
  plans: plans
    .map(({ id, plan_name, plan_type, status, health, last_start, next_start, error, report_url }) => ({
      id,
      plan_name,
      plan_type,
      status,
      health,
      last_start,
      next_start,
      error,
      report_url,
    }))
    .sort(worstFirst((plan) => plan.health)),
})

const countsOf = (plans: Judged[]) => countHealth(plans.map((plan) => plan.health))
const worstCounted = (counts: BoardClient['counts']) => BACKUP_HEALTH.find((health) => counts[health] > 0) ?? 'ok'
/** Those of the same health stay in the order that they came in. */
const worstFirst =
  <T>(healthOfOne: (of: T) => BackupHealth) =>
  (a: T, b: T) =>
    BACKUP_HEALTH.indexOf(healthOfOne(a)) - BACKUP_HEALTH.indexOf(healthOfOne(b))
