import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MAX_BATCH_EVENTS, type SpooledEvent } from '../../src/contract/events.ts'
import { append } from '../../src/spool/append.ts'
import { BATCH_EVENTS } from '../../src/spool/batch.ts'
import { deadLetters, discardDeadLetter, retryDeadLetter } from '../../src/spool/dead-letter.ts'
import { openFiles, quarantineFolder, sealedFiles, statePath } from '../../src/spool/folder.ts'
import { frame } from '../../src/spool/frame.ts'
import { knownIds } from '../../src/spool/known.ts'
import { spoolStatus } from '../../src/spool/status.ts'
import { anEvent, CLOCK_MS, deliverTo, filesIn, Receiver, STREAM, scribble, temporaryFolder } from './world.ts'

function spooled(folder: string, ids: string[], text?: string): void {
  for (const id of ids) append(folder, anEvent(id, text === undefined ? {} : { text }))
}

describe('delivering', () => {
  test('sends the events of a stream in order and leaves only the note of what was delivered', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a', 'b', 'c'])

    const report = await deliverTo(receiver, home.path)

    expect(report).toMatchObject({ ended: 'delivered', accepted: 3 })
    expect(receiver.received()).toEqual(['a', 'b', 'c'])
    expect([...openFiles(home.path), ...sealedFiles(home.path)]).toEqual([])
    expect(knownIds(home.path, STREAM)).toEqual(new Set(['a', 'b', 'c']))
  })

  test('fills batches up to the limit of the contract, over several streams', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    for (let at = 0; at < 250; at++) append(home.path, anEvent(`e${at}`, { stream: `stream-${at % 5}` }))

    await deliverTo(receiver, home.path)

    expect(BATCH_EVENTS).toBe(MAX_BATCH_EVENTS)
    expect(receiver.requests).toEqual([200, 50])
    expect(receiver.received('stream-3')).toEqual(Array.from({ length: 50 }, (_, at) => `e${at * 5 + 3}`))
  })

  test('keeps a batch under one megabyte', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a', 'b', 'c', 'd', 'e', 'f'], 'x'.repeat(200_000))

    await deliverTo(receiver, home.path)

    expect(receiver.requests).toEqual([4, 2])
  })

  test('names epoch and place of each event, damaged lines counted', async () => {
    using home = temporaryFolder()
    const sent: SpooledEvent[] = []
    const receiver = new Receiver()
    spooled(home.path, ['a', 'b'])

    await deliverTo(receiver, home.path, {
      send: (batch) => {
        sent.push(...batch)
        return receiver.send(batch)
      },
    })

    const epoch = `${STREAM}/a/${CLOCK_MS}`
    expect(sent.map(({ epoch, seq }) => ({ epoch, seq }))).toEqual([
      { epoch, seq: 0 },
      { epoch, seq: 1 },
    ])
  })

  test.each(['down', 'lost', 'html', 'partial', 'busy', 'unauthorised'] as const)(
    'a server that is %s costs nothing: the next run delivers each event once',
    async (misbehaviour) => {
      using home = temporaryFolder()
      const receiver = new Receiver()
      receiver.script = [misbehaviour]
      spooled(home.path, ['a', 'b'])

      const first = await deliverTo(receiver, home.path)
      const second = await deliverTo(receiver, home.path, { force: true })

      expect(first).toMatchObject({ ended: 'stopped', accepted: 0 })
      expect(second.ended).toBe('delivered')
      expect(receiver.received()).toEqual(['a', 'b'])
    },
  )

  test('an error of send that is none of ours counts as unreachable', async () => {
    using home = temporaryFolder()
    spooled(home.path, ['a'])

    const report = await deliverTo(new Receiver(), home.path, {
      send: () => Promise.reject(new TypeError('fetch failed')),
    })

    expect(report.problem).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('fetch failed') })
    expect(spoolStatus(home.path).events).toBe(1)
  })

  test('keeps what was confirmed before the connection broke', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    for (let at = 0; at < 450; at++) append(home.path, anEvent(`e${at}`))
    let requests = 0

    await deliverTo(receiver, home.path, {
      send: (batch) => (++requests > 2 ? Promise.reject(new Error('cable pulled')) : receiver.send(batch)),
    })
    await deliverTo(receiver, home.path, { force: true })

    expect(receiver.requests).toEqual([200, 200, 50])
  })

  test('puts one file per stream aside, however often the server was away', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    for (let day = 0; day < 20; day++) {
      receiver.script = ['down']
      spooled(home.path, [`e${day}`])
      await deliverTo(receiver, home.path, { force: true })
    }

    const held = [...openFiles(home.path), ...sealedFiles(home.path)]
    await deliverTo(receiver, home.path, { force: true })

    expect(held).toHaveLength(2)
    expect(receiver.received()).toEqual(Array.from({ length: 20 }, (_, day) => `e${day}`))
  })

  test('keeps the order when the clock was set back between two files', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    receiver.script = ['down']
    spooled(home.path, ['a'])
    await deliverTo(receiver, home.path)
    spooled(home.path, ['b'])

    await deliverTo(receiver, home.path, { force: true, now: () => CLOCK_MS - 2 * 365 * 86_400_000 })

    expect(receiver.received()).toEqual(['a', 'b'])
  })
})

