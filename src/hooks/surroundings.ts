import { hostname } from 'node:os'
import { knownValues } from '../known-values.ts'
import { markKeyOf } from '../mark-keys.ts'
import { type Redactor, redactorHere } from '../redaction.ts'
import { type Paths, readSettingsLeniently, type Settings } from '../settings.ts'
import { type TriedRedactor, withholding } from './canary.ts'

/** What a hook runs in. Made once, at its start. */
export type Surroundings = {
  settings: Settings
  /** What is wrong with the settings, as a sentence for the user. */
  problem: string | undefined
  /** ISO 8601, UTC, with milliseconds. */
  now: () => string
  /** When this process was started, in the same form: of all that a hook knows the nearest to when the thing happened. */
  startedAt: string
  /** The Claude Code process, null when it does not tell. */
  claudePid: number | null
  /** In here and not imported where it is used: the guard's file has it anyway, and its rules are dear to load twice. */
  redactor: TriedRedactor
  /** This computer's name. */
  host: string
}

const MS_PER_SECOND = 1_000

/**
 * @param sessionId what this session has shown to be secret is known then, and its client's marks are used
 * @throws SettingsError when there is no home folder at all
 */
export function readSurroundings(sessionId?: string, environment: NodeJS.ProcessEnv = process.env): Surroundings {
  const { settings, problem } = readSettingsLeniently(environment)
  const pid = Number(environment.CLAUDE_PID)
  return {
    settings,
    problem,
    now: () => new Date().toISOString(),
    startedAt: new Date(Date.now() - process.uptime() * MS_PER_SECOND).toISOString(),
    claudePid: Number.isSafeInteger(pid) && pid > 1 ? pid : null,
    redactor: withholding(settings.paths, redactorOf(settings.paths, sessionId)),
    host: hostname(),
  }
}

function redactorOf(paths: Paths, sessionId: string | undefined): Redactor {
  if (sessionId === undefined) return redactorHere(paths)
  return redactorHere(paths, { clientKey: () => markKeyOf(paths, sessionId), known: knownValues(paths, sessionId) })
}
