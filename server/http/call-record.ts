import type { AppError } from '../../src/contract/errors.ts'
import type { Operation } from '../../src/contract/kernel.ts'
import type { CallEntry } from '../audit/audit.ts'
import type { Changes, Context } from '../context.ts'

/** Takes down one call of the API for the audit. */
export interface CallRecord {
  /** It changed something: an entry in its transaction, without which nothing of it stands. */
  changed(context: Context, input: unknown, output: unknown): Promise<void>
  /** It only read. */
  read(context: Context, input: unknown, output: unknown): void
  refused(context: Context, input: unknown, error: AppError): void
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ACTIONS: Record<string, CallEntry['action']> = { create: 'add', update: 'modify', archive: 'delete' }
const MAX_EMAIL_CHARS = 254

export function recordOf(domain: string, name: string, operation: Operation): CallRecord {
  const startedAt = performance.now()
  const action = actionOf(domain, name, operation)
  const isLogin = domain === 'auth' && name === 'login'
  const entry = (input: unknown, output: unknown): CallEntry => ({
    action,
    method: operation.rest.method,
    path_template: `/api/v1${operation.rest.path}`,
    entity_type: domain,
    entity_id: idIn(output, 'id') ?? idIn(input, 'id'),
    client_id: clientIn(domain, output, input),
    duration_ms: Math.round(performance.now() - startedAt),
  })
  return {
    changed: (context, input, output) =>
      context.audit.call(context, {
        ...entry(input, output),
        status_code: 200,
        ...changesOf(context.changes),
        ...(context.caller.userId === '' ? signedIn(output) : {}),
      }),
    read: (context, input, output) => context.audit.note(context, { ...entry(input, output), status_code: 200 }),
    refused: (context, input, { code, status }) => {
      const refusal = { status_code: status, error_code: code, rate_limited: code === 'RATE_LIMITED' }
      const login = isLogin ? { action: 'failed_login' as const, ...accountIn(input) } : {}
      context.audit.note(context, { ...entry(input, undefined), ...refusal, ...login })
    },
  }
}

function actionOf(domain: string, name: string, operation: Operation): CallEntry['action'] {
  if (domain === 'auth' && name === 'login') return 'login'
  return ACTIONS[name] ?? (operation.kind === 'query' ? 'view' : 'execute')
}

/** Whose it is: what the answer says before what was asked for. */
function clientIn(domain: string, output: unknown, input: unknown): string | null {
  const ofItself = domain === 'clients' ? (idIn(output, 'id') ?? idIn(input, 'id')) : null
  return idIn(output, 'client_id') ?? idIn(input, 'client_id') ?? ofItself
}

function changesOf(changes: Changes | undefined): Pick<CallEntry, 'details'> {
  if (!changes || changes.count === 0) return {}
  const { told, count } = changes
  return { details: { changes: told, ...(told.length < count ? { changed_rows: count } : {}) } }
}

/** Nobody was signed in before; the answer says who is now. */
function signedIn(output: unknown): { actorUserId?: string } {
  const id = idIn((output as { user?: unknown } | null)?.user, 'id')
  return id === null ? {} : { actorUserId: id }
}

function accountIn(input: unknown): { account?: string } {
  const email = (input as { email?: unknown } | null | undefined)?.email
  return typeof email === 'string' ? { account: email.slice(0, MAX_EMAIL_CHARS) } : {}
}

function idIn(value: unknown, key: string): string | null {
  const id = (value as Record<string, unknown> | null | undefined)?.[key]
  return typeof id === 'string' && UUID.test(id) ? id : null
}
