import type { Layer, Report, TextKind } from '../finding.ts'
import { answers } from './answers.ts'
import { learnedFinder } from './learned.ts'
import { gapBefore, type Line, linesOf } from './line.ts'
import { roughShapeOf, shapeOf } from './shape.ts'
import { spelled } from './spelled.ts'
import { endOfValue, startOfValue, surroundingsOf } from './surroundings.ts'

/** From this sum of shape and surroundings on, a text is taken for a password. */
const LIKELY = 4
/** What stands in the same place as a found one, behind the same sign, is often one too: `sa=X, erp=Y`. */
const SIBLING = 1.6
/** Below this no sibling helps. */
const NEAR = LIKELY - SIBLING

/** In a longer list they are packages, hosts or tags. */
const MAX_SIBLINGS = 5

/** More texts in the shape of passwords stand in no text but in data: the time stays linear. */
const MAX_CANDIDATES = 800
/** More texts with letters and digits are not looked at. */
const MAX_LOOKED_AT = 2_500

/** What looks like a password though nothing names it: by what was learned, and by its own shape and what stands around it, weighed together. */
export const likely: Layer = (source, report) => {
  answers(source, report)
  spelled(source, report)
  const { text, as } = source
  let room = MAX_CANDIDATES
  let looks = MAX_LOOKED_AT
  const learned = learnedFinder(report)
  for (const line of linesOf(text)) {
    learned(line)
    const candidates = weighed(line, as)
    reportOf(candidates, report)
    room -= candidates.length
    looks -= line.candidates.length
    if (room < 0 || looks < 0) return
  }
}

function reportOf(candidates: readonly Candidate[], report: Report): void {
  const found = new Set(candidates.filter(({ weight }) => weight >= LIKELY).map(({ gap }) => gap))
  if (found.size === 0) return
  const isList = candidates.length <= MAX_SIBLINGS || candidates.filter(isCandidate).length <= MAX_SIBLINGS
  for (const { start, end, weight, gap } of candidates) {
    if (weight + (found.has(gap) && isList && /\S/.test(gap) ? SIBLING : 0) < LIKELY) continue
    report(start, end, 'password', { isGuess: true })
  }
}

/** `Kikker!` where no sentence ends: in quotes, or with the sentence going on. */
function exclaimed({ text }: Line, value: string, end: number): number {
  return /^[A-Z][a-z]{4,}(?:[A-Z][a-z]{2,})?!$/.test(value) && /^(?: [a-z]|["'”»])/.test(text.slice(end, end + 2))
    ? EXCLAIMED
    : 0
}

const EXCLAIMED = 2.2

interface Candidate {
  start: number
  end: number
  value: string
  weight: number
  gap: string
}

/** Those that are far from a password were not asked whether they are harmless. */
const isCandidate = ({ weight, value }: Candidate): boolean => weight >= NEAR || shapeOf(value) > 0

function weighed(line: Line, as: TextKind): Candidate[] {
  const found: Candidate[] = []
  for (const index of line.candidates.slice(0, MAX_LOOKED_AT)) {
    const start = startOfValue(line, index)
    const stop = endOfValue(line, index)
    // `user=x~pool=b`: behind the sign begins the name of the next pair.
    const next = line.text[stop] === '=' ? line.text.slice(start, stop).lastIndexOf('~') : -1
    const end = next > 0 ? start + next : stop
    const value = line.text.slice(start, end)
    const exclamation = exclaimed(line, value, end)
    const rough = roughShapeOf(value) || exclamation
    if (rough === 0) continue
    let weight = rough + surroundingsOf(line, index, as, rough, NEAR)
    if (weight >= NEAR) {
      const shape = shapeOf(value) || exclamation
      if (shape === 0) continue
      if (shape !== rough) weight = shape + surroundingsOf(line, index, as, shape, NEAR)
    }
    found.push({ start, end, value, weight, gap: gapBefore(line, index) })
    if (found.length === MAX_CANDIDATES) break
  }
  return found
}
