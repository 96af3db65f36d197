import { AppError } from '../../../src/contract/errors.ts'
import type { CredentialEntry } from '../../audit/audit.ts'
import type { Context } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { refusalOf } from '../../crud/refusals.ts'
import { CannotOpenSecret } from '../../crypto/seal.ts'
import { REVEAL_PER_DAY, REVEAL_PER_MINUTE, USE } from '../../limits/rules.ts'
import { openIncident } from '../incidents/automatic.ts'
import { findCredential } from './access.ts'
import { type Ask, check, type Plan, takeApproval } from './check.ts'
import { MANY, MANY_MS, tooMany } from './policy.ts'
import { callerStands, holdRights, noteUse, releasedTo } from './queries.ts'

export interface Released {
  plan: Plan
  /** Field → value. */
  secrets: Record<string, string>
}

/**
 * Lets fields of a credential out, in this order: may the caller, does the policy agree, within the limits; the announcement is written and on the
 * disk; only then anything is opened; what became of it is written; only then it is answered. What is refused is written too.
 *
 * @throws AppError FORBIDDEN, RATE_LIMITED, CONFLICT, NOT_FOUND; UNAVAILABLE when the audit cannot be written, or it cannot be opened
 */
export async function release(context: Context, ask: Ask): Promise<Released> {
  const { plan, intentId } = await announced(context, ask)
  await context.settled()
  const secrets = await opened(context, ask, plan, intentId)
  await report(context, { ...entryOf(ask, plan), outcome: 'success', intentId }, plan.credential.id)
  return { plan, secrets }
}

interface Announced {
  plan: Plan
  intentId: string
}

async function announced(context: Context, ask: Ask): Promise<Announced> {
  try {
    await check(context, ask)
    await withinLimits(context, ask)
    return await inOwnTransaction(context, (inner) => announce(inner, ask))
  } catch (error) {
    await noteDenial(context, ask, refusalOf(context.dialect, error))
    throw error
  }
}

/** Everything is asked again here: what was taken away since then is not given any more. */
async function announce(context: Context, ask: Ask): Promise<Announced> {
  const before = await findCredential(context, ask.id)
  await holdRights(context, before.credential.id)
  if (!(await callerStands(context)))
    throw new AppError('FORBIDDEN', 'Your rights have just changed. Try again; it may need a new sign-in.')
  const plan = await check(context, ask)
  await takeApproval(context, ask, plan)
  await notTooMany(context, plan.credential.id)
  const intentId = await context.audit.credential(context, { ...entryOf(ask, plan), outcome: 'intent' })
  return { plan, intentId }
}

async function withinLimits({ limits, caller }: Context, { action }: Ask): Promise<void> {
  if (action !== 'reveal') return limits.take(USE, caller.userId)
  await limits.take(REVEAL_PER_MINUTE, caller.userId)
  await limits.take(REVEAL_PER_DAY, caller.userId)
}

/** @throws TooMany */
async function notTooMany(context: Context, credentialId: string): Promise<void> {
  const now = context.clock().getTime()
  const { credentialIds, first } = await releasedTo(context, context.caller.userId, new Date(now - MANY_MS))
  if (!tooMany(credentialIds, credentialId)) return
  const over = Date.parse(first ?? '') + MANY_MS - now
  throw new TooMany(Math.max(1, Math.ceil(over / 1_000)))
}

/** Somebody, or something in their name, goes through the vault. */
class TooMany extends AppError {
  constructor(retry_after: number) {
    super(
      'RATE_LIMITED',
      `You got secrets of ${MANY} credentials within an hour. An incident was opened; wait, or ask an admin to look at it.`,
      { details: { retry_after } },
    )
  }
}

async function opened(context: Context, ask: Ask, plan: Plan, intentId: string): Promise<Record<string, string>> {
  const { credential, version, fields } = plan
  try {
    const owner = { credentialId: credential.id, clientId: credential.client_id }
    return await context.vault.open(context.db, owner, version.id, fields)
  } catch (error) {
    const broken = error instanceof CannotOpenSecret
    const action = broken ? 'decrypt_failed' : ask.action
    await report(context, { ...entryOf(ask, plan), action, outcome: 'error', intentId })
    if (!broken) throw error
    context.log.error({ credentialId: credential.id, requestId: context.requestId }, 'a stored secret does not open')
    throw new AppError(
      'UNAVAILABLE',
      'This secret cannot be opened: it is not as it was stored. Tell an admin; the audit has an entry of it.',
    )
  }
}

/** What became of it. @throws AppError UNAVAILABLE: without this entry nothing is answered. */
async function report(context: Context, entry: CredentialEntry, used?: string): Promise<void> {
  try {
    await inOwnTransaction(context, async (inner) => {
      if (used !== undefined) await noteUse(inner, used)
      await inner.audit.credential(inner, entry)
    })
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      'The audit cannot be written now, so nothing is given out. Try again in a moment.',
      {
        cause,
      },
    )
  }
}

function entryOf(ask: Ask, { credential, version, fields }: Plan): Omit<CredentialEntry, 'outcome'> {
  return {
    action: ask.action,
    clientId: credential.client_id,
    credentialId: credential.id,
    label: credential.name,
    versionNo: version.version_no,
    purpose: ask.reason ?? null,
    ticketRef: ask.ticket_ref ?? null,
    details: {
      fields,
      ...(ask.argv ? { argv: ask.argv } : {}),
      ...(ask.program_path ? { program_path: ask.program_path } : {}),
      ...(ask.approval_id ? { approval_id: ask.approval_id } : {}),
    },
  }
}

const DENIALS = new Set<AppError['code']>(['FORBIDDEN', 'RATE_LIMITED'])

/** Of a credential that the caller may know of: anything else would tell that there is one. */
async function noteDenial(context: Context, ask: Ask, error: AppError | undefined): Promise<void> {
  if (!error || !DENIALS.has(error.code)) return
  const { credential } = await findCredential(context, ask.id)
  const { strayHosts } = (error.details ?? {}) as { strayHosts?: string[] }
  if (strayHosts?.length)
    context.log.warn(
      { credentialId: credential.id, strayHosts, agent: context.caller.agent?.type, requestId: context.requestId },
      'a command would have sent a secret to a host that it is not for',
    )
  await inOwnTransaction(context, (inner) =>
    inner.audit.credential(inner, {
      action: 'denied',
      outcome: 'denied',
      clientId: credential.client_id,
      credentialId: credential.id,
      label: credential.name,
      purpose: ask.reason ?? null,
      ticketRef: ask.ticket_ref ?? null,
      details: {
        asked: ask.action,
        code: error.code,
        why: error.message,
        ...(strayHosts?.length ? { strayHosts } : {}),
      },
    }),
  )
  if (error instanceof TooMany) await openIncident(context, manyOf(context))
}

const manyOf = ({ caller }: Context): Parameters<typeof openIncident>[1] => ({
  title: `${caller.name} got secrets of ${MANY} credentials within an hour`,
  description: `Further ones are refused. The credential audit log says which (actor ${caller.userId}). If it was not planned, end their logins and rotate what they got.`,
  category: 'misuse',
  severity: 'high',
  entities: [{ user_id: caller.userId }],
  dedupe: `many-credentials ${caller.userId}`,
})
