import { segmentsOf } from '../../../../src/guard/shape.ts'
import { hostOf } from '../../../../src/guard/target.ts'

/** The client's machines that a command works on. Pure. */

/** One of a client's machines, with all that it is called, in lower case. */
export interface KnownAsset {
  id: string
  hostname: string
  names: readonly string[]
}

/** `-ComputerName A,B`, `-CimSession 'A'`; a name in a variable is looked for in the whole line. */
const LISTS = /-(?:ComputerName|CN|CimSession|HostName|VMHost)[\s:]+((?:["']?[\w.-]+["']?\s*,\s*)*["']?[\w.-]+["']?)/gi
const BY_VARIABLE = /-(?:ComputerName|CN|CimSession|HostName)[\s:]+["']?\$|\b(?:ssh|scp)\b[^|;&]*\$\{?\w/i
/** `\\HOST\share`, where nothing else says where the work is done. */
const SHARES = /\\\\([\w.-]+)\\/g

/** Hosts as they were typed, in lower case; each once, in their order. */
export function hostsIn(command: string): string[] {
  const listed = [...command.matchAll(LISTS)].flatMap(([, list = '']) => list.split(','))
  const typed = segmentsOf(command).flatMap((segment) => hostOf(segment)?.split(',') ?? [])
  const hosts = [...listed, ...typed].map((host) => host.replace(/["'\s]/g, '').toLowerCase()).filter(Boolean)
  if (hosts.length > 0) return [...new Set(hosts)]
  return [...new Set([...command.matchAll(SHARES)].map(([, host = '']) => host.toLowerCase()))]
}

/** A name, a full name by its first label, or an address. */
function assetCalled(host: string, assets: readonly KnownAsset[]): KnownAsset | undefined {
  const exact = assets.find(({ names }) => names.includes(host))
  if (exact || /^[\d.:]+$/.test(host)) return exact
  const [label] = host.split('.')
  return label === host ? undefined : assets.find(({ hostname }) => hostname.toLowerCase() === label)
}

/** The known machines that a command works on. */
export function assetsIn(command: string, assets: readonly KnownAsset[]): KnownAsset[] {
  const found = hostsIn(command).flatMap((host) => assetCalled(host, assets) ?? [])
  const named = BY_VARIABLE.test(command) ? assets.filter(({ hostname }) => isNamed(command, hostname)) : []
  return [...new Set([...found, ...named])]
}

/** Does a text hold a name as a word of its own? */
export const isNamed = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'i').test(text)
