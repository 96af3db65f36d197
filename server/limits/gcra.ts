/**
 * The generic cell rate algorithm (ITU-T I.371): of a counter only one instant is kept, when it would be empty again. Everything that is
 * taken moves it on by its share of the period, and it may lie ahead of now by as much as the burst. Pure.
 */

export interface Rate {
  /** How far what is taken moves the instant, in whole milliseconds. */
  costMs: number
  /** How far it may lie ahead. */
  aheadMs: number
  /** What lies further ahead than this was set when the clock went before, and says nothing. */
  believedMs: number
}

/** How far the clocks of servers of one database may be apart. */
const SKEW_MS = 60_000

/** @param factor multiplies how often it may happen */
export function rateOf(
  limit: { count: number; perMs: number; burst?: number | undefined; untilReset?: boolean | undefined },
  factor: number,
  cost: number,
): Rate {
  const each = Math.floor(limit.perMs / (limit.count * factor))
  const aheadMs = each * (limit.burst ?? limit.count) * factor
  return { costMs: each * cost, aheadMs, believedMs: limit.untilReset ? Number.MAX_SAFE_INTEGER : aheadMs + SKEW_MS }
}

/** When the counter would be empty after this, or undefined where it would lie too far ahead. */
export function taking(emptyAtMs: number, nowMs: number, { costMs, aheadMs, believedMs }: Rate): number | undefined {
  const after = (emptyAtMs - nowMs > believedMs ? nowMs : Math.max(emptyAtMs, nowMs)) + costMs
  return after - nowMs > aheadMs ? undefined : after
}

/** Whole seconds until it can be taken, never too few (the header Retry-After, RFC 9110). */
export const retryAfterSeconds = (emptyAtMs: number, nowMs: number, { costMs, aheadMs }: Rate): number =>
  Math.max(1, Math.ceil((emptyAtMs + costMs - aheadMs - nowMs) / 1_000))
