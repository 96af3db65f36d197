import { z } from 'zod'
import { type Declared, type EntitySchemas, type Standard, schemasOf, words } from './entity-schemas.ts'
import type { ErrorCode } from './errors.ts'
import type { Role, Scope } from './rights.ts'
import { EXAMPLE_ID, type FreeText, IdOrShort } from './values.ts'

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
type Nothing = Record<never, never>
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
  /** The answer is a file that is sent while it is read: by REST only, its handler answers with a `Streamed`. */
  streams: Streams | null
  /** The longest body, where an operation takes more than the server usually does. */
  maxBodyBytes?: number
}

export interface Streams {
  /** Format → content type; the input's `format` chooses. */
  types: Readonly<Record<string, string>>
  default: string
  /** What to type instead of `msp call`. */
  verb: string
}

/** What the handler of a streamed operation answers with. */
export interface Streamed {
  contentType: string
  filename: string
  /** Rows that it will have, as counted at its start. */
  total: number
  /** Read only as fast as the other side takes it. Throws in the middle when it cannot go on. */
  body: AsyncIterable<string>
}
export const Streamed = z.custom<Streamed>()

type Declaration<I extends Schema, O extends Schema> = Pick<
  Operation<I, O>,
  'input' | 'output' | 'rest' | 'summary' | 'example'
> &
  Partial<Pick<Operation, 'scope' | 'role' | 'errors' | 'transaction' | 'streams' | 'maxBodyBytes'>>

/** An operation that reads. Needs `msp:read` unless it says otherwise. */
export function query<I extends Schema, O extends Schema>(
  declaration: Declaration<I, O>,
): Operation<I, O> & { kind: 'query' } {
  const usual = { scope: 'msp:read', role: 'viewer', errors: [], transaction: false, streams: null } as const
  return { ...usual, ...declaration, kind: 'query' }
}

/** An operation that writes, in one transaction. Needs `msp:write` and a technician unless it says otherwise. */
export function mutation<I extends Schema, O extends Schema>(
  declaration: Declaration<I, O>,
): Operation<I, O> & { kind: 'mutation' } {
  const usual = { scope: 'msp:write', role: 'technician', errors: [], transaction: true, streams: null } as const
  return { ...usual, ...declaration, kind: 'mutation' }
}

export const STANDARD_OPERATIONS = ['list', 'get', 'create', 'update', 'archive', 'restore'] as const
export type StandardOperation = (typeof STANDARD_OPERATIONS)[number]

/**
 * Whose rows these are: of one client; of a client, or without one of their author; of a client, or without one of everyone; of a client, or
 * without one of a technician's machine where they name one, else of everyone; the client itself; or of the whole MSP. Who may see a row follows from it (`server/crud/visibility.ts`).
 */
export type Belongs =
  | 'client'
  | 'client-or-author'
  | 'client-or-everyone'
  | 'client-or-machine'
  | 'is-client'
  | 'everyone'

export interface EntityOptions<
  F extends Shape,
  E extends Shape,
  M extends Shape,
  Q extends Shape,
  K extends readonly StandardOperation[],
