import type { RowOf } from '../contract/kernel.ts'
import type { commandRun } from '../contract/work.ts'
import { ANSWERS, CHECK, DESTRUCTIVE, DESTRUCTIVE_SQL } from './command-kinds.ts'
import { BY_EXIT_CODE, BY_TEXT, FAILURE_CATEGORIES, type FailureCategory } from './failure-categories.ts'
import { blamesContent } from './lasting.ts'
import { mainSegment, type Segment, segmentsOf } from './shape.ts'
import { targetOf } from './target.ts'

/** What the outcome of a command means: how its failure is classed, whether it is worth knowing, and what answers it. */

/** What is known of a failed run. */
export interface FailureSigns {
  exitCode: number | null
  stderr: string | null
  /** What the shell's caller said, e.g. Claude Code's `Exit code 127\nbash: …`. */
  error: string | null
}

/**
 * The class of a failure: PowerShell's `ErrorCategory` names, `Compatibility` and `Environment`. The text decides before the exit code,
 * since an exit code of 1 says nothing; `NotSpecified` when neither says anything.
 *
 * @example failureCategory({ exitCode: 127, stderr: null, error: null })   // NotInstalled
 */
export function failureCategory({ exitCode, stderr, error }: FailureSigns): FailureCategory {
  const text = `${stderr ?? ''}\n${error ?? ''}`.slice(0, 20_000)
  const said = named(text) ?? BY_TEXT.find(([pattern]) => pattern.test(text))?.[1]
  return said ?? BY_EXIT_CODE[exitCodeOf(exitCode, error) ?? 0] ?? 'NotSpecified'
}

/** With these PowerShell says less than the text. */
const SAYS_LITTLE = new Set<FailureCategory>([
  'NotSpecified',
  'ObjectNotFound',
  'SecurityError',
  'InvalidOperation',
  'ResourceUnavailable',
])

/** PowerShell prints the category itself: `+ CategoryInfo : PermissionDenied: (…)`. */
function named(text: string): FailureCategory | undefined {
  const name = /CategoryInfo\s{0,20}:\s{0,20}(\w{1,40})/.exec(text)?.[1]
  return FAILURE_CATEGORIES.find((category) => category === name && !SAYS_LITTLE.has(category))
}

/** The exit code, also where Claude Code only wrote it into its message: `Exit code 127`, then the output. */
export function exitCodeOf(exitCode: number | null, error: string | null | undefined): number | null {
  if (exitCode !== null) return exitCode
  const told = /^Exit code:? (\d{1,10})/.exec(error ?? '')?.[1]
  return told === undefined ? null : Number(told)
}

/** The columns of a command by which its outcome is judged. */
export type JudgedCommand = Pick<
  RowOf<typeof commandRun>,
  'command' | 'success' | 'interrupted' | 'exit_code' | 'error_message'
>

/**
 * Did something not work that somebody should know before trying it again? Not so when nothing failed, when a person stopped it, when "no" is the answer
 * (`grep` without a hit, `diff` with a difference, `systemctl is-active`), or when a test suite or a linter did its job.
 */
export function isFailureOfKnowledge(run: JudgedCommand): boolean {
  const exitCode = exitCodeOf(run.exit_code, run.error_message)
  if (run.success || run.interrupted || (exitCode !== null && STOPPED.has(exitCode))) return false
  // What is said to be wrong is no answer: `grep` at the end of a pipe finds nothing when the program before it fails.
  return saysWhatIsWrong(run.error_message) || isWorthKnowing(run.command, exitCode)
}

const judged = new Map<string, boolean>()
const MOST_JUDGED = 2_000
const LONGEST_JUDGED = 1_000

/** Kept: the same failures are judged again for every block of a client. The oldest go first. */
function isWorthKnowing(command: string, exitCode: number | null): boolean {
  const key = `${exitCode} ${command}`
  const known = judged.get(key)
  if (known !== undefined) return known
  const segments = segmentsOf(command)
  // Of a pipeline or a list, the last command gives the exit code.
  const isNo = exitCode !== null && isAnswer(segments.at(-1), exitCode)
  const isWorth = !isNo && ((exitCode !== null && COULD_NOT_RUN.has(exitCode)) || !segments.some(isCheck))
  if (command.length > LONGEST_JUDGED) return isWorth
  if (judged.size >= MOST_JUDGED) judged.delete(judged.keys().next().value as string)
  judged.set(key, isWorth)
  return isWorth
}

/** Errors that no search, comparison or test suite prints of its own findings. */
const WRONG: ReadonlySet<FailureCategory> = new Set([
  'NotInstalled',
  'ParserError',
  'InvalidArgument',
  'SyntaxError',
  'SecurityError',
  'Compatibility',
  'ProtocolError',
])
const SHORT_CHARS = 600
/** No configuration is right or wrong for that. */
const WANTS_ROOT = /super-?user|must be root|root privileges|try with sudo|run as root/i

function saysWhatIsWrong(error: string | null): boolean {
  if (error === null || error.length > SHORT_CHARS) return false
  const category = failureCategory({ exitCode: null, stderr: null, error })
  return (WRONG.has(category) && !blamesContent(error)) || (category === 'PermissionDenied' && WANTS_ROOT.test(error))
}

/** Ctrl-C and a polite kill, on Unix and Windows. */
const STOPPED: ReadonlySet<number> = new Set([130, 143, 0xc000013a])
const COULD_NOT_RUN: ReadonlySet<number> = new Set([126, 127, 137, 9009])

const typed = ({ program, words }: Segment) => [program, ...words].join(' ').slice(0, 1_000)

/** `command -v docker` asks whether there is one. */
const isAnswer = (segment: Segment | undefined, exitCode: number) =>
  segment !== undefined &&
  (segment.wrappers.includes('command') ||
    ANSWERS.some(([pattern, codes]) => codes.includes(exitCode) && pattern.test(typed(segment))))

const isCheck = (segment: Segment) => CHECK.test(typed(segment))

/** What a command does and to what, as far as two runs can be compared. */
export interface Action {
  /** Machine, program and verbs: `srv1 systemctl restart`. */
  key: string
  /** What it does that to. */
  literals: readonly string[]
}

/** The action of a command line's main program. */
export function actionOf(command: string): Action {
  const main = mainSegment(segmentsOf(command))
  return {
    key: [targetOf(command) ?? '', main?.program ?? '', ...(main?.verbs ?? [])].join(' '),
    literals: main?.literals ?? [],
  }
}

/**
 * Does the success of one command answer the failure of another? Yes when both do the same on the same machine to at least one same thing,
 * however different their flags, and with or without `sudo`. The fingerprint alone cannot tell: to it, `ls /a` and `ls /b` are the same.
 *
 * @example answers('systemctl restart nginx', 'sudo systemctl restart nginx')   // true
 * @example answers('npm install', 'npm install --legacy-peer-deps')             // true
 * @example answers('ls /nonexistent', 'ls /srv')                                // false
 */
export function answers(failed: string, succeeded: string): boolean {
  if (failed.trim() === succeeded.trim()) return true
  const [wanted, done] = [actionOf(failed), actionOf(succeeded)]
  return (
    wanted.key === done.key &&
    (wanted.literals.length === 0 || wanted.literals.some((literal) => done.literals.includes(literal)))
  )
}

/**
 * Does this command remove or overwrite what no other command brings back, or take a machine down? By a short table: it marks commands for
 * whoever reads the records; it protects nothing.
 */
export function isDestructive(command: string): boolean {
  return segmentsOf(command).some((segment) => DESTRUCTIVE.test(typed(segment))) || DESTRUCTIVE_SQL.test(command)
}
