import { ApiError } from '../api/errors.ts'
import { guardedClient } from '../guard-cache.ts'
import type { LocalSession } from '../sessions.ts'
import { logFailure } from './log.ts'
import { addShown, readShown } from './recalled.ts'
import { hooksApi } from './server.ts'
import type { Surroundings } from './surroundings.ts'

/** For the whole question. A prompt waits for it, and mostly nothing comes of it. */
const DEADLINE_MS = 250

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
    addShown(
      paths,
      sessionId,
      shown,
      answer.items.map(({ id }) => id),
    )
    return answer.text
  } catch (error) {
    if (!(error instanceof ApiError)) logFailure(paths, now(), 'recall for a prompt', error)
    return undefined
  }
}