> {
  /** Plural in camel case: the name in the contract; its snake case is the table, its kebab case the REST path. */
  plural: string
  /** The table, where the data model calls it otherwise. */
  table?: string
  belongs: Belongs
  /** Written at creation only. */
  fixed?: F
  /** Written by whoever may edit. */
  editable?: E
  /** Written by the server's rules only. */
  managed?: M
  /** What managed fields hold in a new row; null when not named. */
  initial?: Partial<OutputOf<M>>
  /** List filters by equality, beside `client_id` and `client`. */
  filter?: Q
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
  /** Lowest roles that may read and write. */
  readers?: Role
  writers?: Role
  /** The field whose row says of which client this one is: `client_id` is managed then, and nobody has to send it. */
  clientFrom?: string
  /** What the search finds its rows by; their other columns stay out of it. */
  indexed?: { title: string; body: readonly string[] }
  /** A valid `create` input; of rows that only the server makes, what one of them holds. */
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
  /** Column → the entity whose row it names. */
  references: Readonly<Record<string, string>>
  /** Column → how the free text in it is redacted before it is stored. */
  freeTexts: Readonly<Record<string, FreeText>>
  initial: Readonly<Record<string, unknown>>
  clientFrom: string | undefined
  /** A valid `create` input; of rows that only the server makes, what one of them holds. */
  example: Readonly<Record<string, unknown>>
  indexed: { title: string; body: readonly string[] } | undefined
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

/**
 * An operation on one row that carries a rule: `action(task, 'setStatus', …)` is `POST /tasks/:id/set-status` and answers with the row.
 * Further fields of its input are in `input`.
 */
export function action<R, const I extends z.ZodRawShape = Record<never, never>>(
  entity: AnyEntity & { row: Typed<R> },
  verb: string,
  summary: string,
  {
    input,
    example,
    ...rest
  }: { input?: I; example?: Record<string, unknown> } & Partial<Pick<Operation, 'scope' | 'role' | 'errors'>> = {},
): Operation<Typed<z.output<z.ZodObject<I & typeof BY_ID>>, z.input<z.ZodObject<I & typeof BY_ID>>>, Typed<R>> & {
  kind: 'mutation'
} {
  return mutation({
    input: z.strictObject({ ...BY_ID, ...input }) as never,
    output: entity.row,
    rest: { method: 'POST', path: `${entity.path}/:id/${words(verb).replaceAll(' ', '-')}` },
    summary,
    example: { id: EXAMPLE_ID, ...example },
    errors: ['NOT_FOUND', 'CONFLICT'],
    ...rest,
  })
}
const BY_ID = { id: IdOrShort }

export type RowOf<E> = E extends { row: Typed<infer R> } ? R : never

/** Declares an entity: its row, inputs and standard operations. See ARCHITECTURE.md, "How to add an entity". */
export function defineEntity<
  F extends Shape = Nothing,
  E extends Shape = Nothing,
  M extends Shape = Nothing,
  Q extends Shape = Nothing,
  const K extends readonly StandardOperation[] = typeof STANDARD_OPERATIONS,
>(
  name: string,
  options: EntityOptions<F, E, M, Q, K>,
): Entity<Flat<OutputOf<Standard & F & E & M>>, CreateInput<F & E>, UpdateInput<E>, ListInput<Q>, K> {
  const { path, scoped, ...schemas } = schemasOf(name, options as unknown as Declared)
  return {
    name,
    plural: options.plural,
    table: options.table ?? words(options.plural).replaceAll(' ', '_'),
    path,
    belongs: options.belongs,
    columns: schemas.columns,
    jsonColumns: schemas.jsonColumns,
    booleanColumns: schemas.booleanColumns,
    references: schemas.references,
    freeTexts: schemas.freeTexts,
    initial: options.initial ?? {},
    clientFrom: options.clientFrom,
    example: options.example,
    indexed: options.indexed,
    sort: options.sort,
    dated: options.dated,
    searched: options.searched ?? [],
    named: options.named,
    // A filter that is no column (a tag) is the handler's.
    filters: [...Object.keys(options.filter ?? {}), ...(scoped ? ['client_id'] : [])].filter((field) =>
      schemas.columns.includes(field),
    ),
    row: schemas.row,
    offers: pick(options.operations ?? STANDARD_OPERATIONS, standardOperations(name, path, schemas, options)),
    // Built from the same declaration as its types; zod cannot say so of a shape that it does not know.
  } as never
}

const pick = (keys: readonly string[], from: Record<string, unknown>) =>
  Object.fromEntries(keys.map((key) => [key, from[key]]))

function standardOperations(
  name: string,
  path: string,
  { row, page, byId, list, create, update }: Omit<EntitySchemas, 'path' | 'scoped'>,
  options: { plural: string; readers?: Role; writers?: Role; example: Record<string, unknown> },
): Record<StandardOperation, Operation> {
  const { plural, readers = 'viewer', writers = 'technician', example } = options
  const one = `${path}/:id`
  const id = { id: EXAMPLE_ID }
  const changed = {
    ...id,
    row_version: 1,
    ...Object.fromEntries(
      Object.entries(example)
        .filter(([key]) => key in update.shape)
        .slice(0, 1),
    ),
  }
  const read = { output: row, errors: ['NOT_FOUND'], role: readers } as const
  const write = { output: row, errors: ['NOT_FOUND', 'CONFLICT'], role: writers } as const
  const at = (method: Rest['method'], where: string) => ({ rest: { method, path: where } })
  return {
    list: query({
      input: list,
      output: page,
      role: readers,
      ...at('GET', path),
      summary: `List ${words(plural)}`,
      example: { limit: 20 },
    }),
    get: query({ ...read, input: byId, ...at('GET', one), summary: `Get one ${name}`, example: id }),
    create: mutation({ ...write, input: create, ...at('POST', path), summary: `Create a ${name}`, example }),
    update: mutation({ ...write, input: update, ...at('PATCH', one), summary: `Change a ${name}`, example: changed }),
    archive: mutation({ ...write, input: byId, ...at('DELETE', one), summary: `Archive a ${name}`, example: id }),
    restore: mutation({
      ...write,
      input: byId,
      ...at('POST', `${one}/restore`),
      summary: `Restore an archived ${name}`,
      example: id,
    }),
  }
}
