import { oneLine } from './clean.ts'
import type { Place } from './facts.ts'

/** What is known of a machine beyond its row's columns. The JSON is open: what has another shape is left out. */
interface Abilities {
  docker: boolean | null
  shells: string[]
  packageManagers: string[]
  mcpServers: string[]
  skills: string[]
  /** Null: not looked for. */
  vpnProfiles: string[] | null
}

/** One or two lines: what the machine is and can do, and what it cannot. */
export function machineLines(place: Place): string[] {
  if (!place.machine) return []
  const { hostname, friendly_name, os_type, os_version, default_shell } = place.machine
  const name =
    friendly_name && friendly_name !== hostname
      ? `${oneLine(hostname, 60)} (${oneLine(friendly_name, 60)})`
      : oneLine(hostname, 60)
  const can = abilities(place)
  const shells = can.shells.length > 0 ? can.shells : default_shell ? [oneLine(default_shell, 60)] : []
  const facts = [
    `${name}: ${oneLine(os_version ?? os_type, 80)}`,
    listed('shells', shells),
    listed('packages', can.packageManagers),
    can.docker === true ? 'Docker' : '',
    listed('VPN', vpnNames(place, can)),
    listed('MCP', can.mcpServers),
    listed('skills', can.skills),
  ]
  const limits = machineLimits(place)
  return [
    `Machine ${facts.filter(Boolean).join('; ')}.`,
    ...(limits.length > 0 ? [`Cannot here: ${limits.join('; ')}. Do not suggest what needs it.`] : []),
  ]
}

/**
 * What this machine lacks. A limit is only named when it is known: a capability that was not looked for is not a limit.
 * A missing VPN counts where there is a client, and where the machine's profiles are known.
 */
export function machineLimits(place: Place): string[] {
  if (!place.machine) return []
  const { docker, vpnProfiles } = abilities(place)
  const noVpn = place.client && vpnProfiles && matching(place, vpnProfiles).length === 0
  return [
    docker === false ? 'Docker' : '',
    noVpn ? `VPN to ${oneLine(place.client?.name ?? '', 60)} (no profile)` : '',
  ].filter(Boolean)
}

function abilities({ machine }: Place): Abilities {
  const tools = machine?.tools ?? {}
  const profiles = machine?.vpn_profiles.profiles
  return {
    docker: typeof tools.docker === 'boolean' ? tools.docker : null,
    shells: versions(tools.shells),
    packageManagers: names(tools.package_managers),
    mcpServers: names(tools.mcp_servers),
    skills: names(tools.skills),
    vpnProfiles: Array.isArray(profiles) ? names(profiles) : null,
  }
}

/** A profile bears a client's name; in another client's session the others are only counted. */
function vpnNames(place: Place, { vpnProfiles }: Abilities): string[] {
  if (!vpnProfiles || vpnProfiles.length === 0) return []
  const own = matching(place, vpnProfiles)
  const others = vpnProfiles.length - own.length
  return [
    ...own,
    ...(others > 0 ? [own.length > 0 ? `${others} other` : `${others} ${others === 1 ? 'profile' : 'profiles'}`] : []),
  ]
}

function matching({ client }: Place, profiles: readonly string[]): string[] {
  if (!client) return []
  const wanted = [client.name, ...(client.aliases ?? [])].map(folded).filter((name) => name.length > 1)
  return profiles.filter((profile) =>
    wanted.some((name) => (name.length > 3 ? folded(profile).includes(name) : words(profile).includes(name))),
  )
}

const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
const words = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)

/** At most six, then how many more. */
function listed(label: string, all: readonly string[]): string {
  if (all.length === 0) return ''
  return `${label} ${all.slice(0, 6).join(', ')}${all.length > 6 ? ` +${all.length - 6}` : ''}`
}

const names = (value: unknown): string[] =>
  Array.isArray(value)
    ? value
        .filter((item): item is string => typeof item === 'string')
        .map((item) => oneLine(item, 60))
        .filter(Boolean)
        .sort(byCode)
    : []

/** `{bash: "5.2", pwsh: null}` → `['bash 5.2', 'pwsh']`. */
const versions = (value: unknown): string[] =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value)
        .map(([name, version]) => oneLine(typeof version === 'string' ? `${name} ${version}` : name, 60))
        .filter(Boolean)
        .sort(byCode)
    : names(value)

/** By code unit: the order must not depend on the machine's language. */
const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
