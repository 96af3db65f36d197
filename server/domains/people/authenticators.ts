import { Secret } from 'otpauth'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { newRecoveryCode } from '../../crypto/tokens.ts'
import { STEP_UP } from '../../limits/rules.ts'
import {
  hasFactor,
  hashOfRecovery,
  PENDING,
  placeOf,
  removeFactors,
  takeCode,
  takeTotp,
  totpFactor,
  totpOf,
  wrongCode,
} from './factors.ts'
import { personOf, requireStepUp } from './step-up.ts'

/** RFC 4226 asks for 128 bits at least and recommends 160. */
const SEED_BYTES = 20
const RECOVERY_CODES = 10
/** How long a seed that nobody confirms may be. */
const PENDING_MS = 15 * 60_000

export const startTotp: Handlers['auth']['startTotp'] = async (context, { step_up }) => {
  await requireStepUp(context, step_up)
  const { userId, email } = context.caller
  if (await hasFactor(context.db, userId))
    throw new AppError('CONFLICT', 'You have an authenticator. Remove it first, then set up the new one.')
  await context.db.deleteFrom('user_factors').where('user_id', '=', userId).where('counter', '=', PENDING).execute()
  const totp = totpOf(new Secret({ size: SEED_BYTES }).base32, email)
  const id = context.newId()
  const { kid, sealed } = await context.vault.sealOwn(context.db, placeOf(id), totp.secret.base32)
  await context.db
    .insertInto('user_factors')
    .values({ ...newFactor(context, 'totp'), id, kid, sealed, counter: PENDING })
    .execute()
  return { secret: totp.secret.base32, uri: totp.toString() }
}

export const confirmTotp: Handlers['auth']['confirmTotp'] = async (context, { code }) => {
  const { userId, loginId } = personOf(context, 'set up an authenticator')
  await context.limits.take(STEP_UP, loginId)
  const recovery_codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  await context.db.transaction().execute(async (db) => {
    const inside = { ...context, db }
    const since = new Date(context.clock().getTime() - PENDING_MS).toISOString()
    const pending = await totpFactor(db, userId, 'pending')
    if (!pending || pending.created_at < since || (await hasFactor(db, userId)))
      throw new AppError('CONFLICT', 'No authenticator is being set up. Begin again.')
    if (!(await takeTotp(inside, pending, code)))
      throw new AppError('CONFLICT', 'The code is wrong. Look at the clock of your phone, and enter the next code.')
    await db.deleteFrom('user_factors').where('user_id', '=', userId).where('kind', '=', 'recovery').execute()
    const rows = recovery_codes.map((one) => ({
      ...newFactor(context, 'recovery'),
      id: context.newId(),
      kid: null,
      sealed: hashOfRecovery(one),
      counter: 0,
    }))
    await db.insertInto('user_factors').values(rows).execute()
  })
  await context.limits.giveBack(STEP_UP, loginId)
  return { recovery_codes }
}

export const removeTotp: Handlers['auth']['removeTotp'] = async (context, { code }) => {
  const { userId, loginId } = personOf(context, 'remove an authenticator')
  if (!(await hasFactor(context.db, userId))) return { removed: false }
  await context.limits.take(STEP_UP, loginId)
  if (!(await takeCode(context, userId, code))) throw wrongCode('FORBIDDEN')
  await context.limits.giveBack(STEP_UP, loginId)
  await removeFactors(context, userId)
  return { removed: true }
}

const newFactor = ({ caller, clock }: Context, kind: 'totp' | 'recovery') => ({
  user_id: caller.userId,
  kind,
  name: null,
  created_at: clock().toISOString(),
  last_used_at: null,
  revoked_at: null,
})
