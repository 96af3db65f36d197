import type { Doing, Limit } from './limits.ts'

/** Programs that belong to one family of systems, and what the others have instead. Compact, since a hook loads it each time. */

/** By how the name of a system begins. */
const FAMILIES: readonly (readonly [string, string])[] = [
  ['debian', 'debian ubuntu raspbian linux_mint proxmox'],
  ['rhel', 'rhel rocky alma centos fedora oracle_linux'],
  ['suse', 'suse opensuse'],
  ['alpine', 'alpine'],
  ['macos', 'macos'],
  ['windows', 'windows'],
  ['bsd', 'pfsense opnsense freebsd'],
  ['esxi', 'esxi'],
]

function familyOf(system: string | null | undefined): string | null {
  if (!system) return null
  const fits = (names: string) => names.split(' ').some((name) => system.startsWith(name.replace('_', ' ')))
  return FAMILIES.find(([, names]) => fits(names))?.[0] ?? null
}

/** Families that have a program. Where it could be installed as well, it is not here. */
const AT_HOME: ReadonlyMap<string, string> = new Map([
  ['apt', 'debian'],
  ['apt-get', 'debian'],
  ['dnf', 'rhel'],
  ['yum', 'rhel'],
  ['zypper', 'suse'],
  ['apk', 'alpine'],
  ['brew', 'macos'],
  ['systemctl', 'debian rhel suse'],
  ['journalctl', 'debian rhel suse'],
  ['service', 'debian rhel suse alpine bsd'],
  ['rc-service', 'alpine'],
  ['launchctl', 'macos'],
])

/** Manager by family, and what it calls install, remove, update (of its lists), upgrade, search and list. */
const MANAGERS: Readonly<Record<string, readonly [string, string, string, string, string, string, string]>> = {
  debian: ['apt-get', 'install', 'remove', 'update', 'upgrade', 'apt-cache search', 'apt list --installed'],
  rhel: ['dnf', 'install', 'remove', 'check-update', 'upgrade', 'search', 'list installed'],
  suse: ['zypper', 'install', 'remove', 'refresh', 'update', 'search', 'search --installed-only'],
  alpine: ['apk', 'add', 'del', 'update', 'upgrade', 'search', 'info'],
  macos: ['brew', 'install', 'uninstall', 'update', 'upgrade', 'search', 'list'],
}

const ACTIONS: readonly (readonly [number, string])[] = [
  [1, 'install add in localinstall reinstall'],
  [2, 'remove purge autoremove del rm uninstall erase'],
  [3, 'update check-update makecache refresh'],
  [4, 'upgrade dist-upgrade full-upgrade'],
  [5, 'search'],
  [6, 'list info'],
]

const IS_MANAGER: ReadonlySet<string> = new Set(['apt', 'apt-get', 'dnf', 'yum', 'zypper', 'apk', 'brew'])

/** A package or service manager of another system than the one on which it would run. */
export function foreignProgram({ step, ranOn, asset, machine, steps }: Doing): Limit | null {
  const { program } = step.segment
  const home = AT_HOME.get(program)?.split(' ')
  if (home === undefined) return null
  const system = ranOn === null ? machine.system : asset?.system
  const family = familyOf(system)
  if (family === null) return null
  const where = ranOn === null ? 'This machine' : ranOn
  if (home.includes(family)) return program === 'dnf' ? olderThanDnf(system ?? '', where, step) : null
  // What a container or a guest runs is not the machine's; WSL and Git's tools bring Linux to Windows, Homebrew goes to Linux.
  const isElsewhere = steps.some(({ segment }) => INSIDE.has(segment.program))
  const mayBeThere = isElsewhere || family === 'windows' || program === 'brew'
  return {
    decision: mayBeThere ? 'note' : 'deny',
    reason: `${where} runs ${system}, which has no ${program}.`,
    alternative: instead(step, family),
  }
}

const INSIDE: ReadonlySet<string> = new Set([
  'docker',
  'podman',
  'kubectl',
  'wsl',
  'lxc',
  'pct',
  'nsenter',
  'distrobox',
])

/** Before version 8 it has to be installed. */
function olderThanDnf(system: string, where: string, step: Doing['step']): Limit | null {
  if (!/^(?:rhel|centos|oracle linux) [4-7]$/.test(system)) return null
  const alternative = [...sudo(step), 'yum', ...step.segment.words].join(' ')
  return { decision: 'deny', reason: `${where} runs ${system}, which has yum and no dnf.`, alternative }
}

const sudo = ({ segment }: Doing['step']): string[] => segment.wrappers.filter((wrapper) => wrapper === 'sudo')

function instead(step: Doing['step'], family: string): string | null {
  const { program, words } = step.segment
  if (!IS_MANAGER.has(program)) return serviceInstead(words, family, program)
  const manager = MANAGERS[family]
  const at = words.findIndex((word) => !word.startsWith('-'))
  const action = ACTIONS.find(([, names]) => names.split(' ').includes(words[at] ?? ''))?.[0]
  // `yum update` upgrades.
  const number = action === 3 && /^(?:yum|dnf)$/.test(program) && words[at] === 'update' ? 4 : action
  if (manager === undefined || number === undefined) return null
  const said = manager[number] as string
  const names = words.slice(at + 1).filter((word) => !word.startsWith('-'))
  const yes = number <= 4 && number !== 3 && words.includes('-y') && /^(?:debian|rhel|suse)$/.test(family) ? ['-y'] : []
  const front = family === 'macos' ? [] : sudo(step)
  const typed = /^ap[tk][- ]\S+ /.test(said) ? [said] : [manager[0], said]
  return [...front, ...typed, ...yes, ...(number === 6 ? [] : names)].join(' ')
}

/** `systemctl restart nginx`, `service nginx restart` → what starts services there. */
function serviceInstead(words: readonly string[], family: string, program: string): string | null {
  const [first = '', second = ''] = words.filter((word) => !word.startsWith('-'))
  const [action, name] = program === 'service' ? [second, first] : [first, second.replace(/\.service$/, '')]
  const knows = (names: string) => names.split(' ').includes(action)
  const isLog = program === 'journalctl'
  if (isLog) return LOGS[family] ?? null
  const isOfOne = name !== '' && knows('start stop restart status')
  if (family === 'alpine') {
    if (isOfOne) return `rc-service ${name} ${action}`
    if (name !== '' && knows('enable disable')) return `rc-update ${action === 'enable' ? 'add' : 'del'} ${name}`
    return 'rc-status'
  }
  if (family === 'macos')
    return isOfOne ? `launchctl ${action === 'status' ? 'print' : action} ${name}` : 'launchctl list'
  if (family === 'windows') return isOfOne && action === 'status' ? `sc query ${name}` : null
  if (family === 'bsd') return isOfOne ? `service ${name} ${action === 'status' ? 'onestatus' : action}` : null
  return isOfOne && family !== 'esxi' ? `systemctl ${action} ${name}` : null
}

const LOGS: Readonly<Record<string, string>> = {
  alpine: 'tail -n 100 /var/log/messages',
  macos: 'log show --last 1h',
  windows: 'Get-WinEvent -LogName System -MaxEvents 50',
}
