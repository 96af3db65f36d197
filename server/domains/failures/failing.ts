import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import { ALLOW_MARK } from '../../../src/guard/allow-mark.ts'
import { type Blame, blameOf, type Shell } from '../../../src/guard/blame.ts'
import { certainty, DENY_PERCENT } from '../../../src/guard/certainty.ts'
import { sessionKey } from '../../../src/guard/decide.ts'
import { errorShape, errorSignature } from '../../../src/guard/error-text.ts'
import type { FailureCategory } from '../../../src/guard/failure-categories.ts'
import { isFailureOfKnowledge } from '../../../src/guard/failures.ts'
import { asWeighed } from '../../../src/guard/lasting.ts'
import { commandFingerprint, segmentsOf } from '../../../src/guard/shape.ts'
import type { Context } from '../../context.ts'
import { announce } from '../../outbox/announce.ts'
import { WITHHELD } from '../../redaction/redaction.ts'
import { sha256 } from '../work/sha256.ts'
import { changePattern, type Pattern, patternOf } from './known.ts'
import { nameOf, type Place, placeOf, type Run, signatureOf } from './places.ts'
import { learnOfSystem } from './systems.ts'
import { familyOf, severityOf, tellingLine, titleOf } from './words.ts'

type Session = RowOf<typeof session>

/** What a failed run teaches. */
export interface Failure {
  blame: Blame
  category: FailureCategory
  /** Without the mark that let it through. */
  command: string
  text: string
  /** The shell at which it was typed. */
  typedAt: Shell
}

const SHELLS: Readonly<Record<string, Shell>> = { powershell: 'powershell', winrm: 'powershell', cmd: 'cmd' }
export const shellOf = ({ tool }: Run): Shell => SHELLS[tool] ?? 'bash'

/** The command without the mark by which a technician lets it through the guard. */
export const asTyped = (command: string): string => command.replace(ALLOW_MARK, '')

/** What failed, and how. Null where nobody learns from it: a "no", a red test suite, an interrupt, what had to be withheld. Pure. */
export function failureOf(run: Run): Failure | null {
  if (!isFailureOfKnowledge(run) || run.command.includes(WITHHELD)) return null
  const category = (run.failure_category ?? 'NotSpecified') as FailureCategory
  if (category === 'OperationStopped') return null
  const command = asTyped(run.command)
  const text = [run.stderr_excerpt, run.error_message, run.stdout_excerpt].filter(Boolean).join('\n')
  const typedAt = shellOf(run)
  const blame = blameOf({ command, shell: typedAt, category, text })
  // Whoever types it again types the secret, and not the mark that stands for it here.
  if (blame === null || blame.key.includes('[redacted:') || (blame.host ?? '').length > HOST_CHARS) return null
  return { blame, category: asWeighed(category, blame.grain, text), command, text, typedAt }
}

const HOST_CHARS = 255

/** Makes or counts the pattern of a failed run, in the transaction that stores the run. */
export async function learnFailure(context: Context, session: Session, run: Run): Promise<void> {
  const failure = failureOf(run)
  if (failure === null) return
  const place = await placeOf(context, run, failure.blame)
  const known = await patternOf(context, failure, place)
  if (known) await countAgain(context, session, run, failure, known)
  else await insertPattern(context, session, run, failure, place)
  await learnOfSystem(context, failure, place)
}

async function insertPattern(
  context: Context,
  session: Session,
  run: Run,
  failure: Failure,
  place: Place,
): Promise<void> {
  const { blame, category, command } = failure
  const now = context.clock().toISOString()
  const percent = certainty({ category, isAnswered: false, occurrences: 1, sessions: 1 })
  const where = await nameOf(context, place)
  const isOfRun = place.client_id === run.client_id && place.client_id !== null
  const pattern = {
    ...{ id: context.newId(), created_at: now, updated_at: now, row_version: 1 },
    created_by: context.caller.userId,
    updated_by: context.caller.userId,
    ...place,
    signature: signatureOf(blame, category, place),
    command_fingerprint: commandFingerprint(command, sha256),
    title: titleOf(blame, category, command, inFull(where)),
    category: familyOf(category),
    severity: severityOf(category),
    ...{ occurrences: 1, distinct_sessions: 1, first_seen_at: run.started_at, last_seen_at: run.started_at },
    example_command_id: isOfRun ? run.id : null,
    ...saidBy(failure, isOfRun || run.client_id === null),
    confidence_percent: percent,
    status: percent >= DENY_PERCENT ? 'active' : 'candidate',
    grain: blame.grain,
    match_key: blame.key,
    places: 1,
    failure_category: category,
    failed_in: sessionKey(session.claude_session_id),
  } as const
  await context.db.insertInto('failure_patterns').values(pattern).execute()
  if (pattern.status === 'active') await announce(context, 'failure_pattern.activated', pattern)
}

