import type { Grain } from '../contract/failures.ts'
import { asksForHelp, takesTheWay } from './alternative.ts'
import { keyOfLine, type Shell } from './blame.ts'
import { type Verdict, verdict } from './certainty.ts'
import { isConsole, MENU_PATH, MENU_PATHS } from './consoles.ts'
import { fnv1a } from './fnv1a.ts'
import { everyKeyOf, isOfProgram, syntaxKey } from './keys.ts'
import { type OwnMachine, reachOf } from './reach.ts'
import { chainsOf, type Step, stepsOf } from './steps.ts'

/** A pattern as the guard keeps it: what would fail again, where, and what works instead. */
export interface GuardedPattern {
  id: string
  grain: Grain
  /** As `blameOf` gave it. */
  key: string
  /** Where it holds: on an asset, against a host that is no asset, on one technician's machine; all null: wherever its client or system is. */
  infrastructure_id: string | null
  host: string | null
  machine_id: string | null
  /** A system on which it holds, like `windows server 2008`; null for any. */
  system: string | null
  percent: number
  places: number
  is_verified: boolean
  /** ISO 8601: seen, or confirmed by a person. */
  at: string
  title: string
  alternative: string | null
  /** In which Claude Code session it failed last, as `sessionKey` writes it; null where that is not told. */
  failed_in: string | null
}

/** What is known of a machine of the client, by any of its names. */
export interface GuardedAsset {
  id: string
  /** As `systemName` writes it; null where nobody has said. */
  system: string | null
  /** Current facts, by key. */
  facts: Readonly<Record<string, string>>
  /** Name of the VPN without which it is not reached; null for none. */
  vpn: string | null
}

/** The guard's knowledge, read from the cache as it is needed. */
export interface Knowledge {
  patterns(key: string): readonly GuardedPattern[]
  /** By host name, full name or address, lower case. */
  asset(host: string): GuardedAsset | undefined
}

/** The machine on which the command is typed. */
export interface Here extends OwnMachine {
  machineId: string | null
  shell: Shell
  /** As `sessionKey` writes it; null outside of one. */
  session: string | null
}

/** Tells a Claude Code session from others without naming it: patterns are read by other technicians. */
export const sessionKey = (claudeSessionId: string): string => fnv1a(claudeSessionId)

export interface Decision {
  decision: Verdict
  /** Null when nothing was found, and for a limit of the machine that no failure has shown. */
  patternId: string | null
  reason: string | null
  alternative: string | null
  /** Of a limit that no probe has seen: it comes from a table of systems and versions. */
  isTable?: true
}

export const ALLOW: Decision = { decision: 'allow', patternId: null, reason: null, alternative: null }

/** What is known to fail among what a command line does. The strictest verdict counts; among equals the narrowest and surest pattern. */
export function decide(command: string, knowledge: Knowledge, here: Here, now: Date): Decision {
  const steps = stepsOf(command, here.shell)
  const found = [
    ...steps.flatMap((step) => matchesOf(command, step, everyKeyOf(step), knowledge, here, now)),
    ...matchesOfLine(command, steps, knowledge, here, now),
  ]
  const best = found.sort(byStrictness)[0]
  if (!best) return ALLOW
  return {
    decision: best.verdict,
    patternId: best.pattern.id,
    reason: best.pattern.title,
    alternative: best.pattern.alternative,
  }
}

/**
 * What is known of failures and of limits together. The stricter counts. A limit out of a table may be wrong or out of date: it is only said, until the first
 * failure there shows that it is right, and then says the reason and another way.
 */
export function combined(learned: Decision, { isTable, ...limit }: Decision): Decision {
  const limited: Decision = isTable && limit.decision === 'deny' ? { ...limit, decision: 'note' } : limit
  if (STRICTNESS[limited.decision] > STRICTNESS[learned.decision]) return limited
  if (learned.decision === 'allow' || limited.decision === 'allow' || learned.alternative !== null) return learned
  const reason = `${learned.reason} (${limited.reason})`
  return { ...learned, reason, alternative: limited.alternative }
}

const STRICTNESS = { deny: 2, note: 1, allow: 0 } as const

/** The keys under which anything could be known of a command line: for a look into the cache before anything else. */
export function askedKeys(command: string, shell: Shell): string[] {
  const steps = stepsOf(command, shell)
  return [...new Set([...steps.flatMap(everyKeyOf), ...keysOfLine(command, shell, steps)])]
}

/** Between commands; consoles of appliances may not even have `;` and `|`. */
const CHAINS = new Set(['&&', '||'])
const REMOTE_CHAINS = new Set(['&&', '||', ';', '|'])
/** Within a command. */
const OPERATORS = ['??', '?.', '[[', '('] as const
const OF_SHELLS: Readonly<Record<string, readonly string[]>> = { remote: ['2>'], powershell: ['::new('] }
/** `a ? b : c`; behind a pipe it is `Where-Object`. */
const TERNARY = /[^|\s]\s+\?\s[^|]*\s:\s/

