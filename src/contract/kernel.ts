import { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Role, Scope } from './rights.ts'
import { Day, EXAMPLE_ID, Id, IdOrShort, Instant, line } from './values.ts'

/**
 * The kernel of the contract: what an operation and an entity are. From one declaration follow the RPC procedure, the REST
 * route, the OpenAPI entry, the access rule, the CLI (`msp call`) and the sweep test. No I/O here.
 */

/** What generics are constrained on: a tenth of the type instantiations of `z.ZodType`. */
export interface Schema {
  readonly _zod: { readonly output: unknown; readonly input: unknown }
}
export type Shape = Record<string, Schema>
type Output<S extends Schema> = S['_zod']['output']
type Input<S extends Schema> = S['_zod']['input']
type Flat<T> = { [K in keyof T]: T[K] }

export interface Rest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, find-my-way syntax: `/sessions/:id/end`. */
  path: string
}

export interface Operation<I extends Schema = Schema, O extends Schema = Schema> {
  kind: 'query' | 'mutation'
  input: I
  output: O
  rest: Rest
  summary: string
  /** A valid input, shown in the OpenAPI document and used by the sweep test. */
  example: Record<string, unknown>
  /** What the token must be allowed to do; `null`: no sign-in needed. */
  scope: Scope | null
  /** The lowest role that may call it. */
  role: Role
  /** Codes beside those that every operation can answer. */
  errors: readonly ErrorCode[]
  /** False where the handler must not hold a database transaction while it works (password hashing). */
  transaction: boolean
}

type Declaration<I extends Schema, O extends Schema> = Pick<
  Operation<I, O>,
  'input' | 'output' | 'rest' | 'summary' | 'example'
> &
  Partial<Pick<Operation, 'scope' | 'role' | 'errors' | 'transaction'>>

/** An operation that reads. Needs `msp:read` unless it says otherwise. */
export function query<I extends Schema, O extends Schema>(
  declaration: Declaration<I, O>,
): Operation<I, O> & { kind: 'query' } {
  return { scope: 'msp:read', role: 'viewer', errors: [], transaction: false, ...declaration, kind: 'query' }
}

/** An operation that writes, in one transaction. Needs `msp:write` and a technician unless it says otherwise. */
export function mutation<I extends Schema, O extends Schema>(
  declaration: Declaration<I, O>,
): Operation<I, O> & { kind: 'mutation' } {
  return { scope: 'msp:write', role: 'technician', errors: [], transaction: true, ...declaration, kind: 'mutation' }
}

const STANDARD = {
  id: Id,
  created_at: Instant,
  updated_at: Instant,
  created_by: Id.nullable(),
  updated_by: Id.nullable(),
  archived_at: Instant.nullable(),
  row_version: z.int().positive(),
} as const
type Standard = typeof STANDARD

export const STANDARD_OPERATIONS = ['list', 'get', 'create', 'update', 'archive', 'restore'] as const
export type StandardOperation = (typeof STANDARD_OPERATIONS)[number]

/**
 * Whose rows these are: of one client; of a client, or without one of their author; of a client, or without one of everyone;
 * the client itself; or of the whole MSP. Who may see a row follows from it (`server/crud/visibility.ts`).
 */
export type Belongs = 'client' | 'client-or-author' | 'client-or-everyone' | 'is-client' | 'everyone'

export interface EntityOptions<
  F extends Shape,
  E extends Shape,
  M extends Shape,
  Q extends Shape,
  K extends readonly StandardOperation[],
> {
  /** Plural in camel case: the name in the contract; its snake case is the table, its kebab case the REST path. */
  plural: string
  belongs: Belongs
  /** Written at creation only. */
  fixed: F
  /** Written by whoever may edit. */
  editable: E
  /** Written by the server's rules only. */
  managed: M
  /** List filters by equality, beside `client_id` and `client`. */
  filter: Q
  /** Columns a list may be sorted by; the first, descending, is the default. */
  sort: readonly string[]
  /** The instant that `date_from` and `date_to` look at. */
  dated?: string
  /** Columns that `q` searches. */
  searched?: readonly string[]
  /** The column whose folded form (case, width and spaces ignored) finds the row by name. */
  named?: string
  /** The standard operations it offers; all when not named. */
  operations?: K
  /** Lowest role that may write. */
  writers?: Role
  /** A valid `create` input. */
  example: Record<string, unknown>
}

