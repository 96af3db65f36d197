import { sql } from 'kysely'
import type { z } from 'zod'
import { AppError } from '../../src/contract/errors.ts'
import { type Contract, contract } from '../../src/contract/index.ts'
import type { Operation, Streams } from '../../src/contract/kernel.ts'
import {
  type Caller,
  CommittedError,
  type Context,
  type Deps,
  type Handlers,
  type Origin,
  RolledBack,
} from '../context.ts'
import { noChanges } from '../crud/changes.ts'
import { checkNamedRows } from '../crud/references.ts'
import { refusalOf } from '../crud/refusals.ts'
import { mayCall } from '../crud/rights.ts'
import { whyNotWellFormed } from '../crud/well-formed.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Limit } from '../limits/limits.ts'
import { networkOf } from '../limits/network.ts'
import { type CallRecord, recordOf } from './call-record.ts'

type AnyHandler = (context: Context, input: unknown) => Promise<unknown>

export interface Call {
  domain: string
  name: string
  /** As it came; parsed here. */
  input: unknown
  caller: Caller | undefined
  /** Why the Authorization header did not say who calls. */
  refused?: AppError | undefined
  requestId: string
  origin: Origin
  /** The wire can send a file while it is read. */
  mayStream?: boolean
}

export type Invoke = (call: Call) => Promise<unknown>

const NOBODY: Caller = {
  userId: '',
  loginId: '',
  email: '',
  name: '',
  role: 'viewer',
  scopes: [],
  allClients: false,
  loginExpiresAt: '',
}

/**
 * The one way into the domains, for REST and RPC alike: rights, input, transaction, handler.
 *
 * @throws AppError for everything that the caller may know.
 */
export function createInvoke(deps: Deps, handlers: Handlers, requests: Limit): Invoke {
  return async ({ domain, name, input, caller, refused, requestId, origin, mayStream }) => {
    const operation = findOperation(domain, name)
    if (!operation)
      throw new AppError('NOT_FOUND', `There is no operation ${domain}.${name}. "msp call --list" names them all.`)
    const context: Context = { ...deps, caller: caller ?? NOBODY, origin, requestId }
    const record = recordOf(domain, name, operation)
    try {
      await deps.limits.take(requests, whose(context))
      authorise(operation, caller, refused, `${domain}.${name}`)
      const parsed = parseInput(operation, input)
      if (operation.streams && !mayStream) throw onlyStreamed(operation, operation.streams)
      const handler = checked(
        operation,
        (handlers[domain as keyof Contract] as Record<string, unknown>)[name] as AnyHandler,
      )
      const answer = await run(context, operation, handler, parsed, record).finally(deps.settled)
      // A file that is sent while it is read sees to it itself.
      return deps.redaction.isSwept || operation.streams || isMeantToTell(domain, name)
        ? answer
        : deps.redaction.outgoing(answer)
    } catch (thrown) {
      const error = asAppError(deps, thrown)
      record.refused(context, input, error)
      throw error
    }
  }
}

/** Answers whose purpose is a secret: a token, a password out of the vault, a key; and files, which are kept as they were given. */
const TELLING = new Set([
  'auth',
  'credentials.use',
  'credentials.reveal',
  'credentials.totp',
  'apiKeys',
  'attachments.content',
  'webhookSubscriptions.rotateSecret',
])
const isMeantToTell = (domain: string, name: string) => TELLING.has(domain) || TELLING.has(`${domain}.${name}`)

/** Whom the general limit counts: a user on a machine, or where nobody is signed in the address. */
const whose = ({ caller, origin }: Context) =>
  caller.userId === '' ? `address ${networkOf(origin.ip)}` : `${caller.userId} ${caller.machineId ?? caller.loginId}`

/** Runs the handler, in a transaction where it changes something, and takes it down for the audit before anybody hears of it. */
async function run(
  context: Context,
  operation: Operation,
  handler: AnyHandler,
  input: unknown,
  record: CallRecord,
): Promise<unknown> {
  if (operation.kind === 'query') {
    const output = await handler(context, input)
    record.read(context, input, output)
    return output
  }
  let isRecorded = false
  const recorded = async (inner: Context, output: unknown) => {
    await record.changed(inner, input, output)
    isRecorded = true
    return output
  }
  if (operation.transaction) {
    const output = await transacted(context, async (inner) => recorded(inner, await handler(inner, input)), input)
    // A dry run, of which nothing was kept.
    if (!isRecorded) record.read(context, input, output)
    return output
  }
  const noting = { ...context, changes: noChanges() }
  const output = await handler(noting, input)
  return transacted(context, (inner) => recorded({ ...inner, changes: noting.changes }, output), input)
}

/** A handler sees only inputs whose named rows its caller may see. */
const checked =
  (operation: Operation, handler: AnyHandler): AnyHandler =>
  async (context, input) => {
    await checkNamedRows(context, operation, input as Record<string, unknown>)
    return handler(context, input)
  }

export function findOperation(domain: string, name: string): Operation | undefined {
  const operations = Object.hasOwn(contract, domain)
    ? (contract[domain as keyof Contract] as Record<string, unknown>)
    : {}
  return Object.hasOwn(operations, name) ? (operations[name] as Operation) : undefined
}

function authorise(
  operation: Operation,
  caller: Caller | undefined,
  refused: AppError | undefined,
  path: string,
): void {
  if (operation.scope === null) return
  if (!caller)
    throw (
      refused ??
      new AppError('UNAUTHENTICATED', 'Sign in first: send "Authorization: Bearer <access token>", or run "msp login".')
    )
  mayCall(caller, operation, path)
}

/** Judges each of its events by itself: one that is not well formed takes none of its neighbours with it. */
const JUDGES_ITSELF = 'POST /ingest/events'

function parseInput(operation: Operation, input: unknown): unknown {
  const { method, path } = operation.rest
  const why = `${method} ${path}` === JUDGES_ITSELF ? undefined : whyNotWellFormed(input)
  if (why) throw new AppError('INVALID_INPUT', why)
  const schema = operation.input as unknown as z.ZodType
  const parsed = schema.safeParse(input ?? {})
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    const first = problems[0]
    throw new AppError('INVALID_INPUT', `${first?.path ? `${first.path}: ` : ''}${first?.message}`, {
      details: { problems },
    })
  }
  return parsed.data
}

const onlyStreamed = ({ rest }: Operation, { verb }: Streams) =>
  new AppError(
    'METHOD_NOT_ALLOWED',
    `This answers with a file, which only REST sends: ${rest.method} /api/v1${rest.path}. On the command line use "${verb}".`,
  )

async function transacted(context: Context, handler: AnyHandler, input: unknown): Promise<unknown> {
  try {
    const result = await inTransaction(context, (db) =>
      handler({ ...context, db, changes: noChanges(), redactors: new Map() }, input).catch(keepCommitted),
    )
    if (result instanceof CommittedError) throw result
    return result
  } catch (error) {
    if (error instanceof RolledBack) return error.answer
    throw error
  }
}

function keepCommitted(error: unknown): CommittedError {
  if (error instanceof CommittedError) return error
  throw error
}

function asAppError(deps: Deps, error: unknown): AppError {
  const refusal = refusalOf(deps.dialect, error)
  if (refusal) return refusal
  return new AppError('INTERNAL', 'The server could not do it. The log has the reason under this request id.', {
    cause: error,
  })
}

/** The database answers. */
export async function ping(deps: Deps): Promise<void> {
  await sql`select 1`.execute(deps.db)
}
