import { Agent, type Dispatcher } from 'undici'
import type { Acting } from '../audit/entries.ts'
import type { Deps } from '../context.ts'
import type { Account, Integration, NewToken, OpenSignIn, SignIn, SignInKind } from './account.ts'
import type { Connector, Vendor } from './connector.ts'
import { misconfigured, VendorError } from './errors.ts'
import { vendorOf } from './registry.ts'
import { forgetTokens, keepToken, keptToken } from './tokens.ts'
import { createGuarded, type GuardedDispatcher } from './transport/guarded.ts'
import { mustBeAllowed } from './transport/send.ts'

/** The connections to the world that a server holds open. */
export interface Outside {
  dispatcher: Dispatcher
  /** For addresses that users enter: connects with no host of a network of one's own. */
  guarded: GuardedDispatcher
  close(): Promise<void>
}

const DEADLINE_MS = 20_000
const CONNECT_MS = 5_000
const MOST_CONNECTIONS = 16
const SHORTEST_SECRET = 6

/** @param networks what addresses that users enter may also lead to: `10.1.2.0/24` */
export function createOutside(networks: readonly string[] = []): Outside {
  const agent = new Agent({
    connect: { timeout: CONNECT_MS },
    connections: MOST_CONNECTIONS,
    // The deadline of a call ends it; these only end what has none.
    headersTimeout: DEADLINE_MS * 2,
    bodyTimeout: DEADLINE_MS * 2,
  })
  const guarded = createGuarded(networks)
  return {
    dispatcher: agent,
    guarded,
    close: async () => {
      await agent.destroy()
      await guarded.close()
    },
  }
}

export interface ConnectOptions {
  openSignIn: OpenSignIn
  /** For one call, its repetitions included. Milliseconds. */
  deadlineMs?: number | undefined
  /** For all calls of this connector together, where somebody waits. Milliseconds. */
  budgetMs?: number | undefined
  /** Also while it is disabled: an admin tests it before. */
  evenDisabled?: boolean
}

/**
 * The connector of an integration. Nothing is called yet, and no secret opened.
 *
 * @throws VendorError `refused` for a type without a connector, or settings that do not fit
 */
export function connect(deps: Deps, acting: Acting, integration: Integration, options: ConnectOptions): Connector {
  const vendor = vendorOf(integration.type)
  if (!vendor) throw misconfigured(`There is no connector for ${integration.type}.`)
  return vendor.connect(accountOf(deps, acting, integration, vendor, options))
}

function accountOf(
  deps: Deps,
  acting: Acting,
  integration: Integration,
  vendor: Vendor,
  { openSignIn, deadlineMs = DEADLINE_MS, budgetMs = Number.POSITIVE_INFINITY, evenDisabled = false }: ConnectOptions,
): Account {
  const baseUrl = baseOf(integration, vendor)
  const { hostname } = new URL(baseUrl)
  let opened: Promise<SignIn> | undefined
  const known = new Set<string>()
  const keepFrom = (secret: string) => {
    // Of a shorter one a text would lose words that are none.
    if (secret.length >= SHORTEST_SECRET) known.add(secret)
    return secret
  }
  const signIn = (kinds: readonly SignInKind[]) => {
    opened ??= openSignIn(deps, acting, integration, kinds, hostname).then((by) => {
      Object.values(by.secrets).map(keepFrom)
      return by
    })
    // What could not be opened is tried again with the next call.
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  return {
    deps,
    acting,
    integration,
    baseUrl,
    deadlineMs,
    endsAtMs: performance.now() + budgetMs,
    evenDisabled,
    signIn,
    async token(kinds, get) {
      const by = await signIn(kinds)
      const kept = await keptToken(deps, by)
      if (kept !== undefined) return keepFrom(kept)
      const made: NewToken = await get(by)
      await keepToken(deps, by, made)
      return keepFrom(made.token)
    },
    dropToken: () => forgetTokens(deps, integration.id),
    hide: (text) => [...known].reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text),
    alsoHide: keepFrom,
  }
}

/** @throws VendorError `refused` */
function baseOf(integration: Integration, { rules }: Vendor): string {
  const { base_url, name } = integration
  const given = base_url ?? rules.baseUrl?.(integration)
  if (!given || !URL.canParse(given))
    throw new VendorError('refused', `The integration ${name} has no base_url. An admin sets it.`)
  const url = new URL(given)
  mustBeAllowed(url, rules.hosts, name)
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path === '' ? rules.basePath : path}`
}
