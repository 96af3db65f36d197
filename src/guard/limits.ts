import type { Shell } from './blame.ts'
import { ALLOW, type Decision, type GuardedAsset } from './decide.ts'
import { newerChain, newerExpression } from './limits-operators.ts'
import { foreignProgram } from './limits-packages.ts'
import { newerCmdlet } from './limits-powershell.ts'
import { type Step, stepsOf } from './steps.ts'

/** What is known of the machine at which a command is typed; null where nobody has looked. */
export interface LimitedMachine {
  docker: boolean | null
  vpn: { profiles: readonly string[] | null; active: readonly string[] | null }
  /** Versions by name: `{ powershell: '5.1.19041' }`. */
  shells: Readonly<Record<string, string>>
  /** At which the command is typed. */
  shell: Shell
  /** As `systemName` writes it. */
  system: string | null
}

/** What limits a command: the machine at which it is typed, and the machines that it names. */
export interface Limits {
  machine: LimitedMachine
  /** By any of its names, lower case. */
  asset(host: string): GuardedAsset | undefined
}

/** One step of a command line, with where its program runs. */
export interface Doing {
  command: string
  steps: readonly Step[]
  step: Step
  /** `step.at`: on which machine the program itself runs, null for the one at which it is typed. */
  ranOn: string | null
  /** The machine of `ranOn`, where it is a known one. */
  asset: GuardedAsset | undefined
  machine: LimitedMachine
}

/** A limit that a step meets. */
export interface Limit {
  decision: 'deny' | 'note'
  /** One sentence. */
  reason: string
  alternative: string | null
  /** As in `Decision`. */
  isTable?: true
}

/**
 * What a machine cannot do, without any failure: no Docker command without Docker, nothing that needs a VPN which is not there, no `&&` in Windows
 * PowerShell 5, no cmdlet that came later, no SMB 2 to what speaks SMB 1. Denied is only what surely fails; what is not known is no limit. Pure.
 */
export function limitOf(command: string, { machine, asset }: Limits): Decision {
  const steps = stepsOf(command)
  const limits = steps.flatMap((step, at): Limit[] => {
    const ranOn = step.at
    const doing = { command, steps, step, ranOn, asset: ranOn === null ? undefined : asset(ranOn), machine }
    const next = steps[at + 1]?.segment
    const isHere = ranOn === null
    const found = [isHere ? newerChain(doing) : byTable(newerChain(doing)), noVpn(doing, asset)]
    // Whoever writes down what to do when it fails, or asks first whether it is there, reckons with it.
    if (next?.after !== '||' && !isAskedFor(steps, step))
      found.push(
        isHere ? noProgram(doing) : byTable(noProgram(doing)),
        ...[newerCmdlet(doing), foreignProgram(doing), oldSmb(doing, asset)].map(byTable),
      )
    return found.filter((limit) => limit !== null)
  })
  const written = newerExpression(command, machine)
  if (written) limits.unshift(byTable(written) as Limit)
  const limit = limits.find(({ decision }) => decision === 'deny') ?? limits[0]
  return limit ? { patternId: null, ...limit } : ALLOW
}

/** What is known of other machines and of versions; of this machine itself it is seen. */
const byTable = (limit: Limit | null): Limit | null => limit && { ...limit, isTable: true }

function isAskedFor(steps: readonly Step[], { segment: { program, wrappers } }: Step): boolean {
  if (wrappers.includes('command')) return true
  const asks = (step: Step) =>
    step.segment.program === program
      ? step.segment.wrappers.includes('command')
      : ASKING.has(step.segment.program) && step.segment.words.some((word) => word.toLowerCase() === program)
  return steps.some(asks)
}

const ASKING: ReadonlySet<string> = new Set(['which', 'where', 'type', 'get-command', 'gcm', 'hash', 'whereis'])

const DOCKER: ReadonlySet<string> = new Set(['docker', 'docker-compose'])

/** A program that is not there, unless the same line puts it there. */
function noProgram({ command, steps, step, ranOn, asset, machine }: Doing): Limit | null {
  const { program, words } = step.segment
  const isDocker = DOCKER.has(program)
  const fact = isDocker ? 'program.docker' : `program.${program}`
  const isAbsent =
    ranOn !== null
      ? isNo(asset?.facts[fact])
      : isDocker &&
        machine.docker === false &&
        (step.host === null || step.isCarrier) &&
        !/DOCKER_HOST|--context|-c /.test(command)
  if (!isAbsent || /^(?:--?)?(?:help|version|v|h)$/i.test(words[0] ?? '')) return null
  const prepares = steps.some(
    (other) => other.segment.program !== program && other.segment.words.some((word) => word.includes(program)),
  )
  if (prepares) return null
  const name = isDocker ? 'Docker' : program
  const where = ranOn === null ? 'on this machine' : `on ${ranOn}`
  return { decision: 'deny', reason: `There is no ${name} ${where}.`, alternative: null }
}

