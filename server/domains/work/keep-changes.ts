import { deployment, infrastructureChange } from '../../../src/contract/changes.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import { oneLine } from '../../../src/recall/clean.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { replaceActive } from '../changes/active.ts'
import { findAsset, type Run } from '../failures/places.ts'
import { changesMadeBy, deploymentMadeBy, type MadeChange } from './changes-made.ts'

type Session = RowOf<typeof session>

/**
 * Writes down what a command that worked has changed at the client: once, when the command is stored. Only of assets and tenants that are
 * documented: a name that nobody knows makes no asset.
 */
export async function keepChanges(context: Context, session: Session, run: Run, at: string): Promise<void> {
  const { client_id } = session
  if (client_id === null || !run.success || session.mode === 'normal') return
  for (const made of changesMadeBy(run.command))
    for (const place of await placesOf(context, client_id, made)) await keepOne(context, session, run, made, place, at)
  await keepDeployment(context, session, run, at)
}

type Place = { infrastructure_id: string } | { m365_tenant_id: string }

async function placesOf(context: Context, clientId: string, made: MadeChange): Promise<Place[]> {
  const assets = await assetsOf(context, clientId, made.hosts)
  if (assets.length > 0 || !made.ofTenant) return assets.map((infrastructure_id) => ({ infrastructure_id }))
  const tenants = await context.db
    .selectFrom('m365_tenants')
    .select('id')
    .where('client_id', '=', clientId)
    .where('archived_at', 'is', null)
    .limit(2)
    .execute()
  // Of several, nobody can tell which.
  return tenants.length === 1 ? tenants.map(({ id }) => ({ m365_tenant_id: id })) : []
}

async function assetsOf(context: Context, clientId: string, hosts: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const host of hosts) {
    const id = await findAsset(context, clientId, host)
    if (id !== null) found.add(id)
  }
  return [...found]
}

async function keepOne(
  context: Context,
  session: Session,
  run: Run,
  made: MadeChange,
  place: Place,
  at: string,
): Promise<void> {
  await rows(context, infrastructureChange).insert({
    ...place,
    client_id: session.client_id as string,
    session_id: session.id,
    change_class: 'standard',
    category: made.category,
    change_type: made.changeType,
    engine: made.engine,
    object_name: made.objectName,
    reason: `Recorded from a command: ${oneLine(run.command, 600)}`,
    ...(made.category === 'database' ? { statement: run.command } : {}),
    after_state: { command_id: run.id },
    risk: run.is_destructive ? 'medium' : 'low',
    planned: false,
    backup_taken: false,
    ...(isDestructiveChange(made)
      ? { override_reason: 'Recorded from a command: whether a backup was taken is not known.' }
      : {}),
    status: 'implemented',
    implemented_by: session.technician_id,
    changed_at: at,
  })
}

const isDestructiveChange = ({ changeType }: MadeChange): boolean =>
  changeType !== null && ['ddl_drop', 'dml_update', 'dml_delete', 'restore'].includes(changeType)

async function keepDeployment(context: Context, session: Session, run: Run, at: string): Promise<void> {
  const made = deploymentMadeBy(run.command)
  if (!made) return
  const [infrastructure_id = null] = await assetsOf(context, session.client_id as string, made.hosts)
  const place = {
    client_id: session.client_id as string,
    project_id: session.project_id,
    infrastructure_id,
    environment: made.environment,
  }
  // What is told late may be older than what is active.
  const isOld = await hasLater(context, place, at)
  const kept = await rows(context, deployment).insert({
    ...place,
    version_to: made.version,
    strategy: 'in_place',
    status: isOld ? 'inactive' : 'success',
    started_at: run.started_at < at ? run.started_at : at,
    finished_at: at,
    deployed_by: session.technician_id,
  })
  if (!isOld) await replaceActive(context, kept)
}

type DeployedTo = Pick<RowOf<typeof deployment>, 'client_id' | 'project_id' | 'infrastructure_id' | 'environment'>

async function hasLater({ db }: Context, place: DeployedTo, at: string): Promise<boolean> {
  const found = await db
    .selectFrom('deployments')
    .select('id')
    .where('client_id', '=', place.client_id)
    .where('started_at', '>', at)
    .where('environment', '=', place.environment)
    .where('status', '=', 'success')
    .where('project_id', place.project_id === null ? 'is' : '=', place.project_id)
    .where('infrastructure_id', place.infrastructure_id === null ? 'is' : '=', place.infrastructure_id)
    .where('service_id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