describe('an event that the server does not take', () => {
  test('goes to the dead letters with the reason, and the others go on', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'])
    spooled(home.path, ['bad'], 'poison')
    spooled(home.path, ['b'])

    const report = await deliverTo(receiver, home.path)

    expect(report).toMatchObject({ accepted: 2, deadLettered: 1 })
    expect(receiver.received()).toEqual(['a', 'b'])
    expect(deadLetters(home.path)).toMatchObject([
      { reason: 'refused', message: 'Not valid.', at: '2026-01-12T10:00:00.000Z', event: { id: 'bad' } },
    ])
  })

  test('is found by halving when the whole batch is answered 400', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    receiver.refusesWholeBatch = true
    for (let at = 0; at < 100; at++) append(home.path, anEvent(`e${at}`, { text: at === 37 ? 'poison' : 'fine' }))

    await deliverTo(receiver, home.path)

    expect(receiver.received()).toHaveLength(99)
    expect(deadLetters(home.path).map((letter) => letter.event.id)).toEqual(['e37'])
    expect(receiver.requests.length).toBeLessThan(16)
  })

  test('is a dead letter when it is too large even alone; a batch that is too large is halved', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    receiver.takes = 3
    spooled(home.path, ['a', 'b', 'c', 'd', 'e'])

    await deliverTo(receiver, home.path)
    receiver.takes = 0
    spooled(home.path, ['f'])
    await deliverTo(receiver, home.path)

    expect(receiver.received()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(deadLetters(home.path)).toMatchObject([{ reason: 'too_large', event: { id: 'f' } }])
  })

  test('is a conflict when its id came with another content, and none of the two is lost', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'], 'first')
    spooled(home.path, ['a'], 'second')

    await deliverTo(receiver, home.path)

    expect(receiver.received()).toEqual(['a'])
    expect(deadLetters(home.path)).toMatchObject([{ reason: 'conflict', event: { data: { text: 'second' } } }])
  })

  test('is a conflict also when the first one was delivered long ago', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'], 'first')
    await deliverTo(receiver, home.path)
    spooled(home.path, ['a'], 'first')
    spooled(home.path, ['a'], 'second')

    await deliverTo(receiver, home.path)

    expect(deadLetters(home.path)).toMatchObject([{ reason: 'conflict', event: { data: { text: 'second' } } }])
  })

  test('can be sent again once the server takes it', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['bad', 'worse'], 'poison')
    await deliverTo(receiver, home.path)
    receiver.heals = true

    const result = await retryDeadLetter(home.path, ['bad'])
    await deliverTo(receiver, home.path)

    expect(result).toEqual({ ended: 'done', changed: 1 })
    expect(receiver.received()).toEqual(['bad'])
    expect(deadLetters(home.path).map((letter) => letter.event.id)).toEqual(['worse'])
  })

  test('stays away when it was discarded, also from transcript recovery', async () => {
    using home = temporaryFolder()
    spooled(home.path, ['bad'], 'poison')
    await deliverTo(new Receiver(), home.path)

    await discardDeadLetter(home.path, [`${STREAM}/bad`])

    expect(deadLetters(home.path)).toEqual([])
    expect(knownIds(home.path, STREAM)).toEqual(new Set(['bad']))
  })
})

