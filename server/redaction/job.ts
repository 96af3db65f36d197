import type { Deps } from '../context.ts'
import { finishAll, isThrough } from './progress.ts'
import { workOff } from './quarantine.ts'
import { sweep } from './sweep.ts'

const AGAIN_MS = 10 * 60_000

/**
 * The job of the redactor: after a start with newer rules it looks through what was stored before, and from time to time it works off what was
 * withheld.
 */
export interface RedactionJob {
  /** Looks now whether there is something to do. Resolves when that is done. */
  wake(): Promise<void>
  /** Waits for a batch that is under way. */
  end(): Promise<void>
}

/** Knows from here on whether what is read must be redacted; begins to work with the first `wake`. */
export async function createRedactionJob(deps: Deps): Promise<RedactionJob> {
  const { db, redaction, clock, log } = deps
  const ended = new AbortController()
  if (await isNew(deps)) await finishAll(db, redaction.version, clock().toISOString(), [])
  redaction.isSwept = await isThrough(db, redaction.version)

  async function look(): Promise<void> {
    if (ended.signal.aborted) return
    redaction.isSwept = await isThrough(db, redaction.version)
    // Again when somebody had it begin again meanwhile.
    while (!(redaction.isSwept || ended.signal.aborted)) {
      log.info({ version: redaction.version }, 'looking through old rows with the newest rules for secrets')
      await sweep(deps, ended.signal)
      redaction.isSwept = await isThrough(db, redaction.version)
    }
    await workOff(deps, ended.signal)
  }

  let running: Promise<void> = Promise.resolve()
  const wake = () => {
    running = running
      .then(look)
      .catch((error: unknown) =>
        log.error({ error }, 'old rows could not all be looked through for secrets; it is tried again'),
      )
    return running
  }
  const timer = setInterval(wake, AGAIN_MS)
  timer.unref()
  return {
    wake,
    end() {
      ended.abort()
      clearInterval(timer)
      return running
    },
  }
}

/** Nobody has ever worked with it: there is nothing that older rules have seen. */
async function isNew({ db }: Deps): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined
}
