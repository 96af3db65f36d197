import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AES_256_GCM, type Aead, XCHACHA20_POLY1305 } from '../../server/crypto/aead.ts'
import { derive, hmac } from '../../server/crypto/keys.ts'

/**
 * The published test vectors of Project Wycheproof, through the code that the vault uses. They are not part of this project: MSP_WYCHEPROOF_DIR
 * names a folder that has them.
 */

const FOLDER = process.env.MSP_WYCHEPROOF_DIR

type Hex = string
interface Vector {
  tcId: number
  comment: string
  flags: string[]
  result: 'valid' | 'invalid' | 'acceptable'
}
interface AeadVector extends Vector {
  key: Hex
  iv: Hex
  aad: Hex
  msg: Hex
  ct: Hex
  tag: Hex
}
interface MacVector extends Vector {
  key: Hex
  msg: Hex
  tag: Hex
}
interface HkdfVector extends Vector {
  ikm: Hex
  salt: Hex
  info: Hex
  size: number
  okm: Hex
}

const bytes = (hex: Hex) => Buffer.from(hex, 'hex')

function vectors<V extends Vector>(file: string): V[] {
  const { testGroups } = JSON.parse(readFileSync(join(FOLDER as string, file), 'utf8')) as {
    testGroups: { tests: V[] }[]
  }
  return testGroups.flatMap(({ tests }) => tests)
}

/** What the code made of each vector: `invalid` that was taken must be none; `valid` that was refused needs a reason. */
function judged<V extends Vector>(all: readonly V[], takes: (vector: V) => boolean) {
  const taken = new Set(all.filter(takes))
  return {
    wronglyTaken: all.filter((vector) => vector.result === 'invalid' && taken.has(vector)).map(({ tcId }) => tcId),
    refused: all.filter((vector) => vector.result === 'valid' && !taken.has(vector)),
    taken: all.filter((vector) => vector.result === 'valid' && taken.has(vector)).length,
  }
}

function opensAndSealsAlike(aead: Aead, { key, iv, aad, msg, ct, tag }: AeadVector): boolean {
  const sealed = Buffer.concat([bytes(ct), bytes(tag)])
  try {
    const opened = Buffer.from(aead.open(bytes(key), bytes(iv), bytes(aad), sealed))
    const again = Buffer.from(aead.seal(bytes(key), bytes(iv), bytes(aad), bytes(msg)))
    return opened.equals(bytes(msg)) && again.equals(sealed)
  } catch {
    return false
  }
}

if (FOLDER) describe('Wycheproof', allVectors)
else
  test('the vectors of Wycheproof are not here: MSP_WYCHEPROOF_DIR names a folder that has them', () => {
    console.info('Wycheproof vectors are not tested: MSP_WYCHEPROOF_DIR does not name a folder that has them.')
  })

function allVectors(): void {
  test.each([
    ['aes_gcm_test.json', AES_256_GCM],
    ['xchacha20_poly1305_test.json', XCHACHA20_POLY1305],
  ] as const)('%s', (file, aead) => {
    const all = vectors<AeadVector>(file)

    const { wronglyTaken, refused, taken } = judged(all, (vector) => opensAndSealsAlike(aead, vector))

    expect(wronglyTaken).toEqual([])
    // An envelope has keys of 32 bytes and nonces of one length: valid vectors of other sizes are refused, and no others.
    const ofOurSizes = ({ key, iv }: AeadVector) => bytes(key).length === 32 && bytes(iv).length === aead.nonceBytes
    expect(refused.filter(ofOurSizes).map(({ tcId }) => tcId)).toEqual([])
    expect(taken).toBe(all.filter((vector) => vector.result === 'valid' && ofOurSizes(vector)).length)
    expect(taken).toBeGreaterThan(30)
  })

  test('hmac_sha256_test.json', () => {
    const all = vectors<MacVector>('hmac_sha256_test.json')

    const { wronglyTaken, refused } = judged(all, ({ key, msg, tag }) => {
      // Some vectors have a tag cut to 16 bytes (RFC 2104, section 5); ours are whole, so only its beginning can be compared.
      const mac = hmac(bytes(key), bytes(msg)).subarray(0, bytes(tag).length)
      return mac.equals(bytes(tag))
    })

    expect(wronglyTaken).toEqual([])
    expect(refused.map(({ tcId }) => tcId)).toEqual([])
  })

  test('hkdf_sha256_test.json', () => {
    const all = vectors<HkdfVector>('hkdf_sha256_test.json')

    const { wronglyTaken, refused } = judged(all, ({ ikm, salt, info, size, okm }) => {
      try {
        return derive(bytes(ikm), bytes(info), { bytes: size, salt: bytes(salt) }).equals(bytes(okm))
      } catch {
        return false
      }
    })

    expect(wronglyTaken).toEqual([])
    expect(refused.map(({ tcId }) => tcId)).toEqual([])
  })
}
