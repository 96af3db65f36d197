import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { RowOutcome } from '../../../src/contract/data.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Operation } from '../../../src/contract/kernel.ts'
import { checkNamedRows } from '../../crud/references.ts'
import { whyNotWellFormed } from '../../crud/well-formed.ts'
import { targetsOf, textFor } from './columns.ts'
import { WHEN_NOT_SAID, WORDS, WORDS_OF_CLIENTS } from './common-words.ts'
import { booleanIn, convertCell } from './convert.ts'
import type { Job, Values } from './job.ts'
import { findRow } from './matching.ts'
import type { Row } from './targets.ts'
import { clientNamed, newClient, siteNamed, type Whose } from './whose.ts'

export type Done = Pick<RowOutcome, 'outcome' | 'id' | 'message'>

/**
 * Creates or updates what a row of the file says, or finds that it is so already.
 *
 * @throws AppError why it cannot be; what it wrote until then is the caller's to undo.
 */
export async function importRow(job: Job, cells: ReadonlyMap<string, string>): Promise<Done> {
  const notes: string[] = []
  refuseArchived(job, cells)
  const whose = await whoseRow(job, cells, notes)
  const values = { ...(await siteOf(job, cells, whose, notes)), ...valuesOf(job, cells, notes) }
  const found = await findRow(job, whose, values)
  const done = found ? await update(job, found, values) : await create(job, whose, values)
  return { ...done, message: notes.length > 0 ? notes.join('; ') : null }
}

/** What a row is called in the report. */
export const labelOf = ({ target, columns }: Job, cells: ReadonlyMap<string, string>): string =>
  [target.label, ...target.keys].map((key) => textFor(key, columns, cells)).find((text) => text !== undefined) ?? ''

function refuseArchived({ columns }: Job, cells: ReadonlyMap<string, string>): void {
  const text = textFor('archived', columns, cells)
  if (text === undefined) return
  const said = booleanIn(text)
  // A date says so as well.
  if ('value' in said && !said.value) return
  throw new AppError('CONFLICT', 'It is archived in the file, so it was left out.')
}

async function whoseRow(job: Job, cells: ReadonlyMap<string, string>, notes: string[]): Promise<Whose | undefined> {
  if (job.target.name === 'clients') return undefined
  const text = textFor('client', job.columns, cells)?.trim()
  if (text === undefined) {
    if (job.client) return job.client
    throw new AppError('INVALID_INPUT', 'The row names no client. Say whose such rows are (client).')
  }
  const known = job.clients.get(text)
  if (known) return known
  try {
    const found = await clientNamed(job.context, text)
    job.clients.set(text, found)
    return found
  } catch (error) {
    if (!job.createClients || !(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error
    notes.push(`client "${text}" created`)
    return newClient(job.context, job.all, text)
  }
}

async function siteOf(
  job: Job,
  cells: ReadonlyMap<string, string>,
  whose: Whose | undefined,
  notes: string[],
): Promise<Values> {
  const text = textFor('site', job.columns, cells)
  if (text === undefined || whose === undefined) return {}
  const site_id = await siteNamed(job.context, whose.id, text)
  if (site_id !== undefined) return { site_id }
  notes.push(`${whose.name} has no site "${text.trim()}": left without one`)
  return {}
}

/** The fields that the row says; an empty cell says nothing. */
function valuesOf(job: Job, cells: ReadonlyMap<string, string>, notes: string[]): Values {
  const { shape } = job.target.create.input as unknown as { shape: Record<string, z.ZodType> }
  const values: Values = {}
  const custom: Values = {}
  for (const target of targetsOf(job.columns)) {
    const text = textFor(target, job.columns, cells)
    const schema = shape[target]
    if (text === undefined) continue
    if (target.startsWith('custom.')) custom[target.slice('custom.'.length)] = text.trim()
    else if (schema) {
      const converted = convertCell(target, schema, text, conversionOf(job, target))
      if ('problem' in converted) throw new AppError('INVALID_INPUT', `${columnOf(job, target)}: ${converted.problem}.`)
      if ('value' in converted) values[target] = converted.value
      else notes.push(`${columnOf(job, target)} left out: ${converted.leftOut}`)
    }
  }
  if (Object.keys(custom).length > 0) values.custom = { ...(values.custom as Values | undefined), ...custom }
  return values
}

const conversionOf = ({ target, columns, dateOrder }: Job, field: string) => ({
  dateOrder,
  words: { ...WORDS[field], ...(target.name === 'clients' ? WORDS_OF_CLIENTS[field] : {}) },
  foreign: columns.source !== 'generic',
})

function columnOf({ columns }: Job, field: string): string {
  const [column] = [...columns.mapping].find(([, target]) => target.replace(/\+$/, '') === field) ?? []
  return column === undefined ? field : `column "${column}"`
}

async function create(job: Job, whose: Whose | undefined, values: Values): Promise<Omit<Done, 'message'>> {
  const { context, target } = job
  const input = parsed(job, target.create, {
    ...WHEN_NOT_SAID[target.name],
    ...values,
    ...(whose ? { client_id: whose.id } : {}),
  })
  await checkNamedRows(context, target.create, input)
  const { id } = await target.handlers.create(context, input)
  return { outcome: 'created', id }
}

async function update(job: Job, found: Row, values: Values): Promise<Omit<Done, 'message'>> {
  const { context, target } = job
  const custom =
    values.custom === undefined ? {} : { custom: { ...(found.custom as Values), ...(values.custom as Values) } }
  const { id, ...said } = parsed(job, target.update, { id: found.id, ...values, ...custom })
  const change = Object.fromEntries(
    Object.entries(said).filter(([field, value]) => !isDeepStrictEqual(found[field], value)),
  )
  if (Object.keys(change).length === 0) return { outcome: 'unchanged', id: found.id }
  await checkNamedRows(context, target.update, change)
  await target.handlers.update(context, { id, ...change })
  return { outcome: 'updated', id: found.id }
}

function parsed(job: Job, operation: Operation, values: Values): Values {
  // JSON in a cell was not looked at when the call came.
  const why = whyNotWellFormed(values)
  if (why) throw new AppError('INVALID_INPUT', why)
  const result = (operation.input as unknown as z.ZodType<Values>).safeParse(values)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = String(issue?.path[0] ?? '')
  throw new AppError('INVALID_INPUT', `${columnOf(job, field)}: ${issue?.message}.`)
}
