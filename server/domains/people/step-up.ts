import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { hashToken, newStepUp } from '../../crypto/tokens.ts'
import { STEP_UP } from '../../limits/rules.ts'
import { hasFactor, needsCode, takeCode, wrongCode } from './factors.ts'
import { bounded } from './logins.ts'

const STANDS_MS = 5 * 60_000

/**
 * Proves that the person is there: their password, and a code where they have an authenticator. Every try counts until it turns out right; by
 * login, so that whoever has stolen one cannot keep its user from stepping up on their own machine.
 *
 * @throws AppError FORBIDDEN, not UNAUTHENTICATED, which would make a client refresh its token and try again: each try counts.
 */
export const stepUp: Handlers['auth']['stepUp'] = async (context, { password, code }) => {
  const { userId, loginId } = personOf(context, 'step up')
  await context.limits.take(STEP_UP, loginId)
  const user = await context.db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const right = await bounded(() => context.passwords.verify(user.password_hash, password)).catch(
    async (error: unknown) => {
      await context.limits.giveBack(STEP_UP, loginId)
      throw error
    },
  )
  if (!right) throw new AppError('FORBIDDEN', 'The password is wrong.')
  if (await hasFactor(context.db, userId)) {
    if (code === undefined) {
      await context.limits.giveBack(STEP_UP, loginId)
      throw needsCode('FORBIDDEN')
    }
    if (!(await takeCode(context, userId, code))) throw wrongCode('FORBIDDEN')
  }
  await context.limits.giveBack(STEP_UP, loginId)
  const step_up = newStepUp()
  const now = context.clock()
  await context.db
    .updateTable('logins')
    .set({ step_up_hash: hashToken(step_up), stepped_up_at: now.toISOString() })
    .where('id', '=', loginId)
    .execute()
  return { step_up, expires_at: new Date(now.getTime() + STANDS_MS).toISOString() }
}

/**
 * Lets only a person go on who has just proved to be there, on this login. Whatever opens a secret to eyes calls it.
 *
 * @param proof what `auth.stepUp` answered
 * @throws AppError FORBIDDEN with `details.needs: "step_up"`; without it for an agent or an API key, which can never step up
 */
export async function requireStepUp(context: Context, proof: string): Promise<void> {
  const { loginId } = personOf(context, 'do this')
  const login = await context.db
    .selectFrom('logins')
    .select(['step_up_hash', 'stepped_up_at'])
    .where('id', '=', loginId)
    .executeTakeFirst()
  const isTheirs =
    typeof login?.step_up_hash === 'string' &&
    timingSafeEqual(Buffer.from(login.step_up_hash), Buffer.from(hashToken(proof)))
  const until = Date.parse(login?.stepped_up_at ?? '') + STANDS_MS
  if (isTheirs && context.clock().getTime() < until) return
  throw new AppError('FORBIDDEN', 'Prove first that you are there: give your password again.', {
    details: { needs: 'step_up' },
  })
}

/**
 * The caller, who must be a person with a login of their own.
 *
 * @param what an API key or an agent cannot: `end logins`
 * @throws AppError FORBIDDEN
 */
export function personOf({ caller }: Context, what: string): Context['caller'] {
  if (caller.apiKeyId !== undefined) throw new AppError('FORBIDDEN', `An API key cannot ${what}. Sign in.`)
  if (caller.agent !== undefined) throw new AppError('FORBIDDEN', `An agent cannot ${what}. Ask the user.`)
  return caller
}
