import { type Segment, segmentsOf } from './shape.ts'
import { REMOTE } from './vocabulary.ts'

const DATABASE_CLIENTS = /^(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|psql|pg_dump|redis-cli|mongosh?)$/
const HTTP_CLIENTS = /^(?:curl|wget|http|https|xh|invoke-webrequest|invoke-restmethod|iwr|irm)$/
const SMB_CLIENTS = /^(?:smbclient|mount|mount\.cifs|mount_smbfs|net|new-smbmapping|new-psdrive)$/
const HERE = /^(?:localhost|127(?:\.\d+){3}|::1|\.|\?|.*[$*{}].*)$/i

/**
 * The machine on which a command does its work, as it was typed; null when that is this machine or cannot be told.
 *
 * @example targetOf('ssh -p 2222 root@srv1 uptime')                       // srv1
 * @example targetOf('Get-Service -ComputerName SRV-OLD')                  // SRV-OLD
 * @example targetOf('scp a.txt root@srv1:/tmp/')                          // srv1
 * @example targetOf('mysql -h db1 -e "select 1"')                         // db1
 * @example targetOf('mount -t cifs //nas/data /mnt')                      // nas
 */
export function targetOf(command: string): string | null {
  for (const segment of segmentsOf(command)) {
    const host = typedHostOf(segment)
    if (host) return host
  }
  return null
}

/** The machine that one program of a command line works on, in lower case. */
export const hostOf = (segment: Segment): string | null => typedHostOf(segment)?.toLowerCase() ?? null

function typedHostOf(segment: Segment): string | undefined {
  const host = named(segment)
    ?.replace(/^[^@]*@/, '')
    .replace(/^\[|\]$/g, '')
  return host && !HERE.test(host) ? host : undefined
}

