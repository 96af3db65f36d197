import type { CallOptions, OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { type LocalSession, readSession } from '../sessions.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

export type SessionRow = OutputOf<Contract['sessions']['get']>

/** The server's row of what runs (or ran last) in a Claude Code session; null when no event of it has reached the server. */
export async function currentSession(
  world: World,
  { claude_session_id, stretch }: LocalSession,
  options: CallOptions = {},
): Promise<SessionRow | null> {
  const { items } = await world.api.sessions.list({ claude_session_id, stretch, limit: 1 }, options)
  return items[0] ?? null
}

/**
 * The session that a verb is about: the one that was named by id, else what runs in this Claude Code session.
 *
 * @throws Failure when there is none
 */
export async function getSession(world: World, id: string | undefined): Promise<SessionRow> {
  if (id !== undefined) return world.api.sessions.get({ id })
  const local = readSession(world.settings.paths, world.sessionId())
  const row = local === undefined ? null : await currentSession(world, local)
  if (row !== null) return row
  throw new Failure(
    EXIT.notFound,
    'The server knows nothing of this session yet. Start it with "msp mode msp CLIENT", or name a session: "msp session list" shows them.',
  )
}
