import { join } from 'node:path'
import { refreshMessage } from '../contract/proof.ts'
import { writeFileAtomic } from '../durable.ts'
import { ApiError, notLoggedIn } from './errors.ts'
import { readTextIfAny, refuseExposed } from './login-file.ts'
import { entryName, keep, ownFolder, recall, type SecretPlace } from './secret-place.ts'

/** What `machine-key.json` keeps: the Ed25519 key of this machine, made at its first sign-in. */
export interface KeyFile {
  /** Raw, 32 bytes, base64url; as the server has it. */
  public_key: string
  /** The same of the private half, where it does not lie in the keychain. */
  private_key?: string
  /** Under which name the keychain has the private half. */
  key_entry?: string
  why_in_file?: string
}

export interface MachineKey {
  publicKey: string
  privateKey: string
}

/** `auth` is the folder `MSP_HOME/auth`. */
export const machineKeyPath = (auth: string): string => join(auth, 'machine-key.json')

/**
 * What is known of this machine's key, or null when it has none.
 *
 * @throws ApiError `UNAUTHENTICATED` when others may read the file or it is damaged
 */
export function readKeyFile(auth: string): KeyFile | null {
  const path = machineKeyPath(auth)
  const text = readTextIfAny(path)
  if (text === null) return null
  refuseExposed(auth, path)
  const file = parseKeyFile(text)
  if (file === null) throw notLoggedIn(`${path} is damaged.`)
  return file
}

/**
 * The key to sign in with: this machine's, or a new one where there is none or it cannot be had any more. A key that lies in a file moves to the
 * keychain when that takes it.
 *
 * @throws ApiError `UNAUTHENTICATED` when a new key can be kept nowhere
 */
export async function keyForLogin(place: SecretPlace): Promise<MachineKey> {
  ownFolder(place.auth)
  const known = await knownKey(place)
  if (known?.isSettled) return known.key
  const key = known?.key ?? newKey()
  const kept = await keep(place, { name: entryName('machine-key', key.publicKey), secret: key.privateKey })
  const where: Omit<KeyFile, 'public_key'> =
    kept.entry === undefined
      ? { private_key: key.privateKey, ...(kept.whyInFile === undefined ? {} : { why_in_file: kept.whyInFile }) }
      : { key_entry: kept.entry }
  const file: KeyFile = { public_key: key.publicKey, ...where }
  writeFileAtomic(machineKeyPath(place.auth), `${JSON.stringify(file, null, 2)}\n`)
  return key
}

/** @returns null when there is none, or when what there is cannot be used: a sign-in makes all of it new */
async function knownKey(place: SecretPlace): Promise<{ key: MachineKey; isSettled: boolean } | null> {
  try {
    const file = readKeyFile(place.auth)
    if (file === null) return null
    const [inKeychain] = file.key_entry === undefined ? [null] : await recall(place, [file.key_entry])
    const privateKey = file.private_key ?? inKeychain
    if (!privateKey) return null
    const isSettled = file.private_key === undefined || place.keychain.isOff
    return { key: { publicKey: file.public_key, privateKey }, isSettled }
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}

function newKey(): MachineKey {
  const { generateKeyPairSync } = process.getBuiltinModule('node:crypto')
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { publicKey: x as string, privateKey: d as string }
}

/** What proves to the server that this machine refreshes: an Ed25519 signature, 64 bytes, base64url. */
export function proofOf({ publicKey, privateKey }: MachineKey, tokenHash: string, rotationId: string): string {
  const { createPrivateKey, sign } = process.getBuiltinModule('node:crypto')
  const key = createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey },
    format: 'jwk',
  })
  return sign(null, Buffer.from(refreshMessage(tokenHash, rotationId)), key).toString('base64url')
}

const RAW_KEY = /^[A-Za-z0-9_-]{43}$/

function parseKeyFile(text: string): KeyFile | null {
  try {
    const file = JSON.parse(text) as Partial<KeyFile> | null
    const isKey = (value: unknown) => typeof value === 'string' && RAW_KEY.test(value)
    const isWhole = isKey(file?.public_key) && (isKey(file?.private_key) || typeof file?.key_entry === 'string')
    return isWhole ? (file as KeyFile) : null
  } catch {
    return null // Not JSON: the caller reports it as damaged.
  }
}
