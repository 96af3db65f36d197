import { join } from 'node:path'
import type { Tokens } from '../contract/auth.ts'
import { withLock } from '../lock.ts'
import { createApi, type TokenSource } from './client.ts'
import { ApiError, notLoggedIn } from './errors.ts'
import { type Keychain, noKeychain } from './keychain.ts'
import { type Login, readLogin, removeLogin, writeLogin } from './login-file.ts'
import { type MachineKey, proofOf, readKeyFile } from './machine-key.ts'
import { copiedElsewhere, entryName, forget, keep, recall, type SecretPlace, sha256 } from './secret-place.ts'
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
  /** Where the refresh token and the machine's key may lie; files only, when it is not given. */
  keychain?: Keychain
  now?: () => number
}

const placeOf = ({ auth, keychain = noKeychain('is not given') }: TokenStoreOptions): SecretPlace => ({
  auth,
  keychain,
})

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

/** As the server gave it: not kept anywhere yet. */
export type NewLogin = Login & { refresh_token: string }

/** What is kept of the server's answer to a login or a refresh. */
export function loginFrom(url: string, tokens: Tokens, now: number): NewLogin {
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
  throw stillRenewing()
}

async function rotate(options: TokenStoreOptions, login: Login, now: () => number): Promise<string> {
  const { token, key } = await secretsOf(placeOf(options), login)
  const rotation_id = login.rotation_id ?? crypto.randomUUID()
  // On the disk before the call: when the answer is lost, the next process asks with the same id and gets the same successor.
  if (login.rotation_id === undefined) writeLogin(options.auth, { ...login, rotation_id })
  const api = createApi({ url: options.url, transport: options.transport, deadlineMs: REFRESH_DEADLINE_MS })
  const proof = key === null ? {} : { proof: proofOf(key, sha256(token), rotation_id) }
  const tokens = await api.auth.refresh({ refresh_token: token, rotation_id, ...proof }).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') throw ended(error)
    throw error
  })
  writeLogin(options.auth, await successorOf(placeOf(options), login, loginFrom(options.url, tokens, now())))
  return tokens.access_token
}

/** The refresh token, and the key of this machine where the login is bound to it. */
async function secretsOf(place: SecretPlace, login: Login): Promise<{ token: string; key: MachineKey | null }> {
  const file = login.public_key === undefined ? null : readKeyFile(place.auth)
  if (login.public_key !== file?.public_key)
    throw notLoggedIn('This login is bound to the key of a machine, and that key is not here.')
  const wanted = [login.refresh_entry, file?.key_entry].filter((name) => name !== undefined)
  const found = new Map(zip(wanted, await recall(place, wanted)))
  if (login.refresh_token !== undefined) refuseCopied(place.auth)
  const token = login.refresh_token ?? found.get(login.refresh_entry ?? '')
  if (!token) throw notLoggedIn('The keychain does not have the login of this machine any more.')
  if (file === null) return { token, key: null }
  const privateKey = file.private_key ?? found.get(file.key_entry ?? '')
  if (!privateKey) throw notLoggedIn('The keychain does not have the key of this machine any more.')
  return { token, key: { publicKey: file.public_key, privateKey } }
}

function refuseCopied(auth: string): void {
  const elsewhere = copiedElsewhere(auth)
  if (elsewhere !== null)
    throw notLoggedIn(
      `${auth} ${elsewhere}, so the login in it is not used. Set MSP_HOME to a folder of this computer only.`,
    )
}

const zip = <A, B>(names: readonly A[], values: readonly B[]): [A, B][] =>
  names.map((name, index) => [name, values[index] as B])

/**
 * The login with its new refresh token in the place of the old one. Until the caller has written it, the old one with its rotation id still
 * leads to the same successor, whose place in the keychain is the same again; so a kill loses nothing and leaves nothing behind.
 */
async function successorOf(place: SecretPlace, before: Login, next: NewLogin): Promise<Login> {
  const { refresh_token: token, ...rest } = next
  const bound = before.public_key === undefined ? {} : { public_key: before.public_key }
  // What lies in the file stays there until the next sign-in: a machine without a keychain does not look for one every hour.
  if (before.refresh_entry === undefined) {
    const why = before.why_in_file === undefined ? {} : { why_in_file: before.why_in_file }
    return { ...rest, refresh_token: token, ...bound, ...why }
  }
  const spent = before.spent_entry === undefined ? [] : [before.spent_entry]
  const kept = await keep(place, { name: entryName('refresh', token), secret: token }, spent)
  return { ...rest, ...whereKept(kept, token), ...bound, spent_entry: before.refresh_entry }
}

const whereKept = (kept: Awaited<ReturnType<typeof keep>>, token: string): Partial<Login> => {
  if (kept.entry !== undefined) return { refresh_entry: kept.entry }
  return { refresh_token: token, ...(kept.whyInFile === undefined ? {} : { why_in_file: kept.whyInFile }) }
}

/**
 * Keeps a new login in place of the one before, once a refresh of that one is through.
 *
 * @throws ApiError `UNAUTHENTICATED` when it can be kept nowhere
 */
export async function saveLogin(place: SecretPlace, login: NewLogin, key: MachineKey): Promise<void> {
  const saving = await withLock(join(place.auth, 'refresh.lock'), { waitMs: LOCK_WAIT_MS }, async () => {
    const before = entriesOf(place.auth)
    const { refresh_token: token, ...rest } = login
    const kept = await keep(place, { name: entryName('refresh', token), secret: token })
    writeLogin(place.auth, { ...rest, ...whereKept(kept, token), public_key: key.publicKey })
    await forget(place, before)
  })
  if (!saving.held) throw stillRenewing()
}

/** Forgets the login, in the keychain and in the file. The machine keeps its key. Fine when there is no login. */
export async function forgetLogin(place: SecretPlace): Promise<void> {
  await forget(place, entriesOf(place.auth))
  removeLogin(place.auth)
}

/** What the keychain has for the login of this machine, as far as its file can be read. */
function entriesOf(auth: string): string[] {
  try {
    const login = readLogin(auth)
    return [login?.refresh_entry, login?.spent_entry].filter((name) => name !== undefined)
  } catch (error) {
    if (error instanceof ApiError) return []
    throw error
  }
}

const stillRenewing = () =>
  new ApiError('UNREACHABLE', 'Another process is still renewing this login. Try again in a moment.')

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