const isNo = (fact: string | undefined): boolean => fact === 'absent' || fact === 'false' || fact === 'no'

/** A machine that is reached through a VPN only, from one that cannot open it. What runs on another machine goes out from there. */
function noVpn({ steps, step, ranOn, machine: { vpn } }: Doing, asset: Limits['asset']): Limit | null {
  const target = step.host === null || ranOn !== null ? undefined : asset(step.host)
  // A site tells the kind of its VPN; whoever knows which profile it takes has said so.
  const needed = target?.facts['vpn.profile'] ?? target?.vpn
  if (!needed || vpn.profiles === null || steps.some(({ segment }) => TUNNELS.has(segment.program))) return null
  const { profiles, active } = vpn
  const isUp = active?.some((name) => isSameVpn(name, needed) || isPlainTunnel(name))
  if (isUp) return null
  const fitting = profiles.filter((profile) => isSameVpn(profile, needed))
  if (fitting.length === 0)
    return {
      // Programs for SSL VPNs keep their profiles to themselves.
      decision: /ssl/i.test(needed) ? 'note' : 'deny',
      reason: `${step.host} is reached through the VPN ${needed} only, and this machine has no profile for it.`,
      alternative: null,
    }
  if (active === null) return null
  const reason = `${step.host} is reached through the VPN ${needed} only, and ${fitting[0]} was not up when this machine was last looked at.`
  return { decision: 'note', reason, alternative: null }
}

const TUNNELS: ReadonlySet<string> = new Set(
  'nmcli rasdial wg-quick wg openvpn openvpn3 tailscale scutil openconnect vpnc forticlient globalprotect snx add-vpnconnection'.split(
    ' ',
  ),
)

/** `tun0` may be any VPN. */
const isPlainTunnel = (name: string): boolean => /^(?:tun|tap|wg|ppp|utun|nordlynx|wireguard)\d*$/i.test(name)

/** Names are typed as people like: `Dataforth`, `vpn-dataforth-tucson`, `DATAFORTH VPN (SSL)`. */
function isSameVpn(profile: string, needed: string): boolean {
  const [has, wants] = [wordsOf(profile), wordsOf(needed)]
  if (wants.length === 0) return true
  const [joined, wanted] = [has.join(''), wants.join('')]
  if (joined.length > 2 && (joined.includes(wanted) || wanted.includes(joined))) return true
  return wants.some((word) => word.length > 2 && has.includes(word))
}

/** In many names, and says nothing. */
const GENERIC =
  /^(?:vpn|ssl|ipsec|l2tp|ikev?2?|udp|tcp|client|open|wireguard|wg|tunnel|config|the|yes|true|required|full|split|site|to|sstp|\d+)$/

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replace(/openvpn|vpn/g, ' vpn ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !GENERIC.test(word))

const NEW_SMB = /\bvers=(?:default|[23](?:\.\d+)*)/
const OLD_SMB = /\bvers=1|\bNT1\b|\bLANMAN|protocol=nt1/i

/** A share of a machine that speaks SMB 1 only, asked for in SMB 2 or 3. */
function oldSmb({ command, step, ranOn }: Doing, asset: Limits['asset']): Limit | null {
  const { program, words } = step.segment
  if (step.host === null || step.isCarrier || ranOn === step.host) return null
  if (!isSmb1(asset(step.host)?.facts['smb.version'])) return null
  const typed = words.join(' ')
  const isShare = /^(?:smbclient|mount\.cifs|mount_smbfs)$/.test(program) || /(?:^|\s)(?:\\\\|\/\/)[\w.-]/.test(typed)
  if (!isShare || OLD_SMB.test(command)) return null
  const reason = `${step.host} speaks SMB 1 only.`
  if (NEW_SMB.test(typed)) return { decision: 'deny', reason, alternative: command.replace(NEW_SMB, 'vers=1.0') }
  const dialect = /(?:-m|--max-protocol)[ =]?SMB[23]\w*/i
  if (program === 'smbclient' && dialect.test(command))
    return { decision: 'deny', reason, alternative: command.replace(dialect, '-m NT1') }
  return { decision: 'note', reason, alternative: SMB1_WAYS[program] ?? null }
}

const SMB1_WAYS: Readonly<Record<string, string>> = {
  mount: 'mount -t cifs -o vers=1.0 …',
  'mount.cifs': 'mount.cifs … -o vers=1.0',
  smbclient: "smbclient -m NT1 --option='client min protocol=NT1' …",
}

const isSmb1 = (fact: string | undefined): boolean => /^(?:smb ?v?)?1(?:\.0)?(?: only)?$/i.test(fact ?? '')
