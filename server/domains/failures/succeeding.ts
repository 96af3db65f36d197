import { sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import { ALTERNATIVE_SCORE, alternativeScore, DONE_SCORE, isLook, takesTheWay } from '../../../src/guard/alternative.ts'
import { certainty, DENY_PERCENT } from '../../../src/guard/certainty.ts'
import { askedKeys } from '../../../src/guard/decide.ts'
import { stepsOf } from '../../../src/guard/steps.ts'
import type { Context } from '../../context.ts'
import { WITHHELD } from '../../redaction/redaction.ts'
import { asRun, asTyped, type Failure, failureOf, shellOf } from './failing.ts'
import { type Installed, installedBy } from './installed.ts'
import { changePattern, type Pattern, patternOf } from './known.ts'
import { assetNamed, nameOf, placeOf, type Run } from './places.ts'
import { isCalm, type Proof, provenBy, provenSteps } from './proven.ts'
import { learnOfSystem } from './systems.ts'
import { withoutNames } from './without-names.ts'

type Session = RowOf<typeof session>

/** A success so soon after a failure, in the same session, may be the other way. */
export const COMMANDS_UNTIL_ANSWER = 12
const MINUTES_UNTIL_ANSWER = 60

/**
 * Learns from a run that worked, in the transaction that stores it: what worked where it was known to fail does not fail there any more, what was
 * installed may work now, and what failed just before is perhaps done this way.
 *
 * @param failed the session's failures that nothing had answered until then
 * @returns the ids of those that are done by it, in another way
 */
export async function learnSuccess(
  context: Context,
  session: Session,
  run: Run,
  failed: readonly { seq: number }[],
): Promise<string[]> {
  if (run.command.includes(WITHHELD)) return []
  const command = asTyped(run.command)
  const proofs = provenBy(command, shellOf(run))
  const installed = provenSteps(command).flatMap((step) => installedBy(step) ?? [])
  // First: what works instead must not be taken for a proof that the other way works.
  const isSoon = failed.some(({ seq }) => seq >= run.seq - COMMANDS_UNTIL_ANSWER)
  const answered = isSoon ? await learnAlternative(context, session, run) : []
  const known = await readKnown(context, run, proofs, installed)
  if (known.length > 0) await disprove(context, run, known, proofs)
  for (const one of installed) await doubtMissing(context, run, known, one)
  return answered
}

/** What is known under these keys for this client or this machine. One query, by its index; most often it finds nothing. */
async function readKnown(
  context: Context,
  { client_id, machine_id }: Run,
  proofs: readonly Proof[],
  installed: readonly Installed[],
): Promise<Pattern[]> {
  const keys = [...new Set([...proofs.map(({ key }) => key), ...installed.flatMap((one) => one.keys)])]
  if (keys.length === 0) return []
  const { rows } = await sql<Pattern>`select * from failure_patterns
    where match_key in (${sql.join(keys)}) and status in ('active', 'candidate')
      and (client_id = ${client_id} or client_id is null and (machine_id is null or machine_id = ${machine_id}))`.execute(
    context.db,
  )
  return rows
}

/** Failures of the same in the same place are out of date, whoever decided on them. */
async function disprove(context: Context, run: Run, known: Pattern[], proofs: readonly Proof[]): Promise<void> {
  if (!isCalm(run.command, run.stderr_excerpt, run.stdout_excerpt)) return
  for (const pattern of known) {
    if (run.started_at < pattern.last_seen_at) continue
    const other = pattern.recommended_alternative
    if (other !== null && takesTheWay(asTyped(run.command), other)) continue
    const hosts = [...new Set(proofs.filter(({ key }) => key === pattern.match_key).map(({ host }) => host))]
    for (const host of hosts) {
      if (!(await isIn(context, pattern, run, host))) continue
      const how = asTyped(run.command) === run.command ? 'It worked' : 'Somebody ran it all the same and it worked'
      const obsolete_reason = `${how} on ${run.started_at.slice(0, 10)}.`
      await changePattern(context, pattern.id, { status: 'obsolete', obsolete_reason })
      pattern.status = 'obsolete'
      break
    }
  }
}

/** Is this the place that the pattern is of, or a machine of its system? What belongs to no place is for people to judge. */
async function isIn(context: Context, pattern: Pattern, run: Run, host: string | null): Promise<boolean> {
  if (pattern.infrastructure_id !== null)
    return host !== null && (await assetNamed(context, run, host)) === pattern.infrastructure_id
  if (pattern.host !== null) return pattern.host === host
  if (pattern.machine_id !== null) return host === null && pattern.machine_id === run.machine_id
  if (pattern.system === null) return false
  const place = await placeOf(context, run, { grain: 'program', key: '', host, program: '', shell: null })
  return (await nameOf(context, place)).system === pattern.system
}

/** Only said from now on, no longer stopped. */
const DOUBTED_PERCENT = 45

/** Where something was installed, what was missing is perhaps there. */
async function doubtMissing(
  context: Context,
  run: Run,
  known: readonly Pattern[],
  installed: Installed,
): Promise<void> {
  const isWider = installed.brings !== null || installed.words.length > 0 || installed.isLogin || installed.isStart
  const more = isWider ? await readWanting(context, run) : []
  const named = known.filter(({ match_key }) => installed.keys.includes(match_key ?? ''))
  for (const pattern of [...named, ...more.filter((one) => !named.includes(one) && isWanting(one, installed))]) {
    if (pattern.status === 'obsolete' || run.started_at < pattern.last_seen_at) continue
    if (pattern.system !== null || !(await isIn(context, pattern, run, installed.host))) continue
    await changePattern(context, pattern.id, {
      status: 'candidate',
      confidence_percent: Math.min(pattern.confidence_percent, DOUBTED_PERCENT),
      ...{ verified_by: null, verified_at: null },
    })
  }
}

/** What failed there because something was missing or of another version, or because of rights, under any name. */
async function readWanting(context: Context, { client_id, machine_id }: Run): Promise<Pattern[]> {
  const { rows } = await sql<Pattern>`select * from failure_patterns
    where (client_id = ${client_id} or machine_id = ${machine_id}) and status in ('active', 'candidate')
    order by last_seen_at desc limit ${MOST_WANTING}`.execute(context.db)
  return rows
}
const MOST_WANTING = 500

/** `Install-Module` and `Install-WindowsFeature` bring cmdlets, a package what has its name in it, another version of Node.js another `npm`. */
function isWanting(pattern: Pattern, installed: Installed): boolean {
  const { grain, match_key, failure_category } = pattern
  const { brings, words, isSwitch, isGrant, isLogin, isEdit, isStart } = installed
  const key = match_key ?? ''
  if (isLogin) return failure_category === 'AuthenticationError'
  if (isStart) return failure_category === 'ConnectionError' && !hasOtherPort(pattern)
  if (isEdit) return words.some((file) => ` ${key} `.includes(` ${file} `) || ` ${key} `.includes(`/${file} `))
  if (failure_category === 'PermissionDenied' ? !isGrant : isGrant || !WANTING.has(failure_category ?? '')) return false
  if (brings !== null) return grain === 'program' && brings.test(key.slice('program '.length))
  if (!isSwitch && !isGrant && failure_category !== 'NotInstalled') return false
  const told = key.split(/[^a-z0-9+]+/)
  return words.some((word) => told.includes(word))
}

/** It was listening all the time, elsewhere: no start of a service changes that. Ways are read alike in every shell. */
const hasOtherPort = ({ match_key, recommended_alternative }: Pattern): boolean =>
  askedKeys(recommended_alternative ?? '', 'bash').some((key) => key.startsWith(`${match_key} port `))

const WANTING: ReadonlySet<string> = new Set(['NotInstalled', 'Compatibility', 'Environment'])

/**
 * Gives the failures just before, in the same session, this way as the one that works, where it is likelier than the one they have.
 *
 * @returns the ids of those that are surely done by it
 */
async function learnAlternative(context: Context, session: Session, run: Run): Promise<string[]> {
  const found = await context.db
    .selectFrom('commands_run')
    .selectAll()
    .where('session_id', '=', session.id)
    .where('seq', '>=', run.seq - COMMANDS_UNTIL_ANSWER)
    .where('seq', '<', run.seq)
    .orderBy('seq', 'desc')
    .execute()
  const since = new Date(Date.parse(run.started_at) - MINUTES_UNTIL_ANSWER * 60_000).toISOString()
  const succeeded = asTyped(run.command)
  const answered: string[] = []
  let between = 0
  for (const before of found.map(asRun)) {
    const isRecentFailure = !before.success && before.started_at >= since
    const score = isRecentFailure ? alternativeScore({ failed: asTyped(before.command), succeeded, between }) : 0
    const failure = score >= ALTERNATIVE_SCORE ? failureOf(before) : null
    if (failure && (await answer(context, before, failure, run, score)) && score >= DONE_SCORE) answered.push(before.id)
    if (!stepsOf(before.command).every(isLook)) between += 1
  }
  return answered
}

/** @returns whether it is the way from now on. */
async function answer(context: Context, failed: Run, failure: Failure, run: Run, score: number): Promise<boolean> {
  const place = await placeOf(context, failed, failure.blame)
  const pattern = await patternOf(context, failure, place)
  if (!pattern || pattern.status === 'obsolete' || !isBetter(pattern, score)) return false
  const percent = certainty({
    category: failure.category,
    isAnswered: true,
    occurrences: pattern.occurrences,
    sessions: pattern.distinct_sessions,
  })
  const isOwn = pattern.client_id !== null && pattern.client_id === run.client_id
  const text = asTyped(run.command).slice(0, ALTERNATIVE_CHARS)
  await changePattern(context, pattern.id, {
    recommended_alternative: isOwn || run.client_id === null ? text : withoutNames(text),
    alternative_command_id: isOwn ? run.id : null,
    alternative_score: score,
    confidence_percent: percent,
    status: pattern.status === 'candidate' && percent >= DENY_PERCENT ? 'active' : pattern.status,
  })
  await learnOfSystem(context, failure, place)
  return true
}

const ALTERNATIVE_CHARS = 2_000

/** What a person wrote has no score, and stays. */
const isBetter = ({ recommended_alternative, alternative_score }: Pattern, score: number): boolean =>
  recommended_alternative === null || (alternative_score !== null && score > alternative_score)
