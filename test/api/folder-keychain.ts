import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Keychain, KeychainError } from '../../src/api/keychain.ts'

/** A keychain whose entries are files of a folder, so that processes can share it. While it has a file `locked`, it refuses. */
export function folderKeychain(folder: string): Keychain & { names(): string[]; lock(): void } {
  const refuseLocked = () => {
    if (existsSync(join(folder, 'locked'))) throw new KeychainError('did not answer within 2 s; it may be locked')
  }
  mkdirSync(folder, { recursive: true })
  return {
    isOff: false,
    names: () => readdirSync(folder).sort(),
    lock: () => writeFileSync(join(folder, 'locked'), ''),
    read: async (names) => {
      refuseLocked()
      return names.map((name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null))
    },
    change: async ({ set, remove = [] }) => {
      refuseLocked()
      if (set) writeFileSync(join(folder, set.name), set.secret)
      for (const name of remove) rmSync(join(folder, name), { force: true })
    },
  }
}
