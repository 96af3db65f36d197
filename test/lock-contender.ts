// Run by lock.test.ts. `hold`: take the lock, say so, keep it until killed. `count`: take it `times` times and each time
// read, wait and write a counter, which loses counts as soon as two hold the lock at once.
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '../src/lock.ts'

const [mode = '', lock = '', counter = '', times = '1'] = process.argv.slice(2)

if (mode === 'hold') {
  await withLock(lock, { waitMs: 0 }, async () => {
    writeSync(1, 'held\n')
    await sleep(600_000)
  })
} else {
  for (let at = 0; at < Number(times); at++) {
    const turn = await withLock(lock, { waitMs: 60_000 }, async () => {
      const count = Number(readFileSync(counter, 'utf8'))
      await sleep(Math.random() * 3)
      writeFileSync(counter, String(count + 1))
    })
    if (!turn.held) process.exitCode = 1
  }
}
