// Learns src/redact/likely/model.ts from the sets in data/, the ordinary output in benign/ and recorded work: node scripts/run.mjs test/redact/train.ts
// --without SET,SET leaves out the sets whose names begin so: what is found in them afterwards (measure.ts) is found by what never saw them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSecrets } from '../../src/redact/find.ts'
import { featuresOf, lineFeatures, wordOf } from '../../src/redact/likely/features.ts'
import { DIGITS, FAR, STEP, ZERO } from '../../src/redact/likely/learned.ts'
import { atom, type Line, linesOf } from '../../src/redact/likely/line.ts'
import { dice, shuffle } from '../support/dice.ts'
import { type Item, readItems } from './measure.ts'
import { recordedTexts } from './recorded.ts'

export const MODEL = join(import.meta.dirname, '../../src/redact/likely/model.ts')
const DATA = join(import.meta.dirname, 'data')
const BENIGN = join(import.meta.dirname, 'benign')
const BENIGN_LINES = 12
/** Times that a text is repeated with other secrets in it, so that places are learned and not words. */
const COPIES = 3
const ROUNDS = 8
const RATE = 0.1
/** What a weight loses at each use: what seldom helps comes to nothing. */
const DECAY = 0.002
/** What is rarer teaches nothing that holds elsewhere. */
const MIN_COUNT = 8

interface Example {
  features: readonly number[]
  isSecret: boolean
}

interface Candidate {
  start: number
  end: number
  features: Set<number>
}

function candidatesIn(text: string): Candidate[] {
  const found: Candidate[] = []
  let [first, before]: (Line | undefined)[] = []
  for (const line of linesOf(text)) {
    first ??= line
    for (let index = 0; index < line.starts.length; index++) {
      const features = featuresOf(line, index)
      if (!features) continue
      for (const one of lineFeatures(line, before, first)) if (one !== wordOf(line, index)) features.add(one)
      const start = line.starts[index] ?? 0
      found.push({ start, end: start + atom(line, index).length, features })
    }
    before = line
  }
  return found
}

function secretsIn({ text, secrets }: Item): [number, number][] {
  const spans: [number, number][] = []
  for (const secret of secrets)
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) spans.push([at, at + secret.length])
  return spans
}

/** Atoms that are a secret or most of one, and those that have nothing of one; the others teach nothing. */
function examplesOf(items: readonly Item[]): Example[] {
  return items.flatMap((item) => {
    const spans = secretsIn(item)
    return candidatesIn(item.text).flatMap(({ start, end, features }) => {
      const shared = Math.max(0, ...spans.map(([from, to]) => Math.min(to, end) - Math.max(from, start)))
      if (shared > 0 && shared < (end - start) * 0.8) return []
      return [{ features: [...features], isSecret: shared > 0 }]
    })
  })
}

const sortOf = (secret: string): string =>
  /\s/.test(secret) || secret.length > 24
    ? ''
    : /^[a-zß-ÿ]+$/.test(secret)
      ? 'word'
      : /^[A-Z][a-zß-ÿ]+$/.test(secret)
        ? 'Word'
        : /^\d+$/.test(secret)
          ? `figures ${secret.length}`
          : 'mixed'

