// Run by append.test.ts in a mount namespace with a small disk at the given folder. Prints what happened as JSON.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { append } from '../../src/spool/append.ts'
import { spoolStatus } from '../../src/spool/status.ts'
import { anEvent, deliverTo, Receiver } from './world.ts'

const [disk = ''] = process.argv.slice(2)
const spool = join(disk, 'spool')
append(spool, anEvent('a'))
execFileSync('mount', ['-o', 'remount,ro', disk])

async function messageOf(act: () => unknown): Promise<string> {
  try {
    await act()
    return 'no error'
  } catch (error) {
    return (error as Error).message
  }
}

const appended = await messageOf(() => append(spool, anEvent('b')))
const delivered = await messageOf(() => deliverTo(new Receiver(), spool))
console.log(JSON.stringify({ append: appended, deliver: delivered, events: spoolStatus(spool).events }))
