import type { OutputOf } from '../api/client.ts'
import { isOutage } from '../api/errors.ts'
import type { Contract } from '../contract/index.ts'
import { partsOfNotes } from '../guard/digest.ts'
import { systemName } from '../guard/system.ts'
import { guardedClient, type KeptGuard, openGuard } from '../guard-cache.ts'
import { isWhole } from '../guard-cache-writing.ts'
import { refreshGuard } from '../guard-refresh.ts'
import { type Named, readSession } from '../sessions.ts'
import { type Asset, findAsset } from './assets.ts'
import { matchClient, readKnownClients } from './client-cache.ts'
import type { Pattern } from './failures.ts'
import { getClient } from './names.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

export type Match = OutputOf<Contract['failurePatterns']['match']>
export type FailedRun = Match['here'][number]

export interface Fact {
  key: string
  statement: string
  /** Null where only the cache tells it. */
  confidence_percent: number | null
  /** When it was last seen to be so; ISO 8601. */
  as_of: string | null
}

/** A machine as far as commands are concerned; null for what is not known. */
export interface Target {
  hostname: string
  system: string | null
  /** Without which it is not reached. */
  vpn: string | null
  notes: string | null
  limitations: readonly string[]
}

/** What is known for a command at a place. */
export interface Known {
  source: 'server' | 'cache'
  /** ISO 8601: when the server said so. */
  asOf: string
  client: Named | null
  target: Target | null
  facts: readonly Fact[]
  /** The patterns and machines of the client, as the guard of commands looks them up. Close it. */
  guard: KeptGuard
  /** Asks for what is on record of commands; with only the cache nothing is. */
  recordOf(commands: readonly string[]): Promise<{ patterns: Pattern[]; there: FailedRun[]; elsewhere: FailedRun[] }>
}

const NO_RECORD = { patterns: [], there: [], elsewhere: [] }

/**
 * What is known of a machine, for a client: the one that is named, else the one of this session, else the one that the machine belongs to. From the
 * server; from this machine's cache when it does not answer.
 *
 * @throws ApiError when neither is to be had; Failure (exit 5) when a name can mean several things
 */
export async function knownOf(world: World, host: string, client: string | undefined): Promise<Known> {
  try {
    return await fromServer(world, host, client)
  } catch (error) {
    if (!isOutage(error) || error.code === 'UNAUTHENTICATED') throw error
    const cached = fromCache(world, host, client)
    if (cached === undefined) throw error
    world.output.note(`${error.message} This is from the cache of ${cached.asOf}.`)
    return cached
  }
}

async function fromServer(world: World, host: string, named: string | undefined): Promise<Known> {
  const { api, settings } = world
  const wanted = named === undefined ? sessionClient(world) : await getClient(world, named)
  const asset = await findAsset(world, host, wanted?.id ?? undefined)
  const clientId = asset?.client_id ?? wanted?.id ?? null
  const [client, facts] = await Promise.all([
    wanted ?? (clientId === null ? null : api.clients.get({ id: clientId })),
    clientId === null ? [] : factsOf(world, clientId, asset),
    // Through the cache, so that what is told here is what the guard of commands will do.
    refreshGuard({ settings, api, clientId, now: world.now() }),
  ])
  const guard = opened(world, clientId)
  if (guard === undefined)
    throw new Failure(EXIT.failed, 'What is known to fail could not be fetched. Run "msp doctor", then try again.')
  return {
    source: 'server',
    asOf: guard.checkedAt,
    client: client && { id: clientId, name: client.name },
    target:
      asset === undefined ? null : { ...targetOf(asset), vpn: guard.asset(asset.hostname.toLowerCase())?.vpn ?? null },
    facts,
    guard,
    recordOf: (commands) => recordOf(world, commands, clientId, asset),
  }
}

/** For whom this Claude Code session works. */
function sessionClient(world: World): Named | null {
  const id = world.sessionIdIfAny()
  const session = id === null ? undefined : readSession(world.settings.paths, id)
  return guardedClient(session) === null ? null : (session?.client ?? null)
}

