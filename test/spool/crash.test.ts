import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { SpooledEvent } from '../../src/contract/events.ts'
import { spoolStatus } from '../../src/spool/status.ts'
import { deliverTo, Receiver, temporaryFolder } from './world.ts'

const ROUNDS = 50

function scriptPath(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** An appender and the ids that it says are on the disk. */
function startAppender(spool: string, stream: string, prefix: string, count: number) {
  const child = spawn(process.execPath, [scriptPath('./appender.ts'), spool, stream, prefix, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  // A line without its end was cut by the kill: the event may be acknowledged, nobody can know.
  return { child, acknowledged: () => output.split('\n').slice(0, -1) }
}

/** A deliverer whose server is this process. `onRequest` sees each request before it is answered. */
function startDeliverer(spool: string, receiver: Receiver, onRequest: (child: ChildProcess) => void): ChildProcess {
  const child = fork(scriptPath('./deliverer.ts'), [spool], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.on('message', async (batch) => {
    onRequest(child)
    const answer = await receiver.send(batch as SpooledEvent[])
    if (child.connected) child.send(answer, () => undefined) // a killed one does not hear it any more
  })
  return child
}

function ended(child: ChildProcess): Promise<unknown> {
  return child.exitCode === null && child.signalCode === null ? once(child, 'close') : Promise.resolve()
}

function killAfter(child: ChildProcess, ms: number): void {
  setTimeout(() => child.kill('SIGKILL'), ms)
}

test(`${ROUNDS} rounds of kill -9 lose nothing, double nothing and keep the order`, { timeout: 180_000 }, async () => {
  using home = temporaryFolder()
  const receiver = new Receiver()
  const acknowledged = new Map<string, string[]>()
  for (let round = 0; round < ROUNDS; round++) {
    const stream = `stream-${round % 3}`
    const appender = startAppender(home.path, stream, `r${round}`, 10_000)
    // Killed during a request, right after the answer, or some milliseconds into its own work.
    const deliverer = startDeliverer(home.path, receiver, (child) => {
      if (Math.random() < 0.3) killAfter(child, Math.random() * 8)
    })
    appender.child.stdout.once('data', () => killAfter(appender.child, 5 + Math.random() * 60))
    await ended(appender.child)
    deliverer.kill('SIGKILL')
    await ended(deliverer)
    acknowledged.set(stream, [...(acknowledged.get(stream) ?? []), ...appender.acknowledged()])
  }

  await deliverTo(receiver, home.path, { force: true })

  for (const [stream, ids] of acknowledged) {
    const received = receiver.received(stream)
    expect(received.filter((id) => ids.includes(id))).toEqual(ids)
    expect(new Set(received).size).toBe(received.length)
  }
  expect([...acknowledged.values()].flat().length).toBeGreaterThan(ROUNDS)
  expect(spoolStatus(home.path)).toMatchObject({ events: 0, deadLetters: 0 })
})

test('ten hooks at once on one stream and a delivery in between lose nothing', { timeout: 60_000 }, async () => {
  using home = temporaryFolder()
  const receiver = new Receiver()
  const appenders = Array.from({ length: 10 }, (_, at) => startAppender(home.path, 'shared', `p${at}`, 60))
  const deliverer = startDeliverer(home.path, receiver, () => undefined)
  await Promise.all(appenders.map(({ child }) => ended(child)))
  deliverer.kill('SIGKILL')
  await ended(deliverer)

  await deliverTo(receiver, home.path, { force: true })

  const received = receiver.received('shared')
  expect(received).toHaveLength(600)
  for (const { acknowledged } of appenders) {
    expect(received.filter((id) => acknowledged().includes(id))).toEqual(acknowledged())
  }
})
