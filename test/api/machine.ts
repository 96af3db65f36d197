import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Api, createApi } from '../../src/api/client.ts'
import type { Keychain } from '../../src/api/keychain.ts'
import { readLogin, writeLogin } from '../../src/api/login-file.ts'
import { keyForLogin, type MachineKey } from '../../src/api/machine-key.ts'
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import { createTokenStore, loginFrom, saveLogin } from '../../src/api/tokens.ts'
import type { TestServer, TestUser } from '../support/server.ts'
import { folderKeychain } from './folder-keychain.ts'

/** A technician's computer as far as signing in goes: its folder of tokens and its keychain. */
export interface SignedInMachine {
  auth: string
  keychain: ReturnType<typeof folderKeychain>
  /** The folder behind the keychain. */
  keychainFolder: string
  api: Api
  key: MachineKey
  /** Makes the access token look as if it had ended, so that the next call refreshes. */
  endAccessToken(): void
}

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'msp-auth-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Signs in as `msp login` does. @param keychain instead of one that works */
export async function aSignedInMachine(
  server: TestServer,
  { user = server.admin, keychain }: { user?: TestUser; keychain?: Keychain } = {},
): Promise<SignedInMachine> {
  const [auth, keychainFolder] = [aFolder(), aFolder()]
  const own = folderKeychain(keychainFolder)
  const place = { auth, keychain: keychain ?? own }
  const key = await keyForLogin(place)
  const anonymous = createApi({ url: server.url, transport: nodeHttpTransport })
  const { email, password } = user
  const tokens = await anonymous.auth.login({ email, password, public_key: key.publicKey })
  await saveLogin(place, loginFrom(server.url, tokens, Date.now()), key)
  const store = createTokenStore({ ...place, url: server.url, transport: nodeHttpTransport })
  return {
    auth,
    keychain: own,
    keychainFolder,
    api: createApi({ url: server.url, transport: nodeHttpTransport, tokens: store }),
    key,
    endAccessToken: () => {
      const login = readLogin(auth)
      if (login) writeLogin(auth, { ...login, access_expires_at: '2026-01-01T00:00:00.000Z' })
    },
  }
}
