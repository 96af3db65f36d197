import type { Deps } from '../context.ts'
import { countWords, isToBeCounted } from './statistics.ts'

/** Counts the words of clients that have many new passages: at the start and every five minutes, one client after the other. */

const INTERVAL_MS = 5 * 60_000

type Needed = Pick<Deps, 'db' | 'dialect' | 'clock' | 'log'>

/** @returns what ends it; it waits for a client that is being counted */
export function countNowAndThen(deps: Needed): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const look = () => {
    running = running
      .then(() => countAll(deps, ended.signal))
      .catch((error: unknown) => deps.log.warn({ error }, 'words could not be counted; it is tried again'))
  }
  look()
  const timer = setInterval(look, INTERVAL_MS)
  timer.unref()
  return () => {
    ended.abort()
    clearInterval(timer)
    return running
  }
}

/** Counts where it is due. */
export async function countAll(deps: Needed, signal?: AbortSignal): Promise<void> {
  const clients = await deps.db.selectFrom('clients').select('id').execute()
  for (const clientId of [null, ...clients.map(({ id }) => id)]) {
    if (signal?.aborted) return
    if (await isToBeCounted(deps, clientId)) await countWords(deps, clientId)
  }
}
