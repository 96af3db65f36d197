import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ImportReport } from '../contract/data.ts'
import { errorCode } from '../durable.ts'
import { oneLine } from '../recall/clean.ts'
import type { ImportRequest } from './import.ts'
import { table } from './layout.ts'
import { EXIT, Failure, sentenceOf, usage } from './output.ts'
import { createProgress } from './progress.ts'
import { decode } from './text-file.ts'
import type { World } from './world.ts'

/** Of one call: the others on the server wait while it writes. */
const PIECE_ROWS = 500
const PIECE_BYTES = 1_000_000
const DEADLINE_MS = 120_000
const MOST_SHOWN = 50

/** A part of the file that is a file itself. */
interface Piece {
  format: 'csv' | 'json'
  content: string
  rows: number
}

/** Sends a file piece by piece and tells what became of it. Refused rows make the exit code 1. */
export async function importFrom(world: World, request: ImportRequest, file: string): Promise<void> {
  const pieces = await piecesOf(readText(file, world), file)
  const total = pieces.reduce((sum, { rows }) => sum + rows, 0)
  const progress = createProgress(total)
  let report: ImportReport | undefined
  try {
    for (const { rows: _, ...piece } of pieces) {
      const answer = await world.api.data.import({ ...request, ...piece }, { deadlineMs: DEADLINE_MS })
      report = report ? joined(report, answer) : answer
      progress.at(report.counts.rows)
    }
  } catch (error) {
    throw report ? brokenOff(error, report, total) : error
  } finally {
    progress.end()
  }
  if (!report) throw usage(`${file} has no rows.`)
  world.output.show(report, describe(report, basename(file)))
  if (report.counts.refused > 0) process.exitCode = EXIT.failed
}

function readText(file: string, world: World): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new Failure(EXIT.notFound, `There is no file ${file}.`)
    throw new Failure(EXIT.failed, `${file} cannot be read (${errorCode(error)}).`)
  }
  const { text, encoding } = decode(bytes)
  if (encoding === 'windows-1252') world.output.note(`${file} is not UTF-8: it is read as Windows-1252.`)
  return text
}

async function piecesOf(text: string, file: string): Promise<Piece[]> {
  const kind = extname(file).toLowerCase()
  if (kind === '.ndjson' || kind === '.jsonl') return cutObjects(text.split('\n').filter((line) => line.trim() !== ''))
  if (kind === '.json' || /^\s*[[{]/.test(text)) return cutObjects(listIn(text, file))
  const { CSV_OPTIONS, delimiterOf, parseCsv } = await import('./more.ts')
  return cutRecords(recordsOf(() => parseCsv(text, { ...CSV_OPTIONS, delimiter: delimiterOf(text) }), file))
}

function recordsOf(parse: () => string[][], file: string): string[][] {
  try {
    return parse()
  } catch (error) {
    throw usage(`${file} is not CSV: ${(error as Error).message}. Save it as CSV (comma delimited) again.`)
  }
}

/** The objects of a list, or of the one list in an answer, each as JSON. */
function listIn(text: string, file: string): string[] {
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : Object.values(value as object).find(Array.isArray)
    if (list) return list.map((item) => JSON.stringify(item))
  } catch (error) {
    throw usage(`${file} is not JSON: ${(error as Error).message}.`)
  }
  throw usage(`${file} holds no list of objects. It should look like [{…}, {…}].`)
}

const cutObjects = (objects: readonly string[]): Piece[] =>
  cut(objects).map((some) => ({ format: 'json', content: `[${some.join(',\n')}]`, rows: some.length }))

function cutRecords([header, ...records]: string[][]): Piece[] {
  if (!header) return []
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  // A file of a header alone is still looked at: its columns may be wrong.
  const pieces = records.length === 0 ? [[]] : cut(records.map(line))
  return pieces.map((some) => ({ format: 'csv', content: [line(header), ...some].join('\r\n'), rows: some.length }))
}

/** Pieces of at most so many rows, and of what the server takes at once. */
function cut(lines: readonly string[]): string[][] {
  const pieces: string[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const size = Buffer.byteLength(JSON.stringify(line))
    if (bytes + size > PIECE_BYTES || (pieces.at(-1)?.length ?? 0) === PIECE_ROWS) {
      pieces.push([])
      bytes = 0
    }
    pieces.at(-1)?.push(line)
    bytes += size
  }
  return pieces
}

/** One report of two pieces; rows are counted through. */
function joined(one: ImportReport, next: ImportReport): ImportReport {
  const sum = (key: keyof ImportReport['counts']) => one.counts[key] + next.counts[key]
  return {
    ...one,
    mapping: { ...one.mapping, ...next.mapping },
    unmapped: [...new Set([...one.unmapped, ...next.unmapped])],
    left_out: [...new Map([...one.left_out, ...next.left_out].map((left) => [left.column, left])).values()],
    counts: {
      rows: sum('rows'),
      created: sum('created'),
      updated: sum('updated'),
      unchanged: sum('unchanged'),
      refused: sum('refused'),
    },
    rows: [...one.rows, ...next.rows.map((row) => ({ ...row, row: row.row + one.counts.rows }))],
  }
}

function brokenOff(error: unknown, { counts, dry_run }: ImportReport, total: number): Failure {
  const kept = dry_run
    ? ''
    : ` The first ${counts.rows} of ${total} rows are in; run it again, and they are found unchanged.`
  return new Failure(EXIT.failed, `The import broke off: ${sentenceOf(error)}${kept}`)
}

const PRODUCTS = { itglue: 'IT Glue', hudu: 'Hudu', itflow: 'ITFlow', syncro: 'Syncro', generic: '' } as const

function describe(report: ImportReport, file: string): string {
  const { counts, mapping, unmapped, left_out, rows } = report
  const of = PRODUCTS[report.source] === '' ? '' : ` (an export of ${PRODUCTS[report.source]})`
  const tried = report.dry_run ? ' A dry run: nothing was kept.' : ''
  const sign = counts.refused > 0 ? '!' : '✓'
  const told = rows.filter(({ outcome, message }) => outcome === 'refused' || message !== null)
  const shown = told
    .slice(0, MOST_SHOWN)
    .map((row) => [String(row.row), row.outcome, oneLine(row.key, 40), row.message ?? ''])
  return [
    `${sign} ${file}${of}: ${counts.rows} rows, ${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.refused} refused.${tried}`,
    list(
      'columns',
      Object.entries(mapping).map(([column, field]) => `${column} → ${field.replace(/\+$/, '')}`),
    ),
    list('not brought', unmapped),
    list(
      'left out',
      left_out.map(({ column, reason }) => `${column} (${reason})`),
    ),
    shown.length > 0 ? `\n${table(['row', 'what', report.entity, 'why'], shown)}` : '',
    told.length > shown.length ? `… and ${told.length - shown.length} more: see them all with --json` : '',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

const list = (label: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `${label}: ${items.map((item) => oneLine(item, 80)).join(', ')}`
