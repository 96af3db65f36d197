import { AppError } from '../../../src/contract/errors.ts'
import type { Context } from '../../context.ts'
import { consumeApproval } from '../approvals/consume.ts'
import { mustHoldNoSecret } from '../approvals/rules.ts'
import { requireStepUp } from '../people/step-up.ts'
import { type Credential, type Found, findCredential, needLevel } from './access.ts'
import { judge, type Verdict } from './judge.ts'
import { levelOf } from './levels.ts'
import {
  type Action,
  approvalMissing,
  chosenFields,
  mustBeUsable,
  mustNotBeRefused,
  NEEDED,
  type NeededApproval,
  neededApproval,
  onlyForPeople,
} from './policy.ts'
import { hostsOf, type Version, versionsOf } from './queries.ts'

/** What a caller wants of a credential. */
export interface Ask {
  action: Action
  id: string
  fields?: readonly string[] | undefined
  version_no?: number | undefined
  argv?: readonly string[] | undefined
  program_path?: string | undefined
  step_up?: string | undefined
  reason?: string | undefined
  ticket_ref?: string | undefined
  approval_id?: string | undefined
}

/** What may be done then. */
export interface Plan {
  credential: Credential
  version: Version
  fields: readonly string[]
  approval: NeededApproval | undefined
}

/**
 * May the caller have this? Level, presence, policy and command, in this order; whether the approval that is named fits is seen when it is
 * taken (`takeApproval`).
 *
 * @throws AppError that says why not
 */
export async function check(context: Context, ask: Ask): Promise<Plan> {
  const found = await findCredential(context, ask.id)
  const { credential, who } = found
  if (ask.action === 'reveal') onlyForPeople(who)
  needLevel(withApproval(found, ask), NEEDED[ask.action])
  if (who.kind === 'person') await mustBePresent(context, ask)
  mustBeUsable(credential, ask.reason)
  const verdict = ask.argv && (await judged(context, found, ask, ask.argv))
  const approval = neededApproval(ask.action, credential, verdict)
  if (approval && ask.approval_id === undefined)
    throw alerting(approvalMissing(approval, credential, ask.argv), verdict)
  const version = await versionOf(context, credential, ask.version_no)
  return { credential, version, fields: chosenFields(version.fields, ask.fields), approval }
}

/** The seal of a break-glass credential is broken by a second person's yes, for whoever knows of it and is not denied to. */
function withApproval(found: Found, { action, approval_id }: Ask): Found {
  const { credential, who, grants, level } = found
  if (credential.sensitivity !== 'break_glass' || approval_id === undefined || action === 'use') return found
  const lent = { principal_type: 'user', level: 'reveal', effect: 'allow' } as const
  return { ...found, level: levelOf(who, credential, [...grants, lent]) ?? level }
}

async function mustBePresent(context: Context, { step_up }: Ask): Promise<void> {
  if (step_up !== undefined) return requireStepUp(context, step_up)
  throw new AppError('FORBIDDEN', 'Prove first that you are there: give your password again.', {
    details: { needs: 'step_up' },
  })
}

async function judged(
  context: Context,
  { credential, who }: Found,
  ask: Ask,
  argv: readonly string[],
): Promise<Verdict> {
  mustHoldNoSecret(argv)
  const verdict = judge(who.kind, {
    argv,
    programPath: ask.program_path,
    allowedPrograms: credential.allowed_programs,
    allowedHosts: credential.allowed_hosts,
    knownHosts: who.kind === 'agent' ? await hostsOf(context, credential) : [],
  })
  try {
    mustNotBeRefused(verdict)
  } catch (error) {
    throw alerting(error as AppError, verdict)
  }
  return verdict
}

/** Says in the details which hosts were tried, for whoever watches. */
const alerting = (error: AppError, verdict: Verdict | undefined): AppError =>
  verdict === undefined || verdict.strayHosts.length === 0
    ? error
    : new AppError(error.code, error.message, {
        details: { ...(error.details as object), strayHosts: verdict.strayHosts },
      })

async function versionOf(context: Context, { id, current_version_id }: Credential, number?: number): Promise<Version> {
  const versions = await versionsOf(context, id)
  const chosen = versions.find((version) =>
    number === undefined ? version.id === current_version_id : version.version_no === number,
  )
  if (chosen) return chosen
  throw new AppError(
    'CONFLICT',
    `It has no version ${number ?? ''}, but ${versions.map((one) => one.version_no).join(', ')}.`,
  )
}

/**
 * Takes the yes that is needed, in the transaction that announces the release.
 *
 * @throws AppError FORBIDDEN when it does not fit
 */
export async function takeApproval(context: Context, ask: Ask, { approval, credential }: Plan): Promise<void> {
  if (!approval) return
  const { approval_id = '', argv = [] } = ask
  const subjects = approval.kinds.map((kind) => ({
    kind,
    credentialId: credential.id,
    argv: kind === 'exec' ? argv : [],
    requestedBy: context.caller.userId,
  }))
  await consumeApproval(context, approval_id, subjects, approval.secondPerson)
}
