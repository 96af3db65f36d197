import ipaddr from 'ipaddr.js'
import { MYSQL_CLIENTS, sshParts, valuedLetters } from './programs.ts'

/** Which hosts a command goes to, as far as its words say; rather one too many. Pure. */

/** Long options whose value is a host or an address; programs take their beginnings too. */
const HOST_WORDS =
  'hostname hostaddr servername address endpoint-url url uri target remote-host ip-address connect-to dc domain-controller'.split(
    ' ',
  )
const MIN_BEGINNING = 2
/** Short options whose value is a host. */
const HOST_LETTERS: Record<string, string> = {
  curl: '',
  sqlcmd: 'S',
  smbclient: 'I',
  ldapsearch: 'hH',
  ldapwhoami: 'hH',
}
/** Options whose value names a user, which may hold an @. */
const USER_OPTIONS: Record<string, RegExp> = {
  ...Object.fromEntries(MYSQL_CLIENTS.map((name) => [name, /^(-u|--user)$/])),
  psql: /^(-U|--username)$/,
  pg_dump: /^(-U|--username)$/,
  ldapsearch: /^-[DUXb]$/,
  ldapwhoami: /^-[DUX]$/,
  smbclient: /^(-U|--user)$/,
  sqlcmd: /^-U$/,
  'redis-cli': /^--user$/,
}
/** Of curl: all that take a value which is no address, so that what follows any other is one. */
const CURL_LETTERS = 'XdHuAemwUbrtyYzCFPQ'
const CURL_WORDS =
  /^--(request|data(-raw|-ascii|-binary|-urlencode)?|json|header|user|user-agent|referer|max-time|connect-timeout|retry(-delay|-max-time)?|form(-string)?|oauth2-bearer|cacert|capath|range|limit-rate|netrc-file|url-query|mail-from|mail-rcpt|ciphers|tls-max|max-redirs|keepalive-time|proxy-user|aws-sigv4)$/
const FIRST_IS_HOST = new Set(['snmpget', 'snmpwalk'])
const COLON_PATHS = new Set(['scp', 'sftp', 'rsync'])

