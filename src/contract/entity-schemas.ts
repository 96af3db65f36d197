import { z } from 'zod'
import { Day, Id, IdOrShort, Instant, line, ref, referenceOf } from './values.ts'

/** The schemas that follow from the declaration of an entity. `kernel.ts` gives them their types. */

type Fields = Record<string, z.ZodType>

/** What a declaration says, as far as schemas follow from it. */
export interface Declared {
  plural: string
  belongs: string
  fixed: Fields
  editable: Fields
  managed: Fields
  filter: Fields
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

export function schemasOf(declared: Declared) {
  const fields: Fields = {
    ...STANDARD,
    ...mapShape({ ...declared.fixed, ...declared.editable, ...declared.managed }, withoutDefault),
  }
  const columns = Object.keys(fields)
  const ofType = (...types: string[]) =>
    new Set(columns.filter((column) => types.includes(bare(fields[column] as z.ZodType).def.type)))
  const row = z.object(fields)
  const scoped = ['client', 'client-or-author', 'client-or-everyone'].includes(declared.belongs)
  return {
    path: `/${words(declared.plural).replaceAll(' ', '-')}`,
    scoped,
    columns,
    jsonColumns: ofType('object', 'array', 'record'),
    booleanColumns: ofType('boolean'),
    references: referencesOf(fields),
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
      ...mapShape(declared.editable, (schema) => withoutDefault(schema).optional()),
    }),
  }
}

function listInput({ sort, searched, dated, filter }: Declared, scoped: boolean) {
  const instant = z.union([Day, Instant]).optional()
  return z.strictObject({
    limit: z.int().min(1).max(200).optional(),
    cursor: z.string().max(1_000).optional(),
    sort: z.enum(sort.flatMap((column) => [column, `-${column}`]) as [string, ...string[]]).optional(),
    archived: z.boolean().optional(),
    total: z.boolean().optional(),
    ...(searched ? { q: line(200).optional() } : {}),
    ...(scoped ? { client: line(200).optional(), client_id: ref('clients').optional() } : {}),
    ...(dated ? { date_from: instant, date_to: instant } : {}),
    ...mapShape(filter, (schema) => schema.optional()),
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

/** `workItems` → `work items`. */
export const words = (camel: string): string => camel.replace(/([A-Z])/g, ' $1').toLowerCase()

/** What is inside nullable, optional and default. */
function bare(schema: z.ZodType): z.ZodType {
  let inner = schema
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType
  return inner
}
const withoutDefault = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
const mapShape = (shape: Record<string, z.ZodType>, change: (schema: z.ZodType) => z.ZodType) =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, change(schema)]))
