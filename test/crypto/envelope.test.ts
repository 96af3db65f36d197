import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AEADS, AES_256_GCM, XCHACHA20_POLY1305 } from '../../server/crypto/aead.ts'
import { aadOf, kidOf, openEnvelope, type SealedPlace, sealEnvelope } from '../../server/crypto/envelope.ts'
import { canaryOf, masterKeyId, opensCanary, unwrapKey, wipe, wrapKey } from '../../server/crypto/keys.ts'
import { boundTo, CannotOpenSecret, seal } from '../../server/crypto/seal.ts'
import { testCrypto } from '../../server/crypto/self-test.ts'

const PLACE: SealedPlace = {
  purpose: 'secret',
  table: 'credential_secrets',
  column: 'envelope',
  client: 'c1',
  record: 'r1',
  version: '1',
}
const aKey = (kid = 'k1') => ({ kid, bytes: randomBytes(32) })
const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe('an envelope', () => {
  test.each(AEADS)('of $name opens with its key, in its place', (aead) => {
    const key = aKey()
    const sealed = sealEnvelope(key, PLACE, Buffer.from('secret'), aead)

    expect(Buffer.from(openEnvelope(key, PLACE, sealed)).toString()).toBe('secret')
    expect(kidOf(sealed)).toBe('k1')
    expect([...sealed.subarray(0, 3)]).toEqual([2, aead.id, 2])
    expect(sealed).toHaveLength(3 + 2 + aead.nonceBytes + 6 + 16)
  })

  test.each(Object.keys(PLACE) as (keyof SealedPlace)[])('C1: does not open where its %s differs', (part) => {
    const key = aKey()
    const sealed = sealEnvelope(key, PLACE, Buffer.from('secret'))

    expect(() => openEnvelope(key, { ...PLACE, [part]: 'other' }, sealed)).toThrow(CannotOpenSecret)
  })

  test('C1: gives one answer to everything that is wrong, and no byte of what it holds', () => {
    const key = aKey()
    const sealed = sealEnvelope(key, PLACE, Buffer.from('secret'))
    const errors = [
      () => openEnvelope({ ...key, bytes: randomBytes(32) }, PLACE, sealed),
      () => openEnvelope({ ...key, kid: 'k2' }, PLACE, sealed),
      () => openEnvelope({ ...key, bytes: randomBytes(16) }, PLACE, sealed),
      () => openEnvelope(key, PLACE, sealed.subarray(0, 20)),
      () => openEnvelope(key, PLACE, Buffer.alloc(0)),
      () => openEnvelope(key, PLACE, seal(key.bytes, Buffer.from('secret'), boundTo('x'))),
      () => openEnvelope(key, PLACE, Buffer.concat([sealed, Buffer.of(0)])),
    ].map((attempt) => {
      try {
        return attempt()
      } catch (error) {
        return error
      }
    })

    for (const error of errors) expect(error).toEqual(new CannotOpenSecret())
  })

  test('C6: AAD: no two places give the same bytes, whatever their ids look like', () => {
    const awkward = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('', 'a', 'a|b', '|', '0', '1', '\0', '\0\0\0\u0001a', 'null', '-'),
    )
    const place = fc.record({
      purpose: awkward,
      table: awkward,
      column: awkward,
      client: fc.option(awkward, { nil: null }),
      record: awkward,
      version: awkward,
    })
    const tuple = fc.tuple(place, awkward, fc.constantFrom(1, 2, 12))
    fc.assert(
      fc.property(tuple, tuple, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(Buffer.from(aadOf(...one)).equals(aadOf(...other))).toBe(same)
      }),
      { numRuns: 5_000 },
    )
  })

  test('C6: AAD: moving a character from one part to its neighbour changes it', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 8 }), fc.nat(), (parts, at) => {
        const index = at % (parts.length - 1)
        const [left = '', right = ''] = parts.slice(index, index + 2)
        const moved = parts.with(index, left + right).with(index + 1, '')
        expect(Buffer.from(boundTo(...parts)).equals(boundTo(...moved))).toBe(false)
        expect(Buffer.from(boundTo(...parts)).equals(boundTo(...parts, ''))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
    expect(() => boundTo('\ud800')).toThrow(RangeError)
  })
})

