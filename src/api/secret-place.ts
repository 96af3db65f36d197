import { chmodSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { FOLDER_MODE, makeFolder } from '../durable.ts'
import { ApiError } from './errors.ts'
import { type Keychain, KeychainError } from './keychain.ts'

/** Where what signs this machine in is kept: the keychain, or a file of the folder `MSP_HOME/auth`. */
export interface SecretPlace {
  auth: string
  keychain: Keychain
}

/** In the keychain under this name, or for the file, with the reason where that was not chosen. */
export type Kept = { entry: string } | { entry?: undefined; whyInFile?: string }

/** Makes the folder, or takes away what others may do in it: what is read from it later is refused otherwise. */
export function ownFolder(auth: string): void {
  makeFolder(auth)
  chmodSync(auth, FOLDER_MODE)
}

/** The same for the same secret, so that keeping it again after a kill leaves nothing behind. It tells nothing of the secret: that is 256 random bits. */
export const entryName = (kind: 'refresh' | 'machine-key', secret: string): string =>
  `${kind}-${sha256(secret).slice(0, 32)}`

/** Lower-case hex. Asked for here and not imported: node:crypto costs a hook up to a quarter of its start, and few renew a login. */
export const sha256 = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex')

/**
 * Keeps a secret in the keychain, or says that the caller must write it to its file.
 *
 * @throws ApiError `UNAUTHENTICATED` when the keychain does not take it and a file would not be safe
 */
export async function keep(
  { auth, keychain }: SecretPlace,
  named: { name: string; secret: string },
  remove: readonly string[] = [],
): Promise<Kept> {
  try {
    await keychain.change({ set: named, remove })
    return { entry: named.name }
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    refuseFile(auth, keychain, error.message)
    return keychain.isOff ? {} : { whyInFile: `the keychain ${error.message}` }
  }
}

/**
 * The secrets of these names; null where there is none.
 *
 * @throws ApiError `UNAUTHENTICATED` when the keychain does not answer
 */
export async function recall({ keychain }: SecretPlace, names: readonly string[]): Promise<(string | null)[]> {
  if (names.length === 0) return []
  try {
    return await keychain.read(names)
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    throw new ApiError(
      'UNAUTHENTICATED',
      `This machine's login lies in the keychain, which ${error.message}. Unlock it and try again, or sign in anew with "msp login".`,
      { cause: error },
    )
  }
}

/** Forgets secrets. One that cannot be forgotten stays, and is of no use. */
export async function forget({ keychain }: SecretPlace, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await keychain.change({ remove: names }).catch((error: unknown) => {
    if (!(error instanceof KeychainError)) throw error
  })
}

function refuseFile(auth: string, { isOff }: Keychain, why: string): void {
  const elsewhere = copiedElsewhere(auth)
  if (elsewhere !== null)
    throw new ApiError(
      'UNAUTHENTICATED',
      `${auth} ${elsewhere}, so a login must not lie there, and the keychain ${why}. Set MSP_HOME to a folder of this computer only, then run "msp login".`,
    )
  if (process.platform === 'win32' && !isOff)
    throw new ApiError(
      'UNAUTHENTICATED',
      `The keychain ${why}, and on Windows a file is not protected enough for a login. Mend the keychain; or, if you accept that, put "auth.keychain": "off" among the preferences of config.json and run "msp login".`,
    )
}

const SYNCED =
  /^(OneDrive( - .+)?|Dropbox( \(.+\))?|iCloud ?Drive|Mobile Documents|CloudStorage|Google ?Drive|My Drive|Nextcloud|ownCloud)$/i
const NETWORK = /^(\\\\|\/\/)(?![?.][\\/](?!UNC[\\/]))/i

/** Why a folder is not of this computer alone, as far as its name tells; completes "the folder …". Null when nothing speaks for it. */
export function copiedElsewhere(folder: string): string | null {
  for (const path of [folder, realPath(folder)]) {
    if (NETWORK.test(path)) return 'is on the network'
    const synced = path.split(/[\\/]/).find((part) => SYNCED.test(part))
    if (synced !== undefined) return `is copied to other computers (${synced})`
  }
  return null
}

/** Of the nearest part of it that is there: the folder itself may still have to be made. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return dirname(path) === path ? path : realPath(dirname(path))
  }
}
