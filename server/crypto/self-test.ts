import { randomBytes } from 'node:crypto'
import { AEADS } from './aead.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { CannotOpenSecret } from './seal.ts'

const DRAWS = 256
const PLACE = { purpose: 'self-test', table: '', column: '', client: null, record: '', version: '' } as const

/**
 * Proves before anything is sealed that random bytes do not repeat and that each algorithm opens what it sealed and nothing else.
 *
 * @throws Error that says what is wrong
 */
export function testCrypto(random: (bytes: number) => Uint8Array = randomBytes): void {
  for (const bytes of [12, 32]) {
    const drawn = new Set(Array.from({ length: DRAWS }, () => Buffer.from(random(bytes)).toString('hex')))
    if (drawn.size < DRAWS)
      throw new Error('The random source of this machine repeats itself: nothing can be sealed safely with it.')
  }
  for (const aead of AEADS) {
    const key = { kid: 'test', bytes: Buffer.from(random(32)) }
    const sealed = sealEnvelope(key, PLACE, Buffer.from('plain'), aead)
    if (Buffer.from(openEnvelope(key, PLACE, sealed)).toString() !== 'plain') throw broken(aead.name)
    sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1)
    if (opens(() => openEnvelope(key, PLACE, sealed))) throw broken(aead.name)
  }
}

const broken = (name: string) => new Error(`${name} does not work on this machine.`)

function opens(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch (error) {
    if (error instanceof CannotOpenSecret) return false
    throw error
  }
}
