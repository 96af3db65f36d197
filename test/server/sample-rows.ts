import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { toStored } from '../../server/crud/stored.ts'
import { bare } from '../../src/contract/entity-schemas.ts'
import { type Entities, entities } from '../../src/contract/index.ts'
import type { AnyEntity, Operation } from '../../src/contract/kernel.ts'
import { EXAMPLE_ID, referenceOf } from '../../src/contract/values.ts'
import type { TestServer } from '../support/server.ts'
import { type Input, overRest } from './wires.ts'

/** A row of every entity, made from the examples of the contract. */

export type EntityName = keyof Entities
/** An id for every entity that has a row already. */
export type RowIds = Partial<Record<EntityName, string>>

export const entityNames = Object.keys(entities) as EntityName[]
const entityOf = (name: EntityName) =>
  entities[name] as unknown as AnyEntity & { row: z.ZodObject; offers: Partial<Record<string, Operation>> }

/** Entities whose rows belong to a client. */
export const OF_CLIENTS = entityNames.filter(
  (name) => name === 'clients' || entityOf(name).columns.includes('client_id'),
)

/**
 * Makes a row of every entity that has none yet, in an order in which each finds the rows that it names. Where people can make one,
 * through the API, else as the server would write it.
 *
 * @returns the ids with those that were there.
 */
export async function completeRows(
  msp: TestServer,
  known: RowIds,
  marker: string,
  names: readonly EntityName[],
): Promise<RowIds> {
  const ids = { ...known }
  let waiting = names.filter((name) => ids[name] === undefined)
  while (waiting.length > 0) {
    const possible = waiting.filter((name) => referencesIn(name).every((other) => ids[other] !== undefined))
    if (possible.length === 0) throw new Error(`The examples of ${waiting.join(', ')} name rows that nothing makes.`)
    for (const name of possible) ids[name] = await makeRow(msp, name, ids, marker)
    waiting = waiting.filter((name) => ids[name] === undefined)
  }
  return ids
}

/** Which entities' rows the example of an entity names. */
const referencesIn = (name: EntityName): EntityName[] => {
  const { references } = entityOf(name)
  return Object.keys(exampleOf(name)).flatMap((field) => (references[field] ? [references[field] as EntityName] : []))
}

/** Of a client, where it may be of one. */
function exampleOf(name: EntityName): Input {
  const example = entities[name].example as Input
  const create = entityOf(name).offers.create?.input as unknown as z.ZodObject | undefined
  const mayBeOfOne = name !== 'clients' && create && 'client_id' in create.shape && OF_CLIENTS.includes(name)
  return mayBeOfOne ? { client_id: EXAMPLE_ID, ...example } : example
}

async function makeRow(msp: TestServer, name: EntityName, ids: RowIds, marker: string): Promise<string> {
  const entity = entityOf(name)
  const named = withRows(entity.row.shape, exampleOf(name), ids)
  const input = marked(entity, await apart(msp, entity, named, ids, marker), marker)
  if (!entity.offers.create)
    return insertRow(msp, entity, {
      ...input,
      ...(entity.columns.includes('client_id') ? { client_id: ids.clients } : {}),
    })
  const answer = await overRest(msp.url, msp.admin.accessToken, `${name}.create`, input)
  if (answer.status !== 201)
    throw new Error(`The example of ${name} is refused: ${JSON.stringify(answer.body)} ${JSON.stringify(input)}`)
  return (answer.body as { id: string }).id
}

/** An input that names two rows of one entity names two different ones: what waits for what, say. */
async function apart(msp: TestServer, entity: AnyEntity, input: Input, ids: RowIds, marker: string): Promise<Input> {
  const out = { ...input }
  const seen = new Set<unknown>()
  for (const [field, value] of Object.entries(input)) {
    const of = entity.references[field] as EntityName | undefined
    if (of && seen.has(value)) out[field] = await makeRow(msp, of, ids, `${marker} other`)
    if (of) seen.add(value)
  }
  return out
}

/** An input in which every field that names a row names the one that stands for its entity. */
export function withRows(shape: Record<string, z.ZodType>, input: Input, ids: RowIds): Input {
  const named = (field: string, value: unknown): unknown => {
    // `entity_id` names a row of one entity or another; in examples a client.
    const entity = (referenceOf(shape[field] as z.ZodType) ?? (field === 'entity_id' && 'clients')) as
      | EntityName
      | false
    if (!entity || value === null) return value
    return Array.isArray(value) ? [ids[entity]] : ids[entity]
  }
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => [field, shape[field] ? named(field, value) : value]),
  )
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The marker in front of the text by which the row is found; names that are unique everywhere get another value. */
function marked(entity: AnyEntity & { row: z.ZodObject }, input: Input, marker: string): Input {
  const column = entity.named ?? entity.searched.find((searched) => searched in input)
  const other = Object.entries(input).flatMap(([field, value]): [string, unknown][] => {
    const schema = bare(entity.row.shape[field] as z.ZodType)
    // The row of an external reference is of any entity: its example says which.
    if (UUID.test(String(value)) && !entity.references[field] && field !== 'entity_id')
      return [[field, uuidOf(`${marker} ${field}`)]]
    if (field === column && schema instanceof z.ZodString && schema.format === null)
      return [[field, `${marker} ${value}`]]
    return []
  })
  return { ...input, ...Object.fromEntries(other) }
}

/** Always the same for the same text. */
const uuidOf = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')

async function insertRow(msp: TestServer, entity: AnyEntity, values: Input): Promise<string> {
  const { db, newId } = msp.server.deps
  const now = msp.clock.now().toISOString()
  const id = newId()
  const standard = {
    id,
    created_at: now,
    updated_at: now,
    created_by: null,
    updated_by: null,
    archived_at: null,
    row_version: 1,
  }
  const row = toStored(entity, { ...entity.initial, ...values, ...standard })
  await sql`insert into ${sql.table(entity.table)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))}) values (${sql.join(Object.values(row))})`.execute(
    db,
  )
  return id
}