function named(segment: Segment): string | undefined {
  const { program, verbs, words, literals } = segment
  if (program === 'winrs') return words.map((word) => /^[-/]r(?:emote)?:(.+)$/i.exec(word)?.[1]).find(Boolean)
  if (program.startsWith('psexec')) return share(words)
  if (POWERSHELL_REMOTING.test(program)) return optionOf(words, COMPUTER, COMPUTER_JOINED) ?? firstName(literals)
  if (WINDOWS_TOOLS.test(program)) {
    const node = words.map((word) => /^\/node:\\*"?([\w.-]+)/i.exec(word)?.[1]).find(Boolean)
    const named = node ?? optionOf(words, /^[-/](?:s|m)$/i, /^[-/]s(?:erver)?:(.+)$/i)
    if (named) return named.replace(/^\\+/, '')
  }
  if (program === 'openssl') return optionOf(words, /^-connect$/, /^-connect=(.+)$/)?.replace(/:\d+$/, '')
  if (program.startsWith('snmp')) return literals[0]
  if (NETWORK_TOOLS.test(program)) return literals.find((literal) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(literal))
  if (REMOTE.has(program) || program === 'sftp' || program === 'mosh')
    return literals[0]?.replace(/^ssh:\/\//, '').replace(/:.*$/, '')
  if (program === 'scp' || program === 'rsync' || program === 'pscp')
    return words.map((word) => /^((?:[^@:/\\]+@)?[\w.-]{2,}):(?![\\])/.exec(word)?.[1]).find(Boolean)
  if (DATABASE_CLIENTS.test(program)) return optionOf(words, /^(?:-h|--host)$/, /^(?:-h|--host=)(.+)$/)
  if (program === 'sqlcmd' || program === 'bcp' || program === 'osql')
    return optionOf(words, /^-S$/, /^-S(.+)$/)?.replace(/[\\,].*$/, '')
  if (verbs[0] === 'exec' && /^(?:docker|podman|nerdctl)$/.test(program)) return literals[0]
  if (program === 'docker' || program === 'podman')
    return optionOf(words, /^(?:-H|--host)$/, /^--host=(.+)$/)
      ?.replace(/^\w+:\/\//, '')
      .replace(/:\d+$/, '')
  if (program === 'kubectl' || program === 'helm')
    return optionOf(words, /^--(?:kube-)?context$/, /^--(?:kube-)?context=(.+)$/)
  if (HTTP_CLIENTS.test(program)) return words.map((word) => URL_HOST.exec(word)?.[1]).find(Boolean)
  return (
    optionOf(words, COMPUTER, COMPUTER_JOINED) ??
    share(words) ??
    words
      .map(
        (word) =>
          SFTP_URL.exec(word)?.[1] ?? (GIVES_AN_ADDRESS.test(program) ? undefined : SERVICE_URL.exec(word)?.[1]),
      )
      .find(Boolean) ??
    (CLIENTS.test(program) ? optionOf(words, /^-[Hh]$|^--host(?:name)?$/, /^--host(?:name)?=(.+)$/) : undefined) ??
    (program === 'mount' ? words.map((word) => /^([\w.-]{2,}):\//.exec(word)?.[1]).find(Boolean) : undefined) ??
    (SMB_CLIENTS.test(program)
      ? words.map((word) => /^\/\/([\w.-]+)(?:\/|$)/.exec(word)?.[1]).find(Boolean)
      : undefined)
  )
}

/** `sftp:backup@nas1:/volume1`, as tools for backups name it. */
export const SFTP_URL = /^(?:--?[\w-]+=)?sftp:(?:\/\/)?(?:[^@/:]+@)?([\w.-]+)/
/** Other services by their address: `ldap://ha-ldap`. */
const SERVICE_URL =
  /^(?:--?[\w-]+=)?(?:ldaps?|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|rediss|amqps?|mqtts?|ipps?|smb|nfs|rest:https?|ftps?|imaps?|smtps?|kafka|nats|tcp):\/\/(?:[^@/]*@)?([\w.-]+)/i
/** Theirs is what they write down for later. */
const GIVES_AN_ADDRESS = /^(?:lp\w*|git|echo|export|set|docker|kubectl|helm|terraform)$/
/** They name the machine with `-H` or `-h`; elsewhere these are headers, help or sizes for people. */
const CLIENTS =
  /^(?:ipmitool|ldap\w+|rabbitmqadmin|mosquitto_\w+|influx|cqlsh|clickhouse-client|impala-shell|check_\w+|nrpe|mongo\w*|bmc\w*|xfreerdp|rdesktop|vncviewer|lpstat|lpadmin|lp|virt-viewer|dog|hydra|showmount)$/
const COMPUTER = /^-(?:computername|cimsession|computer|cn|server|serverinstance|hostname|vmhost)$/i
const COMPUTER_JOINED = /^-(?:computername|server):(.+)$/i
const POWERSHELL_REMOTING = /^(?:invoke-command|enter-pssession|new-pssession)$/
const WINDOWS_TOOLS =
  /^(?:wmic|schtasks|tasklist|taskkill|systeminfo|driverquery|shutdown|getmac|gpresult|eventcreate|qwinsta|quser|query|rwinsta|logoff|msg|dnscmd|netsh|nltest|w32tm)$/
const NETWORK_TOOLS =
  /^(?:ping|nmap|telnet|nc|ncat|iperf3?|traceroute|tracert|test-netconnection|test-connection|arping|fping)$/
/** The first word that can be a name: not a path, not the block. */
const firstName = (literals: readonly string[]) => literals.find((literal) => /^[\w.-]+$/.test(literal))
const URL_HOST = /^https?:\/\/(?:[^@/]*@)?([\w.-]+)/i
const share = (words: readonly string[]) => words.map((word) => /^\\{2,4}([\w.-]+)/.exec(word)?.[1]).find(Boolean)

function optionOf(words: readonly string[], apart: RegExp, joined: RegExp): string | undefined {
  const at = words.findIndex((word) => apart.test(word))
  const value = at >= 0 ? words[at + 1] : words.map((word) => joined.exec(word)?.[1]).find(Boolean)
  return value?.split(',')[0]
}
