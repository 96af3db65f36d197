import { join } from 'node:path'
import type { Tokens } from '../contract/people.ts'
import { withLock } from '../lock.ts'
import { createApi, type TokenSource } from './client.ts'
import { ApiError, notLoggedIn } from './errors.ts'
import { type Login, readLogin, writeLogin } from './login-file.ts'
import type { Transport } from './transport.ts'

/** An access token is renewed this long before it ends, so that it does not end on the way. */
const EARLY_MS = 30_000
/** How long to wait for another process that is refreshing. */
const LOCK_WAIT_MS = 10_000
/** A rotation is not cut off by its caller's short deadline: its answer is worth waiting for, by whoever comes next. */
const REFRESH_DEADLINE_MS = 10_000

export interface TokenStoreOptions {
  /** The folder `MSP_HOME/auth`. */
  auth: string
  /** The server that calls go to. */
  url: string
  transport: Transport
  now?: () => number
}

/**
 * The access token of this machine's login, renewed when it ends. Any number of processes may ask at once: one refreshes, the
 * others wait and take what it wrote.
 */
export function createTokenStore(options: TokenStoreOptions): TokenSource {
  const now = options.now ?? Date.now
  return {
    current: async (signal) => {
      const login = loginFor(options)
      if (login === null) return null
      return isFresh(login, now()) ? login.access_token : refresh(options, login.access_token, now, signal)
    },
    newerThan: (rejected, signal) => refresh(options, rejected, now, signal),
  }
}

/** What is kept of the server's answer to a login or a refresh. */
export function loginFrom(url: string, tokens: Tokens, now: number): Login {
  return {
    api_url: url,
    user: tokens.user,
    access_token: tokens.access_token,
    access_expires_at: new Date(now + tokens.expires_in * 1_000).toISOString(),
    refresh_token: tokens.refresh_token,
    refresh_expires_at: tokens.refresh_expires_at,
  }
}

function loginFor({ auth, url }: TokenStoreOptions): Login | null {
  const login = readLogin(auth)
  if (login !== null && login.api_url !== url)
    throw notLoggedIn(`This machine is logged in to ${login.api_url}, not to ${url}.`)
  return login
}

const isFresh = (login: Login, now: number): boolean => Date.parse(login.access_expires_at) - EARLY_MS > now

async function refresh(
  options: TokenStoreOptions,
  rejected: string,
  now: () => number,
  signal: AbortSignal,
): Promise<string> {
  const rotation = withLock(join(options.auth, 'refresh.lock'), { waitMs: LOCK_WAIT_MS }, async () => {
    const login = loginFor(options)
    if (login === null) throw notLoggedIn('You are not logged in.')
    if (login.access_token !== rejected && isFresh(login, now())) return login.access_token
    return rotate(options, login, now)
  })
  const done = await unlessAborted(rotation, signal)
  if (done.held) return done.value
  throw new ApiError('UNREACHABLE', 'Another process is still renewing this login. Try again in a moment.')
}

async function rotate(options: TokenStoreOptions, login: Login, now: () => number): Promise<string> {
  const rotation_id = login.rotation_id ?? crypto.randomUUID()
  // On the disk before the call: when the answer is lost, the next process asks with the same id and gets the same successor.
  if (login.rotation_id === undefined) writeLogin(options.auth, { ...login, rotation_id })
  const api = createApi({ url: options.url, transport: options.transport, deadlineMs: REFRESH_DEADLINE_MS })
  const tokens = await api.auth.refresh({ refresh_token: login.refresh_token, rotation_id }).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') throw ended(error)
    throw error
  })
  writeLogin(options.auth, loginFrom(options.url, tokens, now()))
  return tokens.access_token
}

const ended = (cause: ApiError): ApiError =>
  new ApiError('UNAUTHENTICATED', 'Your login has ended. Run "msp login".', { requestId: cause.requestId, cause })

/** Gives up waiting when the deadline passes; the rotation itself goes on for as long as this process lives. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => undefined) // Reported below, or too late to matter: the deadline was reported instead.
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ApiError('UNREACHABLE', 'Renewing the login took too long. Try again in a moment.'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
