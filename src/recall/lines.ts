import { partsOfNotes } from '../guard/digest.ts'
import { age, aged, due } from './ages.ts'
import { code, errorLine, oneLine } from './clean.ts'
import { counted } from './counts.ts'
import type {
  CredentialFact,
  ExpiringFact,
  FailedCommand,
  HostFact,
  PatternFact,
  SessionFact,
  TaskFact,
  WorkItemFact,
} from './facts.ts'
import type { CommandGroup, FileGroup } from './groups.ts'

/** One line of text for each kind of fact. Each has its age and, in brackets, the short id that `msp … show` takes. */

/** The last eight characters of an id: the random end of a UUIDv7, where the beginning is the time. */
export const shortId = (id: string): string => `[${oneLine(id.slice(-8), 8)}]`

const parts = (separator: string, ...all: (string | false)[]) => all.filter(Boolean).join(separator)

/** `p1 Renew the certificate, due in 3 d, waiting_client, 5 d old [9c1e0001]` */
export function taskLine(task: TaskFact, now: Date): string {
  const status = task.status !== 'todo' && task.status
  return `${parts(', ', `${task.priority} ${oneLine(task.title, 120)}`, task.due_at !== null && due(task.due_at, now), status, aged(task.created_at, now))} ${shortId(task.id)}`
}

/** `` `Get-LocalUser` on SRV-OLD: exit 1, The term … is not recognized (3 times, 2 d) [9c1e0001]. Worked: `Get-WmiObject …` `` */
export function failureLine(group: CommandGroup<FailedCommand>, now: Date): string {
  const { example, failed } = group
  const where = example.host ? ` on ${oneLine(example.host, 60)}` : ''
  const worked = example.alternative ? `. Worked: ${code(example.alternative, 120)}` : ''
  const when = parts(', ', failed > 1 && `${failed} times`, age(example.started_at, now))
  return `${code(example.command, 140)}${where}: ${outcome(example)} (${when}) ${shortId(example.id)}${worked}`
}

/** `exit 1, The term … is not recognized`; the category where nothing was printed. */
export function outcome(
  command: Pick<FailedCommand, 'exit_code' | 'stderr_excerpt' | 'error_message' | 'failure_category'>,
): string {
  const error = errorLine(command.stderr_excerpt, 120) || errorLine(command.error_message, 120)
  const category =
    error === '' &&
    command.failure_category !== null &&
    command.failure_category !== 'NotSpecified' &&
    oneLine(command.failure_category, 40)
  return parts(', ', command.exit_code !== null && `exit ${command.exit_code}`, error, category) || 'failed'
}

/** `SRV-OLD: no Get-LocalUser; PowerShell 2.0 (5 times, 2 d) [9c1e0001]. Use: `Get-WmiObject …`` */
export function patternLine(pattern: PatternFact, now: Date): string {
  const where = pattern.host ? `${oneLine(pattern.host, 60)}: ` : ''
  const cause = pattern.root_cause ? `; ${oneLine(pattern.root_cause, 100)}` : ''
  const use = pattern.recommended_alternative ? `. Use: ${code(pattern.recommended_alternative, 140)}` : ''
  return `${where}${oneLine(pattern.title, 120)}${cause} (${pattern.occurrences} times, ${age(pattern.last_seen_at, now)}) ${shortId(pattern.id)}${use}`
}

