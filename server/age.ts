import { Encrypter } from 'age-encryption'
import { ConfigError } from './config.ts'

/** Encrypts to age recipients (age-encryption.org/v1), each of whom can open it. @throws ConfigError for one that is none */
export function encrypterFor(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw new ConfigError(
        `"${recipient.slice(0, 80)}" is no age recipient. It looks like age1… ("age-keygen -y key.txt").`,
      )
    }
  }
  return encrypter
}
