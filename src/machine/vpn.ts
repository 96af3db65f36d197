import { readdirSync } from 'node:fs'
import { homedir, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { outputOf } from './programs.ts'

/** VPN profiles that can be seen without privilege, and the names of the tunnels that are up now. */
export interface Vpn {
  profiles: string[]
  active: string[]
}

/** Asks every VPN client of this system that may be there. One that is not adds nothing. */
export async function probeVpn(): Promise<Vpn> {
  const found = await Promise.all([networkManager(), tailscale(), windowsProfiles(), macProfiles(), configFiles()])
  return {
    profiles: unique(found.flatMap(({ profiles }) => profiles)),
    active: unique([...found.flatMap(({ active }) => active), ...tunnels(Object.keys(networkInterfaces()))]),
  }
}

/** The interfaces that VPN clients make. macOS has `utun` interfaces of its own, so they say nothing. */
export function tunnels(interfaces: readonly string[]): string[] {
  return interfaces.filter((name) => /^(wg|tun|tap|ppp|tailscale|zt|nordlynx|proton|wireguard)/i.test(name))
}

/** Lines of `nmcli -t -f NAME,TYPE,ACTIVE connection show`; a colon inside a name is escaped with a backslash. */
export function parseNetworkManager(output: string): Vpn {
  const rows = output.split('\n').flatMap((line) => {
    const parts = /^(.*):(vpn|wireguard):(yes|no)$/.exec(line)
    return parts?.[1] ? [{ name: parts[1].replaceAll('\\:', ':'), active: parts[3] === 'yes' }] : []
  })
  return withActive(rows)
}

/** Lines of `scutil --nc list`: `* (Connected) <uuid> IPSec "Acme" [IPSec]`. */
export function parseScutil(output: string): Vpn {
  const rows = output.split('\n').flatMap((line) => {
    const parts = /^\*?\s*\((\w+)\).*"(.+)"/.exec(line)
    return parts?.[2] ? [{ name: parts[2], active: parts[1] === 'Connected' }] : []
  })
  return withActive(rows)
}

/** JSON of `Get-VpnConnection`: one object when there is one profile, a list when there are more. */
export function parseWindowsVpn(output: string): Vpn {
  const value: unknown = JSON.parse(output.trim() || '[]')
  const rows = (Array.isArray(value) ? value : [value]) as { Name?: string; ConnectionStatus?: string }[]
  return withActive(
    rows.flatMap((row) => (row.Name ? [{ name: row.Name, active: row.ConnectionStatus === 'Connected' }] : [])),
  )
}

const NONE: Vpn = { profiles: [], active: [] }

async function networkManager(): Promise<Vpn> {
  const output = await outputOf('nmcli', ['-t', '-f', 'NAME,TYPE,ACTIVE', 'connection', 'show'])
  return output === null ? NONE : parseNetworkManager(output)
}

async function tailscale(): Promise<Vpn> {
  const output = await outputOf('tailscale', ['status', '--json'])
  if (output === null) return NONE
  return withActive([{ name: 'tailscale', active: /"BackendState":\s*"Running"/.test(output) }])
}

async function windowsProfiles(): Promise<Vpn> {
  if (process.platform !== 'win32') return NONE
  const ask =
    '@(Get-VpnConnection; Get-VpnConnection -AllUserConnection) | Select-Object Name,@{n="ConnectionStatus";e={"$($_.ConnectionStatus)"}} | ConvertTo-Json'
  const output = await outputOf('powershell', ['-NoProfile', '-NonInteractive', '-Command', ask])
  return output === null ? NONE : parseWindowsVpn(output)
}

async function macProfiles(): Promise<Vpn> {
  if (process.platform !== 'darwin') return NONE
  const output = await outputOf('scutil', ['--nc', 'list'])
  return output === null ? NONE : parseScutil(output)
}

async function configFiles(): Promise<Vpn> {
  const folders = [
    '/etc/wireguard',
    '/etc/openvpn',
    '/etc/openvpn/client',
    join(homedir(), 'OpenVPN', 'config'),
    'C:\\Program Files\\OpenVPN\\config',
    'C:\\Program Files\\WireGuard\\Data\\Configurations',
  ]
  const profiles = folders
    .flatMap((folder) => namesIn(folder))
    .flatMap((name) => /^(.+)\.(?:conf|ovpn)(?:\.dpapi)?$/.exec(name)?.[1] ?? [])
  return { profiles, active: [] }
}

function withActive(rows: readonly { name: string; active: boolean }[]): Vpn {
  return { profiles: rows.map(({ name }) => name), active: rows.filter(({ active }) => active).map(({ name }) => name) }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // Not there, or readable by root only: profiles that cannot be seen without privilege are not told.
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort()
