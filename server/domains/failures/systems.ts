import type { Blame } from '../../../src/guard/blame.ts'
import { certainty, DENY_PERCENT } from '../../../src/guard/certainty.ts'
import type { FailureCategory } from '../../../src/guard/failure-categories.ts'
import { type OwnMachine, reachOf } from '../../../src/guard/reach.ts'
import { systemName } from '../../../src/guard/system.ts'
import type { Context } from '../../context.ts'
import { changePattern, findPattern, type Pattern } from './known.ts'
import { NAMES_ONLY, type Place, signatureOf, systemOfAsset } from './places.ts'
import { withoutNames } from './without-names.ts'
import { familyOf, severityOf, titleOf } from './words.ts'

interface Failed {
  blame: Blame
  category: FailureCategory
  command: string
  /** At which it was typed. */
  typedAt: string
}

const PLACES = 2
/** Flags and syntax come with a version of the system, programs are installed. On technicians' own machines, which are no client's, one is enough. */
const needed = ({ grain }: Blame, { machine_id }: Place): number =>
  machine_id !== null && (grain === 'option' || grain === 'syntax') ? 1 : PLACES
const MOST_READ = 500

/**
 * What fails on two machines of one system is a matter of that system: a pattern of nobody's, with no word of those whose machines they were. Once it
 * worked on one of them it is not, and stays obsolete.
 */
export async function learnOfSystem(context: Context, failure: Failed, place: Place): Promise<void> {
  const { blame } = failure
  if (!NAMES_ONLY.has(blame.grain) || (place.infrastructure_id ?? place.machine_id) === null || place.host !== null)
    return
  const others = await readAlike(context, failure)
  if (new Set(others.map(machineOf)).size < needed(blame, place)) return
  const system = others.find((other) => machineOf(other) === (place.infrastructure_id ?? place.machine_id))?.of ?? null
  const alike = others.filter((other) => system !== null && other.of === system)
  const places = new Set(alike.map(machineOf)).size
  if (system === null || places < needed(blame, place)) return
  await keepOfSystem(context, failure, { system, places, alike })
}

interface Alike extends Pattern {
  /** The system of its machine. */
  of: string | null
}

const machineOf = ({ infrastructure_id, machine_id }: Pattern): string => infrastructure_id ?? machine_id ?? ''

/** The same on single machines, of all clients. */
async function readAlike(context: Context, { blame, category, typedAt }: Failed): Promise<Alike[]> {
  const { key, shell } = blame
  const found = await context.db
    .selectFrom('failure_patterns')
    .leftJoin('infrastructure', 'infrastructure.id', 'failure_patterns.infrastructure_id')
    .leftJoin('machines', 'machines.id', 'failure_patterns.machine_id')
    .selectAll('failure_patterns')
    .select(['infrastructure.os_name as asset_os', 'infrastructure.os_version as asset_version'])
    .select([
      'machines.os_version as machine_os',
      'machines.os_type as machine_family',
      'machines.tools as machine_tools',
    ])
    .where('failure_patterns.match_key', '=', key)
    .where('failure_patterns.status', 'in', ['active', 'candidate'])
    .where('failure_patterns.failure_category', '=', category)
    .where('failure_patterns.host', 'is', null)
    .where('failure_patterns.system', 'is', null)
    .where((eb) =>
      eb.or([
        eb('failure_patterns.infrastructure_id', 'is not', null),
        eb('failure_patterns.machine_id', 'is not', null),
      ]),
    )
    .orderBy('failure_patterns.last_seen_at', 'desc')
    .limit(MOST_READ)
    .execute()
  return found.map(({ asset_os, asset_version, machine_os, machine_family, machine_tools, ...row }) => {
    const system = systemName(machine_os)
    const machine = { family: machine_family, system, shells: shellsIn(machine_tools) }
    return {
      ...(row as unknown as Pattern),
      of:
        row.infrastructure_id === null
          ? (reachOf({ key, shell, typedAt }, machine) ?? system)
          : systemOfAsset({ os_name: asset_os, os_version: asset_version }),
    }
  })
}

/** What the probe of a machine found: `{ shells: { powershell: '5.1' } }`. */
function shellsIn(tools: unknown): OwnMachine['shells'] {
  const { shells } = (typeof tools === 'string' ? JSON.parse(tools) : (tools ?? {})) as { shells?: unknown }
  return Object.fromEntries(
    Object.entries(shells ?? {}).flatMap(([name, version]) => (typeof version === 'string' ? [[name, version]] : [])),
  )
}

