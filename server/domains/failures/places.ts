import type { failurePattern } from '../../../src/contract/failures.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { commandRun } from '../../../src/contract/work.ts'
import type { Blame } from '../../../src/guard/blame.ts'
import { systemName } from '../../../src/guard/system.ts'
import { targetOf } from '../../../src/guard/target.ts'
import type { Context } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { sha256 } from '../work/sha256.ts'

type Pattern = RowOf<typeof failurePattern>
export type Run = RowOf<typeof commandRun>

/** Where a pattern holds, and whose it is. */
export type Place = Pick<Pattern, 'scope' | 'client_id' | 'infrastructure_id' | 'machine_id' | 'host' | 'system'>

/** Grains whose keys hold nothing but names of programs: known of a machine, they say nothing of a client. */
export const NAMES_ONLY: ReadonlySet<Pattern['grain']> = new Set(['program', 'option', 'syntax'])

const NOWHERE = { infrastructure_id: null, machine_id: null, host: null, system: null }

/**
 * Where a failure holds: on the client's asset that the host is, else against the host as it was typed, else on the technician's machine. What
 * belongs to no client keeps the machine, whose owner alone sees it.
 */
export async function placeOf(context: Context, run: Run, { grain, host }: Blame): Promise<Place> {
  const { client_id, machine_id } = run
  if (host === null) {
    const owner = NAMES_ONLY.has(grain) ? null : client_id
    return { ...NOWHERE, scope: owner === null ? 'global' : 'client', client_id: owner, machine_id }
  }
  const infrastructure_id = await assetNamed(context, run, host)
  if (infrastructure_id !== null) return { ...NOWHERE, scope: 'infrastructure', client_id, infrastructure_id }
  return client_id === null
    ? { ...NOWHERE, scope: 'global', client_id, machine_id, host }
    : { ...NOWHERE, scope: 'client', client_id, host }
}

/** The asset that a host of a command is. The command's own target was looked up when it was stored. */
export async function assetNamed(context: Context, run: Run, host: string): Promise<string | null> {
  return targetOf(run.command)?.toLowerCase() === host ? run.infrastructure_id : findAsset(context, run.client_id, host)
}

/** The client's asset with this name, full name or address. */
export async function findAsset(context: Context, clientId: string | null, host: string): Promise<string | null> {
  if (clientId === null) return null
  const name = host.toLowerCase()
  const found = await context.db
    .selectFrom('infrastructure')
    .select('id')
    .where('client_id', '=', clientId)
    .where((eb) =>
      eb.or([
        eb('hostname_key', '=', foldName(host)),
        eb('fqdn', '=', name),
        eb('primary_ip', '=', name),
        eb('mgmt_ip', '=', name),
      ]),
    )
    .where('archived_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return found?.id ?? null
}

/** What a place is called, and its system as far as it is known. */
export interface Named {
  name: string
  system: string | null
}

export async function nameOf(context: Context, place: Place): Promise<Named> {
  if (place.system !== null) return { name: place.system, system: place.system }
  if (place.infrastructure_id !== null) {
    const asset = await context.db
      .selectFrom('infrastructure')
      .select(['hostname', 'os_name', 'os_version'])
      .where('id', '=', place.infrastructure_id)
      .executeTakeFirst()
    return { name: asset?.hostname ?? 'an asset', system: asset === undefined ? null : systemOfAsset(asset) }
  }
  if (place.host !== null) return { name: place.host, system: null }
  const machine = await context.db
    .selectFrom('machines')
    .select(['hostname', 'os_version'])
    .where('id', '=', place.machine_id)
    .executeTakeFirst()
  return { name: machine?.hostname ?? 'this machine', system: systemName(machine?.os_version) }
}

export const systemOfAsset = (asset: { os_name: string | null; os_version: string | null }): string | null =>
  systemName(asset.os_name === null ? null : [asset.os_name, asset.os_version].filter(Boolean).join(' '))

/** One pattern for each in its place. The asset and the client stand beside it in the row. */
export const signatureOf = (
  { grain, key }: Pick<Blame, 'grain' | 'key'>,
  category: string,
  { machine_id, host, system }: Place,
): string => sha256(JSON.stringify([grain, key, category, machine_id, host, system]))
