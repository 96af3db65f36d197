import { setTimeout as sleep } from 'node:timers/promises'
import { VendorError } from '../errors.ts'

/** Calls that one account may not make side by side: they wait for each other, in the order in which they came. */

const lanes = new WeakMap<object, Map<string, Promise<void>>>()

/**
 * @param owner whoever holds the connections: its lanes end with it
 * @param lane calls with the same text wait for each other
 * @param until by `performance.now()`
 * @throws VendorError `unavailable` when its turn does not come in time; nothing was sent then
 */
export async function inTurn<T>(owner: object, lane: string, until: number, act: () => Promise<T>): Promise<T> {
  const tails = lanes.get(owner) ?? new Map<string, Promise<void>>()
  lanes.set(owner, tails)
  const before = tails.get(lane) ?? Promise.resolve()
  let leave: () => void = () => undefined
  const mine = new Promise<void>((resolve) => {
    leave = resolve
  })
  const tail = before.then(() => mine)
  tails.set(lane, tail)
  const waiting = new AbortController()
  try {
    const late = sleep(Math.max(0, until - performance.now()), 'late', { signal: waiting.signal, ref: false })
    if ((await Promise.race([before, late.catch(() => undefined)])) === 'late')
      throw new VendorError('unavailable', 'Too many calls of this system wait for each other. Try it again later.')
    waiting.abort()
    return await act()
  } finally {
    waiting.abort()
    leave()
    if (tails.get(lane) === tail) tails.delete(lane)
  }
}
