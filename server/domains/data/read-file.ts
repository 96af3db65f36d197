import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { CSV_OPTIONS, delimiterOf } from '../../../src/contract/csv.ts'
import { MAX_IMPORT_ROWS } from '../../../src/contract/data.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { whyNotWellFormed } from '../../crud/well-formed.ts'
import { textOf } from './cells.ts'

/** A file as text in cells, under the columns of its header. */
export interface Table {
  header: string[]
  rows: Line[]
}
/** One row; a broken one says why instead. */
export type Line = { cells: ReadonlyMap<string, string> } | { broken: string }

/** @throws AppError INVALID_INPUT for what is not CSV or JSON; TOO_LARGE. */
export function readTable(format: 'csv' | 'json', content: string, isField: (key: string) => boolean): Table {
  const text = content.replace(/^\uFEFF/, '')
  const table = format === 'csv' ? readCsv(text) : readJson(text, isField)
  if (table.rows.length > MAX_IMPORT_ROWS)
    throw new AppError(
      'TOO_LARGE',
      `The file has ${table.rows.length} rows; one import takes ${MAX_IMPORT_ROWS}. Cut it, or use "msp import", which does.`,
    )
  return table
}

function readCsv(text: string): Table {
  const [first = [], ...records] = recordsOf(text)
  const header = named(first)
  const rows = records.map((record): Line => {
    if (record.length > header.length)
      return {
        broken: `has ${record.length} cells under ${header.length} columns: put cells with a delimiter in quotes`,
      }
    return { cells: new Map(record.map((cell, at) => [header[at] as string, textOf(cell)])) }
  })
  return { header, rows }
}

function recordsOf(text: string): string[][] {
  try {
    return parse(text, { ...CSV_OPTIONS, delimiter: delimiterOf(text) })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new AppError(
      'INVALID_INPUT',
      `The file is not CSV: ${cause.message}. Save it as CSV (comma delimited) again.`,
      {
        cause,
      },
    )
  }
}

/** A second column of the same name gets a number. */
function named(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell) => {
    const name = cell.trim()
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

function readJson(text: string, isField: (key: string) => boolean): Table {
  const rows = listIn(parsed(text)).map((item) => lineOf(item, isField))
  const header = new Set(rows.flatMap((row) => ('cells' in row ? [...row.cells.keys()] : [])))
  return { header: [...header], rows }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', `The file is not JSON: ${(cause as Error).message}.`, { cause })
  }
}

/** A list of objects, alone or as the one list of an answer: `{"assets":[…],"meta":{…}}`. */
function listIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const lists = typeof value === 'object' && value !== null ? Object.values(value).filter(Array.isArray) : []
  if (lists.length === 1) return lists[0] as unknown[]
  throw new AppError('INVALID_INPUT', 'The file holds no list of objects. Send [{…}, {…}].')
}

function lineOf(item: unknown, isField: (key: string) => boolean): Line {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { broken: 'is not an object' }
  const why = whyNotWellFormed(item)
  if (why) return { broken: why }
  const cells = new Map<string, string>()
  for (const [key, value] of Object.entries(item)) {
    if (isObject(value) && !isField(key))
      for (const [inner, one] of Object.entries(value)) cells.set(`${key}.${inner}`, cellText(one))
    else cells.set(key, cellText(value))
  }
  return { cells }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
