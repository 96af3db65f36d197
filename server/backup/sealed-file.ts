import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Decrypter } from 'age-encryption'
import { encrypterFor } from '../age.ts'
import { ConfigError } from '../config.ts'

/** Encrypts a file to age recipients (age-encryption.org/v1). @throws ConfigError for a recipient that is none */
export async function sealFile(from: string, to: string, recipients: readonly string[]): Promise<void> {
  const encrypter = encrypterFor(recipients)
  await through(from, to, (bytes) => encrypter.encrypt(bytes))
}

/** Opens a file with age identities. @throws ConfigError when none of them opens it, or it was changed */
export async function openFile(from: string, to: string, identities: readonly string[]): Promise<void> {
  const decrypter = new Decrypter()
  try {
    for (const identity of identities) decrypter.addIdentity(identity)
    await through(from, to, (bytes) => decrypter.decrypt(bytes))
  } catch (cause) {
    throw new ConfigError('The backup cannot be opened: it is for other keys, or it was changed.', { cause })
  }
}

type Bytes = ReadableStream<Uint8Array>

async function through(from: string, to: string, convert: (bytes: Bytes) => Promise<Bytes>): Promise<void> {
  const converted = await convert(Readable.toWeb(createReadStream(from)) as Bytes)
  await pipeline(Readable.fromWeb(converted as never), createWriteStream(to, { mode: 0o600, flags: 'wx', flush: true }))
}

export async function measureFile(path: string): Promise<{ sha256: string; size_bytes: number }> {
  const hash = createHash('sha256')
  const hashing = new Transform({ transform: (chunk, _, done) => done(null, void hash.update(chunk)) })
  await pipeline(createReadStream(path), hashing.resume())
  return { sha256: hash.digest('hex'), size_bytes: (await stat(path)).size }
}
