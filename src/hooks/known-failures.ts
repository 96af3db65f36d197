import {
  combined,
  type Decision,
  decide,
  type GuardedAsset,
  type GuardedPattern,
  type Here,
  sessionKey,
} from '../guard/decide.ts'
import { fnv1a } from '../guard/fnv1a.ts'
import { type LimitedMachine, limitOf } from '../guard/limits.ts'
import { reachesOf } from '../guard/reach.ts'
import { stepsOf } from '../guard/steps.ts'
import { systemName } from '../guard/system.ts'
import {
  DamagedGuard,
  guardedClient,
  type KeptGuard,
  type OpenGuard,
  openGuard,
  type Place,
  removeGuard,
  STALE_MS,
} from '../guard-cache.ts'
import type { Registration } from '../machine/quick.ts'
import { readRecord } from '../machine/record.ts'
import { fileName, readSession } from '../sessions.ts'
import { readSettingsLeniently, type Settings } from '../settings.ts'
import { startBackground } from './background-job.ts'
import { type Fields, object, parseCommon, text } from './input.ts'
import { failureNote, failureRefusal, type Known } from './known-failure-text.ts'
import { logFailure } from './log.ts'
import { claimNotice } from './notices.ts'
import { isLetThrough, noteStopped } from './overrides.ts'
import type { Reply } from './run.ts'

/** Of a longer script only the beginning is looked up. */
export const MOST_CHARS = 4_000

/**
 * Stops a command that is known to fail where it is about to run, and says what worked instead; what is less sure is only said, once a session. From
 * this machine's cache, without network. It helps and protects nothing, so whatever goes wrong here the command runs.
 */
export function knownFailure(fields: Fields, command: string): Reply {
  const sessionId = parseCommon(fields)?.sessionId
  if (sessionId === undefined) return {}
  let settings: Settings | undefined
  try {
    settings = readSettingsLeniently().settings
    const shell = text(fields.tool_name) === 'PowerShell' ? 'powershell' : 'bash'
    return lookedUp(settings, sessionId, command.slice(0, MOST_CHARS), shell)
  } catch (error) {
    logFailure(settings?.paths, new Date().toISOString(), 'guard of commands', error)
    return {}
  }
}

function lookedUp(settings: Settings, sessionId: string, command: string, shell: Here['shell']): Reply {
  const { paths } = settings
  const clientId = guardedClient(readSession(paths, sessionId))
  let guard: KeptGuard | undefined
  try {
    guard = openGuard(paths, clientId)
    if (guard === undefined) return repaired(settings, sessionId, 'missing')
    const now = new Date()
    if (now.getTime() - Date.parse(guard.checkedAt) > STALE_MS) return repaired(settings, sessionId, 'stale')
    const known = judged(settings, guard, command, { shell, sessionId, now })
    if (known.decision.decision === 'allow') return {}
    guard.vouch()
    return said(settings, sessionId, known)
  } catch (error) {
    if (!(error instanceof DamagedGuard)) throw error
    removeGuard(paths, clientId)
    return repaired(settings, sessionId, 'damaged')
  } finally {
    guard?.close()
  }
}

const TROUBLE = {
  missing: 'The list of what is known to fail here is not on this machine yet',
  damaged: 'The list of what is known to fail here was damaged and is removed',
  stale: 'The list of what is known to fail here is more than 7 days old and is not used',
} as const

/** Has it fetched again and says so, once a session. */
function repaired({ paths }: Settings, sessionId: string, trouble: keyof typeof TROUBLE): Reply {
  if (!claimNotice(paths, sessionId, 'guard')) return {}
  startBackground({ after: 'guard', sessionId })
  return { notice: `ClaudeTools: ${TROUBLE[trouble]}. It is being fetched again; until then commands run unchecked.` }
}

/** At which shell, in which Claude Code session (null for a person at a terminal) and when a command is about to run. */
export interface Asked {
  shell: Here['shell']
  sessionId: string | null
  now: Date
}

