import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, writeFileAtomic } from '../durable.ts'
import { ApiError, notLoggedIn } from './errors.ts'

/** What `login.json` keeps. Instants are ISO 8601 by this machine's clock, whatever the server's says. */
export interface Login {
  /** The server that gave the tokens; they are never sent to another one. */
  api_url: string
  user: { id: string; email: string; name: string; role: string }
  access_token: string
  access_expires_at: string
  /** Here only where it does not lie in the keychain. */
  refresh_token?: string
  /** Under which name the keychain has the refresh token. */
  refresh_entry?: string
  /** What the keychain holds of the refresh token before, which is of no use any more. */
  spent_entry?: string
  /** Why the refresh token lies here and not in the keychain, where that was not chosen. */
  why_in_file?: string
  refresh_expires_at: string
  /** The machine's key that the login is bound to; a login of an earlier version has none. */
  public_key?: string
  /** A rotation whose answer has not come yet. It is sent again as it is, so that the server gives the same successor. */
  rotation_id?: string
}

/** `auth` is the folder `MSP_HOME/auth`. */
export const loginPath = (auth: string): string => join(auth, 'login.json')

/**
 * The login of this machine, or null when there is none.
 *
 * @throws ApiError `UNAUTHENTICATED` when others may read the file, when it is somebody else's, or when it is damaged
 */
export function readLogin(auth: string): Login | null {
  const path = loginPath(auth)
  const text = readTextIfAny(path)
  if (text === null) return null
  refuseExposed(auth, path)
  const login = parseLogin(text)
  if (login === null) throw notLoggedIn(`${path} is damaged.`)
  return login
}

/** Replaces the login so that a kill leaves the old one or the new one, synced to the disk, readable by the owner only. */
export function writeLogin(auth: string, login: Login): void {
  writeFileAtomic(loginPath(auth), `${JSON.stringify(login, null, 2)}\n`)
}

/** Forgets the login. Fine when there is none. */
export function removeLogin(auth: string): void {
  rmSync(loginPath(auth), { force: true })
}

/** @throws ApiError `UNAUTHENTICATED` when others may read the file or enter its folder, or when either is somebody else's */
export function refuseExposed(auth: string, path: string): void {
  for (const one of [path, auth]) {
    const problem = exposure(one)
    if (problem !== null) throw notLoggedIn(`${one} ${problem}, so what is in it is not used.`)
  }
}

/**
 * Why a file with a secret must not be trusted: others may read it, or it belongs to somebody else. Null when it is fine.
 * Windows has no such modes: there the profile folder protects it.
 */
export function exposure(path: string): string | null {
  if (process.platform === 'win32') return null
  const { mode, uid } = statSync(path)
  if (uid !== process.getuid?.()) return 'belongs to another user'
  if ((mode & 0o077) !== 0) return `can be read by others (mode ${(mode & 0o777).toString(8)})`
  return null
}

/** @throws ApiError `UNAUTHENTICATED` when there is a file that cannot be read */
export function readTextIfAny(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw new ApiError(
      'UNAUTHENTICATED',
      `${path} cannot be read (${errorCode(error)}). Make it yours and readable, or delete it and run "msp login".`,
      { cause: error },
    )
  }
}

const TEXTS = ['api_url', 'access_token', 'access_expires_at', 'refresh_expires_at'] as const

function parseLogin(text: string): Login | null {
  try {
    const login = JSON.parse(text) as Partial<Login> | null
    const isKept = [login?.refresh_token, login?.refresh_entry].some((kept) => typeof kept === 'string')
    const complete =
      isKept && TEXTS.every((key) => typeof login?.[key] === 'string') && typeof login?.user?.email === 'string'
    return complete ? (login as Login) : null
  } catch {
    return null // Not JSON: the caller reports it as damaged.
  }
}
