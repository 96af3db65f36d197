import type { FINDING, firewallRule } from '../../../src/contract/firewall-rules.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'

export type FirewallRule = RowOf<typeof firewallRule>
export interface Finding {
  kind: (typeof FINDING)[number]
  message: string
}
type Judged = Pick<FirewallRule, 'action' | 'src' | 'dst' | 'protocol' | 'dst_ports' | 'expires_at' | 'justification'>

/**
 * What asks for a look at an enabled rule. Pure.
 *
 * @param port when given, whether the rule is about this destination port is told too.
 */
export function findingsOf(rule: Judged, now: string, port?: number): Finding[] {
  const findings: Finding[] = []
  const allows = rule.action === 'allow'
  if (allows && isAny(rule.src) && isAny(rule.dst))
    findings.push({
      kind: 'any_any',
      message: `Any source reaches any destination${isAny(rule.dst_ports) ? ' on every port' : ''}. Name those that need it.`,
    })
  if (rule.expires_at !== null && rule.expires_at <= now)
    findings.push({
      kind: 'expired',
      message: `It was to end on ${rule.expires_at.slice(0, 10)} and is still enabled. Disable it, or set a new date.`,
    })
  if (allows && !rule.justification?.trim())
    findings.push({ kind: 'no_justification', message: 'Nobody wrote down why it is there. Add a justification.' })
  if (port !== undefined && touchesPort(rule, port))
    findings.push({ kind: 'touches_port', message: `It is about port ${port}.` })
  return findings
}

const ANYTHING = new Set(['any', 'all', '*', '0.0.0.0/0', '::/0', '0-65535', '1-65535'])

/** An empty list, or one that has something among it that means everything. */
const isAny = (list: readonly string[]) =>
  list.length === 0 || list.some((entry) => ANYTHING.has(entry.trim().toLowerCase()))

const WITH_PORTS = new Set(['any', 'all', '*', 'ip', 'tcp', 'udp', 'sctp', 'dccp'])

/** Is the rule about a destination port? Names of services are not known here: only numbers and ranges count. */
export function touchesPort({ protocol, dst_ports }: Pick<Judged, 'protocol' | 'dst_ports'>, port: number): boolean {
  const protocols = protocol.toLowerCase().split(/[^a-z*]+/)
  if (!protocols.some((name) => WITH_PORTS.has(name))) return false
  return isAny(dst_ports) || dst_ports.flatMap((entry) => entry.split(',')).some((range) => covers(range, port))
}

function covers(range: string, port: number): boolean {
  const [, first, last = first] = /^\s*(\d{1,5})(?:\s*[-:]\s*(\d{1,5}))?\s*$/.exec(range) ?? []
  return first !== undefined && Number(first) <= port && port <= Number(last)
}
