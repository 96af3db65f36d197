import type { Span } from './marks.ts'

/** What a text is: `command` when all of it is a command line or a script, else anything, with command lines in it or not. */
export type TextKind = 'command' | 'text'

/** A secret in a text; offsets in UTF-16 units, `end` exclusive. */
export interface Finding extends Span {
  /** What the mark calls it: lower case, digits and dashes. */
  kind: string
  /** It looks like a password and nothing says that it is one. Reason enough to leave it out, too little to stop a person. */
  isGuess?: true
}

/** A text as the layers look at it. */
export interface Source {
  /** As long as the original, so that offsets are the same. The marks that stood in it are filled with `*`. */
  readonly text: string
  /** The same in lower case, of the same length. */
  readonly lower: string
  readonly as: TextKind
  /** How many times this text was decoded out of another one. */
  readonly depth: number
  /** Whether `lower` holds this text. Faster than a search when much is asked for that is not there. */
  readonly has: (hint: string) => boolean
  /** The secrets of a text that a layer decoded out of this one. */
  readonly findInside: (decoded: string, as: TextKind) => Finding[]
}

export interface Proof {
  /** The shape alone proves it: it is no placeholder, whatever it looks like. */
  isShape?: boolean
  /** It stood in single quotes: `'$ecret1'` is no variable. */
  isLiteral?: boolean
  isGuess?: boolean
}

/** Takes what a layer found. Placeholders (`$PASSWORD`, `<your key>`, `********`, `null`) and marks are left out here, for every layer. */
export type Report = (start: number, end: number, kind: string, proof?: Proof) => void

/** One way of finding secrets. Pure, and linear in the length of the text. */
export type Layer = (source: Source, report: Report) => void
