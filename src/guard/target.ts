import { type Segment, segmentsOf } from './shape.ts'
import { REMOTE } from './vocabulary.ts'

const DATABASE_CLIENTS = /^(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|psql|pg_dump|redis-cli|mongosh?)$/
const HERE = /^(?:localhost|127(?:\.\d+){3}|::1|\.|\?|.*[$*{}].*)$/i

/**
 * The machine on which a command does its work, as it was typed; null when that is this machine or cannot be told.
 *
 * @example targetOf('ssh -p 2222 root@srv1 uptime')                       // srv1
 * @example targetOf('Get-Service -ComputerName SRV-OLD')                  // SRV-OLD
 * @example targetOf('scp a.txt root@srv1:/tmp/')                          // srv1
 * @example targetOf('mysql -h db1 -e "select 1"')                         // db1
 */
export function targetOf(command: string): string | null {
  for (const segment of segmentsOf(command)) {
    const host = named(segment)
      ?.replace(/^[^@]*@/, '')
      .replace(/^\[|\]$/g, '')
    if (host && !HERE.test(host)) return host
  }
  return null
}

function named(segment: Segment): string | undefined {
  const { program, words, literals } = segment
  if (program === 'winrs') return words.map((word) => /^[-/]r(?:emote)?:(.+)$/i.exec(word)?.[1]).find(Boolean)
  if (program.startsWith('psexec')) return share(words)
  if (REMOTE.has(program) || program === 'sftp' || program === 'mosh')
    return literals[0]?.replace(/^ssh:\/\//, '').replace(/:.*$/, '')
  if (program === 'scp' || program === 'rsync')
    return words.map((word) => /^((?:[^@:/\\]+@)?[\w.-]{2,}):(?![\\])/.exec(word)?.[1]).find(Boolean)
  if (DATABASE_CLIENTS.test(program)) return optionOf(words, /^(?:-h|--host)$/, /^(?:-h|--host=)(.+)$/)
  if (program === 'sqlcmd') return optionOf(words, /^-S$/, /^-S(.+)$/)?.replace(/[\\,].*$/, '')
  return (
    optionOf(words, /^-(?:computername|computer|cn|server|hostname|vmhost)$/i, /^-(?:computername|server):(.+)$/i) ??
    share(words)
  )
}

const share = (words: readonly string[]) => words.map((word) => /^\\\\([\w.-]+)/.exec(word)?.[1]).find(Boolean)

function optionOf(words: readonly string[], apart: RegExp, joined: RegExp): string | undefined {
  const at = words.findIndex((word) => apart.test(word))
  const value = at >= 0 ? words[at + 1] : words.map((word) => joined.exec(word)?.[1]).find(Boolean)
  return value?.split(',')[0]
}
