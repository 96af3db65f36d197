import type { Command } from 'commander'
import type { World } from './world.ts'

/** Adds a group of verbs to the program. The files of heavy verbs are imported when the verb runs: start-up counts. */
export type AddVerbs = (program: Command, world: World) => void

/** The end of a verb's `--help`. */
export const example = (...lines: readonly string[]): string =>
  `\nExample${lines.length === 1 ? '' : 's'}:\n${lines.map((line) => `  ${line}`).join('\n')}`
