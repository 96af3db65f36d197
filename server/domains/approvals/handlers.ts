import { AppError, notFound } from '../../../src/contract/errors.ts'
import { knownIn } from '../../../src/redact/known.ts'
import type { Context, Handlers } from '../../context.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { type Found, findCredential } from '../credentials/access.ts'
import { reaches } from '../credentials/levels.ts'
import { isNeverForAgents } from '../credentials/programs.ts'
import { requireStepUp } from '../people/step-up.ts'
import { findApproval, newestApprovals, type StoredApproval } from './queries.ts'
import {
  hashOf,
  type Kind,
  mustBePending,
  mustHoldNoSecret,
  needsSecondPerson,
  secretInArgv,
  shown,
  VALID_MS,
} from './rules.ts'

const DEFAULT_LIMIT = 50
const REASON = { as: 'text', maxChars: 2_000 } as const
const TICKET = { as: 'line', maxChars: 100 } as const

export const approvals = {
  list: async (context, { status, limit = DEFAULT_LIMIT }) => {
    const items: StoredApproval[] = []
    const known = new Map<string, Promise<Found | undefined>>()
    for (const approval of await newestApprovals(context)) {
      if (items.length === limit) break
      if (status !== undefined && approval.status !== status) continue
      if (isAsked(context, approval) || (await mayDecide(context, approval, known))) items.push(approval)
    }
    return { items: items.map(sent) }
  },
  get: async (context, { id }) => sent(await seen(context, id)),
  request: async (context, { kind, credential_id, argv, reason, ticket_ref }) => {
    const found = await findCredential(context, credential_id)
    checkAsked(context, kind, argv)
    const { client_id } = found.credential
    await mustHoldNothingKnown(context, argv ?? [], client_id)
    const now = context.clock()
    const id = context.newId()
    const subject = { kind, credentialId: credential_id, argv: argv ?? [], requestedBy: context.caller.userId }
    await context.db
      .insertInto('approvals')
      .values({
        id,
        kind,
        client_id,
        credential_id,
        session_id: context.caller.agent?.sessionId ?? null,
        requested_by: context.caller.userId,
        requested_at: now.toISOString(),
        subject: argv ? shown(argv) : `Read the secrets of ${shown([found.credential.name])}`,
        subject_hash: hashOf(subject),
        reason: await textWithoutSecrets(context, reason, REASON, client_id),
        ticket_ref: (await textWithoutSecrets(context, ticket_ref, TICKET, client_id)) ?? null,
        status: 'pending',
        decided_by: null,
        decided_at: null,
        expires_at: new Date(now.getTime() + VALID_MS).toISOString(),
        used_at: null,
      })
      .execute()
    return sent(await seen(context, id))
  },
  approve: async (context, { id, step_up }) => {
    const approval = await seen(context, id)
    mustBeAPerson(context, 'agree to anything')
    await requireStepUp(context, step_up)
    mustBePending(approval, context.clock())
    if (!(await mayDecide(context, approval))) throw whyNotDecided(approval, context)
    await decide(context, id, 'approved')
    return sent(await seen(context, id))
  },
  refuse: async (context, { id }) => {
    const approval = await seen(context, id)
    mustBeAPerson(context, 'decide anything')
    mustBePending(approval, context.clock())
    await decide(context, id, 'refused')
    return sent(await seen(context, id))
  },
} satisfies Handlers['approvals']

const sent = ({ session_id: _, ...approval }: StoredApproval) => approval

/** @throws AppError NOT_FOUND, the same for a missing one and for one that is none of the caller's. */
async function seen(context: Context, id: string): Promise<StoredApproval> {
  const approval = await findApproval(context, id)
  if (approval && (isAsked(context, approval) || (await mayDecide(context, approval)))) return approval
  throw notFound('The approval', id)
}

/** Did the caller ask for it? An agent sees what agents of its session asked for. */
function isAsked({ caller }: Context, { requested_by, session_id }: StoredApproval): boolean {
  return requested_by === caller.userId && (caller.agent === undefined || caller.agent.sessionId === session_id)
}

/**
 * May the caller say yes? For what the model asked for, the one it works for may; else, and where two people are needed, somebody who manages
 * the credential.
 *
 * @param known credentials that were looked at before
 */
async function mayDecide(
  context: Context,
  approval: StoredApproval,
  known = new Map<string, Promise<Found | undefined>>(),
): Promise<boolean> {
  const { caller } = context
  const { credential_id } = approval
  if (caller.agent !== undefined || caller.apiKeyId !== undefined || credential_id === null) return false
  const finding = known.get(credential_id) ?? findCredential(context, credential_id).catch(gone)
  known.set(credential_id, finding)
  const found = await finding
  if (!found) return false
  const isOwn = approval.requested_by === caller.userId
  if (isOwn) return !needsSecondPerson(approval.kind, found.credential) && reaches(found.level, 'use')
  return reaches(found.level, 'manage')
}

function gone(error: unknown): Found | undefined {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
  throw error
}

const whyNotDecided = ({ requested_by }: StoredApproval, { caller }: Context) =>
  requested_by === caller.userId
    ? new AppError(
        'FORBIDDEN',
        'You asked for this yourself, and it needs a second person. Ask a lead to run "msp cred approve".',
      )
    : new AppError('FORBIDDEN', 'Only who manages the credential can agree to this. Ask a lead.')

function mustBeAPerson({ caller }: Context, what: string): void {
  if (caller.agent !== undefined || caller.apiKeyId !== undefined)
    throw new AppError('FORBIDDEN', `An agent or an API key cannot ${what}. Ask the user to do it.`)
}

/** @throws AppError when nobody could agree to it. */
function checkAsked({ caller }: Context, kind: Kind, argv: readonly string[] | undefined): void {
  if ((kind === 'exec') !== (argv !== undefined))
    throw new AppError('INVALID_INPUT', 'argv: the command belongs to "exec", and only to that.')
  if (kind !== 'exec' && (caller.agent !== undefined || caller.apiKeyId !== undefined))
    throw new AppError('FORBIDDEN', 'Only a person reads secrets. Ask for a command ("exec") that uses it.')
  if (caller.agent && isNeverForAgents(argv?.[0] ?? ''))
    throw new AppError('FORBIDDEN', `Agents never get a secret for ${argv?.[0]}: use a client of the service itself.`)
  mustHoldNoSecret(argv ?? [])
}

/** @throws AppError INVALID_INPUT for a secret that the vault keeps for the client. */
async function mustHoldNothingKnown(context: Context, argv: readonly string[], clientId: string | null): Promise<void> {
  const known = await context.vault.knownSecrets(context.db, clientId)
  if (known && knownIn(argv.join(' '), known).length > 0) throw secretInArgv()
}

/** One of several who decide at the same time wins. */
async function decide(context: Context, id: string, status: 'approved' | 'refused'): Promise<void> {
  const now = context.clock()
  const result = await context.db
    .updateTable('approvals')
    .set({
      status,
      decided_by: context.caller.userId,
      decided_at: now.toISOString(),
      ...(status === 'approved' ? { expires_at: new Date(now.getTime() + VALID_MS).toISOString() } : {}),
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) === 0)
    throw new AppError('CONFLICT', 'Somebody else has just decided this. Look at it again.')
}
