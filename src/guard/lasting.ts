import type { FailureCategory } from './failure-categories.ts'
import { WRONG_ACCOUNT } from './rights.ts'

/** What lasts and what passes, where the class of a failure alone does not say it. */

/** A line of a file: `File "build.py", line 9`, `deploy.sh: line 3:`, `on main.tf line 20`, `src/a.ts(3,1)`, `C:\\x.ps1:12 char:3`. */
const LINE_OF_FILE =
  /(?:^|[\s"'(])([\w~./\\:-]{0,200}?[\w-]{1,60}\.\w{1,5})['"]?(?:,? (?:on )?line \d|: line \d|:\d{1,6}(?::\d| char:|:? |$)|\(\d{1,6},\d)|\bon line \d{1,6} of ([\w./-]+)/im
/** Nobody puts these right: they came with a program. */
const OF_A_PROGRAM = /node_modules|(?:site|dist)-packages|^\/usr\/|^\/opt\/homebrew|^\/lib|program files|\\windows\\/i

/** Only so much of an output is looked at. */
const TEXT_CHARS = 8_000

/** Does an output blame a line of a file that somebody here writes? It is put right without the command being another one. */
export function blamesContent(output: string): boolean {
  const said = output.slice(0, TEXT_CHARS)
  const [, file = '', other = ''] = LINE_OF_FILE.exec(said) ?? []
  const name = file || other || (/\(line[ =:]?\s?\d{1,6}\)|: line \d{1,6}: |^Makefile:\d/m.test(said) ? 'x' : '')
  return name !== '' && !OF_A_PROGRAM.test(name)
}

/** Whoever signs in again may go on. */
const SIGNED_OUT =
  /(?:token|session|ticket|sign-?in|log-?in|credentials?)\b(?! time-?out).{0,40}(?:has |have |is |are )?expired|\bAADSTS|please (?:run|re-?run) .{1,40}(?:login|log in|sign in)|(?:not|no longer) (?:logged|signed) in|reauth|you must (?:first )?log ?in|No Kerberos credentials/i

const OF_CONTENT: ReadonlySet<FailureCategory> = new Set([
  'SyntaxError',
  'ParserError',
  'InvalidArgument',
  'NotSpecified',
  'ObjectNotFound',
])

/**
 * The class by which a failure is weighed. One of what somebody writes here is like an operation that is not possible now: only another way that works makes
 * it sure. An expired login is over with the next one. A flag that the output names is one that is not known.
 */
export function asWeighed(category: FailureCategory, grain: string, output: string): FailureCategory {
  const said = output.slice(0, TEXT_CHARS)
  if (SIGNED_OUT.test(said) && category !== 'PermissionDenied') return 'ResourceUnavailable'
  if (category === 'NotSpecified' && WRONG_ACCOUNT.test(said)) return 'PermissionDenied'
  if (grain === 'option' && category === 'NotSpecified') return 'InvalidArgument'
  const isPart = grain === 'option' || grain === 'program' || grain === 'syntax'
  return !isPart && OF_CONTENT.has(category) && blamesContent(said) ? 'InvalidOperation' : category
}
