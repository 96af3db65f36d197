import { createApi } from '../api/client.ts'
import { sendThrough } from '../api/send-events.ts'
import { createTokenStore } from '../api/tokens.ts'
import { type DeliveryReport, deliver } from '../spool/deliver.ts'
import { enrol } from './enrol.ts'
import type { World } from './world.ts'

/** How long a mode change waits for its events to reach the server, in milliseconds. The rest is sent in the background later. */
export const FLUSH_MS = 5_000

/**
 * Sends what waits in the spool, now. Stops waiting after `limitMs`; what was not sent stays and is sent later.
 * A machine that is not enrolled yet is enrolled first.
 *
 * @throws ApiError when the machine cannot be enrolled; SpoolError when the spool cannot be read
 */
export async function flush(
  world: World,
  limitMs: number,
  onProgress?: (sent: number) => void,
): Promise<DeliveryReport> {
  const giveUpAt = performance.now() + limitMs
  if (world.settings.machineId === undefined) await enrol(world)
  const { apiUrl: url, machineId, paths } = world.settings
  const { transport } = world
  const api = createApi({ url, transport, tokens: createTokenStore({ auth: paths.auth, url, transport }) })
  const send = sendThrough({ api, machineId, deadlineMs: () => Math.min(10_000, giveUpAt - performance.now()) })
  const sending = deliver({
    spoolDir: paths.spool,
    send,
    force: true,
    waitForLockMs: Math.min(2_000, limitMs),
    ...(onProgress ? { onProgress } : {}),
  })
  return sending
}
