import { isCmdlet } from './cmdlets.ts'
import { WINDOWS_PROGRAMS } from './vocabulary.ts'

/** How far a failure on a technician's own machine reaches: to those with the same PowerShell, to all Windows clients, to all Macs. */

/** What a machine says of itself. */
export interface OwnMachine {
  /** `windows`, `darwin` or `linux`; null where it does not say. */
  family?: string | null
  /** As `systemName` writes it. */
  system: string | null
  /** Versions by name: `{ powershell: '5.1.19041' }`. */
  shells?: Readonly<Record<string, string>> | undefined
}

/** A step, or what is blamed of one, as far as it counts here. */
interface Read {
  key: string
  /** The shell that reads it. */
  shell: string | null
  /** The one at which the line was typed. */
  typedAt: string
}

/**
 * The name under which machines are alike for this key; null where only the system itself says it. Parameters and syntax of PowerShell come with its version,
 * switches of the tools of Windows and macOS with them, hardly with one version of them.
 */
export function reachOf({ key, shell, typedAt }: Read, machine: OwnMachine): string | null {
  const [grain, program = ''] = key.split(' ', 2)
  if (grain === 'syntax' ? /^(?:powershell|pwsh)$/.test(program) : grain === 'option' && isOfPowerShell(program, key))
    return powerShellOf(shell, typedAt, machine.shells ?? {})
  if (grain !== 'option') return null
  if (machine.family === 'windows' && isClient(machine.system)) return WINDOWS_PROGRAMS.has(program) ? 'windows' : null
  return machine.family === 'darwin' && TOOLS_OF_MAC.test(program) ? 'macos' : null
}

/** All names that `reachOf` could give on this machine. */
export function reachesOf({ family, system, shells = {} }: OwnMachine): string[] {
  const versions = Object.entries(shells).flatMap(([name, version]) =>
    /^(?:powershell|pwsh)$/.test(name) ? named(name, version) : [],
  )
  const families = family === 'windows' && isClient(system) ? ['windows'] : family === 'darwin' ? ['macos'] : []
  return [...versions, ...families]
}

const isOfPowerShell = (program: string, key: string): boolean => isCmdlet(program) || / in powershell /.test(key)
const isClient = (system: string | null): boolean => !/server/.test(system ?? '')

/** With the userland of BSD, under every version of macOS. */
const TOOLS_OF_MAC =
  /^(?:sed|date|stat|grep|egrep|find|xargs|tar|sort|head|tail|ls|cp|mv|rm|du|df|ps|awk|cut|tr|wc|touch|mktemp|base64|readlink|realpath|uniq|split|tee|ping|netstat|ifconfig|route|arp|top|kill|ln|mount|chmod|chown|cat|diff|echo|nc|script|host|hostname|uname|who|last|id|env|nl|od|paste|seq|shuf|sleep|sum|cksum)$/

function powerShellOf(shell: string | null, typedAt: string, shells: Readonly<Record<string, string>>): string | null {
  if (shell === 'pwsh') return named('pwsh', shells.pwsh)[0] ?? null
  // Claude Code takes the newer one for what is typed in PowerShell.
  if (shell !== 'powershell' || (typedAt === 'powershell' && shells.pwsh !== undefined)) return null
  return named('powershell', shells.powershell)[0] ?? null
}

const named = (name: string, version: string | undefined): string[] => {
  const short = /^\d{1,2}\.\d{1,2}/.exec(version ?? '')?.[0]
  return short === undefined ? [] : [`${name} ${short}`]
}
