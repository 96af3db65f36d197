import type { FailureCategory } from './failure-categories.ts'

/** How certain it is that a command fails again, in percent, and what follows from it. Pure. */

/** From here on a command is stopped, from there on it is only said. */
export const DENY_PERCENT = 70
export const NOTE_PERCENT = 40

interface Weight {
  /** After one failure: without, and with a way that worked instead. */
  alone: number
  answered: number
  /** However often it fails. */
  most: number
}

/** What an environment lacks, it lacks tomorrow; what is busy or not reachable may be free the next minute, and is never stopped for that. */
const LASTING: Weight = { alone: 75, answered: 92, most: 99 }
const LIKELY: Weight = { alone: 70, answered: 88, most: 97 }
const DOUBTFUL: Weight = { alone: 45, answered: 80, most: 95 }
const PASSING: Weight = { alone: 30, answered: 65, most: 69 }
/** A refused connection may be a service that is down for a minute, or one that is not there: another way that works says which. */
const REFUSED: Weight = { alone: 35, answered: 75, most: 90 }
const MOMENTARY: Weight = { alone: 15, answered: 40, most: 60 }

const WEIGHTS: Readonly<Record<FailureCategory, Weight>> = {
  NotInstalled: LASTING,
  Compatibility: LASTING,
  NotImplemented: LASTING,
  SyntaxError: LASTING,
  ParserError: LASTING,
  InvalidArgument: LASTING,
  SecurityError: LASTING,
  ProtocolError: LIKELY,
  Environment: LIKELY,
  PermissionDenied: LIKELY,
  InvalidOperation: DOUBTFUL,
  ObjectNotFound: DOUBTFUL,
  AuthenticationError: DOUBTFUL,
  NotSpecified: DOUBTFUL,
  ConnectionError: REFUSED,
  OperationTimeout: PASSING,
  ResourceExists: PASSING,
  ResourceUnavailable: MOMENTARY,
  ResourceBusy: MOMENTARY,
  LimitsExceeded: MOMENTARY,
  QuotaExceeded: MOMENTARY,
  OperationStopped: MOMENTARY,
}

export interface Experience {
  category: FailureCategory
  /** A way that worked instead is known. */
  isAnswered: boolean
  occurrences: number
  /** In so many sessions. */
  sessions: number
}

/** Each further session counts much more than the same again in one. */
const PER_SESSION = 12
const PER_OCCURRENCE = 3

/** 0 to 100. Never less for more failures, nor for a known answer. */
export function certainty({ category, isAnswered, occurrences, sessions }: Experience): number {
  const weight = WEIGHTS[category]
  const again = Math.max(0, sessions - 1) * PER_SESSION + Math.max(0, occurrences - sessions) * PER_OCCURRENCE
  return Math.max(0, Math.min(weight.most, (isAnswered ? weight.answered : weight.alone) + again))
}

export interface Known {
  /** As `certainty` gave it when it was learned. */
  percent: number
  /** Known of this very machine, or host: not only of others like it. */
  isSamePlace: boolean
  /** On so many machines. */
  places: number
  /** A person has confirmed it. */
  isVerified: boolean
  /** Since it was last seen, or confirmed. */
  ageDays: number
}

/** So long it is as certain as on the first day, and after so long nothing is said any more. */
const FRESH_DAYS = 90
const FORGOTTEN_DAYS = 360

export type Verdict = 'deny' | 'note' | 'allow'

/** What is done about a command that matches. What is known of other machines is only said, until three of them agree or a person does. */
export function verdict({ percent, isSamePlace, places, isVerified, ageDays }: Known): Verdict {
  const now = isVerified ? 100 : decayed(percent, ageDays)
  const enough = isSamePlace || isVerified || places >= PLACES_THAT_AGREE
  if (now >= DENY_PERCENT && enough) return 'deny'
  return now >= NOTE_PERCENT ? 'note' : 'allow'
}

const PLACES_THAT_AGREE = 3

/** Half of it is gone in the middle between fresh and forgotten. */
function decayed(percent: number, ageDays: number): number {
  if (ageDays <= FRESH_DAYS) return percent
  if (ageDays >= FORGOTTEN_DAYS) return 0
  return Math.round(percent * (1 - (ageDays - FRESH_DAYS) / (FORGOTTEN_DAYS - FRESH_DAYS)))
}
