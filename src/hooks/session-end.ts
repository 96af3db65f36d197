import { removeAgentTokens, removeClaims } from '../claims.ts'
import { readGit } from '../git.ts'
import { changeSession, closing, type LocalSession } from '../sessions.ts'
import { startBackground } from './background-job.ts'
import { type Fields, parseCommon, text } from './input.ts'
import { keep } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Closes the open stretch and leaves the rest to the background: Claude Code gives this hook about a second. `claude -p` ends like this
 * after every prompt; a resumed session opens the next stretch for the same client.
 */
export async function sessionEnd(fields: Fields, surroundings: Surroundings): Promise<Reply> {
  const common = parseCommon(fields)
  if (!common) return {}
  removeAgentTokens(surroundings.settings.paths, common.sessionId)
  removeClaims(surroundings.settings.paths, common.sessionId)
  const reason = text(fields.reason) === 'clear' ? 'clear' : 'exit'
  await changeSession(surroundings.settings.paths, common.sessionId, (session) => {
    if (!session.open || isTakenOver(session, surroundings)) return undefined
    const gitHead = session.cwd === null ? undefined : readGit(session.cwd).head
    const closed = closing(session, { reason, at: surroundings.now(), source: 'hook', gitHead })
    keep(surroundings, closed.event)
    return closed.session
  })
  startBackground({ after: 'end', sessionId: common.sessionId })
  return {}
}

/** Another client has resumed the session meanwhile: it is not over. */
const isTakenOver = (session: LocalSession, { claudePid }: Surroundings): boolean =>
  session.claude_pid !== null && claudePid !== null && session.claude_pid !== claudePid