const targetOf = (asset: Asset): Omit<Target, 'vpn'> => ({
  hostname: asset.hostname,
  system: [asset.os_name, asset.os_version].filter(Boolean).join(' ') || null,
  // What ClaudeTools itself wrote there stands among the facts.
  notes: partsOfNotes(asset.environmental_notes ?? '').written || null,
  limitations: asset.limitations,
})

/** What holds for a machine, then what holds for the client as a whole. */
async function factsOf(world: World, clientId: string, asset: Asset | undefined): Promise<Fact[]> {
  const { items } = await world.api.environmentalInsights.list({
    client_id: clientId,
    is_current: true,
    sort: '-priority',
    limit: 200,
  })
  const ofClient = items.filter((one) => !one.infrastructure_id && !one.service_id && !one.site_id)
  const ofAsset = items.filter((one) => asset !== undefined && one.infrastructure_id === asset.id)
  return [...ofAsset, ...ofClient].map((one) => ({
    key: one.key,
    statement: one.statement,
    confidence_percent: one.confidence_percent,
    as_of: one.last_confirmed_at ?? one.valid_from,
  }))
}

/** Other clients' failures stay out: what is printed here may stand in this client's session. */
async function recordOf(
  world: World,
  commands: readonly string[],
  clientId: string | null,
  asset: Asset | undefined,
): Promise<{ patterns: Pattern[]; there: FailedRun[]; elsewhere: FailedRun[] }> {
  const where = given(asset, clientId)
  const answers = await Promise.all(
    commands.map((command) => world.api.failurePatterns.match({ command: command.slice(0, MOST_CHARS), ...where })),
  )
  const isOurs = (row: { client_id: string | null }) => row.client_id === null || row.client_id === clientId
  const runs = unique(answers.flatMap(({ here, elsewhere }) => [...here, ...elsewhere].filter(isOurs)))
  const isThere = (run: FailedRun) => (run.infrastructure_id ?? undefined) === asset?.id
  return {
    patterns: unique(answers.flatMap(({ patterns }) => patterns.filter(isOurs))),
    there: runs.filter(isThere),
    elsewhere: runs.filter((run) => !isThere(run)),
  }
}

/** As long as the API takes it. */
const MOST_CHARS = 4_000

const given = (asset: Asset | undefined, clientId: string | null) =>
  asset !== undefined ? { infrastructure_id: asset.id } : clientId === null ? {} : { client_id: clientId }

const unique = <T extends { id: string }>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
]

function fromCache(world: World, host: string, named: string | undefined): Known | undefined {
  const { paths } = world.settings
  const client = named === undefined ? sessionClient(world) : onlyOne(matchClient(named, readKnownClients(paths.cache)))
  if (client === undefined) return undefined
  const guard = opened(world, client?.id ?? null)
  const asset = guard?.asset(host.toLowerCase())
  return (
    guard && {
      source: 'cache',
      asOf: guard.checkedAt,
      client: client && { id: client.id, name: client.name },
      target:
        asset === undefined
          ? null
          : { hostname: host, system: asset.system, vpn: asset.vpn, notes: null, limitations: [] },
      facts: Object.entries(asset?.facts ?? {}).map(([key, value]) => ({
        key,
        statement: `${key}: ${value}`,
        confidence_percent: null,
        as_of: null,
      })),
      guard,
      recordOf: async () => NO_RECORD,
    }
  )
}

const onlyOne = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

/** The table of a client; undefined when there is none, or it is damaged: the hook has it made anew. */
const opened = ({ settings: { paths } }: World, clientId: string | null): KeptGuard | undefined =>
  isWhole(paths, clientId) ? openGuard(paths, clientId) : undefined

/** The system of a machine as the guard of commands calls it; null where nothing is known. */
export const systemOf = (target: Target | null): string | null => systemName(target?.system)
