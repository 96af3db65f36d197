import { takeComplaint } from '../checkpoint-kept.ts'
import type { DeliveryReport } from '../spool/deliver.ts'
import { deliverSpool } from '../spool-delivery.ts'
import type { World } from './world.ts'

/** How long a mode change waits for each answer of the server, in milliseconds: somebody waits in front of it. */
export const MODE_DEADLINE_MS = 5_000
const LOCK_WAIT_MS = 2_000

/**
 * Sends what waits in the spool, now. After `limitMs` it is reported as stopped; a delivery bears being ended with the process, and
 * what it has not sent is sent later.
 *
 * @throws SpoolError when the spool folder cannot be read or written
 */
export async function flush(
  world: World,
  limitMs: number,
  onProgress?: (sent: number) => void,
): Promise<DeliveryReport> {
  const waitForLockMs = Math.min(LOCK_WAIT_MS, limitMs)
  const delivery = deliverSpool(world.settings, world.api, {
    force: true,
    waitForLockMs,
    ...(onProgress ? { onProgress } : {}),
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<DeliveryReport>((resolve) => {
    timer = setTimeout(() => resolve(stoppedAfter(limitMs, world)), limitMs)
  })
  try {
    const report = await Promise.race([delivery, late])
    const complaint = takeComplaint(world.settings.paths)
    if (complaint) world.output.note(complaint)
    return report
  } finally {
    clearTimeout(timer)
  }
}

function stoppedAfter(limitMs: number, world: World): DeliveryReport {
  const message = `The server at ${world.settings.apiUrl} took longer than ${limitMs / 1_000} s to take what was recorded.`
  const problem = { kind: 'unreachable', message, retryAt: world.now().toISOString() } as const
  return { ended: 'stopped', accepted: 0, duplicates: 0, deadLettered: 0, quarantinedBytes: 0, problem }
}
