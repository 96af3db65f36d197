import { agentTokens } from '../api/agent-token.ts'
import { type Api, createApi, type TokenSource } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { type Keychain, keychainFor } from '../api/keychain.ts'
import { nodeHttpTransport } from '../api/node-http.ts'
import { createTokenStore } from '../api/tokens.ts'
import type { Transport } from '../api/transport.ts'
import { CLAIM_VARIABLE, hasOwnToken, readClaim } from '../claims.ts'
import { readSettings, type Settings } from '../settings.ts'
import { deliverSpool } from '../spool-delivery.ts'
import { createOutput, type Output, usage } from './output.ts'

/** What a verb works with. Everything is made on first use: `msp --help` must not need a readable config file. */
export interface World {
  readonly output: Output
  readonly settings: Settings
  readonly api: Api
  readonly transport: Transport
  /** Where the login's refresh token and this machine's key may lie. */
  readonly keychain: Keychain
  readonly environment: NodeJS.ProcessEnv
  now(): Date
  /** The Claude Code session that a verb is about. @throws Failure when there is none */
  sessionId(): string
  /** The same, or null outside Claude Code. */
  sessionIdIfAny(): string | null
  /** Reads the settings again, after a verb changed them. */
  forgetSettings(): void
}

export interface GlobalOptions {
  json?: boolean
  session?: string
}

/** @param options read when they are needed: commander knows them only once it has parsed the line */
export function createWorld(options: () => GlobalOptions, environment: NodeJS.ProcessEnv = process.env): World {
  let settings: Settings | undefined
  let api: Api | undefined
  let output: Output | undefined
  const world: World = {
    environment,
    transport: nodeHttpTransport,
    get output() {
      output ??= createOutput(options().json === true)
      return output
    },
    get settings() {
      settings ??= readSettings(environment)
      return settings
    },
    get api() {
      api ??= apiOf(world)
      return api
    },
    get keychain() {
      return keychainFor(world.settings, environment)
    },
    now: () => new Date(),
    sessionIdIfAny: () => options().session ?? (environment.CLAUDE_CODE_SESSION_ID || null),
    sessionId: () => world.sessionIdIfAny() ?? missingSession(),
    forgetSettings: () => {
      settings = undefined
      api = undefined
    },
  }
  return world
}

function apiOf(world: World): Api {
  const { apiUrl: url, paths } = world.settings
  const { transport, keychain } = world
  const login = createTokenStore({ auth: paths.auth, url, transport, keychain })
  return createApi({ url, transport, tokens: agentsTokens(world, url, login) ?? login })
}

/**
 * Where an agent of ours runs this, as the hook before it wrote down: its own token instead of the technician's login. A server that has not heard of
 * the session yet is first told what was recorded of it.
 */
function agentsTokens(world: World, url: string, login: TokenSource): TokenSource | undefined {
  const { transport, environment, settings } = world
  const now = () => world.now().getTime()
  const claim = readClaim(settings.paths, environment[CLAIM_VARIABLE] ?? '', now())
  if (claim === undefined || !hasOwnToken(claim.agent_type)) return undefined
  const api = createApi({ url, transport, tokens: login })
  const tokens = agentTokens({ paths: settings.paths, url, claim, login: api, now })
  return {
    ...tokens,
    async current(signal) {
      try {
        return await tokens.current(signal)
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error
        await deliverSpool(settings, api)
        return tokens.current(signal)
      }
    },
  }
}

function missingSession(): never {
  throw usage('There is no Claude Code session here. Run this inside Claude Code, or name a session with --session ID.')
}
