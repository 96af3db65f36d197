import type { OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { oneLine } from '../../recall/clean.ts'
import { clientFilter, getClient, projectFilter } from '../names.ts'
import { choice, count, given } from '../options.ts'
import { usage } from '../output.ts'
import { FORMATS, HOURS_BY, type ReportOptions } from '../reports.ts'
import { day } from '../search.ts'
import { technicianFilter } from '../technicians.ts'
import { daysOf, daysOfPeriod } from '../time-words.ts'
import type { World } from '../world.ts'
import { billedText, moneyText, NOT_PRICED, notesOf, type Sums, worked } from './cells.ts'
import { clientReport, workReport } from './client.ts'
import { amountCell, BYTE_ORDER_MARK, csvLine, figure, hoursOf, minutesOf } from './csv.ts'
import { asHtml, asMarkdown, asText, type Report } from './document.ts'
import { refuseToReplace, writeParts } from './file.ts'
import { linesAsCsv, linesOf, type TimeLine } from './lines.ts'

type Format = (typeof FORMATS)[number]
const ENDINGS: Readonly<Record<string, Format>> = {
  ...{ md: 'markdown', markdown: 'markdown', html: 'html', htm: 'html', csv: 'csv', json: 'json', txt: 'table' },
}
/** So many entries are shown in a report to be read; CSV has all. */
const MOST_SHOWN = 2_000

function formatOf(world: World, { format, output }: ReportOptions): Format {
  if (format !== undefined) return choice('--format', format, FORMATS)
  if (world.output.isJson) return 'json'
  return ENDINGS[/\.([a-z]+)$/i.exec(output ?? '')?.[1]?.toLowerCase() ?? ''] ?? 'table'
}

/** What a verb has to say in each form. `csv` is asked only when it is wanted: it may be long. */
interface Answer {
  data: unknown
  report: Report
  csv(): AsyncIterable<string> | Iterable<string>
}

async function write(world: World, options: ReportOptions, answer: (format: Format) => Promise<Answer>): Promise<void> {
  const format = formatOf(world, options)
  const { output: file, force = false } = options
  if (file !== undefined) refuseToReplace(file, force)
  const { data, report, csv } = await answer(format)
  if (file === undefined && (format === 'table' || format === 'json'))
    return world.output.show(data, format === 'json' ? JSON.stringify(data, null, 2) : asText(report))
  await writeParts(partsOf(format, { data, report, csv }, options.bom === true), file, force)
  if (file !== undefined) world.output.show({ file, format }, `✓ ${report.title} in ${file}`)
}

async function* partsOf(format: Format, { data, report, csv }: Answer, bom: boolean): AsyncGenerator<string> {
  if (format === 'csv') {
    if (bom) yield BYTE_ORDER_MARK
    yield* csv()
  } else if (format === 'json') yield `${JSON.stringify(data, null, 2)}\n`
  else if (format === 'html') yield asHtml(report)
  else yield format === 'markdown' ? asMarkdown(report) : `${asText(report)}\n`
}

export async function hours(world: World, options: ReportOptions): Promise<void> {
  const [by, and_by, third] = (options.by ?? ['client']).map((one) => choice('--by', one, HOURS_BY))
  if (third !== undefined) throw usage('--by can be given twice, not more often.')
  const days = daysOf(options, world.now())
  await write(world, options, async () => {
    const [ofClient, ofProject, ofTechnician] = await Promise.all([
      clientFilter(world, options.client),
      projectFilter(world, options.project),
      technicianFilter(world, options.technician),
    ])
    const ask = { ...days, ...ofClient, ...ofProject, ...ofTechnician, ...given({ by, and_by }), limit: 200 }
    const found = await world.api.reports.hours(ask)
    const more = {
      ...found.others,
      keys: found.by.map((one) => ({ by: one, key: null, label: `(${found.others.rows} more)` })),
    }
    const lines = found.others.rows === 0 ? found.rows : [...found.rows, more]
    const names = (line: (typeof lines)[number]) => line.keys.map(({ key, label }) => label ?? key ?? '(none)')
    const report: Report = {
      ...{
        title: `Hours, ${days.since} to ${days.until}`,
        facts: [['sessions', `${found.sessions}`]],
        notes: notesOf(found.total),
      },
      sections: [
        {
          ...{ title: `By ${found.by.join(' and ')}`, figuresFrom: found.by.length, empty: 'no time in these days.' },
          heads: [...found.by, 'entries', 'worked', 'billed', 'amount'],
          rows: lines.map((line) => [...names(line), ...sumCells(line)]),
          total: [...found.by.map((_, at) => (at === 0 ? 'total' : '')), ...sumCells(found.total)],
        },
      ],
    }
    return {
      data: found,
      report,
      csv: () =>
        sumsAsCsv(
          found.by,
          lines.map((line) => [names(line), line]),
        ),
    }
  })
}

const sumCells = (sums: Sums) => [`${sums.entries}`, worked(sums.raw_seconds), billedText(sums), moneyText(sums)]

/** One line for each currency: amounts of two are never in one cell. Time and counts stand on the first of them only, so that a column adds up. */
function* sumsAsCsv(heads: readonly string[], lines: readonly (readonly [string[], Sums])[]): Generator<string> {
  const figures = [
    'entries',
    'worked_minutes',
    'worked_hours',
    'billed_minutes',
    'billed_hours',
    'not_priced',
    'amount',
    'currency',
  ]
  yield csvLine([...heads, ...figures])
  for (const [names, sums] of lines) {
    const billed = sums.billable_minutes * 60
    const time = [
      sums.entries,
      minutesOf(sums.raw_seconds),
      hoursOf(sums.raw_seconds),
      minutesOf(billed),
      hoursOf(billed),
      sums.not_priced,
    ]
    const amounts = sums.amounts.length === 0 ? [{ amount_minor: null, currency: null }] : sums.amounts
    for (const [at, { amount_minor, currency }] of amounts.entries())
      yield csvLine([
        ...names,
        ...time.map((one) => figure(at === 0 ? one : null)),
        amountCell(amount_minor, currency),
        currency,
      ])
  }
}

export async function client(world: World, named: string, options: ReportOptions): Promise<void> {
  const isNamed = [options.month, options.period, options.since, options.until].some((one) => one !== undefined)
  const days = isNamed ? daysOf(options, world.now()) : daysOfPeriod(lastMonth(world.now()))
  await write(world, options, async (format) => {
    const { id } = await getClient(world, named)
    const work = await world.api.reports.work({ client_id: id, ...days, limit: 200 })
    const pages = () => linesOf(world, { client_id: id, ...days }, work.time.entries)
    const lines = format === 'csv' ? [] : await firstOf(pages())
    return {
      data: { ...work, lines },
      report: clientReport(work, lines),
      csv: () => linesAsCsv(pages(), false),
    }
  })
}

const lastMonth = (now: Date) => new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1, 1)).toISOString().slice(0, 7)

