import { type Api, createApi } from '../api/client.ts'
import { keychainFor } from '../api/keychain.ts'
import { nodeHttpTransport } from '../api/node-http.ts'
import { createTokenStore } from '../api/tokens.ts'
import type { Settings } from '../settings.ts'

/** The API for hooks and their background jobs, with this machine's login. */
export function hooksApi(settings: Settings): Api {
  const { apiUrl, paths } = settings
  const keychain = keychainFor(settings)
  const tokens = createTokenStore({ auth: paths.auth, url: apiUrl, transport: nodeHttpTransport, keychain })
  return createApi({ url: apiUrl, transport: nodeHttpTransport, tokens })
}
