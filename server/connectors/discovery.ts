import type { Account } from './account.ts'
import type { Outside } from './connect.ts'

/** Where an account of a vendor lives is asked once an hour by each server, not with every call. */

const KEPT_MS = 3_600_000

interface Found {
  answer: Promise<unknown>
  at: number
}

const kept = new WeakMap<Outside, Map<string, Found>>()

/**
 * What `ask` answered within the last hour, or answers now. What failed is not kept.
 *
 * @param what all that the answer hangs on beside the integration: its address, the user's name
 */
export function discovered<T>({ deps, integration }: Account, what: string, ask: () => Promise<T>): Promise<T> {
  const ofServer = kept.get(deps.outside) ?? new Map<string, Found>()
  kept.set(deps.outside, ofServer)
  const key = `${integration.id} ${what}`
  const now = deps.clock().getTime()
  const found = ofServer.get(key)
  if (found && now - found.at < KEPT_MS) return found.answer as Promise<T>
  const answer = ask()
  ofServer.set(key, { answer, at: now })
  answer.catch(() => ofServer.delete(key))
  return answer
}
