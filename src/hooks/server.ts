import { type Api, createApi } from '../api/client.ts'
import { nodeHttpTransport } from '../api/node-http.ts'
import { createTokenStore } from '../api/tokens.ts'
import type { Settings } from '../settings.ts'

/** The API for hooks and their background jobs, with this machine's login. */
export function hooksApi({ apiUrl, paths }: Settings): Api {
  const tokens = createTokenStore({ auth: paths.auth, url: apiUrl, transport: nodeHttpTransport })
  return createApi({ url: apiUrl, transport: nodeHttpTransport, tokens })
}