/** `SRV-OLD: Windows Server 2008 R2, PowerShell 2.0; no internet; note (checked 3 mo) [9c1e0001]`; empty without a constraint. */
export function hostLine(host: HostFact, now: Date): string {
  const limits = host.limitations.map((limit) => oneLine(limit, 80)).filter(Boolean)
  const { written, learned } = partsOfNotes(host.environmental_notes ?? '')
  const facts = learned.map((statement) => oneLine(statement, 80).replace(/\.$/, ''))
  const notes = parts('; ', oneLine(written, 160), oneLine(facts.join('; '), 200))
  if (limits.length === 0 && notes === '' && !host.powershell_version) return ''
  const os = oneLine([host.os_name, host.os_version].filter(Boolean).join(' '), 60)
  const shell = host.powershell_version ? `PowerShell ${oneLine(host.powershell_version, 20)}` : ''
  const more = limits.length > 4 ? `+${limits.length - 4} more limits` : ''
  const told = parts('; ', parts(', ', os, shell), ...limits.slice(0, 4), more, notes)
  return `${oneLine(host.hostname, 60)}: ${told} (checked ${age(host.last_verified_at ?? host.updated_at, now)}) ${shortId(host.id)}`
}

/** `2 d, Ana on ANA-LT1: Restart the print spooler; 12 commands (2 failed, 1 unresolved), 3 files [9c1e0001]` */
export function sessionLine(session: SessionFact, now: Date): string {
  const {
    commands = 0,
    failures = 0,
    unresolved_failures: unresolved = 0,
    files = 0,
    work_items: items = 0,
  } = session.counts
  const failed = parts(', ', failures > 0 && `${failures} failed`, unresolved > 0 && `${unresolved} unresolved`)
  const counts = parts(
    ', ',
    items > 0 && counted(items, 'work item'),
    commands > 0 && counted(commands, 'command') + (failed && ` (${failed})`),
    files > 0 && counted(files, 'file'),
  )
  const title = oneLine(session.title ?? '', 120) || oneLine(session.goal ?? '', 120) || `${session.mode} session`
  const running = session.status === 'active' && 'still open'
  return `${age(session.last_activity_at, now)}, ${oneLine(session.technician_name, 40)} on ${oneLine(session.machine_name, 40)}: ${parts('; ', title, counts, running)} ${shortId(session.id)}`
}

/** `Domain admin (password), used 2 d [9c1e0001]` */
export const credentialLine = (credential: CredentialFact, now: Date): string =>
  `${oneLine(credential.name, 80)} (${oneLine(credential.type, 30)}), used ${age(credential.last_used_at, now)} ${shortId(credential.id)}`

/** `certificate mail.dataforth.com, due in 12 d [9c1e0001]` */
export const expiringLine = (item: ExpiringFact, now: Date): string =>
  `${oneLine(item.kind, 30)} ${oneLine(item.name, 80)}, ${due(item.expires_at, now)} ${shortId(item.id)}`

/** `Restart the print spooler: incident, completed, success [9c1e0001]` */
export function workItemLine(item: WorkItemFact): string {
  return `${oneLine(item.title, 120)}: ${parts(', ', item.category, item.status, item.outcome !== 'unknown' && item.outcome)} ${shortId(item.id)}`
}

/** `` 4× `git status` `` or, failed, `` `make`: exit 2, No rule … (2 of 3 failed, 5 min) [9c1e0001] `` */
export function groupLine(group: CommandGroup, now: Date): string {
  const { example, runs, failed } = group
  const where = example.host ? ` on ${oneLine(example.host, 60)}` : ''
  const shown = `${code(example.command, 120)}${where}`
  if (failed === 0)
    return `${runs > 1 ? `${runs}× ` : ''}${shown}, ${age(example.started_at, now)} ${shortId(example.id)}`
  const often = parts(
    ', ',
    runs > 1 && `${failed} of ${runs} failed`,
    !group.isUnresolved && 'worked afterwards',
    age(example.started_at, now),
  )
  return `${shown}: ${outcome(example)} (${often}) ${shortId(example.id)}`
}

/** `A /srv/app/nginx.conf +12 -3` */
export function fileLine(file: FileGroup): string {
  const lines = file.added + file.removed > 0 ? ` +${file.added} -${file.removed}` : ''
  return `${file.changes} ${oneLine(file.path, 140)}${lines}${file.edits > 1 ? ` (${file.edits} edits)` : ''}`
}
