import type { failurePattern } from '../../../src/contract/failures.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Blame } from '../../../src/guard/blame.ts'
import { isCmdlet } from '../../../src/guard/cmdlets.ts'
import type { FailureCategory } from '../../../src/guard/failure-categories.ts'
import { clip, errorLine, visible } from '../../../src/recall/clean.ts'

/** What is written about a pattern, for people. Pure. */

type Pattern = RowOf<typeof failurePattern>

/** The coarse classes of the column `category`: categories of one class are one family. */
const FAMILIES: Readonly<Record<FailureCategory, Pattern['category']>> = {
  NotInstalled: 'missing_dependency',
  Compatibility: 'compatibility',
  NotImplemented: 'compatibility',
  ProtocolError: 'compatibility',
  SyntaxError: 'syntax',
  ParserError: 'syntax',
  InvalidArgument: 'syntax',
  PermissionDenied: 'permission',
  SecurityError: 'permission',
  AuthenticationError: 'auth',
  ConnectionError: 'network',
  OperationTimeout: 'timing',
  ResourceUnavailable: 'resource',
  ResourceBusy: 'resource',
  LimitsExceeded: 'resource',
  QuotaExceeded: 'resource',
  Environment: 'environment',
  ObjectNotFound: 'logic',
  ResourceExists: 'logic',
  InvalidOperation: 'logic',
  OperationStopped: 'logic',
  NotSpecified: 'logic',
}

export const familyOf = (category: FailureCategory): Pattern['category'] => FAMILIES[category]

/** What a machine or system lacks is what stops the work of the next one. */
export const severityOf = (category: FailureCategory): Pattern['severity'] =>
  ['missing_dependency', 'compatibility', 'permission'].includes(familyOf(category)) ? 'medium' : 'low'

const TITLE_CHARS = 200
const COMMAND_CHARS = 90

/** `NotInstalled` as people say it: `not installed`. */
const spoken = (category: FailureCategory): string => category.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()

/**
 * One line that a person understands.
 *
 * @param where the name of the machine or system
 * @example titleOf({ grain: 'program', … }, …)   // docker is not installed on SRV1
 */
export function titleOf(blame: Blame, category: FailureCategory, command: string, where: string): string {
  const program = asTyped(blame.program, command)
  const [, ...rest] = blame.key.split(' ')
  const what = (rest.at(-1) ?? '').replace(/^:|[=:]?\?$/g, '')
  const doing = clip(visible(asTyped(rest.join(' '), command)), COMMAND_CHARS)
  const title = {
    program: `${program} ${isCmdlet(program) ? 'does not exist' : 'is not installed'} on ${where}`,
    option: `${program} does not know ${asTyped(what, command)} on ${where}`,
    syntax: `${/^PowerShell /.test(where) ? where : `The shell on ${where}`} does not understand ${rest.at(-1)}`,
    shape: blame.key.startsWith('way ') ? `${where} is not reached by ${doing}` : `${doing} does not work on ${where}`,
    exact: `${doing} fails on ${where}${category === 'NotSpecified' ? '' : ` (${spoken(category)})`}`,
  }[blame.grain]
  return clip(visible(title), TITLE_CHARS)
}

/** Keys are in lower case: the words as they stood in the command, where they stood there so. */
function asTyped(text: string, command: string): string {
  const at = text === '' ? -1 : command.toLowerCase().indexOf(text)
  return at < 0 ? text : command.slice(at, at + text.length)
}

const ROOT_CAUSE_CHARS = 300

/** The line of an output that says what was wrong; null where there is none. */
export const tellingLine = (text: string): string | null => errorLine(text, ROOT_CAUSE_CHARS) || null
