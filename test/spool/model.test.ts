import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { append } from '../../src/spool/append.ts'
import { deadLetters } from '../../src/spool/dead-letter.ts'
import { frame } from '../../src/spool/frame.ts'
import { knownIds } from '../../src/spool/known.ts'
import { anEvent, deliverTo, type Misbehaviour, Receiver, scribble, snapshot, temporaryFolder } from './world.ts'

/**
 * The promise of the spool against a model: whatever happens between, every event whose append returned reaches a receiver that
 * keeps each id once, in the order of its stream, or is a dead letter.
 */
const STREAMS = ['one', 'two', 'THREE'] as const

type Step =
  | { do: 'append'; stream: string; text: string }
  | { do: 'append again'; stream: string }
  | { do: 'other content'; stream: string }
  | { do: 'torn append'; keep: number }
  | { do: 'deliver'; script: (Misbehaviour | 'ok')[]; takes: number; wholeBatch: boolean }
  | { do: 'killed delivery'; atRequest: number; answered: boolean; takes: number }

const stream = fc.constantFrom(...STREAMS)
const takes = fc.constantFrom(1, 2, 5, 200)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('append'),
        stream,
        text: fc.constantFrom('fine', 'fine', 'fine', 'poison'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('append again'), stream }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('other content'), stream }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('torn append'), keep: fc.integer({ min: 1, max: 150 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('deliver'),
        script: fc.array(fc.constantFrom<Misbehaviour | 'ok'>('ok', 'down', 'lost', 'html', 'partial', 'busy'), {
          maxLength: 4,
        }),
        takes,
        wholeBatch: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('killed delivery'), atRequest: fc.nat(3), answered: fc.boolean(), takes }),
    },
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 },
)

class World {
  readonly receiver = new Receiver()
  /** Per stream the ids that were acknowledged, in order, each once. */
  readonly acknowledged = new Map<string, string[]>(STREAMS.map((name) => [name, []]))
  readonly altered = new Set<string>()
  spool: string
  private readonly home: string
  private count = 0

  constructor(home: string) {
    this.home = home
    this.spool = join(home, 'spool-0')
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'append') this.append(step.stream, step.text)
    else if (step.do === 'append again') this.appendAgain(step.stream, undefined)
    else if (step.do === 'other content') this.appendAgain(step.stream, 'altered')
    else if (step.do === 'torn append')
      scribble(this.spool, frame(JSON.stringify(anEvent('torn'))).bytes.subarray(0, step.keep))
    else if (step.do === 'deliver') await this.deliver(step)
    else await this.killedDelivery(step)
  }

  private append(name: string, text: string): void {
    const id = `e${this.count++}`
    append(this.spool, anEvent(id, { stream: name, text: `${text} ${id}` }))
    this.acknowledged.get(name)?.push(id)
  }

  private appendAgain(name: string, text: string | undefined): void {
    const id = this.acknowledged.get(name)?.at(-1)
    if (id === undefined) return
    append(this.spool, anEvent(id, { stream: name, text: text ?? `fine ${id}` }))
    this.altered.add(`${name}/${id}`)
  }

  private async deliver(step: Step & { do: 'deliver' }): Promise<void> {
    this.receiver.script = step.script as Misbehaviour[]
    this.receiver.takes = step.takes
    this.receiver.refusesWholeBatch = step.wholeBatch
    await deliverTo(this.receiver, this.spool, { force: true })
  }

  /** The disk as it was during a request is what the killed process leaves; what it did afterwards never happened. */
  private async killedDelivery(step: Step & { do: 'killed delivery' }): Promise<void> {
    this.receiver.takes = step.takes
    let request = 0
    let left: string | undefined
    await deliverTo(this.receiver, this.spool, {
      force: true,
      send: async (batch) => {
        if (left !== undefined) throw new Error('killed')
        if (request++ < step.atRequest) return this.receiver.send(batch)
        left = snapshot(this.spool, join(this.home, `spool-${++this.count}`))
        if (step.answered) await this.receiver.send(batch)
        throw new Error('killed')
      },
    })
    if (left !== undefined) this.spool = left
  }

  async settle(): Promise<void> {
    this.receiver.script = []
    this.receiver.takes = 200
    this.receiver.refusesWholeBatch = false
    const report = await deliverTo(this.receiver, this.spool, { force: true })
    expect(report.ended).toBe('delivered')
  }
}

const sealedWithinOneMillisecond: Step[] = [
  { do: 'append', stream: 'one', text: 'fine' },
  { do: 'torn append', keep: 2 },
  { do: 'deliver', script: [], takes: 1, wholeBatch: false },
  { do: 'append', stream: 'one', text: 'fine' },
  { do: 'torn append', keep: 3 },
]

const sealedAfterOneOfTheSameMoment: Step[] = [
  { do: 'append', stream: 'two', text: 'fine' },
  { do: 'torn append', keep: 2 },
  { do: 'killed delivery', atRequest: 0, answered: false, takes: 1 },
  { do: 'append again', stream: 'two' },
  { do: 'torn append', keep: 3 },
]

test('every acknowledged event arrives exactly once and in order, or is a dead letter', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      using home = temporaryFolder()
      const world = new World(home.path)
      for (const step of plan) await world.take(step)

      await world.settle()

      const dead = new Set(deadLetters(world.spool).map(({ event }) => `${event.stream}/${event.id}`))
      for (const [name, ids] of world.acknowledged) {
        const received = world.receiver.received(name).filter((id) => !id.startsWith('gap:'))
        const expected = ids.filter((id) => received.includes(id) || !dead.has(`${name}/${id}`))
        expect(received).toEqual(expected)
        expect([...knownIds(world.spool, name)]).toEqual(expect.arrayContaining(ids))
      }
      for (const key of dead) expect(world.altered.has(key) || isPoison(world, key)).toBe(true)
    }),
    // Two damaged files of one moment, sealed together or one after the other, once told of their damage under one name.
    { numRuns: 150, examples: [[sealedWithinOneMillisecond], [sealedAfterOneOfTheSameMoment]] },
  )
})

function isPoison(world: World, key: string): boolean {
  return !world.receiver.events.has(JSON.stringify(key.split('/')))
}
