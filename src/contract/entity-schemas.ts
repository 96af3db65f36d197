import { z } from 'zod'
import { Day, type FreeText, freeTextOf, Id, IdOrShort, Instant, line, ref, referenceOf } from './values.ts'

/** The schemas that follow from the declaration of an entity. `kernel.ts` gives them their types. */

type Fields = Record<string, z.ZodType>

/** What a declaration says, as far as schemas follow from it. */
export interface Declared {
  plural: string
  belongs: string
  fixed?: Fields
  editable?: Fields
  managed?: Fields
  filter?: Fields
  sort: readonly string[]
  dated?: string
  searched?: readonly string[]
}

/** The columns of every entity. */
const STANDARD = {
  id: Id,
  created_at: Instant,
  updated_at: Instant,
  created_by: Id.nullable(),
  updated_by: Id.nullable(),
  archived_at: Instant.nullable(),
  row_version: z.int().positive(),
} as const
export type Standard = typeof STANDARD

export type EntitySchemas = ReturnType<typeof schemasOf>

export function schemasOf(name: string, declared: Declared) {
  const fields: Fields = {
    ...STANDARD,
    ...mapShape({ ...declared.fixed, ...declared.editable, ...declared.managed }, withoutDefault),
  }
  const columns = Object.keys(fields)
  const ofType = (...types: string[]) =>
    new Set(columns.filter((column) => types.includes(bare(fields[column] as z.ZodType).def.type)))
  // By its name, so that the OpenAPI document describes it once.
  const row = z.object(fields).meta({ id: name.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase()) })
  const scoped = ['client', 'client-or-author', 'client-or-everyone', 'client-or-machine'].includes(declared.belongs)
  return {
    path: `/${words(declared.plural).replaceAll(' ', '-')}`,
    scoped,
    columns,
    jsonColumns: ofType('object', 'array', 'record'),
    booleanColumns: ofType('boolean'),
    references: referencesOf(fields),
    freeTexts: freeTextsOf(fields),
    row,
    page: z.object({ items: z.array(row), next_cursor: z.string().nullable(), total: z.int().optional() }),
    byId: z.strictObject({ id: IdOrShort }),
    list: listInput(declared, scoped),
    create: z.strictObject(
      mapShape({ ...declared.fixed, ...declared.editable }, (schema) =>
        schema instanceof z.ZodNullable ? schema.optional() : schema,
      ),
    ),
    update: z.strictObject({
      id: IdOrShort,
      row_version: z.int().positive().optional(),
      ...mapShape(declared.editable ?? {}, (schema) => withoutDefault(schema).optional()),
    }),
  }
}

const day = z.union([Day, Instant]).optional()
const told = <S extends z.ZodType>(schema: S, description: string): S => schema.meta({ description })
/** What every list takes. */
const PAGE = {
  limit: told(z.int().min(1).max(200).optional(), 'Rows on a page; 50 when not given.'),
  cursor: told(z.string().max(1_000).optional(), 'Where the page begins: `next_cursor` of the page before.'),
  archived: told(z.boolean().optional(), 'With the archived rows.'),
  total: told(z.boolean().optional(), 'Count all rows that match, too.'),
}
const SEARCH = { q: told(line(200).optional(), 'Text that a row holds, letter case ignored.') }
const OF_CLIENT = {
  client: told(line(200).optional(), 'The client by name, code, alias, domain or a unique beginning of one.'),
  client_id: ref('clients').optional(),
}
const DATED = {
  date_from: told(day, 'The first day (UTC) or instant.'),
  date_to: told(day, 'The last day (UTC) or instant; a day counts whole.'),
}

function listInput({ sort, searched, dated, filter }: Declared, scoped: boolean) {
  const orders = sort.flatMap((column) => [column, `-${column}`]) as [string, ...string[]]
  return z.strictObject({
    ...PAGE,
    sort: told(
      z.enum(orders).optional(),
      `The column to sort by; with - in front from last to first, as is -${sort[0]}.`,
    ),
    ...(searched ? SEARCH : {}),
    ...(scoped ? OF_CLIENT : {}),
    ...(dated ? DATED : {}),
    ...mapShape(filter ?? {}, (schema) => schema.optional()),
  })
}

/** Field → the entity whose row it names. */
export const referencesOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, schema]) => {
      const entity = referenceOf(schema)
      return entity ? [[field, entity]] : []
    }),
  )

/** Field → how its text is redacted. */
export const freeTextsOf = (fields: Fields): Record<string, FreeText> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, schema]) => {
      const as = freeTextOf(schema)
      return as ? [[field, as]] : []
    }),
  )

/** `workItems` → `work items`. */
export const words = (camel: string): string => camel.replace(/([A-Z])/g, ' $1').toLowerCase()

/** What is inside nullable, optional and default. */
export function bare(schema: z.ZodType): z.ZodType {
  let inner = schema
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType
  return inner
}
const withoutDefault = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
const mapShape = (shape: Record<string, z.ZodType>, change: (schema: z.ZodType) => z.ZodType) =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, change(schema)]))
