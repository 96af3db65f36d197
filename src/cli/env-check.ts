import type { Verdict } from '../guard/certainty.ts'
import type { Here } from '../guard/decide.ts'
import { stepsOf } from '../guard/steps.ts'
import { judged } from '../hooks/known-failures.ts'
import { readRecord } from '../machine/record.ts'
import { type FailedRun, type Known, systemOf } from './env-knowledge.ts'
import type { Pattern } from './failures.ts'
import type { World } from './world.ts'

export interface Planned {
  words: readonly string[]
  /** Where it is to run, as it was typed. */
  target: string
  /** At which it is typed. */
  shell: Here['shell']
}

export interface Checked {
  decision: Verdict
  patternId: string | null
  reason: string | null
  alternative: string | null
  /** Where that is known of, in words. */
  where: string | null
  /** The line that was looked up: a command that names no machine stands behind what brings it to the target. */
  command: string
  patterns: readonly Pattern[]
  /** Failed runs on that machine, and on others of the client. */
  there: readonly FailedRun[]
  elsewhere: readonly FailedRun[]
  /** What worked instead, the likeliest first. */
  alternatives: readonly string[]
}

/** What the guard of commands would decide, and what is on record. */
export async function checked(world: World, known: Known, planned: Planned): Promise<Checked> {
  const typed = lineOf(planned.words)
  const command = atTarget(world, known, planned, typed)
  const { decision, where } = judged(world.settings, known.guard, command, {
    shell: planned.shell,
    sessionId: null,
    now: world.now(),
  })
  const record = await known.recordOf([...new Set([command, typed])])
  const alternatives = [
    decision.alternative,
    ...record.patterns.map((pattern) => pattern.recommended_alternative),
    ...[...record.there, ...record.elsewhere].map((run) => run.resolved_by?.command),
  ]
  return {
    ...decision,
    where: where ?? null,
    command,
    ...record,
    alternatives: [...new Set(alternatives.flatMap((one) => one || []))],
  }
}

/** One word is a whole command line; several are quoted again, as the shell had them. */
const lineOf = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] as string) : words.map((word) => (PLAIN.test(word) ? word : quoted(word))).join(' ')

/** Nothing that a shell would read otherwise; an operator that was quoted to get here; a script block. */
const PLAIN = /^(?:[\w@%+=:,./\\~${}*?[\]-]+|\|\|?|&&?|;|\{.*\})$/s
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** A command that names no machine of its own runs on the target: how it gets there only the guard has to understand. */
function atTarget(world: World, known: Known, { target }: Planned, typed: string): string {
  const host = known.target?.hostname ?? target
  if (isThisMachine(world, target) || stepsOf(typed).some((step) => step.host !== null)) return typed
  return isForPowerShell(known, typed)
    ? `Invoke-Command -ComputerName ${host} -ScriptBlock { ${typed} }`
    : `ssh ${host} ${quoted(typed)}`
}

function isThisMachine({ settings }: World, target: string): boolean {
  const own = readRecord(settings.paths.cache)?.registration.hostname
  return /^(?:local|localhost|127(?:\.\d+){3}|::1|\.)$/i.test(target) || own?.toLowerCase() === target.toLowerCase()
}

const isForPowerShell = ({ target }: Known, typed: string): boolean =>
  /^windows/.test(systemOf(target) ?? '') ||
  stepsOf(typed).some(({ segment }) => /^[a-z]+-[a-z]{3,}$/.test(segment.program) && CMDLET.test(segment.program))

/** Verbs that only cmdlets begin with: `apt-get` and `docker-compose` are none. */
const CMDLET =
  /^(?:get|set|new|remove|add|test|start|stop|restart|invoke|enable|disable|import|export|convertto|convertfrom|install|update)-/
