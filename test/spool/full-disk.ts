// Run by append.test.ts in a mount namespace with a disk of 1 MB at the given folder. Prints what happened as JSON.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { append } from '../../src/spool/append.ts'
import { keepBallast } from '../../src/spool/ballast.ts'
import { ballastPath } from '../../src/spool/folder.ts'
import { anEvent, deliverTo, Receiver } from './world.ts'

const [disk = ''] = process.argv.slice(2)
const spool = join(disk, 'spool')
keepBallast(spool, 128 * 1024)
const hadBallast = existsSync(ballastPath(spool))
writeFileSync(join(disk, 'other'), Buffer.alloc(600 * 1024))

const acknowledged: string[] = []
let keptBeforeBallastWent = 0
let firstRefusal = ''
for (let at = 0; firstRefusal === '' && at < 1_000; at++) {
  try {
    append(spool, anEvent(`e${at}`, { text: 'x'.repeat(5_000) }))
    acknowledged.push(`e${at}`)
    if (existsSync(ballastPath(spool))) keptBeforeBallastWent = acknowledged.length
  } catch (error) {
    firstRefusal = (error as Error).message
  }
}

// The disk is as full as it can be, and still everything can be delivered.
const receiver = new Receiver()
const { ended } = await deliverTo(receiver, spool)
const received = receiver.received().filter((id) => !id.startsWith('gap:'))
console.log(JSON.stringify({ hadBallast, keptBeforeBallastWent, firstRefusal, acknowledged, received, ended }))
