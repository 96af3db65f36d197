import { isCmdlet } from './cmdlets.ts'
import { accountIn } from './queries.ts'
import type { Segment } from './shape.ts'
import { accountOf } from './steps.ts'
import { SFTP_URL } from './target.ts'

/** How a step gets to another machine: what fails on the way fails whatever is to be done there. */

const SQL = /^(?:sqlcmd|mysql|mysqldump|mariadb|mariadb-dump|psql|pg_dump|invoke-sqlcmd)$/

interface Reached {
  segment: Segment
  host: string | null
  at: string | null
}

/** The kinds of ways, each with what changes it. What is not named here (the command, folders, `-batch`) makes no other way. */
const WAYS: readonly [kind: string, programs: RegExp, changes: RegExp][] = [
  ['ssh', /^(?:ssh|scp|sftp|rsync)$/, /^-?o?(?:kex|hostkey|cipher|mac|pubkeyaccepted|proxy)\w*=|^-[JFi]/i],
  ['putty', /^(?:plink|pscp|psftp)$/, /^-(?:load|i|proxycmd)$/],
  [
    'winrm',
    /^(?:invoke-command|enter-pssession|new-pssession|winrs)$/,
    /^-(?:usessl|authentication|port|credential)$/i,
  ],
  ['cim', /^(?:get-ciminstance|invoke-cimmethod|new-cimsession)$/, /^-(?:cimsession|protocol|sessionoption)$/i],
  ['wmi', /^(?:get-wmiobject|invoke-wmimethod|wmic)$/, /^-(?:credential|authentication)$|^\/user:/i],
  ['psexec', /^psexec(?:64)?$/, /^-[up]$/],
  ['smb', /^(?:smbclient|smbget)$/, /min protocol|max protocol|^(?:nt1|smb[123]\w*)$/i],
  ['cifs', /^(?:mount|mount\.cifs|mount_smbfs|smbmount)$/, /vers=|sec=/i],
  // `-c` is a query of psql, and a process list has "ssl" in its middle.
  ['sql', SQL, /^-[CN]$|^--?(?:[sS][sS][lL]|[tT][lL][sS]|[eE]ncrypt)|\b(?:sslmode|[eE]ncrypt)=/],
  ['tls', /^openssl$/, /^-(?:tls\d|ssl\d|cipher|legacy)/],
  ['nfs', /^showmount$/, /^$/],
  ['bcp', /^bcp$/, /^-u$/],
  [
    'http',
    /^(?:curl|wget|invoke-webrequest|invoke-restmethod)$/,
    /^-[10]$|^--(?:tls|ssl|cipher|proxy|ca(?:cert|path))|^-(?:SslProtocol|Proxy)/,
  ],
]

/**
 * The way of a step; a second one with the account, where one is named, or with that certificates are not looked at. None where it reaches no
 * other machine; a database is one, wherever it runs.
 */
export function wayOf({ segment, host, at }: Reached): string[] {
  const { program, words } = segment
  const sftp = usesSftp(segment) ? ['sftp'] : []
  if ((host === null || host === at) && !SQL.test(program)) return sftp
  const known = WAYS.find(([, programs]) => programs.test(program))
  // A share is opened with the rights that came with the way before it.
  if (!known) {
    if (words.some((word) => word.startsWith('\\\\'))) return [at === null ? 'unc' : 'unc from a remote session']
    return [...sftp, ...otherWay(segment, host)]
  }
  const [kind, , changes] = known
  const isChange = (word: string, index: number): boolean =>
    changes.test(word) || (/^-/.test(words[index - 1] ?? '') && changes.test(words[index - 1] ?? ''))
  if (kind === 'sql' && (host === null || host === at)) return localOf(words)
  const byAddress = kind === 'winrm' && /^\d+(?:\.\d+){3}$/.test(host ?? '') ? ['by address'] : []
  const changed = words
    .flatMap(
      (word, index) => portOf(kind, program, words[index - 1] ?? '', word) ?? (isChange(word, index) ? word : []),
    )
    .flatMap((word) => (kind === 'cifs' ? word.split(',').filter((part) => changes.test(part)) : word))
  const name =
    kind === 'sql'
      ? program
      : kind === 'cifs' && words.some((word) => /^nfs/.test(word) || /^[\w.-]+:\//.test(word))
        ? 'nfs'
        : kind
  const way = [name, ...byAddress, ...changed.sort()].join(' ')
  if (kind === 'http') return [way, words.some((word) => UNCHECKED.test(word)) ? `${way} unchecked` : `${way} checked`]
  const account = kind === 'sql' ? accountIn(words) : accountOf(segment)
  return account === undefined || account === null ? [way, ...sftp] : [way, ...sftp, `${way} as ${account}`]
}

/** How a port is named: `-p 2222` of `ssh`, `-P 2222` of its like, with the space or without; `-S host,1433` of `sqlcmd`. */
const PORTS: Readonly<Record<string, RegExp>> = {
  ssh: /^(?:-p ?|-P ?|-o ?port=)(\d{2,5})$/i,
  putty: /^-P ?(\d{2,5})$/,
  sqlcmd: /^-S ?[^,]+,(\d{2,5})$/,
  psql: /^(?:-p ?|--port[ =])(\d{2,5})$/,
  mysql: /^(?:-P ?|--port[ =])(\d{2,5})$/,
}
/** They are told where to connect as another program is. */
const AS: Readonly<Record<string, string>> = {
  pg_dump: 'psql',
  mysqldump: 'mysql',
  mariadb: 'mysql',
  'mariadb-dump': 'mysql',
}

function portOf(kind: string, program: string, before: string, word: string): string | undefined {
  const named = PORTS[kind === 'sql' ? (AS[program] ?? program) : kind]
  if (named === undefined) return undefined
  const [, port] = named.exec(word) ?? (before.startsWith('-') ? named.exec(`${before} ${word}`) : null) ?? []
  return port === undefined ? undefined : `port ${port}`
}

/** Of a client that is not named here every flag may change the way, and what stands behind it: `ipmitool -I lanplus`. */
function otherWay({ program, words, typed }: Segment, host: string | null): string[] {
  if (!/^[\w-]+$/.test(typed) || isCmdlet(program)) return []
  const flags = words.flatMap((word, at) => {
    const value = words[at + 1] ?? ''
    if (!/^-[A-Za-z]$|^--[a-z-]+/.test(word) || value.toLowerCase().includes(host ?? '')) return []
    return [/^[a-z][a-z\d]{1,15}$/.test(value) ? `${word} ${value}` : word.replace(/=.*/s, '')]
  })
  return [[program, ...new Set(flags.sort())].join(' ')]
}

/** Files by the subsystem of SSH, which not every machine has. `scp -O` does without it. */
const usesSftp = ({ program, words }: Segment): boolean =>
  program === 'sftp' ||
  program === 'sshfs' ||
  (program === 'scp' && !words.includes('-O')) ||
  words.some((word) => SFTP_URL.test(word))

/** The database of the machine itself, by the account that asks. */
const localOf = (words: readonly string[]): string[] => [
  'sql here',
  `sql here as ${accountIn(words) ?? 'whoever asks'}`,
]

const UNCHECKED = /^-[a-zA-Z]*k|^--insecure|^--no-check|skipcertificate/i
