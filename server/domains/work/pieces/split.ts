import { type Judged, weights } from './category.ts'

/** Cuts a session into pieces of work: few and solid, a new one only where something else was asked for. Pure. */

/** A prompt with what was done for it, or what came before the first prompt. */
export interface Block {
  at: string
  prompt: string | null
  commands: readonly string[]
  /** Files that were written. */
  writes: number
  /** Hosts or ids of machines that were worked on. */
  targets: readonly string[]
  /** Those that the prompt names. */
  named: readonly string[]
}

const SHORT_WORDS = 5
/** Says that something else begins. */
const OPENS =
  /^\W*(?:next\b|now (?:the|for|at)\b|and (?:for|at)\b|another\b|one more\b|quick one|new (?:ticket|topic|one)\b|other (?:thing|topic)|while (?:that|the|it)\b|meanwhile|nächste\w*|jetzt (?:die|der|das|noch)\b|als nächstes|inzwischen|noch was|volgende\b|nu (?:de|het)\b|intussen|ondertussen|suivant\w*|maintenant\b|autre chose|entre-temps)/i
/** Says that it goes on. */
const GOES_ON =
  /^\W*(?:yes|yep|ok(?:ay)?|no|nope|go on|continue|do (?:it|that|so)|also|then|try|retry|again|still|maybe|perhaps|thanks?|thx|good|great|perfect|works?|check (?:it|them|that)|ja|nein|weiter|mach|auch|dann|nochmal|danke|gut|nee|verder|ook|dan|bedankt|goed|oui|non|continue|vas-y|aussi|puis|encore|merci|parfait|ça)\b/i
/** So much must speak for a kind of work before it tells two requests apart. */
const SURE = 3

/** The blocks of each piece, in their order. */
export function split(blocks: readonly Block[], mode: Judged['mode']): Block[][] {
  const pieces: Block[][] = []
  for (const block of blocks) {
    const current = pieces.at(-1)
    if (current === undefined || isOther(current, block, mode)) pieces.push([block])
    else current.push(block)
  }
  return pieces
}

function isOther(current: readonly Block[], block: Block, mode: Judged['mode']): boolean {
  if (block.prompt === null || !isRequest(block.prompt)) return false
  // Until something is done it is still being said what is wanted.
  if (current.every(({ commands, writes }) => commands.length + writes === 0)) return false
  if (block.commands.length + block.writes === 0) return false
  const before = new Set(current.flatMap(({ targets, named }) => [...targets, ...named]))
  const opens = OPENS.test(block.prompt)
  if (before.size > 0 && block.targets.length > 0) {
    const isElsewhere = block.targets.every((target) => !before.has(target))
    const isNamed = block.targets.some((target) => block.named.includes(target))
    return isElsewhere && (opens || isNamed || !sameKind(current, block, mode))
  }
  return !sameKind(current, block, mode) && (opens || isSure(judgedOf([block], mode)))
}

const isRequest = (prompt: string): boolean =>
  OPENS.test(prompt) || (!GOES_ON.test(prompt) && prompt.trim().split(/\s+/).length >= SHORT_WORDS)

function sameKind(current: readonly Block[], block: Block, mode: Judged['mode']): boolean {
  const [one, other] = [bestOf(judgedOf(current, mode)), bestOf(judgedOf([block], mode))]
  return one === undefined || other === undefined || one === other
}

const isSure = (judged: Judged) => Math.max(0, ...weights(judged).values()) >= SURE

function bestOf(judged: Judged): string | undefined {
  const [best] = [...weights(judged)].filter(([, weight]) => weight > 0).sort((a, b) => b[1] - a[1])
  return best?.[0]
}

/** What a piece is judged by. */
export function judgedOf(blocks: readonly Block[], mode: Judged['mode']): Judged {
  const commands = blocks.flatMap((block) => block.commands)
  const writes = blocks.reduce((sum, block) => sum + block.writes, 0)
  return {
    prompts: blocks.flatMap(({ prompt }) => prompt ?? []),
    commands,
    mode,
    onlyWrites: writes > 0 && commands.length === 0,
  }
}
