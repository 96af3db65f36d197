// Learns server/domains/work/pieces/model.ts from the recorded days: node scripts/run.mjs test/work/train.ts [--without SET,SET]
// What is found in sets that were left out (measure.ts) is found by what never saw them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Evidence, type Mode } from '../../server/domains/work/pieces/evidence.ts'
import { askedFor, type Block, Growing, kindFeatures } from '../../server/domains/work/pieces/features.ts'
import { ORDER } from '../../server/domains/work/pieces/kinds-of-work.ts'
import { DIGITS, STEP, signScores, ZERO } from '../../server/domains/work/pieces/learned.ts'
import { assetsIn, hostsIn, isNamed, type KnownAsset } from '../../server/domains/work/pieces/targets.ts'
import { dice, shuffle } from '../support/dice.ts'
import type { Truth } from './score.ts'

const DAYS = join(import.meta.dirname, 'days')
export const MODEL = join(import.meta.dirname, '../../server/domains/work/pieces/model.ts')
const RATE = 0.1
const ROUNDS_OF_CUTS = 20
const ROUNDS_OF_KINDS = 60
/** What a weight loses at each use: what seldom helps comes to nothing. */
const DECAY_OF_CUTS = 0.001
const DECAY_OF_KINDS = 0.1
/** What is rarer teaches nothing that holds elsewhere. */
const MIN_CUTS = 3
const MIN_KINDS = 2

interface Line {
  at: string
  client: string | null
  mode: Mode
  asset?: string
  hook?: {
    session_id: string
    hook_event_name: string
    tool_name?: string
    prompt?: string
    tool_input?: { command?: string }
  }
}

/** The blocks of a client's part of a session, each with the number of the piece that it is of. */
interface Stream {
  mode: Mode
  blocks: Block[]
  pieceOf: number[]
  categories: string[]
}