describe('C6: the algorithms agree with those of Node', () => {
  test('C6: AES-256-GCM: the same bytes, and each opens what the other sealed', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(exactly(32), exactly(12), bytes(64), bytes(200), (key, nonce, aad, plaintext) => {
        const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
        const theirs = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
        const ours = AES_256_GCM.seal(key, nonce, aad, plaintext)
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(aad)
        decipher.setAuthTag(ours.subarray(-16))
        const opened = Buffer.concat([decipher.update(ours.subarray(0, -16)), decipher.final()])

        expect(theirs.equals(ours)).toBe(true)
        expect(opened.equals(plaintext)).toBe(true)
        expect(Buffer.from(AES_256_GCM.open(key, nonce, aad, theirs)).equals(plaintext)).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  })

  test('take one size of keys and nonces only', () => {
    for (const aead of AEADS)
      for (const [keyBytes, nonceBytes] of [
        [16, aead.nonceBytes],
        [24, aead.nonceBytes],
        [32, aead.nonceBytes - 4],
        [32, aead.nonceBytes + 4],
        [32, 0],
      ] as const) {
        const seals = () => aead.seal(randomBytes(keyBytes), randomBytes(nonceBytes), Buffer.of(), Buffer.of())
        expect(seals).toThrow(RangeError)
      }
    expect(XCHACHA20_POLY1305.nonceBytes).toBe(24)
  })
})

describe('C2: randomness', () => {
  // A million take half a minute and say no more: among 100,000 nonces of 96 bits, two are equal once in 10^19 times.
  test('C2: 100,000 envelopes have 100,000 nonces', { timeout: 120_000 }, () => {
    const key = aKey()
    const nonces = new Set<string>()
    for (let count = 0; count < 100_000; count++)
      nonces.add(sealEnvelope(key, PLACE, Buffer.of(1)).subarray(5, 17).toString('hex'))

    expect(nonces.size).toBe(100_000)
  })

  test('C2: a random source that repeats itself is noticed before anything is sealed', () => {
    const drawn = Array.from({ length: 100 }, () => randomBytes(32))
    let next = 0
    const repeating = (length: number) => (drawn[next++ % drawn.length] as Buffer).subarray(0, length)

    expect(() => testCrypto(() => Buffer.alloc(32, 7))).toThrow('repeats itself')
    expect(() => testCrypto(repeating)).toThrow('repeats itself')
    expect(() => testCrypto()).not.toThrow()
  })
})

describe('keys', () => {
  const name = { table: 'vault_keys', kid: 'c1', purpose: 'client', clientId: 'x', epoch: null } as const

  test('the id of a master key is that of the key, and holds none of its bytes', () => {
    const key = randomBytes(32)

    expect(masterKeyId(key)).toBe(masterKeyId(Buffer.from(key)))
    expect(masterKeyId(key)).toMatch(/^mk_[0-9a-f]{24}$/)
    expect(masterKeyId(randomBytes(32))).not.toBe(masterKeyId(key))
  })

  test('a canary opens with its key only', () => {
    const key = aKey()
    const canary = canaryOf('master_keys', key)

    expect(opensCanary('master_keys', key, canary)).toBe(true)
    expect(opensCanary('master_keys', { ...key, bytes: randomBytes(32) }, canary)).toBe(false)
    expect(opensCanary('master_keys', { ...key, kid: 'k2' }, canary)).toBe(false)
    expect(opensCanary('vault_keys', key, canary)).toBe(false)
    expect(opensCanary('master_keys', key, canary.subarray(0, 10))).toBe(false)
  })

  test('a wrapped key opens under the name that it was wrapped for only', () => {
    const master = aKey('mk')
    const key = randomBytes(32)
    const wrapped = wrapKey(master, name, key)

    expect(Buffer.from(unwrapKey(master, name, wrapped))).toEqual(key)
    for (const other of [
      { ...name, kid: 'c2' },
      { ...name, purpose: 'audit' },
      { ...name, clientId: null },
      { ...name, epoch: 1 },
      { ...name, table: 'encryption_keys' as const },
    ])
      expect(() => unwrapKey(master, other, wrapped)).toThrow(CannotOpenSecret)
  })

  test('a key that the first release wrapped still opens, in its own table only', () => {
    const master = aKey('mk')
    const key = randomBytes(32)
    const released = { ...name, table: 'encryption_keys', purpose: 'pepper', clientId: null } as const
    const wrapped = seal(master.bytes, key, boundTo('key', 'c1', 'pepper'))

    expect(Buffer.from(unwrapKey(master, released, wrapped))).toEqual(key)
    expect(() => unwrapKey(master, { ...released, table: 'vault_keys' }, wrapped)).toThrow(CannotOpenSecret)
  })

  test('wiping leaves zeros', () => {
    const key = randomBytes(32)
    wipe(key, undefined)
    expect(key.equals(Buffer.alloc(32))).toBe(true)
  })
})
