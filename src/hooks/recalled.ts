import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { InputOf } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import type { Contract } from '../contract/index.ts'
import { writeCacheFile } from '../durable.ts'
import { fileName } from '../sessions.ts'
import type { Paths } from '../settings.ts'
import { hooksApi } from './server.ts'
import type { Surroundings } from './surroundings.ts'

/** What a session was told: kept here too, because the server hears of a session only after its block and its first prompt. */

/** So many are remembered; then the oldest may be told again. */
const MOST_SHOWN = 200

type Injected = InputOf<Contract['contextRecalls']['injected']>

/** Ids of all that the session was told, the oldest first. */
export function readShown(paths: Paths, sessionId: string): string[] {
  const shown = readJson(shownPath(paths, sessionId))
  return Array.isArray(shown) ? shown.filter((id): id is string => typeof id === 'string') : []
}

/** @param shown what `readShown` gave */
export function addShown(paths: Paths, sessionId: string, shown: readonly string[], more: readonly string[]): void {
  const all = [...new Set([...shown, ...more])].slice(-MOST_SHOWN)
  writeCacheFile(shownPath(paths, sessionId), `${JSON.stringify(all)}\n`)
}

/**
 * Keeps what a block told until the server knows the session.
 *
 * @param told a server that is older than this plugin names no items
 */
export function noteInjected(paths: Paths, told: Omit<Injected, 'items'> & Partial<Pick<Injected, 'items'>>): void {
  const { items = [] } = told
  if (items.length === 0) return
  const { claude_session_id } = told
  const ids = items.map(({ id }) => id)
  addShown(paths, claude_session_id, readShown(paths, claude_session_id), ids)
  writeCacheFile(injectedPath(paths, claude_session_id), `${JSON.stringify(told)}\n`)
}

/** Tells the server what the last block of a session told. What it refuses is not told again. */
export async function tellInjected({ settings }: Surroundings, sessionId: string): Promise<void> {
  const path = injectedPath(settings.paths, sessionId)
  if (!existsSync(path)) return
  const told = readJson(path) as Injected | undefined
  const isKnown = told === undefined || (await send(settings, told))
  if (isKnown) rmSync(path, { force: true })
}

async function send(settings: Surroundings['settings'], told: Injected): Promise<boolean> {
  try {
    return (await hooksApi(settings).contextRecalls.injected(told)).is_known
  } catch (error) {
    if (error instanceof ApiError) return REFUSALS.has(error.code)
    throw error
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['INVALID_INPUT', 'NOT_FOUND', 'FORBIDDEN'])

/** Nothing yet, or damaged: then something is told twice. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

const shownPath = (paths: Paths, sessionId: string): string =>
  join(paths.cache, 'recalled', `${fileName(sessionId)}.json`)
const injectedPath = (paths: Paths, sessionId: string): string =>
  join(paths.cache, 'recalled', `${fileName(sessionId)}.injected.json`)
