import type { Mode } from './evidence.ts'
import { askedFor, type Block, Growing } from './features.ts'
import { beginsAnother } from './learned.ts'

/** Cuts a session into pieces of work: few and solid, a new one only where something else was asked for. Pure. @returns the blocks of each, in order */
export function split(blocks: readonly Block[], mode: Mode): Block[][] {
  const pieces: Growing[] = []
  for (const [index, block] of blocks.entries()) {
    const current = pieces.at(-1)
    const isOther =
      current === undefined ||
      (current.isBegun && block.prompt !== null && beginsAnother(current.cutFeatures(block, askedFor(blocks, index))))
    if (isOther) pieces.push(new Growing(mode))
    pieces.at(-1)?.add(block)
  }
  return pieces.map((piece) => piece.blocks)
}
