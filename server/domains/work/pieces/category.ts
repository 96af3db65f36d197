import { type Done, Evidence, type Mode } from './evidence.ts'
import { kindFeatures } from './features.ts'
import { type Category, ORDER } from './kinds-of-work.ts'
import { kindScores, signScores } from './learned.ts'

/** For a client these are worked on only where a sign says so. */
const OWN: readonly Category[] = ['internal', 'development']
/** Where nothing tells what it is, somebody asked for it. */
const UNKNOWN = { dev: 'development', normal: 'internal', msp: 'service_request' } as const

/** The category of a piece of work: what was learned, and the signs that people wrote down, weighed together. Pure. */
export function categoryOf(done: readonly Done[], mode: Mode): Category {
  const signs = signScores(new Evidence(mode, done).kinds)
  const learned = kindScores(kindFeatures(done, mode))
  let [best, most]: [Category, number] = [UNKNOWN[mode], 0]
  for (const [at, category] of ORDER.entries()) {
    const sign = signs[at] ?? 0
    const score = (learned[at] ?? 0) + sign
    if (score > most && (sign > 0 || mode !== 'msp' || !OWN.includes(category))) [best, most] = [category, score]
  }
  return best
}
