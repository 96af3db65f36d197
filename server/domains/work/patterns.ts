import { AppError } from '../../../src/contract/errors.ts'

/** More of these, and a text could be written that takes minutes to look at. */
const MOST_UNBOUNDED = 2

/**
 * A regular expression that no text can make slow: without looking back or ahead, without references to what was found, and without
 * repeating what repeats or can be read in two ways.
 *
 * @throws AppError INVALID_INPUT that says what to leave out.
 */
export function checkPattern(pattern: string): void {
  const why = whyNotSafe(pattern)
  if (why) throw new AppError('INVALID_INPUT', `pattern: ${why}`)
}

function whyNotSafe(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'iu')
  } catch {
    return 'this is no regular expression. Check brackets and backslashes, or take "substring".'
  }
  // What is escaped or stands in square brackets is one character like any other.
  const plain = pattern
    .replace(/\\[1-9k]/g, '\u0001')
    .replace(/\\./gu, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
  if (plain.includes('\u0001')) return 'leave out references to groups (\\1).'
  if (/\(\?<?[=!]/.test(plain)) return 'leave out looking ahead and back ((?=…), (?<=…)).'
  if (repeatsWhatVaries(plain.replace(/\(\?(?::|<\w+>)/g, '(')))
    return 'a repeated group may hold neither a repetition nor an alternative. Write it without, or take "glob".'
  if ((plain.match(/[*+]|\{\d+,\}/g) ?? []).length > MOST_UNBOUNDED)
    return `at most ${MOST_UNBOUNDED} of "*", "+" and "{n,}". Make it shorter, or take "glob".`
  return undefined
}

/** A group that is repeated and can be read in more than one way. Groups are taken apart from the inside. */
function repeatsWhatVaries(plain: string): boolean {
  if (/\([^()]*[*+?{|][^()]*\)(?:[*+]|\{)/.test(plain)) return true
  const outer = plain.replace(/\(([^()]*)\)/g, '$1')
  return outer !== plain && repeatsWhatVaries(outer)
}
