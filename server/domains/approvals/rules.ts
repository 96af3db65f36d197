import { createHash } from 'node:crypto'
import type { Approval } from '../../../src/contract/approvals.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { findSecrets } from '../../../src/redact/find.ts'

export type Kind = Approval['kind']

/** How long a question waits for an answer, and how long a yes is good for. */
export const VALID_MS = 10 * 60_000

/** What is agreed to: nothing else of it may differ when it is used. */
export interface Subject {
  kind: Kind
  credentialId: string
  /** The command of an `exec`; empty for the others. */
  argv: readonly string[]
  requestedBy: string
}

/** SHA-256 over the subject as JSON, lower-case hex. Pure. */
export const hashOf = ({ kind, credentialId, argv, requestedBy }: Subject): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, credentialId, argv, requestedBy]))
    .digest('hex')

/**
 * A command as a person has to see it: no two commands look the same, and no character hides, moves or colours others. Pure.
 */
export const shown = (argv: readonly string[]): string => argv.map(word).join(' ')

const word = (argument: string) =>
  /^[\w@%+=:,./-]+$/.test(argument)
    ? argument
    : JSON.stringify(argument).replace(/[^ -~]/g, (character) =>
        [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
      )

type Stored = Pick<Approval, 'status' | 'expires_at'>

/** The status as of now: what nobody answered or used in time has expired. Pure. */
export const statusAt = ({ status, expires_at }: Stored, now: Date): Approval['status'] =>
  (status === 'pending' || status === 'approved') && Date.parse(expires_at) <= now.getTime() ? 'expired' : status

/** @throws AppError CONFLICT that says what became of it. */
export function mustBePending(approval: Stored, now: Date): void {
  const status = statusAt(approval, now)
  if (status !== 'pending') throw new AppError('CONFLICT', GONE[status], { details: { status } })
}

const GONE: Record<Exclude<Approval['status'], 'pending'>, string> = {
  approved: 'This has been approved already.',
  refused: 'This has been refused. Ask again if it is still needed.',
  used: 'This has been approved and used. Ask again for another time.',
  expired: `This has expired: it waits for ${VALID_MS / 60_000} minutes only. Ask again.`,
}

/** May what is asked for be agreed to by who asked? Not where the two-person rule holds. Pure. */
export const needsSecondPerson = (kind: Kind, credential: { sensitivity: string; access_policy: string }): boolean =>
  kind !== 'exec' || credential.sensitivity === 'break_glass' || credential.access_policy === 'approval_required'

export const GONE_OR_OTHER =
  'This approval does not fit: it is for something else, has not been given, has been used, or is older than ten minutes. Ask again for exactly what will be done.'

/** @throws AppError INVALID_INPUT that does not repeat it. What is asked for is shown to others and kept. */
export function mustHoldNoSecret(argv: readonly string[]): void {
  // What only looks like a password is no reason to stop anybody.
  if (findSecrets(argv.join(' '), { as: 'command' }).some(({ isGuess }) => !isGuess)) throw secretInArgv()
}

export const secretInArgv = () =>
  new AppError(
    'INVALID_INPUT',
    'argv: the command seems to hold a secret. Leave it out: the program gets it from its environment, standard input or a file.',
  )
