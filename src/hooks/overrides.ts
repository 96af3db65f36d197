import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import { ALLOW_MARK } from '../guard/allow-mark.ts'
import { fileName } from '../sessions.ts'
import type { Paths } from '../settings.ts'

/** What the guard stopped: a pattern, or a limit, and how it is called. */
export interface Stopped {
  id: string
  title: string
}

interface Overrides {
  /** What was stopped last, until the user's next prompt. */
  stopped: Stopped | null
  /** What runs in this session although it is known to fail. */
  allowed: string[]
}

/** A person has said that this command may run as it is. */
export const isAllowed = (command: string): boolean => ALLOW_MARK.test(command)

/** May what is named `id` run in this session? The user has said so. */
export const isLetThrough = (paths: Paths, sessionId: string, id: string): boolean =>
  readOverrides(paths, sessionId).allowed.includes(id)

/** Was anything let through in this session? Its outcome says whether it is still known to fail. */
export const hasLetThrough = (paths: Paths, sessionId: string): boolean =>
  readOverrides(paths, sessionId).allowed.length > 0

/** Notes what was stopped, for the user's next prompt. */
export function noteStopped(paths: Paths, sessionId: string, stopped: Stopped): void {
  writeOverrides(paths, sessionId, { ...readOverrides(paths, sessionId), stopped })
}

/**
 * The user's prompt: does it let run what was stopped before it? Any other prompt leaves that behind.
 *
 * @returns what may run now
 */
export function answerToStop(paths: Paths, sessionId: string, prompt: string): Stopped | undefined {
  const { stopped, allowed } = readOverrides(paths, sessionId)
  if (stopped === null) return undefined
  const isLet = letsRun(prompt)
  writeOverrides(paths, sessionId, { stopped: null, allowed: isLet ? [...new Set([...allowed, stopped.id])] : allowed })
  return isLet ? stopped : undefined
}

const LONGEST_ANSWER = 300
const ANYWAY =
  /\b(?:run|do|execute|try|use) (?:it|this|that|the command) (?:anyway|all the same|regardless|nevertheless)\b|\b(?:voer|draai|doe|probeer) (?:het|hem|dit|dat|de opdracht) (?:toch|alsnog)\b|\btoch (?:maar )?(?:uitvoeren|doen|draaien)\b|(?:f(?:ü|ue)hre?|mach|starte?|probiere?) (?:es|ihn|das|den befehl) trotzdem\b|\btrotzdem (?:ausf(?:ü|ue)hren|machen|starten)\b|(?:ex[ée]cute[rz]?|lance[rz]?|fais|faites|essaie|essaye[rz]?)(?:[ -](?:le|la|ça|cela|la commande))? quand m[êe]me(?![\p{L}])/iu
const NOT = /\b(?:not|never|don['’]?t|niet|nooit|nicht|nie|kein\w*|ne|pas|jamais)\b|\bn['’]/i

/** "Run it anyway", in English, Dutch, German and French. Somebody who says no to it is not taken at half of his words. */
const letsRun = (prompt: string): boolean => prompt.length <= LONGEST_ANSWER && ANYWAY.test(prompt) && !NOT.test(prompt)

const fileOf = (paths: Paths, sessionId: string): string =>
  join(paths.cache, 'overrides', `${fileName(sessionId)}.json`)

function readOverrides(paths: Paths, sessionId: string): Overrides {
  try {
    const { stopped, allowed } = JSON.parse(readFileSync(fileOf(paths, sessionId), 'utf8')) as Partial<Overrides>
    return { stopped: stopped ?? null, allowed: Array.isArray(allowed) ? allowed : [] }
  } catch {
    return { stopped: null, allowed: [] } // Nothing was stopped, or it is damaged: then it is said again.
  }
}

function writeOverrides(paths: Paths, sessionId: string, overrides: Overrides): void {
  try {
    writeCacheFile(fileOf(paths, sessionId), JSON.stringify(overrides))
  } catch {
    // A home that cannot be written: "# msp:allow" still does.
  }
}
