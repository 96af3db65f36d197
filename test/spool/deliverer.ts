// Run by crash.test.ts: delivers again and again until it is killed; the parent process is the server.
import type { EventOutcome, SpooledEvent } from '../../src/contract/events.ts'
import { deliver } from '../../src/spool/deliver.ts'

const [spoolDir = ''] = process.argv.slice(2)

function send(batch: SpooledEvent[]): Promise<EventOutcome[]> {
  return new Promise((answer) => {
    process.once('message', (outcomes) => answer(outcomes as EventOutcome[]))
    process.send?.(batch)
  })
}

for (;;) {
  await deliver({ spoolDir, send, force: true, ballastBytes: 0, waitForLockMs: 1_000 })
  await new Promise((done) => setTimeout(done, 2))
}
