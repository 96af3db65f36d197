import type { InputOf, OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { given } from '../options.ts'
import { createProgress } from '../progress.ts'
import type { World } from '../world.ts'
import { amountCell, BYTE_ORDER_MARK, csvLine, figure, hoursOf, minutesOf } from './csv.ts'

export type Ask = Omit<NonNullable<InputOf<Contract['reports']['lines']>>, 'limit' | 'cursor'>
export type TimeLine = OutputOf<Contract['reports']['lines']>['items'][number]

const PAGE = 200

/** The entries behind a report, page after page: never more than one page is in memory. */
export async function* linesOf(world: World, ask: Ask, total = 0): AsyncGenerator<readonly TimeLine[]> {
  const progress = createProgress(total)
  let done = 0
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await world.api.reports.lines({ ...ask, limit: PAGE, ...given({ cursor }) })
      done += page.items.length
      progress.at(done)
      yield page.items
      cursor = page.next_cursor
    }
  } finally {
    progress.end()
  }
}

const HEADS = [
  ...['id', 'date', 'client', 'project', 'technician', 'work_type', 'ticket', 'category', 'description', 'status'],
  ...['classification', 'reason', 'start', 'end', 'worked_minutes', 'worked_hours', 'billed_minutes', 'billed_hours'],
  ...['rate', 'amount', 'currency', 'priced', 'overlaps'],
]

/** Instants in UTC, minutes and decimal hours both, worked beside billed. What was not computed is empty, never 0. */
export async function* linesAsCsv(pages: AsyncIterable<readonly TimeLine[]>, bom: boolean): AsyncGenerator<string> {
  yield `${bom ? BYTE_ORDER_MARK : ''}${csvLine(HEADS)}`
  for await (const page of pages) yield page.map(csvOf).join('')
}

function csvOf(one: TimeLine): string {
  const billed = one.billable_minutes === null ? null : one.billable_minutes * 60
  return csvLine([
    ...[one.id, one.work_date, one.client, one.project, one.technician, one.work_type, one.ticket, one.category],
    ...[
      one.client_note ?? one.work_item,
      one.status,
      one.classification,
      one.reason_code,
      one.started_at,
      one.ended_at,
    ],
    ...[minutesOf(one.raw_seconds), hoursOf(one.raw_seconds), minutesOf(billed), hoursOf(billed)].map(figure),
    ...[amountCell(one.rate_minor, one.currency), amountCell(one.amount_minor, one.currency), one.currency],
    ...[pricedWord(one), one.overlaps ? 'yes' : 'no'],
  ])
}

/** `no` is what is to be billed and has no amount. */
export const pricedWord = ({ classification, amount_minor, currency }: TimeLine): string =>
  amount_minor !== null && currency !== null ? 'yes' : classification === 'billable' ? 'no' : 'not billed'
