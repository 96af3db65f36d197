// Run as a process of its own: one call with this machine's login. Prints the token that was used.
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import { createTokenStore } from '../../src/api/tokens.ts'

const [auth = '', url = ''] = process.argv.slice(2)
const tokens = createTokenStore({ auth, url, transport: nodeHttpTransport })
process.stdout.write((await tokens.current(AbortSignal.timeout(20_000))) ?? 'none')