type NullableKeys<S extends Shape> = {
  [K in keyof S]: null extends Output<S[K]> ? K : undefined extends Input<S[K]> ? K : never
}[keyof S]
type CreateInput<S extends Shape> = Flat<
  { [K in Exclude<keyof S, NullableKeys<S>>]: Input<S[K]> } & { [K in NullableKeys<S>]?: Input<S[K]> | undefined }
>
type UpdateInput<S extends Shape> = Flat<
  { id: string; row_version?: number | undefined } & { [K in keyof S]?: Output<S[K]> | undefined }
>
type OutputOf<S extends Shape> = { [K in keyof S]: Output<S[K]> }
type ListInput<Q extends Shape> = Flat<
  {
    limit?: number | undefined
    cursor?: string | undefined
    sort?: string | undefined
    archived?: boolean | undefined
    total?: boolean | undefined
    q?: string | undefined
    client?: string | undefined
    client_id?: string | undefined
    date_from?: string | undefined
    date_to?: string | undefined
  } & { [K in keyof Q]?: Output<Q[K]> | undefined }
>

/** A zod type known only by its output and input. */
export type Typed<O, I = O> = z.ZodType<O, I>

export interface Page<R> {
  items: R[]
  /** Pass it as `cursor` for the next page; null at the end. */
  next_cursor: string | null
  /** Rows that match, when `total` was asked for. */
  total?: number | undefined
}

interface StandardOperations<R, C, U, L> {
  list: Operation<Typed<L>, Typed<Page<R>>> & { kind: 'query' }
  get: Operation<Typed<{ id: string }>, Typed<R>> & { kind: 'query' }
  create: Operation<Typed<C>, Typed<R>> & { kind: 'mutation' }
  update: Operation<Typed<U>, Typed<R>> & { kind: 'mutation' }
  archive: Operation<Typed<{ id: string }>, Typed<R>> & { kind: 'mutation' }
  restore: Operation<Typed<{ id: string }>, Typed<R>> & { kind: 'mutation' }
}

/** What the server's generic code needs to know of an entity. */
export interface AnyEntity {
  /** Singular, for messages: `work item`. */
  name: string
  plural: string
  table: string
  path: string
  belongs: Belongs
  columns: readonly string[]
  jsonColumns: ReadonlySet<string>
  booleanColumns: ReadonlySet<string>
  sort: readonly string[]
  dated: string | undefined
  searched: readonly string[]
  named: string | undefined
  filters: readonly string[]
}

export interface Entity<
  R,
  C = unknown,
  U = unknown,
  L = unknown,
  K extends readonly StandardOperation[] = readonly StandardOperation[],
> extends AnyEntity {
  /** The schema of a row, as it is sent. */
  row: Typed<R>
  /** The operations it offers, to be spread into the contract. */
  offers: Pick<StandardOperations<R, C, U, L>, K[number]>
}

export type RowOf<E> = E extends { row: Typed<infer R> } ? R : never

const words = (camel: string) => camel.replace(/([A-Z])/g, ' $1').toLowerCase()

/** What is inside nullable, optional and default. */
function bare(schema: z.ZodType): z.ZodType {
  let inner = schema
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType
  return inner
}
const withoutDefault = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
const isJson = (schema: z.ZodType) => ['object', 'array', 'record'].includes(bare(schema).def.type)
const mapShape = (shape: Record<string, z.ZodType>, change: (schema: z.ZodType) => z.ZodType) =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, change(schema)]))

/** Declares an entity: its row, inputs and standard operations. See ARCHITECTURE.md, "How to add an entity". */
export function defineEntity<
  F extends Shape,
  E extends Shape,
  M extends Shape,
  Q extends Shape,
  const K extends readonly StandardOperation[] = typeof STANDARD_OPERATIONS,