type Hosts = ReadonlyMap<string, GuardedAsset | undefined>

/** What is known of a command, and where it was looked for. */
export function judged(
  { paths, machineId }: Settings,
  guard: OpenGuard,
  command: string,
  { shell, sessionId, now }: Asked,
): Known {
  const hosts = new Map<string, GuardedAsset | undefined>()
  for (const { at, host } of stepsOf(command))
    for (const name of [at, host]) if (name !== null && !hosts.has(name)) hosts.set(name, guard.asset(name))
  const machine = readRecord(paths.cache)?.registration
  const session = sessionId === null ? null : sessionKey(sessionId)
  const here: Here = {
    machineId: machineId ?? null,
    system: systemName(machine?.os_version),
    family: machine?.os_type ?? null,
    shells: shellsOf(machine),
    shell,
    session,
  }
  const places = placesOf(here, hosts)
  const found = new Map<string, GuardedPattern>()
  const patterns = (key: string): readonly GuardedPattern[] => {
    const known = guard.patterns(key, places)
    for (const pattern of known) found.set(pattern.id, pattern)
    return known
  }
  const asset = (host: string) => hosts.get(host)
  const learned = decide(command, { patterns, asset }, here, now)
  const limit = limitOf(command, { machine: limitsOf(machine, here), asset })
  const decision = combined(learned, limit)
  const pattern = found.get(decision.patternId ?? '')
  return { decision, pattern, where: pattern && whereOf(pattern, hosts) }
}

/** What the last probe of this machine found; null for what it did not tell. */
function limitsOf(machine: Registration | undefined, { shell, system, shells = {} }: Here): LimitedMachine {
  const [tools, vpn] = [object(machine?.tools), object(machine?.vpn_profiles)]
  const docker = tools?.docker
  return {
    docker: typeof docker === 'boolean' ? docker : null,
    vpn: { profiles: names(vpn?.profiles), active: names(vpn?.active) },
    shells,
    shell,
    system,
  }
}

const shellsOf = (machine: Registration | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object(object(machine?.tools)?.shells) ?? {}).flatMap(([name, version]) =>
      text(version) ? [[name, `${version}`]] : [],
    ),
  )

const names = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null

/** Everywhere that a pattern may name for this command. */
function placesOf(here: Here, hosts: Hosts): Place[] {
  const { machineId, system } = here
  const systems = new Set([system, ...reachesOf(here), ...[...hosts.values()].map((asset) => asset?.system)])
  return [
    null,
    ...(machineId === null ? [] : [{ machine: machineId }]),
    ...[...systems].flatMap((name) => (name ? [{ system: name }] : [])),
    ...[...hosts].flatMap(([host, asset]) => [{ host }, ...(asset === undefined ? [] : [{ asset: asset.id }])]),
  ]
}

function whereOf(pattern: GuardedPattern, hosts: Hosts): string {
  const named = [...hosts].find(([, asset]) => asset !== undefined && asset.id === pattern.infrastructure_id)?.[0]
  const host = named ?? pattern.host
  if (host !== null) return `on ${host}`
  if (pattern.machine_id !== null) return 'on this machine'
  return pattern.system === null ? 'here' : `on ${pattern.system}`
}

function said({ paths }: Settings, sessionId: string, known: Known): Reply {
  const { decision } = known
  const id = nameOf(decision)
  if (isLetThrough(paths, sessionId, id)) return {}
  if (decision.decision === 'note')
    return claimNotice(paths, sessionId, `note-${fileName(id)}`) ? { context: failureNote(known) } : {}
  noteStopped(paths, sessionId, { id, title: decision.reason ?? '' })
  return { deny: failureRefusal(known) }
}

/** What an override is good for: a pattern, or a limit that no failure has shown. */
export const nameOf = ({ patternId, reason }: Decision): string => patternId ?? `limit-${fnv1a(reason ?? '')}`