function keysOfLine(command: string, typedAt: Shell, steps: readonly Step[]): string[] {
  // What a carrier takes along is read by the shell that it starts.
  const shells = [
    ...new Set([typedAt, ...steps.filter(({ isCarrier }) => !isCarrier).map(({ shell }) => shell ?? typedAt)]),
  ]
  const unquoted = command.replace(QUOTED, '""')
  const written = shells.flatMap((shell) =>
    [...OPERATORS, ...(OF_SHELLS[shell] ?? [])]
      .filter((operator) => (shell === typedAt ? unquoted : command).includes(operator))
      .map((operator) => syntaxKey(shell, operator)),
  )
  if (typedAt === 'powershell' && TERNARY.test(unquoted)) written.push(syntaxKey(typedAt, '?'))
  const menu = steps.find(({ at, segment }) => at !== null && MENU_PATHS.test(segment.typed))
  if (menu) written.push(syntaxKey(menu.shell ?? typedAt, MENU_PATH))
  const chained = chainsOf(command, typedAt)
    .filter(({ operator, shell }) => (shell === 'remote' ? REMOTE_CHAINS : CHAINS).has(operator))
    .map(({ operator, shell }) => syntaxKey(shell, operator))
  return [...new Set([...written, ...chained]), ...(steps.length > 1 ? [keyOfLine(steps)] : [])]
}

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g

function matchesOfLine(command: string, steps: readonly Step[], knowledge: Knowledge, here: Here, now: Date): Match[] {
  const last = steps.at(-1)
  return last ? matchesOf(command, last, keysOfLine(command, here.shell, steps), knowledge, here, now) : []
}

interface Match {
  pattern: GuardedPattern
  verdict: Exclude<Verdict, 'allow'>
  isSamePlace: boolean
}

function matchesOf(
  command: string,
  step: Step,
  keys: readonly string[],
  knowledge: Knowledge,
  here: Here,
  now: Date,
): Match[] {
  const isPrepared = isPreparedIn(command, step) || IMPORTS.test(command)
  return keys.flatMap(knowledge.patterns).flatMap((pattern): Match[] => {
    const host = isOfProgram(pattern.key) ? step.at : step.host
    const place = placeOf(pattern, host, host === null ? undefined : knowledge.asset(host), here, step)
    if (place === 'elsewhere') return []
    // Claude has just seen it fail here, and tries again after something was changed.
    if (pattern.failed_in !== null && pattern.failed_in === here.session) return []
    // `php --version` tells what there is.
    if (
      pattern.grain !== 'program' &&
      pattern.grain !== 'option' &&
      !isConsole(step.segment) &&
      asksForHelp(step.segment)
    )
      return []
    if (pattern.alternative !== null && goesAnotherWay(command, pattern, here.shell)) return []
    // Flags and syntax come with the system; what is installed differs from machine to machine.
    const isOfSystem = pattern.system !== null && (pattern.grain === 'option' || pattern.grain === 'syntax')
    const isSamePlace = place === 'here' || isOfSystem
    const judged = verdict({
      percent: pattern.percent,
      isSamePlace,
      places: pattern.places,
      isVerified: pattern.is_verified,
      ageDays: (now.getTime() - Date.parse(pattern.at)) / MS_PER_DAY,
    })
    if (judged === 'allow') return []
    const isDoubtful = pattern.grain === 'program' && isPrepared
    return [{ pattern, verdict: isDoubtful ? 'note' : judged, isSamePlace }]
  })
}

/** Does a command go the way that works? Not so when it has the very option that does not work and that way has not. */
const goesAnotherWay = (command: string, { grain, key, alternative }: GuardedPattern, shell: Shell): boolean =>
  takesTheWay(command, alternative as string) &&
  (grain !== 'option' || askedKeys(alternative as string, shell).includes(key))

/** Is a cmdlet brought by what stands before it (`Connect-ExchangeOnline; Get-Mailbox`)? Alone it may still be missing. */
export const isPreparedIn = (command: string, { segment: { program } }: Step): boolean =>
  SETS_PATH.test(command) || (program.includes('-') && !program.startsWith('connect-') && PREPARES.test(command))

/** Finds programs in other folders from then on. */
const SETS_PATH = /(?:^|[;&\s"'])(?:eval|source|export PATH=|PATH=|\$env:PATH\s*\+?=)[^;&]*[;&]/i

const PREPARES = /(?:^|[;{"'\s])(?:connect-\w+|add-pssnapin|asnp|import-pssession)\b.*;/i
/** May bring them, and may itself fail. */
const IMPORTS = /(?:^|[;{"'\s])(?:import-module|ipmo)\b.*;/i

const MS_PER_DAY = 86_400_000

/** Is this the place that the pattern was learned of, one like it, or another? */
function placeOf(
  pattern: GuardedPattern,
  host: string | null,
  asset: GuardedAsset | undefined,
  here: Here,
  { shell }: Step,
): 'here' | 'alike' | 'elsewhere' {
  if (pattern.infrastructure_id !== null) return pattern.infrastructure_id === asset?.id ? 'here' : 'elsewhere'
  if (pattern.host !== null) return pattern.host === host ? 'here' : 'elsewhere'
  if (pattern.machine_id !== null) return host === null && pattern.machine_id === here.machineId ? 'here' : 'elsewhere'
  const system = host === null ? here.system : (asset?.system ?? null)
  if (pattern.system === null || pattern.system === system) return 'alike'
  const reach = host === null ? reachOf({ key: pattern.key, shell, typedAt: here.shell }, here) : null
  return pattern.system === reach ? 'alike' : 'elsewhere'
}

const byStrictness = (a: Match, b: Match): number =>
  Number(b.verdict === 'deny') - Number(a.verdict === 'deny') ||
  Number(b.isSamePlace) - Number(a.isSamePlace) ||
  Number(b.pattern.alternative !== null) - Number(a.pattern.alternative !== null) ||
  b.pattern.percent - a.pattern.percent
