// Run by crash.test.ts: appends numbered events until it is killed or has written `count`, and says each id once it is acknowledged.
import { writeSync } from 'node:fs'
import { append } from '../../src/spool/append.ts'
import { anEvent } from './world.ts'

const [spool = '', stream = '', prefix = '', count = ''] = process.argv.slice(2)
for (let at = 0; at < Number(count); at++) {
  const id = `${prefix}-${at}`
  append(spool, anEvent(id, { stream, text: 'x'.repeat((at * 997) % 20_000) }))
  writeSync(1, `${id}\n`)
}