async function keepOfSystem(
  context: Context,
  { blame, category, command }: Failed,
  { system, places, alike }: { system: string; places: number; alike: Alike[] },
): Promise<void> {
  const place: Place = { scope: 'os', client_id: null, infrastructure_id: null, machine_id: null, host: null, system }
  const signature = signatureOf(blame, category, place)
  const known = await findPattern(context, place, signature)
  if (known?.status === 'obsolete') return
  const seen = alike.map(({ last_seen_at }) => last_seen_at).sort()
  const sum = (column: 'occurrences' | 'distinct_sessions') => alike.reduce((total, row) => total + row[column], 0)
  const counted = { occurrences: sum('occurrences'), distinct_sessions: sum('distinct_sessions'), places }
  const answer = answerOf(known, alike)
  const percent = certainty({
    category,
    isAnswered: answer.recommended_alternative !== null,
    occurrences: counted.occurrences,
    sessions: counted.distinct_sessions,
  })
  const last_seen_at = seen.at(-1) as string
  const isSure = percent >= DENY_PERCENT || (known?.verified_by ?? null) !== null
  const status = known?.status === 'suppressed' ? 'suppressed' : isSure ? 'active' : 'candidate'
  const failed_in = alike.find((row) => row.last_seen_at === last_seen_at)?.failed_in ?? null
  const learned = { ...counted, ...answer, confidence_percent: percent, status, last_seen_at, failed_in } as const
  if (known) return changePattern(context, known.id, learned)
  const now = context.clock().toISOString()
  await context.db
    .insertInto('failure_patterns')
    .values({
      ...{ id: context.newId(), created_at: now, updated_at: now, row_version: 1 },
      ...place,
      signature,
      title: titleOf(blame, category, command, spelled(system)),
      category: familyOf(category),
      severity: severityOf(category),
      first_seen_at: alike.map((row) => row.first_seen_at).sort()[0] as string,
      grain: blame.grain,
      match_key: blame.key,
      failure_category: category,
      ...learned,
    })
    .execute()
}

/** The best that worked on one of the machines, without names; what a person wrote stays. */
function answerOf(known: Pattern | undefined, alike: readonly Alike[]) {
  const { recommended_alternative: text = null, alternative_score: score = null } = known ?? {}
  if (text !== null && score === null) return { recommended_alternative: text, alternative_score: null }
  const best = alike
    .filter((row) => row.recommended_alternative !== null && row.alternative_score !== null)
    .sort((a, b) => (b.alternative_score ?? 0) - (a.alternative_score ?? 0))[0]
  if (!best || (best.alternative_score ?? 0) <= (score ?? 0))
    return { recommended_alternative: text, alternative_score: score }
  return {
    recommended_alternative: withoutNames(best.recommended_alternative as string),
    alternative_score: best.alternative_score,
  }
}

/** What a system lacks, until it is another one. */
const LASTING: readonly FailureCategory[] = [
  'NotInstalled',
  'Compatibility',
  'NotImplemented',
  'SyntaxError',
  'ParserError',
  'InvalidArgument',
  'SecurityError',
  'ProtocolError',
]

interface SystemOf {
  id: string
  os_name: string | null
  os_version: string | null
}

/** An asset has another system than before: what the old one lacked does not hold any more. */
export async function forgetOldSystem(context: Context, before: SystemOf, after: SystemOf): Promise<void> {
  const [old, now] = [systemOfAsset(before), systemOfAsset(after)]
  if (old === null || old === now) return
  await context.db
    .updateTable('failure_patterns')
    .set((eb) => ({
      status: 'obsolete',
      obsolete_reason: `The system changed from ${old} to ${now ?? 'another one'}.`,
      updated_at: context.clock().toISOString(),
      row_version: eb('row_version', '+', 1),
    }))
    .where('infrastructure_id', '=', after.id)
    .where('status', 'in', ['active', 'candidate'])
    .where('failure_category', 'in', LASTING)
    .execute()
}

/** As people write it. */
const spelled = (system: string): string =>
  system
    .replace(/^powershell /, 'PowerShell ')
    .replace(/^pwsh /, 'PowerShell ')
    .replace(/^windows$/, 'Windows')
    .replace(/^macos$/, 'macOS')
