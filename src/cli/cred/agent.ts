import { agentTokens } from '../../api/agent-token.ts'
import { type Api, createApi } from '../../api/client.ts'
import { CLAIM_VARIABLE, type Claim, hasOwnToken, readClaim } from '../../claims.ts'
import { EXIT, Failure } from '../output.ts'
import type { World } from '../world.ts'

/**
 * Who runs this command, as the hook before it wrote down.
 *
 * @throws Failure when no hook has
 */
export function getClaim({ settings, environment, now }: World): Claim {
  const claim = readClaim(settings.paths, environment[CLAIM_VARIABLE] ?? '', now().getTime())
  const session = environment.CLAUDE_CODE_SESSION_ID
  if (claim !== undefined && (!session || claim.session_id === session)) return claim
  throw new Failure(
    EXIT.notAllowed,
    'Nobody has written down which agent runs this, so it gets nothing of any credential. Run "msp cred …" directly in the shell tool, not from a script, and not in a command that has been running for more than ten minutes. If that does not help, the hooks of the ClaudeTools plugin do not run: the user should look with "msp doctor".',
  )
}

/** The API as the agent that runs this command may use it. @throws Failure when no hook has written down who runs it */
export function agentApi(world: World): Api {
  const claim = getClaim(world)
  // It has its own token for everything already.
  if (hasOwnToken(claim.agent_type)) return world.api
  const { settings, transport } = world
  const { apiUrl: url, paths } = settings
  const now = () => world.now().getTime()
  return createApi({ url, transport, tokens: agentTokens({ paths, url, claim, login: world.api, now }) })
}
