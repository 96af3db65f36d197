import { readFileSync } from 'node:fs'
import { agentTokenPath, type Claim, removeAgentTokens } from '../claims.ts'
import { writeFileAtomic } from '../durable.ts'
import type { Paths } from '../settings.ts'
import type { Api, TokenSource } from './client.ts'
import { exposure } from './login-file.ts'

/** A token is not used this long before it ends, so that it does not end on the way. */
const EARLY_MS = 30_000

export interface AgentTokenOptions {
  paths: Paths
  /** The server that calls go to. */
  url: string
  /** Who runs the command, as the hook before it wrote down. */
  claim: Claim
  /** With the login of this machine, for which the token is given. */
  login: Pick<Api, 'auth'>
  now: () => number
}

/**
 * The token of an agent of a session: kept under `MSP_HOME/auth/agents` until it ends, else asked for with the login and what the hook
 * wrote down. It can do less than the login, for one client, and is good for some calls.
 */
export function agentTokens(options: AgentTokenOptions): TokenSource {
  return {
    current: async () => storedToken(options) ?? newToken(options),
    newerThan: () => {
      removeAgentTokens(options.paths, options.claim.session_id, options.claim.agent_id)
      return newToken(options)
    },
  }
}

async function newToken({ paths, url, claim, login }: AgentTokenOptions): Promise<string> {
  const { session_id, agent_id, agent_type } = claim
  const { token, expires_at } = await login.auth.agentTokens({ claude_session_id: session_id, agent_id, agent_type })
  writeFileAtomic(pathOf(paths, claim), `${JSON.stringify({ api_url: url, agent_type, token, expires_at })}\n`)
  return token
}

function storedToken({ paths, url, claim, now }: AgentTokenOptions): string | undefined {
  const path = pathOf(paths, claim)
  try {
    if (exposure(path) !== null) return undefined
    const { api_url, agent_type, token, expires_at } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    const isOurs = api_url === url && agent_type === claim.agent_type && typeof token === 'string'
    return isOurs && Date.parse(String(expires_at)) - EARLY_MS > now() ? token : undefined
  } catch {
    return undefined // None yet, or damaged: a new one is asked for.
  }
}

const pathOf = (paths: Paths, { session_id, agent_id }: Claim): string => agentTokenPath(paths, session_id, agent_id)
