/** Fits sections of lines into a budget by leaving out whole lines, the least important first, and says how many. */

export interface Section {
  /** Printed above the lines. Null: the lines stand for themselves and their loss is not told. */
  heading: string | null
  /** The most important first, which is also the order in which they are printed. One line of text each. */
  lines: readonly string[]
  /** How many there are; more than `lines` when not all were looked up. */
  total: number
  /** What a line is, singular: for "+3 more tasks: `msp task list`". */
  noun: string
  /** Where the rest is shown; null: nowhere. */
  command: string | null
  /** Importance of the first line: of two, the smaller stays longer. */
  rank: number
  /** How much less important each further line is. */
  step: number
  /** Why such lines are there and in which order: for who asks. */
  why?: string
  /** Lines that were put together and are not among `lines`, because no block has so many of the kind. */
  beyond?: readonly string[]
  /** What the lines tell of, in their order, where it is knowledge of which feedback is kept. */
  about?: readonly (Remembered | undefined)[]
}

/** A piece of knowledge that a line tells of. */
export interface Remembered {
  kind: 'insight' | 'snippet' | 'decision' | 'pattern'
  id: string
}

export interface Packed {
  text: string
  /** How many lines of each section are in it, in the order of the sections. */
  kept: readonly number[]
}

export interface Packing {
  /** Lines above and below everything. */
  before: readonly string[]
  after: readonly string[]
  /** What the result may cost at most, in whatever `cost` counts. */
  budget: number
  cost: (text: string) => number
}

/** How many lines of each section are printed; -1: not even how many there are. */
type Kept = number[]

/** What can be left out: a line of a section, or (-1) the fact that the section has lines. */
interface Unit {
  section: number
  line: number
}

/** The text, or `''` when not one line fits. Equal input gives equal output. */
export const pack = (sections: readonly Section[], packing: Packing): string => packed(sections, packing).text

/** The text, and what of each section is in it. */
export function packed(sections: readonly Section[], packing: Packing): Packed {
  const told = sections.filter((section) => section.lines.length > 0)
  const units = byImportance(told)
  const kept: Kept = told.map(() => -1)
  const fits = () => packing.cost(render(told, kept, packing)) <= packing.budget
  const admitted = admit(told, units, kept, packing)
  while (admitted.length > 0 && !fits()) {
    const last = admitted.pop() ?? 0
    kept[last] = (kept[last] ?? 0) - 1
  }
  refill(units, kept, fits)
  const text = body(told, kept).length === 0 ? '' : render(told, kept, packing)
  const shown = new Map(told.map((section, index) => [section, text === '' ? 0 : Math.max(0, kept[index] ?? 0)]))
  return { text, kept: sections.map((section) => shown.get(section) ?? 0) }
}

/** Takes unit after unit while the sum of their single costs fits: close to the real cost, and cheap. Returns their sections in that order. */
function admit(
  sections: readonly Section[],
  units: readonly Unit[],
  kept: Kept,
  { before, after, budget, cost }: Packing,
): number[] {
  const costOf = (line: string) => cost(`${line}\n`)
  let left = budget - costOf([...before, ...after].join('\n'))
  const full = new Set<number>()
  return units.flatMap(({ section: index, line }) => {
    if (full.has(index)) return []
    const price = costOf(added(sections[index] as Section, line))
    if (price > left) {
      full.add(index)
      return []
    }
    left -= price
    kept[index] = line + 1
    return [index]
  })
}

/** Adds what still fits by the real cost: a whole text costs a little less than its lines. */
function refill(units: readonly Unit[], kept: Kept, fits: () => boolean): void {
  const full = new Set<number>()
  for (const { section, line } of units) {
    if (full.has(section) || kept[section] !== line) continue
    kept[section] = line + 1
    if (fits()) continue
    kept[section] = line
    full.add(section)
  }
}

/**
 * Every unit, the most important first. That a section has lines is told before the second line of any other: what was left out
 * shall at least be known.
 */
function byImportance(sections: readonly Section[]): Unit[] {
  const rankOf = ({ rank, step }: Section, line: number) => (line < 0 ? Math.min(rank, TOLD) : rank + line * step)
  return sections
    .flatMap((section, index) =>
      [-1, ...section.lines.keys()].map((line) => ({ section: index, line, rank: rankOf(section, line) })),
    )
    .sort((a, b) => a.rank - b.rank || a.section - b.section || a.line - b.line)
}

const TOLD = 0.9

const added = (section: Section, line: number) =>
  line < 0
    ? missing(section, section.total, '')
    : `${line === 0 ? `${section.heading ?? ''}:\n` : ''}- ${section.lines[line]}`

function render(sections: readonly Section[], kept: Kept, { before, after }: Packing): string {
  return [...before, ...body(sections, kept), ...after].join('\n')
}

const body = (sections: readonly Section[], kept: Kept) =>
  sections.flatMap((section, index) => printed(section, kept[index] ?? -1))

function printed(section: Section, kept: number): string[] {
  const { heading, lines, total } = section
  if (kept < 0) return []
  if (heading === null) return lines.slice(0, kept)
  if (kept === 0) return [missing(section, total, '')]
  const rest = total - kept
  return [
    `${heading}:`,
    ...lines.slice(0, kept).map((line) => `- ${line}`),
    ...(rest > 0 ? [missing(section, rest, ' more')] : []),
  ]
}

/** ``+3 more tasks: `msp task list` ``; where none is shown `` 8 tasks: `msp task list` ``. */
function missing({ heading, noun, command }: Section, count: number, more: string): string {
  if (heading === null) return ''
  return `${more ? '+' : ''}${count}${more} ${noun}${count === 1 ? '' : 's'}${command === null ? '' : `: \`${command}\``}`
}