const URLS = /[a-z][a-z0-9+.-]*:\/\/([^/?#\s'"`\\]*)/gi
const PAIRS = /(?:host|hostaddr|server|data source|addr|address)\s*=\s*['"]?(?:tcp:)?\[?([^\s;&'"\]]+)/gi
const USER_AT = /^[^\s@/]+@(\[[^\]]+\]|[^\s@:/\\,]+)(?:[:/].*)?$/
const HOST_AND_PORT = /^(\[[0-9a-f:.%]+\]|[a-z0-9_.-]+):\d{1,5}(?:[/,].*)?$/i
const UNC = /^(?:\\\\|\/\/)([^\\/]+)(?:[\\/].*)?$/
const REMOTE_PATH = /^(\[[^\]]+\]|[^/:@\s]+):(?!\\)/
const BARE_ADDRESS = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.%]+\])(?::\d+)?(?:[/?#].*)?$/i
/** Not what could as well be a port or a count: `22` is an address to some. */
const ADDRESS = /[.:]|^\d{6}|^0x/i

/** @param program its name in lower case, without a path. */
export function hostsIn(program: string, args: readonly string[]): string[] {
  const own = program === 'ssh' ? sshParts(args).own : args
  const found = own.flatMap((argument, index) => hostsOf(program, argument, own[index - 1] ?? ''))
  if (program === 'ssh' || program === 'sftp') found.push(...destinationOf(args))
  if (FIRST_IS_HOST.has(program)) found.push(...positional(args).slice(0, 1).map(bareHost))
  return [...new Set(found.map(normalHost).filter((host) => host !== ''))]
}

function destinationOf(args: readonly string[]): string[] {
  const { destination = '' } = sshParts(args)
  return destination.includes('://') ? [] : listed(destination.replace(/^.*@/, '').replace(/(?<=[^:]):[^:]*$/, ''))
}

function hostsOf(program: string, argument: string, before: string): string[] {
  const found: string[] = []
  for (const [, authority = ''] of argument.matchAll(URLS)) found.push(...listed(authority.replace(/^.*@/, '')))
  for (const [, host = ''] of argument.matchAll(PAIRS)) found.push(...listed(host))
  found.push(...ofOption(program, argument))
  if (found.length > 0) return found
  if (hasHostNext(program, before)) return listed(withoutPort(program, argument))
  return argument.startsWith('-') ? [] : wordsHosts(program, argument, before)
}

/** What is joined to an option: `--host=db1`, `-hdb1`, also behind others: `-qhdb1`. */
function ofOption(program: string, argument: string): string[] {
  const [, word = '', value] = /^--([A-Za-z-]+)=(.*)$/.exec(argument) ?? []
  if (value !== undefined) return isHostWord(word) ? listed(value) : []
  const joined = hostLetterIn(program, argument)
  return joined === undefined || joined === '' ? [] : listed(withoutPort(program, joined))
}

const hasHostNext = (program: string, before: string): boolean =>
  before.startsWith('--') ? isHostWord(before.slice(2)) : hostLetterIn(program, before) === ''

const isHostWord = (word: string): boolean =>
  word.length >= MIN_BEGINNING && HOST_WORDS.some((option) => option.startsWith(word.toLowerCase()))

/** What follows the letter that is for a host, in a cluster of short options; undefined where there is none. */
function hostLetterIn(program: string, argument: string): string | undefined {
  if (!/^-[A-Za-z]/.test(argument)) return undefined
  const letters = HOST_LETTERS[program] ?? 'h'
  const valued = valuedLetters(program)
  // Of a program that is not known, only what cannot be mistaken.
  if (valued === undefined) return /^-([hHS]$|h)/.test(argument) ? argument.slice(2) : undefined
  for (const [index, letter] of [...argument].entries()) {
    if (index === 0) continue
    if (letters.includes(letter)) return argument.slice(index + 1)
    if (valued.includes(letter)) return undefined
  }
  return undefined
}

/** Where it stands behind a comma, as in `sqlcmd -S db1,1433`, it would look like another host. */
const withoutPort = (program: string, host: string) => (program === 'sqlcmd' ? host.replace(/,\d+$/, '') : host)

/** Of a word that is no option. */
function wordsHosts(program: string, word: string, before: string): string[] {
  const isValue = program === 'curl' ? curlTakesNext(before) : (USER_OPTIONS[program]?.test(before) ?? false)
  const host = [UNC, ...(isValue ? [] : [USER_AT]), HOST_AND_PORT].flatMap(
    (pattern) => pattern.exec(word)?.[1] ?? [],
  )[0]
  if (host !== undefined) return listed(host)
  if (COLON_PATHS.has(program)) return listed(REMOTE_PATH.exec(word)?.[1])
  // What stands alone in a curl is an address, whatever it looks like.
  if (program === 'curl' && !isValue) return [BARE_ADDRESS.exec(word)?.[1] ?? word]
  return ADDRESS.test(word) && ipaddr.isValid(word) ? [word] : []
}

function curlTakesNext(option: string): boolean {
  if (option.startsWith('--')) return CURL_WORDS.test(option)
  if (!option.startsWith('-')) return false
  const first = [...option.slice(1)].findIndex((letter) => CURL_LETTERS.includes(letter))
  return first !== -1 && first === option.length - 2
}

const positional = (args: readonly string[]) =>
  args.filter((argument, index) => !argument.startsWith('-') && !/^-[vcuaAxXlnEetrpZ]$/.test(args[index - 1] ?? ''))

const listed = (hosts: string | undefined): string[] => (hosts ?? '').split(',').map(bareHost)

/** Without brackets and port. */
function bareHost(text: string): string {
  const inBrackets = /^\[([^\]]+)\]/.exec(text)?.[1]
  if (inBrackets !== undefined) return inBrackets
  // A socket in a folder: nobody knows who listens there.
  if (/^[/@]/.test(text)) return text
  const plain = text.replace(/^[^@]*@/, '').replace(/^(udp|tcp|udp6|tcp6):/i, '')
  return ipaddr.isValid(plain) ? plain : plain.replace(/[:/\\].*$/, '')
}

/** The form in which hosts are compared. Pure. */
export function normalHost(host: string): string {
  const plain = host
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '')
  return ipaddr.IPv4.isValidFourPartDecimal(plain) || ipaddr.IPv6.isValid(plain)
    ? ipaddr.process(plain).toString()
    : plain
}

/**
 * Is the host on the list? Entries are names, addresses, ranges like `10.1.0.0/16`, and `*.example.com` for what stands below a name. Pure.
 */
export function isListed(host: string, list: readonly string[]): boolean {
  const wanted = normalHost(host)
  return list.some((entry) => {
    if (ipaddr.isValidCIDR(entry.trim())) return ipaddr.isValid(wanted) && inRange(wanted, entry.trim())
    const name = normalHost(entry)
    return name.startsWith('*.') ? wanted.endsWith(name.slice(1)) && !ipaddr.isValid(wanted) : wanted === name
  })
}

function inRange(address: string, range: string): boolean {
  const parsed = ipaddr.process(address)
  const [network, bits] = ipaddr.parseCIDR(range)
  return parsed.kind() === network.kind() && parsed.match(network, bits)
}

/** The host of an address as people write it: with or without a scheme. Pure. */
export function hostOfUrl(url: string | null): string[] {
  if (url === null) return []
  const [, authority = ''] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(url) ?? [
    undefined,
    url.split(/[/?#]/)[0] ?? '',
  ]
  return listed(authority.replace(/^.*@/, '')).map(normalHost).filter(Boolean)
}
