import type { Kysely } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context } from '../../context.ts'
import { hashToken } from '../../crypto/tokens.ts'
import type { Tables } from '../../db/tables.ts'

/** An authenticator (TOTP, RFC 6238) beside the password, and codes for the day that it is lost. */

const PERIOD_S = 30
/** In place of the last step that a code was taken of: none was yet, since nobody has shown that it works. */
export const PENDING = -1

/** Takes all factors from a user. @returns how many authenticators that were */
export async function removeFactors({ db }: Pick<Context, 'db'>, userId: string): Promise<number> {
  const authenticators = await db
    .selectFrom('user_factors')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '<>', 'recovery')
    .where('counter', '<>', PENDING)
    .execute()
  await db.deleteFrom('user_factors').where('user_id', '=', userId).execute()
  return authenticators.length
}

/** Whether signing in as the user needs a code. */
export async function hasFactor(db: Kysely<Tables>, userId: string): Promise<boolean> {
  return (await totpFactor(db, userId, 'confirmed')) !== undefined
}

/**
 * Takes a code of the user's authenticator, or one of their recovery codes. Each serves once: whoever has seen it typed cannot use it again.
 */
export async function takeCode(context: Context, userId: string, code: string): Promise<boolean> {
  const factor = await totpFactor(context.db, userId, 'confirmed')
  if (!factor) return false
  return /^\d{6}$/.test(code) ? takeTotp(context, factor, code) : takeRecovery(context, userId, code)
}

/** The answer to somebody who gave no code: only who has given the right password may get it. */
export const needsCode = (status: 'UNAUTHENTICATED' | 'FORBIDDEN'): AppError =>
  new AppError(status, 'A code of your authenticator is needed too, or a recovery code.', {
    details: { needs: 'code' },
  })

export const wrongCode = (status: 'UNAUTHENTICATED' | 'FORBIDDEN'): AppError =>
  new AppError(status, 'The code is wrong, or was used before. Enter the next one, or a recovery code.', {
    details: { needs: 'code' },
  })

type Factor = NonNullable<Awaited<ReturnType<typeof totpFactor>>>

export function totpFactor(db: Kysely<Tables>, userId: string, state: 'pending' | 'confirmed') {
  return db
    .selectFrom('user_factors')
    .selectAll()
    .where('user_id', '=', userId)
    .where('kind', '=', 'totp')
    .where('revoked_at', 'is', null)
    .where('counter', state === 'pending' ? '=' : '<>', PENDING)
    .limit(1)
    .executeTakeFirst()
}

/** The code of this step of 30 seconds or of a neighbour, for clocks that are a little off, if none of that step or a later one was taken. */
export async function takeTotp(context: Context, factor: Factor, code: string): Promise<boolean> {
  const seed = await context.vault.openOwn(context.db, placeOf(factor.id), factor.sealed)
  const timestamp = context.clock().getTime()
  const off = totpOf(seed).validate({ token: code, timestamp, window: 1 })
  if (off === null) return false
  const step = Math.floor(timestamp / 1_000 / PERIOD_S) + off
  const taken = await context.db
    .updateTable('user_factors')
    .set({ counter: step, last_used_at: context.clock().toISOString() })
    .where('id', '=', factor.id)
    .where('counter', '<', step)
    .executeTakeFirst()
  return Number(taken.numUpdatedRows) === 1
}

async function takeRecovery(context: Context, userId: string, code: string): Promise<boolean> {
  const now = context.clock().toISOString()
  const taken = await context.db
    .updateTable('user_factors')
    .set({ revoked_at: now, last_used_at: now })
    .where('user_id', '=', userId)
    .where('kind', '=', 'recovery')
    .where('sealed', '=', hashOfRecovery(code))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(taken.numUpdatedRows) === 1
}

/** As they are kept; letter case and what separates the groups do not count. */
export const hashOfRecovery = (code: string) => Buffer.from(hashToken(code.toLowerCase().replace(/[^a-z0-9]/g, '')))

export const totpOf = (seed: string, email = '') =>
  new TOTP({ issuer: 'ClaudeTools', label: email, secret: Secret.fromBase32(seed), period: PERIOD_S })

export const placeOf = (id: string) => ({ table: 'user_factors', column: 'sealed', id })
