import { armor, Decrypter } from 'age-encryption'
import { encrypterFor } from '../age.ts'
import { ConfigError } from '../config.ts'
import type { EpochKey } from './epochs.ts'

/** The audit's key for people who keep it away from the server: with it the MACs of its epoch and of every later one can be checked. */

const KIND = 'claudetools audit key'

/** @param recipients age1…: several people, each of whom can open it. @throws ConfigError for one that is none */
export async function sealKey({ epoch, key, createdAt }: EpochKey, recipients: readonly string[]): Promise<string> {
  const content = { kind: KIND, epoch, key: Buffer.from(key).toString('base64'), created_at: createdAt }
  return armor.encode(await encrypterFor(recipients).encrypt(JSON.stringify(content)))
}

/** @param identity the file that "age-keygen" writes. @throws ConfigError when it does not open the key */
export async function openKey(sealed: string, identity: string): Promise<EpochKey> {
  const decrypter = new Decrypter()
  try {
    for (const line of identity.split('\n').map((text) => text.trim()))
      if (line !== '' && !line.startsWith('#')) decrypter.addIdentity(line)
    const content = JSON.parse(await decrypter.decrypt(armor.decode(sealed), 'text'))
    if (content.kind !== KIND) throw new Error('another kind of file')
    return { epoch: content.epoch, key: Buffer.from(content.key, 'base64'), createdAt: content.created_at }
  } catch (cause) {
    throw new ConfigError(
      'The key of the audit cannot be opened: the file is for another identity, or it was changed.',
      {
        cause,
      },
    )
  }
}
