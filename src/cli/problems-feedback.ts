import type { InputOf } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import type { Contract } from '../contract/index.ts'
import { readSession } from '../sessions.ts'
import { currentSession } from './current-session.ts'
import type { World } from './world.ts'

type Feedback = InputOf<Contract['contextRecalls']['feedback']>['feedback']

/**
 * Where this Claude Code session was told of a solution by itself, and now somebody looks at it or says how it went: that is written down, so that
 * what is never looked at comes less often. It is an extra: without it the verb has done its work, so no failure is told.
 */
export async function noteFeedback(world: World, solution_id: string, feedback: Feedback): Promise<void> {
  const id = world.sessionIdIfAny()
  const local = id === null ? undefined : readSession(world.settings.paths, id)
  if (local === undefined) return
  try {
    const session = await currentSession(world, local)
    if (session === null) return
    const { items } = await world.api.contextRecalls.list({
      session_id: session.id,
      solution_id,
      injected: true,
      limit: 5,
    })
    // What was said of how it went is not taken back by looking again.
    const open = items.filter((one) => one.feedback !== feedback && (one.feedback === null || feedback === 'wrong'))
    for (const one of open) await world.api.contextRecalls.feedback({ id: one.id, feedback })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
