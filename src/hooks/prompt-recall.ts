import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiError } from '../api/errors.ts'
import { writeCacheFile } from '../durable.ts'
import { guardedClient } from '../guard-cache.ts'
import { fileName, type LocalSession } from '../sessions.ts'
import type { Paths } from '../settings.ts'
import { logFailure } from './log.ts'
import { hooksApi } from './server.ts'
import type { Surroundings } from './surroundings.ts'

/** For the whole question. A prompt waits for it, and mostly nothing comes of it. */
const DEADLINE_MS = 250
/** So many of what a session was told are remembered; then the oldest may be told again. */
const MOST_SHOWN = 200

/**
 * What is known for a prompt, as the server has it for the session's client. Undefined for nothing, also where the server does not answer in time:
 * nobody asked for this, so nobody is told that it is missing.
 *
 * @param text the prompt as it is recorded: without its secrets
 */
export async function promptRecall(
  { settings, now }: Surroundings,
  session: LocalSession | undefined,
  sessionId: string,
  text: string,
): Promise<string | undefined> {
  const { paths } = settings
  try {
    const shown = readShown(paths, sessionId)
    const answer = await hooksApi(settings).contextRecalls.forPrompt(
      { claude_session_id: sessionId, text, client_id: guardedClient(session), shown },
      { deadlineMs: DEADLINE_MS },
    )
    if (answer.text === '') return undefined
    const all = [...shown, ...answer.items.map(({ id }) => id)]
    writeCacheFile(pathOf(paths, sessionId), `${JSON.stringify(all.slice(-MOST_SHOWN))}\n`)
    return answer.text
  } catch (error) {
    if (!(error instanceof ApiError)) logFailure(paths, now(), 'recall for a prompt', error)
    return undefined
  }
}

/** What the session was told: the server writes it down too, but hears of a session only after its first prompt. */
function readShown(paths: Paths, sessionId: string): string[] {
  try {
    const shown: unknown = JSON.parse(readFileSync(pathOf(paths, sessionId), 'utf8'))
    return Array.isArray(shown) ? shown.filter((id): id is string => typeof id === 'string') : []
  } catch {
    return [] // nothing yet, or damaged: then something is told twice
  }
}

const pathOf = (paths: Paths, sessionId: string): string => join(paths.cache, 'recalled', `${fileName(sessionId)}.json`)