function streamsOf(set: string): Stream[] {
  const lines = readFileSync(join(DAYS, set, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const truth = JSON.parse(readFileSync(join(DAYS, set, 'truth.json'), 'utf8')) as Truth
  const parts = Map.groupBy(
    lines.filter(({ hook }) => hook),
    ({ hook, client }) => JSON.stringify([hook?.session_id, client]),
  )
  return [...parts.values()].flatMap((part) => {
    const [{ client, mode, hook }] = part as [Line]
    const assets = lines.flatMap(({ asset, client: owner }) => (asset && owner === client ? knownAs(asset) : []))
    const pieces = truth.pieces.filter((piece) => piece.session === hook?.session_id && piece.client === client)
    const blocks = blocksOf(part, assets)
    const pieceOf = blocks.map(({ at }) =>
      Math.max(
        0,
        pieces.findLastIndex(({ startedAt }) => startedAt <= at),
      ),
    )
    return pieces.length === 0 ? [] : [{ mode, blocks, pieceOf, categories: pieces.map(({ category }) => category) }]
  })
}

const knownAs = (hostname: string): KnownAsset => ({ id: hostname, hostname, names: [hostname.toLowerCase()] })

type Growable = Block & { commands: string[]; targets: string[]; writes: number }

function blocksOf(lines: readonly Line[], assets: readonly KnownAsset[]): Block[] {
  const blocks: Growable[] = []
  const begin = (at: string, prompt: string | null) => {
    const named = assets.filter(({ hostname }) => isNamed(prompt ?? '', hostname)).map(({ id }) => id)
    blocks.push({ at, prompt, commands: [], writes: 0, targets: [], named })
  }
  for (const { at, hook } of lines) {
    const {
      hook_event_name: event,
      tool_name: tool,
      prompt = '',
      tool_input: input,
    } = hook as NonNullable<Line['hook']>
    if (event === 'UserPromptSubmit' && !/^\/[\w:-]+(?:\s|$)/.test(prompt)) begin(at, prompt)
    if (event !== 'PostToolUse' && event !== 'PostToolUseFailure') continue
    if (blocks.length === 0) begin(at, null)
    const block = blocks.at(-1) as Growable
    const { command } = input ?? {}
    if (command === undefined || !/^(?:Bash|PowerShell)$/.test(tool ?? '')) block.writes += 1
    else {
      const known = assetsIn(command, assets)
      block.commands.push(command)
      block.targets.push(...(known.length > 0 ? known.map(({ id }) => id) : hostsIn(command)))
    }
  }
  return blocks
}

/** What is said of something, how much a person's signs say of each class already, and which class it is of. */
interface Example {
  features: ReadonlyMap<string, number>
  given: readonly number[]
  isOf: number
}

/** Two classes, of which the first has no weights: whether a block begins another piece. */
function cutsOf({ mode, blocks, pieceOf }: Stream): Example[] {
  let piece = new Growing(mode)
  return blocks.flatMap((block, index) => {
    const begins = index > 0 && pieceOf[index] !== pieceOf[index - 1]
    const features = index === 0 ? new Set<string>() : piece.cutFeatures(block, askedFor(blocks, index))
    const isAsked = index > 0 && piece.isBegun
    if (begins) piece = new Growing(mode)
    piece.add(block)
    if (!isAsked) return []
    return [{ features: new Map([...features].map((one) => [one, 1])), given: [0], isOf: begins ? 0 : -1 }]
  })
}

const kindsOf = ({ mode, blocks, pieceOf, categories }: Stream): Example[] =>
  categories.flatMap((category, piece) => {
    const own = blocks.filter((_, index) => pieceOf[index] === piece)
    if (own.length === 0) return []
    const given = signScores(new Evidence(mode, own).kinds)
    return [{ features: kindFeatures(own, mode), given, isOf: (ORDER as readonly string[]).indexOf(category) }]
  })

/** The share of each class; of a single one, its odds against none. */
function shares(scores: readonly number[]): number[] {
  if (scores.length === 1) return [1 / (1 + Math.exp(-(scores[0] as number)))]
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Logistic regression by stochastic descent with steps that shrink where much was learned (AdaGrad). @returns weights by name; '' is what holds always */
function learn(
  examples: readonly Example[],
  {
    rounds,
    least,
    decayed,
  }: { rounds: number; least: number; decayed: (weight: number, step: number, error: number) => number },
): Map<string, number[]> {
  const counts = new Map<string, number>()
  for (const { features } of examples) for (const one of features.keys()) counts.set(one, (counts.get(one) ?? 0) + 1)
  const size = examples[0]?.given.length ?? 0
  const names = ['', ...[...counts].filter(([, count]) => count >= least).map(([one]) => one)]
  const weights = new Map(names.map((one) => [one, new Array<number>(size).fill(0)]))
  const seen = new Map(names.map((one) => [one, new Array<number>(size).fill(1e-3)]))
  const roll = dice(3)
  const order = examples.map((_, at) => at)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, roll)
    for (const at of order) {
      const { features, given, isOf } = examples[at] as Example
      const said = [['', 1] as const, ...features].filter(([one]) => weights.has(one))
      const scores = given.map((score, of) =>
        said.reduce((sum, [one, much]) => sum + much * (weights.get(one)?.[of] ?? 0), score),
      )
      for (const [of, share] of shares(scores).entries()) {
        const error = share - (of === isOf ? 1 : 0)
        for (const [one, much] of said) {
          const [own, past] = [weights.get(one) as number[], seen.get(one) as number[]]
          past[of] = (past[of] as number) + (error * much) ** 2
          own[of] = decayed(own[of] as number, RATE / Math.sqrt(past[of] as number), error * much)
        }
      }
    }
  }
  return weights
}

/** As `learned.ts` reads it. */
function written(weights: ReadonlyMap<string, readonly number[]>): string {
  const digit = (weight: number): number => Math.max(-ZERO, Math.min(63 - ZERO, Math.round(weight / STEP)))
  return [...weights]
    .map(([name, own]) => [name, own.map(digit)] as const)
    .filter(([, own]) => own.some((steps) => steps !== 0))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, own]) => `${name}=${own.map((steps) => DIGITS[steps + ZERO]).join('')}`)
    .join('\n')
}

/**
 * The file of the model, as text.
 *
 * @param isLeftOut whether a set of days teaches nothing
 */
export function trained(isLeftOut: (set: string) => boolean = () => false): { file: string; parts: number } {
  const sets = readdirSync(DAYS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !isLeftOut(entry.name))
    .map(({ name }) => name)
    .sort()
  const streams = sets.flatMap(streamsOf)
  const cuts = learn(streams.flatMap(cutsOf), {
    ...{ rounds: ROUNDS_OF_CUTS, least: MIN_CUTS },
    decayed: (weight, step, error) => {
      const moved = weight - step * error
      return Math.sign(moved) * Math.max(0, Math.abs(moved) - step * DECAY_OF_CUTS)
    },
  })
  const kinds = learn(streams.flatMap(kindsOf), {
    ...{ rounds: ROUNDS_OF_KINDS, least: MIN_KINDS },
    decayed: (weight, step, error) => weight - step * (error + DECAY_OF_KINDS * weight),
  })
  const text = (name: string, weights: string) =>
    `export const ${name} =\n  ${JSON.stringify(weights).replaceAll("'", "\\'").replace(/^"|"$/g, "'")}\n`
  return {
    file: `/** Made by test/work/train.ts. */\n${text('CUTS', written(cuts))}${text('KINDS', written(kinds))}`,
    parts: streams.length,
  }
}

if (import.meta.main) {
  const [, without] = process.argv.join(' ').split('--without ')
  const { file, parts } = trained((set) => without?.split(',').includes(set) ?? false)
  writeFileSync(MODEL, file)
  process.stdout.write(`${parts} parts of sessions\n`)
}
