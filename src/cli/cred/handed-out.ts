import { rememberValues } from '../../known-values.ts'
import { listSessions } from '../../sessions.ts'
import type { World } from '../world.ts'

/**
 * Lets the redactor of this machine know what is handed out now, as fingerprints: in this Claude Code session; outside of any in all that are
 * open, because there it may be pasted next.
 *
 * @param values by field; a user name is no secret
 */
export function rememberHandedOut(world: World, values: Readonly<Record<string, string>>): void {
  const { paths } = world.settings
  const own = world.sessionIdIfAny()
  const sessions =
    own === null
      ? listSessions(paths)
          .filter(({ open }) => open)
          .map(({ claude_session_id }) => claude_session_id)
      : [own]
  const known = Object.entries(values)
    .filter(([field]) => field !== 'username')
    .map(([field, value]) => ({ value, kind: field.replaceAll('_', '-').slice(0, 40) }))
  for (const session of sessions) rememberValues(paths, session, known)
}