/** The same texts with secrets of others; those without as often as they are. */
function shuffled(items: readonly Item[]): Item[] {
  const roll = dice(7)
  const sorts = Map.groupBy(
    items.flatMap(({ secrets }) => secrets),
    sortOf,
  )
  const otherFor = (secret: string): string => {
    const sort = sortOf(secret)
    if (sort === '') return secret
    if (sort.startsWith('figures')) return secret.replace(/\d/g, () => String(roll(10)))
    const others = sorts.get(sort) ?? []
    const other = others[roll(others.length)] ?? secret
    return /["'`]/.test(other) ? secret : other
  }
  return items.flatMap((item) =>
    Array.from({ length: COPIES }, () => {
      const others = new Map(item.secrets.map((secret) => [secret, otherFor(secret)]))
      let { text } = item
      for (const [secret, other] of others) text = text.replaceAll(secret, () => other)
      return { ...item, text, secrets: [...others.values()] }
    }),
  )
}

const benign = (): Item[] =>
  readdirSync(BENIGN)
    .sort()
    .flatMap((name) => {
      const lines = readFileSync(join(BENIGN, name), 'utf8').split('\n')
      return Array.from({ length: Math.ceil(lines.length / BENIGN_LINES) }, (_, part) => ({
        ...{ id: `${name} ${part}`, kind: 'neg-benign', secrets: [] },
        text: lines.slice(part * BENIGN_LINES, (part + 1) * BENIGN_LINES).join('\n'),
      }))
    })

/** What of the recorded work the rules find no secret in: as ordinary as text gets. */
const recorded = (): Item[] =>
  recordedTexts()
    .filter(({ text }) => findSecrets(text, { isSureOnly: true }).length === 0)
    .map(({ text }, at) => ({ id: `recorded ${at}`, kind: 'neg-recorded', text, secrets: [] }))

interface Model {
  bias: number
  weights: Map<number, number>
}

/** Logistic regression by stochastic descent with steps that shrink where much was learned (AdaGrad), and with truncated weights. */
function learn(examples: readonly Example[]): Model {
  const counts = new Map<number, number>()
  for (const { features } of examples) for (const one of features) counts.set(one, (counts.get(one) ?? 0) + 1)
  const index = new Map([...counts].filter(([, count]) => count >= MIN_COUNT).map(([one], at) => [one, at]))
  const rows = examples.map(({ features }) => Int32Array.from(features.flatMap((one) => index.get(one) ?? [])))
  const [weights, seen] = [new Float64Array(index.size), new Float64Array(index.size).fill(1e-6)]
  let [bias, biasSeen] = [0, 1e-6]
  const roll = dice(1)
  const order = rows.map((_, at) => at)
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, roll)
    for (const at of order) {
      const row = rows[at] as Int32Array
      let sum = bias
      for (const one of row) sum += weights[one] as number
      const error = 1 / (1 + Math.exp(-sum)) - (examples[at]?.isSecret ? 1 : 0)
      if (Math.abs(error) < 1e-3) continue
      biasSeen += error * error
      bias -= (RATE * error) / Math.sqrt(biasSeen)
      for (const one of row) {
        seen[one] = (seen[one] as number) + error * error
        const step = RATE / Math.sqrt(seen[one] as number)
        const moved = (weights[one] as number) - step * error
        weights[one] = Math.sign(moved) * Math.max(0, Math.abs(moved) - step * DECAY)
      }
    }
  }
  return { bias, weights: new Map([...index].map(([one, at]) => [one, weights[at] as number])) }
}

/** As `learned.ts` reads it. */
function written({ bias, weights }: Model): { bias: number; weights: string } {
  const steps = [...weights]
    .map(([one, weight]) => [one, Math.max(-ZERO, Math.min(64 - ZERO - 1, Math.round(weight / STEP)))] as const)
    .filter(([, weight]) => weight !== 0)
    .sort(([one], [other]) => one - other)
  let text = ''
  let last = 0
  for (const [one, weight] of steps) {
    for (; one - last >= FAR; last += FAR) text += DIGITS[FAR]
    text += `${DIGITS[one - last]}${DIGITS[weight + ZERO]}`
    last = one
  }
  return { bias: Math.round(bias * 1_000) / 1_000, weights: text }
}

/**
 * The file of the model, as text.
 *
 * @param isLeftOut whether a set teaches nothing
 */
export function trained(isLeftOut: (set: string) => boolean = () => false): {
  file: string
  texts: number
  sets: number
} {
  const names = readdirSync(DATA)
    .filter((name) => name.endsWith('.jsonl') && !isLeftOut(name))
    .sort()
  const items = names.flatMap((name) => readItems(join(DATA, name)))
  const { bias, weights } = written(learn(examplesOf([...items, ...shuffled(items), ...benign(), ...recorded()])))
  return {
    file: `/** Made by test/redact/train.ts. */\nexport const MODEL = {\n  bias: ${bias},\n  weights:\n    '${weights}',\n}\n`,
    ...{ texts: items.length, sets: names.length },
  }
}

if (import.meta.main) {
  const [, without] = process.argv.join(' ').split('--without ')
  const { file, texts, sets } = trained((set) => without?.split(',').some((prefix) => set.startsWith(prefix)) ?? false)
  writeFileSync(MODEL, file)
  process.stdout.write(`${texts} texts of ${sets} sets\n`)
}
