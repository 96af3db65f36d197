import { AppError } from '../../../src/contract/errors.ts'

/** How long a refresh token that was exchanged may be presented again to get the same successor. */
const RETRY_MS = 86_400_000
const IDLE_MS = 14 * 86_400_000

interface Presented {
  token: { used_at: string | null; rotation_id: string | null; created_at: string }
  login: { revoked_at: string | null; expires_at: string }
  /** The user was disabled. */
  archived: boolean
  successorUsed: boolean
  /** The machine that the login is bound to, if it is, has signed this. */
  isProven: boolean
  rotationId: string
  now: Date
}

/**
 * What a presented refresh token means. Pure.
 *
 * `rotate`: unused, so it is exchanged. `repeat`: the exchange before was not heard of, so the same successor again.
 * `stolen`: used before in another exchange, or with another key. `unproven`: unused, but not shown by its machine. `refuse`: the login has
 * ended, or slept for two weeks.
 */
export function refreshing({
  token,
  login,
  archived,
  successorUsed,
  isProven,
  rotationId,
  now,
}: Presented): 'rotate' | 'repeat' | 'stolen' | 'unproven' | 'refuse' {
  if (login.revoked_at !== null || archived || login.expires_at <= now.toISOString()) return 'refuse'
  if (token.used_at === null) {
    if (now.getTime() - Date.parse(token.created_at) > IDLE_MS) return 'refuse'
    return isProven ? 'rotate' : 'unproven'
  }
  const sameExchange =
    token.rotation_id === rotationId && !successorUsed && now.getTime() - Date.parse(token.used_at) <= RETRY_MS
  return sameExchange && isProven ? 'repeat' : 'stolen'
}

const KEY_DAYS = 365
const MOST_KEY_DAYS = 730
const DAY_MS = 86_400_000

/**
 * When a new API key ends: a year from now, or as asked. Pure.
 *
 * @throws AppError INVALID_INPUT where that is past or more than two years away.
 */
export function keyExpiry(now: Date, asked: string | undefined): string {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString()
  if (asked === undefined) return inDays(KEY_DAYS)
  if (asked <= now.toISOString() || asked > inDays(MOST_KEY_DAYS))
    throw new AppError('INVALID_INPUT', 'expires_at must lie ahead, by two years at most.')
  return asked
}
