import { createHash } from 'node:crypto'
import type { Context } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { networkOf } from '../../limits/network.ts'
import { LOGIN_PER_ACCOUNT, LOGIN_PER_ADDRESS } from '../../limits/rules.ts'

/** For how long a network counts as one that a user signs in from. */
const KNOWN_MS = 90 * 86_400_000

export interface LoginAttempt {
  /** What the login keeps of where it came from. */
  networkHash: string | null
  /** It was no guess: it does not count. */
  giveBack(): Promise<void>
}

/**
 * Counts an attempt to sign in before anything is looked at, by the account and by the network that it comes from; who then types right gets
 * it back, so only wrong ones count. Whoever tries passwords of somebody else's account must not lock that person out: from a network that a
 * user has signed in from before they have a counter of their own, which nobody elsewhere can fill. What strangers' networks try of an
 * account is counted together.
 *
 * @param userId undefined where there is no such user: the same is done, and takes as long
 * @throws AppError RATE_LIMITED, UNAVAILABLE
 */
export async function takeLoginAttempt(
  context: Context,
  userId: string | undefined,
  email: string,
): Promise<LoginAttempt> {
  const { limits, origin } = context
  const network = networkOf(origin.ip)
  const networkHash = createHash('sha256').update(`${userId}\n${network}`).digest('hex')
  const account = (await isKnown(context, userId, networkHash)) ? `${foldName(email)} from ${network}` : foldName(email)
  await limits.take(LOGIN_PER_ADDRESS, network)
  await limits.take(LOGIN_PER_ACCOUNT, account).catch(async (error: unknown) => {
    // Nothing was tried: others at that address are not to suffer for it.
    await limits.giveBack(LOGIN_PER_ADDRESS, network)
    throw error
  })
  return {
    networkHash: userId === undefined ? null : networkHash,
    async giveBack() {
      await limits.giveBack(LOGIN_PER_ADDRESS, network)
      await limits.giveBack(LOGIN_PER_ACCOUNT, account)
    },
  }
}

async function isKnown({ db, clock }: Context, userId: string | undefined, networkHash: string): Promise<boolean> {
  const since = new Date(clock().getTime() - KNOWN_MS).toISOString()
  const login = await db
    .selectFrom('logins')
    .select('id')
    .where('user_id', '=', userId ?? '')
    .where('network_hash', '=', networkHash)
    .where('created_at', '>', since)
    .where((eb) => eb.or([eb('revoke_reason', 'is', null), eb('revoke_reason', '<>', 'reuse')]))
    .limit(1)
    .executeTakeFirst()
  return login !== undefined
}
