import type { OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { counted } from '../layout.ts'
import { amountText, billedText, moneyText, notesOf, worked } from './cells.ts'
import type { Report, Section } from './document.ts'
import type { TimeLine } from './lines.ts'

type Work = OutputOf<Contract['reports']['work']>

/** What a client gets for a month or quarter: what was done, and what it cost. Internal notes are not in it. */
export function clientReport(work: Work, lines: readonly TimeLine[]): Report {
  const { time } = work
  const overlapping = lines.filter(({ overlaps }) => overlaps).length
  return {
    title: `${work.client.name}, ${work.since} to ${work.until_day}`,
    facts: factsOf(work),
    sections: [classesOf(work), itemsOf(work), entriesOf(work, lines)],
    notes: [
      ...notesOf(time),
      ...(overlapping === 0
        ? []
        : [
            `${counted(overlapping, 'entry', 'entries')} marked ! claim time that another entry of the same technician claims too.`,
          ]),
      ...(lines.length < time.entries
        ? [`${lines.length} of ${time.entries} entries are shown; the sums are of all. CSV has every one.`]
        : []),
    ],
  }
}

/** What was done, piece by piece, for who did it. */
export const workReport = (work: Work): Report => ({
  ...{ title: `Work for ${work.client.name}, ${work.since} to ${work.until_day}`, facts: factsOf(work) },
  ...{ sections: [itemsOf(work), classesOf(work)], notes: notesOf(work.time) },
})

function factsOf(work: Work): [string, string][] {
  const { sessions, work_items, commands, changes, deployments, time } = work
  return [
    ['Days', `${work.since} to ${work.until_day} (${work.timezone})`],
    ['Sessions', `${sessions.count}, ${worked(sessions.active_seconds)} active`],
    [
      'Work',
      `${counted(work_items.count, 'piece')}, ${counted(changes.count, 'change')}, ${counted(deployments.count, 'deployment')}`,
    ],
    ['Commands', `${commands.count}, ${commands.failures} failed`],
    ['Time', `${worked(time.raw_seconds)} worked, ${billedText(time)} billed`],
    ['Amount', moneyText(time)],
  ]
}

const sums = (one: Work['time']['by_classification'][number] | Work['time']) => [
  ...[`${one.entries}`, worked(one.raw_seconds), billedText(one), moneyText(one)],
]

const classesOf = ({ time }: Work): Section => ({
  ...{ title: 'Time', heads: ['kind', 'entries', 'worked', 'billed', 'amount'], figuresFrom: 1 },
  rows: time.by_classification.map((one) => [one.classification.replace('_', ' '), ...sums(one)]),
  total: ['total', ...sums(time)],
  empty: 'none was booked in these days.',
})

const itemsOf = ({ items, more, timezone }: Work): Section => ({
  title: more ? `Work (the first ${items.length})` : 'Work',
  ...{ heads: ['day', 'what', 'category', 'outcome', 'technician', 'time'], figuresFrom: 5 },
  rows: items.map((one) => [
    ...[
      localDay(one.at, timezone),
      one.client_visible_summary ?? one.title,
      one.category.replace('_', ' '),
      one.outcome,
    ],
    ...[one.technician, worked(one.active_seconds)],
  ]),
  empty: 'none was recorded in these days.',
})

const entriesOf = ({ time }: Work, lines: readonly TimeLine[]): Section => ({
  ...{
    title: 'Time entries',
    heads: ['day', 'what', 'technician', 'status', 'worked', 'billed', 'amount'],
    figuresFrom: 4,
  },
  rows: lines.map((one) => [
    ...[
      one.work_date,
      `${one.overlaps ? '! ' : ''}${one.ticket === null ? '' : `#${one.ticket} `}${one.client_note ?? one.work_item ?? one.work_type ?? ''}`,
    ],
    ...[one.technician, one.status, worked(one.raw_seconds)],
    ...[
      one.billable_minutes === null ? '-' : billedText({ billable_minutes: one.billable_minutes, not_priced: 0 }),
      amountText(one),
    ],
  ]),
  total: ['total', '', '', '', worked(time.raw_seconds), billedText(time), moneyText(time)],
  empty: 'none was booked in these days.',
})

/** The day of an instant on the client's wall. */
const localDay = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at))
