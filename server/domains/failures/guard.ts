import { type RawBuilder, sql } from 'kysely'
import { failurePattern } from '../../../src/contract/failures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import { clip, oneLine } from '../../../src/recall/clean.ts'
import type { Context, Handlers } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { sha256 } from '../work/sha256.ts'
import type { Pattern } from './known.ts'
import { systemOfAsset } from './places.ts'

type Guard = Awaited<ReturnType<Handlers['failurePatterns']['guard']>>

const MOST = { patterns: 10_000, assets: 5_000, facts: 20_000 }
const CHARS = { title: 200, alternative: 1_000, fact: 120 }

/** What the guard of a machine keeps for a client: of that client and of nobody, never of another, whoever asks. */
export const readGuard: Handlers['failurePatterns']['guard'] = async (context, { client_id = null, version: kept }) => {
  const version = await versionOf(context, client_id)
  if (version === kept) return { version, is_unchanged: true, patterns: [], assets: [] }
  const patterns = await readGuarded(context, client_id)
  return {
    version,
    is_unchanged: false,
    patterns,
    assets: client_id === null ? [] : await readAssets(context, client_id),
  }
}

/** Whose patterns: those that count, with a key. */
const guarded = (context: Context, clientId: string | null) =>
  sql`status in ('active', 'candidate') and match_key is not null and archived_at is null
    and (client_id = ${clientId} or client_id is null) and ${visibleRows(failurePattern, context.caller, context.clock())}`

/** Changes with each row that the answer is made of, without their being read. */
async function versionOf(context: Context, clientId: string | null): Promise<string> {
  const of = async (table: string, where: RawBuilder<unknown>) => {
    const { rows } = await sql<Record<string, unknown>>`select count(*) as number_of_rows, max(updated_at) as newest,
      sum(row_version) as versions from ${sql.table(table)} where ${where}`.execute(context.db)
    return Object.values(rows[0] ?? {}).map(String)
  }
  const ofClient = sql`client_id = ${clientId}`
  const parts = [
    clientId,
    await of('failure_patterns', guarded(context, clientId)),
    ...(clientId === null
      ? []
      : [
          await of('infrastructure', sql`${ofClient} and archived_at is null`),
          await of('environmental_insights', sql`${ofClient} and is_current = 1 and archived_at is null`),
          await of('sites', ofClient),
        ]),
  ]
  return sha256(JSON.stringify(parts)).slice(0, 32)
}

async function readGuarded(context: Context, clientId: string | null): Promise<Guard['patterns']> {
  const { rows } =
    await sql<Pattern>`select id, grain, match_key, infrastructure_id, host, machine_id, \`system\`, confidence_percent, places,
      verified_by, verified_at, last_seen_at, title, recommended_alternative, failed_in
    from failure_patterns where ${guarded(context, clientId)} and grain is not null
    order by last_seen_at desc, id limit ${MOST.patterns}`.execute(context.db)
  return rows.map((row) => ({
    id: row.id,
    grain: row.grain as NonNullable<Pattern['grain']>,
    key: row.match_key as string,
    infrastructure_id: row.infrastructure_id,
    host: row.host,
    machine_id: row.machine_id,
    system: row.system,
    percent: row.confidence_percent,
    places: row.places ?? 1,
    is_verified: row.verified_by !== null,
    at: row.verified_at !== null && row.verified_at > row.last_seen_at ? row.verified_at : row.last_seen_at,
    title: oneLine(row.title, CHARS.title),
    alternative: row.recommended_alternative === null ? null : oneLine(row.recommended_alternative, CHARS.alternative),
    failed_in: row.failed_in,
  }))
}

async function readAssets(context: Context, clientId: string): Promise<Guard['assets']> {
  const facts = await readFacts(context, clientId)
  const found = await context.db
    .selectFrom('infrastructure')
    .leftJoin('sites', 'sites.id', 'infrastructure.site_id')
    .select(['infrastructure.id', 'hostname', 'fqdn', 'primary_ip', 'mgmt_ip', 'os_name', 'os_version'])
    .select(['powershell_version', 'sites.vpn_required', 'sites.vpn_type'])
    .where('infrastructure.client_id', '=', clientId)
    .where('infrastructure.archived_at', 'is', null)
    .where(visibleRows(infrastructure, context.caller, context.clock()))
    .orderBy('infrastructure.id')
    .limit(MOST.assets)
    .execute()
  return found.map((asset) => ({
    id: asset.id,
    names: namesOf(asset),
    system: systemOfAsset(asset),
    facts: {
      ...(asset.powershell_version === null ? {} : { 'powershell.version': asset.powershell_version }),
      ...facts.get(asset.id),
    },
    vpn: asset.vpn_required ? (asset.vpn_type ?? 'vpn') : null,
  }))
}

const namesOf = (asset: {
  hostname: string
  fqdn: string | null
  primary_ip: string | null
  mgmt_ip: string | null
}): string[] => {
  const names = [asset.hostname, asset.fqdn, asset.primary_ip, asset.mgmt_ip].flatMap(
    (name) => name?.toLowerCase() ?? [],
  )
  return [...new Set(names)]
}

/** Current facts of the client's assets. */
async function readFacts(context: Context, clientId: string): Promise<Map<string, Record<string, string>>> {
  const found = await context.db
    .selectFrom('environmental_insights')
    .select(['infrastructure_id', 'key', 'value', 'statement'])
    .where('client_id', '=', clientId)
    .where('infrastructure_id', 'is not', null)
    .where('is_current', '=', 1)
    .where('archived_at', 'is', null)
    .where(visibleRows(environmentalInsight, context.caller, context.clock()))
    .orderBy('id')
    .limit(MOST.facts)
    .execute()
  const facts = new Map<string, Record<string, string>>()
  for (const { infrastructure_id, key, value, statement } of found) {
    const of = facts.get(infrastructure_id as string) ?? {}
    of[key] = clip(oneLine(shortOf(JSON.parse(value)) ?? statement, CHARS.fact), CHARS.fact)
    facts.set(infrastructure_id as string, of)
  }
  return facts
}

/** `{"version": "2.0"}` is `2.0`. */
function shortOf(value: Record<string, unknown>): string | null {
  const plain = Object.values(value).filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
  const said = value.version ?? value.value ?? (plain.length === 1 ? plain[0] : undefined)
  return said === undefined || typeof said === 'object' ? null : String(said)
}
