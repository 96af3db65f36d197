import { gcm } from '@noble/ciphers/aes.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'

/** Encryption that also proves where a value belongs. Keys have 32 bytes, tags 16. */
export interface Aead {
  /** As it stands in an envelope. */
  readonly id: number
  /** As it stands in `credential_versions.alg`: the names of RFC 7518 and of the draft for XChaCha. */
  readonly name: 'A256GCM' | 'XC20P'
  readonly nonceBytes: number
  /** @returns ciphertext ‖ tag */
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array
  /** @throws Error when anything differs from what was sealed */
  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array
}

const KEY_BYTES = 32
export const TAG_BYTES = 16

type Cipher = (
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
) => { encrypt(plaintext: Uint8Array): Uint8Array; decrypt(sealed: Uint8Array): Uint8Array }

/** The library takes other sizes of keys and nonces too; an envelope has one size of each. */
function sized(id: number, name: Aead['name'], nonceBytes: number, cipher: Cipher): Aead {
  const checked: Cipher = (key, nonce, aad) => {
    if (key.length !== KEY_BYTES || nonce.length !== nonceBytes)
      throw new RangeError(`${name} takes a key of ${KEY_BYTES} bytes and a nonce of ${nonceBytes}.`)
    return cipher(key, nonce, aad)
  }
  return {
    id,
    name,
    nonceBytes,
    seal: (key, nonce, aad, plaintext) => checked(key, nonce, aad).encrypt(plaintext),
    open: (key, nonce, aad, sealed) => checked(key, nonce, aad).decrypt(sealed),
  }
}

/** NIST SP 800-38D: the nonce is random, so one key seals at most 2^32 values; ours stop long before. */
export const AES_256_GCM: Aead = sized(1, 'A256GCM', 12, gcm)
/** For keys that must seal more than that: its nonce is long enough to be random for ever. */
export const XCHACHA20_POLY1305: Aead = sized(2, 'XC20P', 24, xchacha20poly1305)

export const AEADS: readonly Aead[] = [AES_256_GCM, XCHACHA20_POLY1305]
