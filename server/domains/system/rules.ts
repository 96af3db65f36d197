/** Clocks of healthy machines differ by less than this. */
const TOLERATED_MS = 120_000

/** How far the server's clock is ahead of the machine's, in milliseconds; 0 while the difference is ordinary. Pure. */
export function clockDifference(sentAt: string, receivedAt: string): number {
  const difference = Date.parse(receivedAt) - Date.parse(sentAt)
  return Math.abs(difference) <= TOLERATED_MS ? 0 : difference
}

/** When it happened by the server's clock: shifted by the difference, from 1970 until it was received. Pure. */
export function corrected(recordedAt: string, differenceMs: number, receivedAt: string): string {
  const at = Math.min(Date.parse(recordedAt) + differenceMs, Date.parse(receivedAt))
  return new Date(Math.max(0, at)).toISOString()
}
