import { AppError } from '../../../src/contract/errors.ts'
import type { Credential } from './access.ts'
import type { Verdict } from './judge.ts'
import type { Level, Principal } from './levels.ts'

/** What lets a secret out. */
export type Action = 'use' | 'reveal' | 'totp_code'

/** The level that an action needs. */
export const NEEDED: Record<Action, Level> = { use: 'use', reveal: 'reveal', totp_code: 'use' }

/** @throws AppError FORBIDDEN: secrets are read by people only. */
export function onlyForPeople({ kind }: Principal): void {
  if (kind !== 'person')
    throw new AppError(
      'FORBIDDEN',
      'Only a person reads secrets, never an agent or an API key. Use the secret in a command instead: msp cred exec.',
    )
}

/** @throws AppError CONFLICT where there is nothing to give, INVALID_INPUT where the policy asks why. */
export function mustBeUsable(credential: Credential, reason: string | undefined): void {
  if (credential.archived_at !== null)
    throw new AppError('CONFLICT', `The credential ${credential.name} is archived. Restore it first.`)
  if (credential.current_version_id === null)
    throw new AppError('CONFLICT', `The credential ${credential.name} holds no secret yet. Rotate it to give it one.`)
  if (credential.access_policy === 'reason_required' && reason === undefined)
    throw new AppError('INVALID_INPUT', `reason: the credential ${credential.name} is given only to who says what for.`)
}

/** A yes that is needed, and the kinds that do. */
export interface NeededApproval {
  kinds: readonly ('exec' | 'reveal' | 'break_glass')[]
  secondPerson: boolean
  why: string
}

/** Who has to agree before this happens? Undefined: nobody. Pure. */
export function neededApproval(action: Action, credential: Credential, verdict?: Verdict): NeededApproval | undefined {
  const { sensitivity, access_policy, name } = credential
  const isSealed = sensitivity === 'break_glass'
  const secondPerson = isSealed || access_policy === 'approval_required'
  const why = secondPerson
    ? `The credential ${name} is given only when a second person agrees.`
    : `Not without a yes: ${verdict?.reasons.join('; ')}.`
  if (!secondPerson && verdict?.outcome !== 'approval') return undefined
  if (action === 'use') return { kinds: ['exec'], secondPerson, why }
  return { kinds: isSealed ? ['break_glass'] : ['reveal', 'break_glass'], secondPerson, why }
}

/** Says how to do without for good, and how to get the yes that is missing. */
export function approvalMissing(
  { kinds: [kind], secondPerson, why }: NeededApproval,
  { id }: Credential,
  argv?: readonly string[],
): AppError {
  const wanted = { kind, credential_id: id, ...(argv ? { argv } : {}), reason: '…' }
  const forGood = secondPerson
    ? ''
    : ` A lead can allow it for good: msp cred policy ${id.slice(-8)} --program NAME --host NAME.`
  return new AppError('FORBIDDEN', `${why}${forGood} Ask for one: ${callOf('approvals.request', wanted)}`, {
    details: { needs: 'approval', kind },
  })
}

const callOf = (operation: string, input: object) =>
  `msp call ${operation} '${JSON.stringify(input).replaceAll("'", "'\\''")}'.`

/** @throws AppError FORBIDDEN with why not, where no yes helps. */
export function mustNotBeRefused({ outcome, reasons }: Verdict): void {
  if (outcome === 'refused')
    throw new AppError('FORBIDDEN', `Not for this command: ${reasons.join('; ')}.`, { details: { reasons } })
}

/** How many credentials one user may get secrets of within an hour, before somebody looks at it. */
export const MANY = 20
export const MANY_MS = 3_600_000

/** Is this one too many? Those that were had already are not. Pure. */
export const tooMany = (had: ReadonlySet<string>, credentialId: string): boolean =>
  had.size >= MANY && !had.has(credentialId)

/** What is asked for has to be there. @throws AppError CONFLICT that names what is. */
export function chosenFields(held: readonly string[], asked: readonly string[] | undefined): readonly string[] {
  const missing = (asked ?? []).filter((field) => !held.includes(field))
  if (missing.length === 0) return asked ?? held
  throw new AppError('CONFLICT', `This version holds no ${missing.join(', ')}, but ${held.join(', ') || 'nothing'}.`)
}
