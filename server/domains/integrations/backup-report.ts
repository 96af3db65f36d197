import type { BackupBoard, BackupHealth, BackupStatistics } from '../../../src/contract/backup-health.ts'

/** How the backups are, as a text for a ticket or a customer: Markdown that reads well where nobody renders it. Pure. */

const SAID: Readonly<Record<BackupHealth, string>> = {
  vanished: 'no longer reported',
  failed: 'failed',
  overdue: 'overdue',
  warning: 'with warnings',
  ok: 'in order',
}
const MOST_LINES = 60
const GIB = 1_073_741_824

export interface BackupReport {
  title: string
  markdown: string
  /** Plans that somebody should look at. */
  attention: number
}

/** @param client whose name stands above it; null for all */
export function backupReportOf(client: string | null, board: BackupBoard, statistics: BackupStatistics): BackupReport {
  const day = board.as_of.slice(0, 10)
  const title = `Backup report${client === null ? '' : ` of ${oneLine(client)}`}, ${day}`
  const counts = Object.entries(board.counts).filter(([, count]) => count > 0) as [BackupHealth, number][]
  const plans = counts.reduce((sum, [, count]) => sum + count, 0)
  const lines = board.clients.flatMap((of) =>
    of.computers.flatMap(({ computer, plans: all }) =>
      all.map(
        (plan) =>
          `- ${client === null && of.client_name ? `${oneLine(of.client_name)}, ` : ''}${oneLine(computer)}: ${oneLine(plan.plan_name)} ${SAID[plan.health]}${plan.last_start === null ? ', never ran' : `, last began ${minute(plan.last_start)}`}${plan.error === null ? '' : `: ${oneLine(plan.error)}`}`,
      ),
    ),
  )
  const runs = statistics.items.reduce((sum, one) => sum + one.runs, 0)
  const failures = statistics.items.reduce((sum, one) => sum + one.failures, 0)
  const bytes = statistics.items.reduce((sum, one) => sum + one.protected_bytes, 0)
  const markdown = [
    `# ${title}`,
    '',
    plans === 0
      ? 'No backup plan is known.'
      : `${plans} plan${plans === 1 ? '' : 's'}: ${counts.map(([health, count]) => `${count} ${SAID[health]}`).join(', ')}.`,
    ...(plans === 0
      ? []
      : [
          `${runs} run${runs === 1 ? '' : 's'} from ${statistics.date_from.slice(0, 10)} to ${statistics.date_to.slice(0, 10)}, ${failures} of them failed. ${(bytes / GIB).toFixed(1)} GiB are protected.`,
        ]),
    ...(lines.length === 0 ? [] : ['', '## To look at', '', ...lines.slice(0, MOST_LINES)]),
    ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
    '',
    `As of ${minute(board.as_of)} UTC.`,
  ].join('\n')
  return { title, markdown, attention: plans - board.counts.ok }
}

const minute = (at: string) => at.slice(0, 16).replace('T', ' ')
/** What other systems say stays on its line, and is no heading or link of ours. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/[[\]<>`#*|]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 200)
