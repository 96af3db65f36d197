import { z } from 'zod'
import { mutation, query, Streamed } from './kernel.ts'
import { Day, Id, Instant, line } from './values.ts'

/** Import and export: whole lists as files. */

export const EXPORT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const
export type ExportFormat = keyof typeof EXPORT_TYPES
const FORMATS = Object.keys(EXPORT_TYPES) as [ExportFormat, ...ExportFormat[]]

/** What a file can bring, in the order in which it must come: assets name sites, sites name clients. */
export const IMPORTABLE = ['clients', 'sites', 'contacts', 'infrastructure'] as const
export type Importable = (typeof IMPORTABLE)[number]
/** Whose export a file is; `generic`: columns named as ours, or by common words. */
export const SOURCES = ['itglue', 'hudu', 'itflow', 'syncro', 'generic'] as const
export type Source = (typeof SOURCES)[number]
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** Rows of one import; more would keep the others waiting. `msp import` cuts a larger file. */
export const MAX_IMPORT_ROWS = 2_000

export const OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const

const Outcome = z.object({
  /** 1 is the first row below the header. */
  row: z.int(),
  outcome: z.enum(OUTCOMES),
  /** The row here; null when there is none, and in a dry run for one that would be created. */
  id: Id.nullable(),
  /** What the row was matched by: `SRV-01 of Dataforth`. */
  key: z.string(),
  /** Why it was refused, or what of it could not be brought. */
  message: z.string().nullable(),
})

const Report = z.object({
  entity: z.enum(IMPORTABLE),
  source: z.enum(SOURCES),
  dry_run: z.boolean(),
  /** Their column → our field. */
  mapping: z.record(z.string(), z.string()),
  /** Columns that no field of ours takes. */
  unmapped: z.array(z.string()),
  /** Columns that are never imported, and why. */
  left_out: z.array(z.object({ column: z.string(), reason: z.string() })),
  counts: z.object({
    rows: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
  }),
  rows: z.array(Outcome),
})
export type ImportReport = z.infer<typeof Report>
export type RowOutcome = z.infer<typeof Outcome>

/** Credentials never leave as a file, not even their names. */
export const NEVER_EXPORTED = ['credentials', 'credential-permissions', 'integration-credentials', 'api-keys']

/** @param paths the REST paths of the entities that have a list, without the slash */
export const dataOperations = (paths: readonly string[]) => ({
  export: query({
    input: z.strictObject({
      entity: z.enum(paths as [string, ...string[]]),
      format: z.enum(FORMATS).optional(),
      client: line(200).optional(),
      date_from: z.union([Day, Instant]).optional(),
      date_to: z.union([Day, Instant]).optional(),
      archived: z.boolean().optional(),
      /** Begins CSV with a byte order mark, by which some spreadsheets know UTF-8. */
      bom: z.boolean().optional(),
    }),
    output: Streamed,
    streams: { types: EXPORT_TYPES, default: 'csv', verb: 'msp export' },
    rest: { method: 'GET', path: '/export/:entity' },
    summary: 'Every row of an entity that you may list, as CSV, JSON or one JSON document per line',
    example: { entity: 'clients', format: 'json' },
    errors: ['NOT_FOUND'],
  }),
  import: mutation({
    input: z.strictObject({
      entity: z.enum(IMPORTABLE),
      format: z.enum(['csv', 'json']),
      /** The file. CSV with a header row, or a JSON list of objects. */
      content: z.string().min(1).max(2_000_000),
      /** Whose rows these are where no column says it. */
      client: line(200).optional(),
      /** Their column → our field, `custom.<word>` for open attributes, or `-` to leave it out. */
      mapping: z.record(z.string().max(200), z.string().max(100)).optional(),
      source: z.enum([...SOURCES, 'auto']).optional(),
      /** Create the clients that a column names and nobody knows (leads and admins). */
      create_clients: z.boolean().optional(),
      /** How to read 03/04/2026; without it only 2026-04-03 is a date. */
      date_order: z.enum(DATE_ORDERS).optional(),
      /** Do everything, report it, and keep nothing. */
      dry_run: z.boolean().optional(),
    }),
    output: Report,
    rest: { method: 'POST', path: '/imports' },
    summary: 'Create and update clients, sites, contacts or assets from a file, with a report row by row',
    example: {
      entity: 'sites',
      format: 'csv',
      content: 'Client,Name,City\nDataforth,Head office,Tucson\n',
      dry_run: true,
    },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
})