describe('the pause after a failure', () => {
  test('keeps a hook from asking a dead server; a flush by hand asks', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    receiver.script = ['busy']
    spooled(home.path, ['a'])

    const first = await deliverTo(receiver, home.path)
    const paused = await deliverTo(receiver, home.path, { now: () => CLOCK_MS + 5_000 })
    const forced = await deliverTo(receiver, home.path, { now: () => CLOCK_MS + 5_000, force: true })

    // Ten seconds that the server asked for, and half of the first two.
    expect(first.problem?.retryAt).toBe('2026-01-12T10:00:11.000Z')
    expect(paused).toMatchObject({ ended: 'waiting', problem: { kind: 'busy', retryAt: '2026-01-12T10:00:11.000Z' } })
    expect(forced.ended).toBe('delivered')
  })

  test('grows with each failure to five minutes at most, and ends with a success', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'])
    const waits: number[] = []
    for (let run = 0; run < 10; run++) {
      receiver.script = ['down']
      const { problem } = await deliverTo(receiver, home.path, { force: true, random: () => 1 })
      waits.push(Date.parse(problem?.retryAt ?? '') - CLOCK_MS)
    }

    await deliverTo(receiver, home.path, { force: true })

    expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000])
    expect(waits.at(-1)).toBe(300_000)
    expect(spoolStatus(home.path, CLOCK_MS)).not.toHaveProperty('retryAt')
  })

  test('is ignored when only a wrong clock explains it, and when its file is damaged', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    receiver.script = ['down', 'down']
    spooled(home.path, ['a'])
    await deliverTo(receiver, home.path)

    const afterClockChange = await deliverTo(receiver, home.path, { now: () => CLOCK_MS - 86_400_000 })
    writeFileSync(statePath(home.path), '\0\0\0')
    const afterDamage = await deliverTo(receiver, home.path)

    expect([afterClockChange.ended, afterDamage.ended]).toEqual(['stopped', 'delivered'])
  })
})

describe('damage', () => {
  test('a torn record harms no neighbour, is kept aside and reported to the server as a gap', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'])
    const torn = '0123abcd {"id":"half of a rec'
    scribble(home.path, Buffer.from(`\n${torn}`))
    spooled(home.path, ['b'])

    const report = await deliverTo(receiver, home.path)

    expect(report.quarantinedBytes).toBe(29)
    expect(receiver.received()).toEqual(['a', expect.stringMatching(`^gap:${CLOCK_MS}-[0-9a-f]{8}:1$`), 'b'])
    const quarantine = quarantineFolder(home.path)
    expect(filesIn(quarantine).map((file) => readFileSync(join(quarantine, file), 'utf8'))).toEqual([torn])
    expect(spoolStatus(home.path).quarantine).toEqual({ files: 1, bytes: 29 })
  })

  test('a torn record that was written again at once is no damage', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'])
    const whole = frame(JSON.stringify(anEvent('b'))).bytes
    scribble(home.path, whole.subarray(0, whole.length - 20))
    spooled(home.path, ['b'])

    const report = await deliverTo(receiver, home.path)

    expect(report.quarantinedBytes).toBe(0)
    expect(receiver.received()).toEqual(['a', 'b'])
  })

  test('a file of zero length or of zeros is no obstacle', async () => {
    using home = temporaryFolder()
    const receiver = new Receiver()
    spooled(home.path, ['a'])
    await deliverTo(receiver, home.path)
    writeFileSync(`${home.path}/${STREAM}.jsonl`, Buffer.alloc(3_000_000))
    spooled(home.path, ['b'])

    const report = await deliverTo(receiver, home.path)

    expect(report).toMatchObject({ ended: 'delivered', quarantinedBytes: 3_000_000 })
    expect(receiver.received()).toEqual(['a', expect.stringMatching(`^gap:${CLOCK_MS}-[0-9a-f]{8}:0$`), 'b'])
  })
})