async function firstOf(pages: AsyncIterable<readonly TimeLine[]>): Promise<TimeLine[]> {
  const found: TimeLine[] = []
  for await (const page of pages) {
    found.push(...page)
    if (found.length >= MOST_SHOWN) break
  }
  return found.slice(0, MOST_SHOWN)
}

export async function work(world: World, named: string, options: ReportOptions): Promise<void> {
  const days = daysOf(options, world.now())
  const limit = count('--limit', options.limit ?? '100', 200)
  await write(world, options, async () => {
    const { id } = await getClient(world, named)
    const found = await world.api.reports.work({ client_id: id, ...days, limit })
    const rows = found.items.map((one) => [
      one.id,
      one.at,
      one.title,
      one.category,
      one.status,
      one.outcome,
      one.technician,
    ])
    const heads = ['id', 'at', 'title', 'category', 'status', 'outcome', 'technician', 'worked_minutes']
    const csv = [heads, ...rows.map((row, at) => [...row, figure(minutesOf(found.items[at]?.active_seconds ?? null))])]
    return { data: found, report: workReport(found), csv: () => csv.map(csvLine) }
  })
}

export async function unbilled(world: World, options: ReportOptions): Promise<void> {
  await write(world, options, async () => {
    const before = day('--before', options.before)
    const { items } = await world.api.billableTime.unbilled({
      ...(await clientFilter(world, options.client)),
      ...given({ before }),
    })
    const sums = (one: (typeof items)[number]): Sums => ({ ...one, not_priced: one.not_computed })
    const report: Report = {
      ...{ title: 'Not billed yet', facts: [] },
      sections: [
        {
          ...{
            title: 'By month and client',
            figuresFrom: 3,
            empty: 'nothing. All work is exported, or none was booked.',
          },
          heads: ['month', 'client', 'oldest', 'entries', 'worked', 'billed', 'amount'],
          rows: items.map((one) => [one.month, one.client_name, one.oldest, ...sumCells(sums(one))]),
        },
      ],
      notes: items.some((one) => one.not_computed > 0) ? [NOT_PRICED] : [],
    }
    const csv = () =>
      sumsAsCsv(
        ['month', 'client', 'oldest'],
        items.map((one) => [[one.month, one.client_name, one.oldest], sums(one)]),
      )
    return { data: { items }, report, csv }
  })
}

type Pattern = OutputOf<Contract['failurePatterns']['get']>

export async function failures(world: World, options: ReportOptions): Promise<void> {
  await write(world, options, async () => {
    const page = await world.api.failurePatterns.list({
      ...(await clientFilter(world, options.client)),
      ...{ sort: '-occurrences', limit: count('--limit', options.limit ?? '50', 200) },
    })
    const cells = (one: Pattern) => [one.title, one.category, one.severity, one.status, one.last_seen_at.slice(0, 10)]
    const better = (one: Pattern) => oneLine(one.recommended_alternative ?? '', 100)
    const heads = ['failure', 'category', 'severity', 'status', 'last seen', 'instead', 'times', 'sessions']
    const report: Report = {
      ...{ title: 'Failures', facts: [], notes: [] },
      sections: [
        {
          ...{ title: 'Most often first', figuresFrom: 6, empty: 'none is known.', heads },
          rows: page.items.map((one) => [...cells(one), better(one), `${one.occurrences}`, `${one.distinct_sessions}`]),
        },
      ],
    }
    const lines = page.items.map((one) => [
      ...cells(one),
      better(one),
      figure(one.occurrences),
      figure(one.distinct_sessions),
    ])
    return { data: page, report, csv: () => [heads, ...lines].map(csvLine) }
  })
}
