import { osInfo } from 'systeminformation'
import { type ClaudeTools, readClaudeTools } from './claude-config.ts'
import { outputOf, programsAmong, versionOf } from './programs.ts'
import { quickRegistration, type Registration } from './quick.ts'
import { probeVpn, type Vpn } from './vpn.ts'

/** No part may hold up the whole for longer, whatever a program or a network drive does. */
const PART_MS = 8_000

/**
 * Finds out what this machine can do. Takes seconds and starts programs: only for the background and `msp machine refresh`,
 * never in a hook. Never throws; what cannot be found out is left out.
 */
export async function probeMachine(agentVersion: string): Promise<Registration> {
  const [os, docker, shells, git, vpn] = await Promise.all([
    within(readOs(), null),
    within(versionOf('docker', ['version', '--format', '{{.Server.Version}}']), null),
    within(readShells(), {}),
    within(versionOf('git'), null),
    within<Vpn>(probeVpn(), { profiles: [], active: [] }),
  ])
  const claude = await within<ClaudeTools>(
    Promise.resolve().then(() => readClaudeTools()),
    { mcp_servers: [], skills: [] },
  )
  return {
    ...quickRegistration(agentVersion),
    ...(os === null ? {} : { os_version: os }),
    tools: {
      docker: docker !== null,
      docker_version: docker,
      git,
      shells,
      package_managers: packageManagers(),
      ...claude,
    },
    vpn_profiles: { ...vpn },
  }
}

async function readOs(): Promise<string> {
  const { distro, release: version, kernel } = await osInfo()
  const name = [distro, version].filter((part) => part && part !== 'unknown').join(' ')
  return `${name || process.platform} (${kernel})`.slice(0, 200)
}

async function readShells(): Promise<Record<string, string>> {
  const plain = ['bash', 'zsh', 'fish', 'pwsh'].map(async (name) => [name, await versionOf(name)] as const)
  const ask = '$PSVersionTable.PSVersion.ToString()'
  const windows = versionOf('powershell', ['-NoProfile', '-NonInteractive', '-Command', ask])
  const found = await Promise.all([...plain, windows.then((version) => ['powershell', version] as const), cmd()])
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null))
}

async function cmd(): Promise<readonly [string, string | null]> {
  const output = process.platform === 'win32' ? await outputOf('cmd', ['/d', '/c', 'ver']) : null
  return ['cmd', output === null ? null : (/\d+(?:\.\d+)+/.exec(output)?.[0] ?? null)]
}

function packageManagers(): string[] {
  const known = [
    'apt',
    'dnf',
    'yum',
    'zypper',
    'pacman',
    'apk',
    'snap',
    'flatpak',
    'nix',
    'brew',
    'port',
    'winget',
    'choco',
    'scoop',
  ]
  return programsAmong(known)
}

/** The value, or the fallback when it fails or takes longer than `PART_MS`. */
async function within<T>(part: Promise<T>, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(fallback), PART_MS)
  })
  try {
    return await Promise.race([part, late])
  } catch {
    return fallback // What cannot be found out is left out; the probe of tomorrow may find it.
  } finally {
    clearTimeout(timer)
  }
}