>(
  name: string,
  options: EntityOptions<F, E, M, Q, K>,
): Entity<Flat<OutputOf<Standard & F & E & M>>, CreateInput<F & E>, UpdateInput<E>, ListInput<Q>, K> {
  // The generic shapes are zod schemas by construction; here they are read as such.
  const fixed = options.fixed as unknown as Record<string, z.ZodType>
  const editable = options.editable as unknown as Record<string, z.ZodType>
  const managed = options.managed as unknown as Record<string, z.ZodType>
  const filter = options.filter as unknown as Record<string, z.ZodType>
  const fields = { ...STANDARD, ...mapShape({ ...fixed, ...editable, ...managed }, withoutDefault) }
  const row = z.object(fields)
  const columns = Object.keys(fields)
  const path = `/${words(options.plural).replaceAll(' ', '-')}`
  const byId = z.strictObject({ id: IdOrShort })
  const scoped = ['client', 'client-or-author', 'client-or-everyone'].includes(options.belongs)

  const listInput = z.strictObject({
    limit: z.int().min(1).max(200).optional(),
    cursor: z.string().max(1_000).optional(),
    sort: z.enum(options.sort.flatMap((column) => [column, `-${column}`]) as [string, ...string[]]).optional(),
    archived: z.boolean().optional(),
    total: z.boolean().optional(),
    ...(options.searched ? { q: line(200).optional() } : {}),
    ...(scoped ? { client: line(200).optional(), client_id: Id.optional() } : {}),
    ...(options.dated
      ? { date_from: z.union([Day, Instant]).optional(), date_to: z.union([Day, Instant]).optional() }
      : {}),
    ...mapShape(filter, (schema) => schema.optional()),
  })
  const createInput = z.strictObject(
    mapShape({ ...fixed, ...editable }, (schema) => (schema instanceof z.ZodNullable ? schema.optional() : schema)),
  )
  const updateInput = z.strictObject({
    id: IdOrShort,
    row_version: z.int().positive().optional(),
    ...mapShape(editable, (schema) => withoutDefault(schema).optional()),
  })
  const exampleId = { id: EXAMPLE_ID }
  const write = { role: options.writers ?? ('technician' as const) }
  const editableExample = Object.fromEntries(
    Object.entries(options.example)
      .filter(([key]) => key in editable)
      .slice(0, 1),
  )
  const page = z.object({ items: z.array(row), next_cursor: z.string().nullable(), total: z.int().optional() })

  return {
    name,
    plural: options.plural,
    table: words(options.plural).replaceAll(' ', '_'),
    path,
    belongs: options.belongs,
    columns,
    jsonColumns: new Set(columns.filter((column) => isJson(fields[column as keyof typeof fields] as z.ZodType))),
    booleanColumns: new Set(
      columns.filter((column) => bare(fields[column as keyof typeof fields] as z.ZodType).def.type === 'boolean'),
    ),
    sort: options.sort,
    dated: options.dated,
    searched: options.searched ?? [],
    named: options.named,
    filters: [...Object.keys(filter), ...(scoped ? ['client_id'] : [])],
    row,
    offers: pick(options.operations ?? STANDARD_OPERATIONS, {
      list: query({
        input: listInput as never,
        output: page as never,
        rest: { method: 'GET', path },
        summary: `List ${words(options.plural)}`,
        example: { limit: 20 },
      }),
      get: query({
        input: byId as never,
        output: row as never,
        rest: { method: 'GET', path: `${path}/:id` },
        summary: `Get one ${name}`,
        example: exampleId,
        errors: ['NOT_FOUND'],
      }),
      create: mutation({
        input: createInput as never,
        output: row as never,
        rest: { method: 'POST', path },
        summary: `Create a ${name}`,
        example: options.example,
        errors: ['NOT_FOUND', 'CONFLICT'],
        ...write,
      }),
      update: mutation({
        input: updateInput as never,
        output: row as never,
        rest: { method: 'PATCH', path: `${path}/:id` },
        summary: `Change a ${name}`,
        example: { ...exampleId, row_version: 1, ...editableExample },
        errors: ['NOT_FOUND', 'CONFLICT'],
        ...write,
      }),
      archive: mutation({
        input: byId as never,
        output: row as never,
        rest: { method: 'DELETE', path: `${path}/:id` },
        summary: `Archive a ${name}`,
        example: exampleId,
        errors: ['NOT_FOUND', 'CONFLICT'],
        ...write,
      }),
      restore: mutation({
        input: byId as never,
        output: row as never,
        rest: { method: 'POST', path: `${path}/:id/restore` },
        summary: `Restore an archived ${name}`,
        example: exampleId,
        errors: ['NOT_FOUND', 'CONFLICT'],
        ...write,
      }),
    }),
  } as never
}

const pick = (keys: readonly string[], from: Record<string, unknown>) =>
  Object.fromEntries(keys.map((key) => [key, from[key]]))