const inFull = ({ name, system }: { name: string; system: string | null }) =>
  system === null || system === name ? name : `${name} (${system})`

const ERROR_TEXT_CHARS = 500

/**
 * What the output said. It is the client's: in a pattern that belongs to nobody it stands without names and numbers, and not at all where
 * something of the command is still in it.
 */
function saidBy({ text, command, blame }: Failure, isOwn: boolean) {
  const line = tellingLine(text)
  const error_signature = text.trim() === '' ? null : errorSignature(text, sha256)
  if (line === null || isOwn)
    return { root_cause: line, error_text: line?.slice(0, ERROR_TEXT_CHARS) ?? null, error_signature }
  const plain = errorShape(line)
  const things = segmentsOf(command).flatMap(({ literals }) => literals)
  const isTelling = things.some(
    (thing) => thing.length > 2 && plain.includes(thing.toLowerCase()) && thing !== blame.program,
  )
  const kept = isTelling ? null : plain
  return { root_cause: kept, error_text: kept, error_signature }
}

async function countAgain(
  context: Context,
  session: Session,
  run: Run,
  failure: Failure,
  known: Pattern,
): Promise<void> {
  const isAnew = known.status === 'obsolete'
  // News from before it worked again prove nothing.
  if (isAnew && run.started_at <= known.last_seen_at) return
  const isFirst = isAnew || !(await hasFailedInSession(context, session, run, failure, known))
  const occurrences = isAnew ? 1 : known.occurrences + 1
  const sessions = isAnew ? 1 : known.distinct_sessions + Number(isFirst)
  const isAnswered = known.recommended_alternative !== null
  const percent = certainty({ category: failure.category, isAnswered, occurrences, sessions })
  const isSure = percent >= DENY_PERCENT || (known.verified_by !== null && !isAnew)
  await changePattern(context, known.id, {
    occurrences,
    distinct_sessions: sessions,
    first_seen_at: isAnew || run.started_at < known.first_seen_at ? run.started_at : known.first_seen_at,
    last_seen_at: run.started_at > known.last_seen_at ? run.started_at : known.last_seen_at,
    // A session that was told, and had it run all the same, is told again; the one that learned it tries again unasked.
    ...(known.status === 'active' ? {} : { failed_in: sessionKey(session.claude_session_id) }),
    confidence_percent: percent,
    status: known.status === 'suppressed' ? 'suppressed' : isSure ? 'active' : 'candidate',
    ...(isAnew ? { obsolete_reason: null, verified_by: null, verified_at: null, merged_into_id: null } : {}),
  })
  if (isSure && (known.status === 'candidate' || isAnew))
    await announce(context, 'failure_pattern.activated', { ...known, occurrences, last_seen_at: run.started_at })
}

/** Failures of one session are looked through for the same: so many, the last first. */
const MOST_LOOKED_THROUGH = 20

/** Three tries in one session are one session. */
async function hasFailedInSession(
  context: Context,
  session: Session,
  run: Run,
  { blame }: Failure,
  known: Pattern,
): Promise<boolean> {
  if (known.last_seen_at < session.started_at) return false
  const earlier = await context.db
    .selectFrom('commands_run')
    .selectAll()
    .where('session_id', '=', run.session_id)
    .where('seq', '<', run.seq)
    .where('success', '=', 0)
    .where('failure_category', '=', run.failure_category)
    .orderBy('seq', 'desc')
    .limit(MOST_LOOKED_THROUGH)
    .execute()
  return earlier.some((row) => {
    const before = failureOf(asRun(row))
    return before !== null && before.blame.key === blame.key && before.blame.host === blame.host
  })
}

/** A stored run, whose booleans are numbers. */
export const asRun = (row: Record<string, unknown>): Run =>
  ({ ...row, success: Boolean(row.success), interrupted: Boolean(row.interrupted) }) as Run
