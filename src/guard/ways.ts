import type { Segment } from './shape.ts'
import { accountOf } from './steps.ts'

/** How a step gets to another machine: what fails on the way fails whatever is to be done there. */

const SQL = /^(?:sqlcmd|mysql|mysqldump|mariadb|mariadb-dump|psql|pg_dump|invoke-sqlcmd)$/

interface Reached {
  segment: Segment
  host: string | null
  at: string | null
}

/** The kinds of ways, each with what changes it. What is not named here (the command, folders, `-batch`) makes no other way. */
const WAYS: readonly [kind: string, programs: RegExp, changes: RegExp][] = [
  ['ssh', /^(?:ssh|scp|sftp|rsync)$/, /^-?o?(?:kex|hostkey|cipher|mac|pubkeyaccepted|proxy)\w*=|^-[JFi]|^-[pP]\d/i],
  ['putty', /^(?:plink|pscp|psftp)$/, /^-(?:load|P|i|proxycmd)$/],
  [
    'winrm',
    /^(?:invoke-command|enter-pssession|new-pssession|winrs)$/,
    /^-(?:usessl|authentication|port|credential)$/i,
  ],
  ['cim', /^(?:get-ciminstance|invoke-cimmethod|new-cimsession)$/, /^-(?:cimsession|protocol|sessionoption)$/i],
  ['wmi', /^(?:get-wmiobject|invoke-wmimethod|wmic)$/, /^-(?:credential|authentication)$/i],
  ['smb', /^(?:smbclient|smbget)$/, /min protocol|max protocol|^(?:nt1|smb[123]\w*)$/i],
  ['cifs', /^(?:mount|mount\.cifs|mount_smbfs|smbmount)$/, /vers=|sec=/i],
  ['sql', SQL, /^-[CN]$|ssl|tls|encrypt/i],
  ['bcp', /^bcp$/, /^-u$/],
  ['http', /^(?:curl|wget|invoke-webrequest|invoke-restmethod)$/, /^-[10]$|tls|cipher|ssl|proxy|cacert|capath/i],
]

/**
 * The way of a step; a second one with the account, where one is named, or with that certificates are not looked at. None where it reaches no
 * other machine; a database is one, wherever it runs.
 */
export function wayOf({ segment, host, at }: Reached): string[] {
  const { program, words } = segment
  if ((host === null || host === at) && !SQL.test(program)) return []
  const known = WAYS.find(([, programs]) => programs.test(program))
  // A share is opened with the rights that came with the way before it.
  if (!known)
    return words.some((word) => word.startsWith('\\\\')) ? [at === null ? 'unc' : 'unc from a remote session'] : []
  const [kind, , changes] = known
  const isChange = (word: string, index: number): boolean =>
    changes.test(word) || (/^-/.test(words[index - 1] ?? '') && changes.test(words[index - 1] ?? ''))
  if (kind === 'sql' && (host === null || host === at)) return localOf(words)
  const byAddress = kind === 'winrm' && /^\d+(?:\.\d+){3}$/.test(host ?? '') ? ['by address'] : []
  const changed = words
    .filter(isChange)
    .flatMap((word) => (kind === 'cifs' ? word.split(',').filter((part) => changes.test(part)) : word))
  const way = [kind === 'sql' ? program : kind, ...byAddress, ...changed.sort()].join(' ')
  if (kind === 'http') return [way, words.some((word) => UNCHECKED.test(word)) ? `${way} unchecked` : `${way} checked`]
  const account = kind === 'sql' ? accountIn(words) : accountOf(segment)
  return account === undefined || account === null ? [way] : [way, `${way} as ${account}`]
}

/** The database of the machine itself, by the account that asks. */
const localOf = (words: readonly string[]): string[] => [
  'sql here',
  `sql here as ${accountIn(words) ?? 'whoever asks'}`,
]

const UNCHECKED = /^-[a-zA-Z]*k|^--insecure|^--no-check|skipcertificate/i

function accountIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^(?:-[uU]|--user(?:name)?)$/.test(word))
  return at >= 0
    ? words[at + 1]
    : words.map((word) => /^(?:-u|-U|--user(?:name)?=)(\w+)$/.exec(word)?.[1]).find(Boolean)
}
