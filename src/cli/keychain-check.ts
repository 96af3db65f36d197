import { ApiError } from '../api/errors.ts'
import { KeychainError } from '../api/keychain.ts'
import { type Login, loginPath, readLogin } from '../api/login-file.ts'
import { type KeyFile, machineKeyPath, readKeyFile } from '../api/machine-key.ts'
import { copiedElsewhere } from '../api/secret-place.ts'
import { bad, type Check, good } from './checks.ts'
import type { World } from './world.ts'

/** Where the refresh token and the machine's key lie, why there, and whether they can be had. Nothing where nobody is logged in. */
export async function checkKeychain(world: World): Promise<Check[]> {
  const { auth } = world.settings.paths
  try {
    const login = readLogin(auth)
    if (login === null) return []
    const file = readKeyFile(auth)
    return [await tokens(world, login), await key(world, login, file)]
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return [bad('tokens', error.message)]
  }
}

async function tokens(world: World, login: Login): Promise<Check> {
  const { auth } = world.settings.paths
  if (login.refresh_entry !== undefined) return inKeychain(world, 'tokens', login.refresh_entry)
  const elsewhere = copiedElsewhere(auth)
  if (elsewhere !== null)
    return bad('tokens', `${auth} ${elsewhere}. Set MSP_HOME to a folder of this computer only, then run "msp login".`)
  return good('tokens', `in ${loginPath(auth)}, because ${whyInFile(world, login.why_in_file)}`)
}

async function key(world: World, login: Login, file: KeyFile | null): Promise<Check> {
  const { auth } = world.settings.paths
  if (login.public_key === undefined)
    return bad(
      'machine key',
      'This login was made before there was one: a copy of it works elsewhere. Run "msp login".',
    )
  if (file?.public_key !== login.public_key)
    return bad('machine key', 'The login is bound to a key that is not here. Run "msp login".')
  if (file.key_entry !== undefined) return inKeychain(world, 'machine key', file.key_entry)
  return good('machine key', `in ${machineKeyPath(auth)}, because ${whyInFile(world, file.why_in_file)}`)
}

const whyInFile = ({ keychain }: World, why: string | undefined): string =>
  why ??
  (keychain.isOff ? 'the keychain is switched off' : 'it was made before the keychain was used. "msp login" moves it')

async function inKeychain({ keychain }: World, name: string, entry: string): Promise<Check> {
  try {
    const [secret] = await keychain.read([entry])
    if (secret) return good(name, 'in the keychain of this system')
    return bad(name, 'The keychain does not have it any more. Run "msp login".')
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    return bad(name, `It lies in the keychain, which ${error.message}. Unlock it, or run "msp login".`)
  }
}
