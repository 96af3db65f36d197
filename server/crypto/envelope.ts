import { randomBytes } from 'node:crypto'
import { AEADS, AES_256_GCM, type Aead, TAG_BYTES } from './aead.ts'
import { boundTo, CannotOpenSecret } from './seal.ts'

/** The first byte; 1 is the format of `seal.ts`. */
export const ENVELOPE_VERSION = 2
const MAX_KID_BYTES = 255

/** A key and the id that is written beside what it seals. */
export interface Key {
  kid: string
  /** 32 bytes. */
  bytes: Uint8Array
}

/** What a sealed value belongs to. It is authenticated and not stored: the value opens nowhere else. */
export interface SealedPlace {
  /** What it is: `secret`, `dek`, `canary`, … */
  purpose: string
  table: string
  column: string
  /** Null: the MSP's own. */
  client: string | null
  record: string
  version: string
}

/** The place, the key's id and the algorithm as bytes. No two of them give the same. */
export function aadOf({ purpose, table, column, client, record, version }: SealedPlace, kid: string, alg: number) {
  // A client's id that is empty is something else than none.
  const whose = client === null ? [] : [client]
  return boundTo(purpose, table, column, String(whose.length), ...whose, record, version, kid, String(alg))
}

/**
 * Seals a value for one place. The nonce is made here, from the random source of the operating system, so that no caller can repeat one.
 *
 * @returns version (1 byte) ‖ algorithm (1) ‖ length of the key's id (1) ‖ key's id ‖ nonce ‖ ciphertext ‖ tag (16)
 */
export function sealEnvelope(key: Key, place: SealedPlace, plaintext: Uint8Array, aead: Aead = AES_256_GCM): Buffer {
  const kid = Buffer.from(key.kid, 'utf8')
  if (kid.length > MAX_KID_BYTES) throw new RangeError(`The id of a key has at most ${MAX_KID_BYTES} bytes.`)
  const nonce = randomBytes(aead.nonceBytes)
  const sealed = aead.seal(key.bytes, nonce, aadOf(place, key.kid, aead.id), plaintext)
  return Buffer.concat([Buffer.of(ENVELOPE_VERSION, aead.id, kid.length), kid, nonce, sealed])
}

/**
 * Opens a value in its place, with the key that its record names: an envelope that names another one does not open.
 *
 * @throws CannotOpenSecret, always the same, for every reason
 */
export function openEnvelope(key: Key, place: SealedPlace, envelope: Uint8Array): Uint8Array {
  const { kid, aead, nonce, sealed } = partsOf(envelope)
  if (kid !== key.kid) throw new CannotOpenSecret()
  try {
    return aead.open(key.bytes, nonce, aadOf(place, kid, aead.id), sealed)
  } catch {
    // The library's reason would tell an attacker which check failed.
    throw new CannotOpenSecret()
  }
}

/** The id of the key that an envelope names. Only what opens it proves that it is true. @throws CannotOpenSecret */
export const kidOf = (envelope: Uint8Array): string => partsOf(envelope).kid

function partsOf(envelope: Uint8Array) {
  const [version, alg, kidBytes = 0] = envelope
  const aead = AEADS.find(({ id }) => id === alg)
  const nonceAt = 3 + kidBytes
  const sealedAt = nonceAt + (aead?.nonceBytes ?? 0)
  if (version !== ENVELOPE_VERSION || !aead || envelope.length < sealedAt + TAG_BYTES) throw new CannotOpenSecret()
  return {
    aead,
    kid: Buffer.from(envelope.subarray(3, nonceAt)).toString('utf8'),
    nonce: envelope.subarray(nonceAt, sealedAt),
    sealed: envelope.subarray(sealedAt),
  }
}
