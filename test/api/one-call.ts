// Run as a process of its own: one call with this machine's login. Prints the token that was used.
//   node one-call.ts AUTH URL [KEYCHAIN-FOLDER [kill-at]]
// `answer`: killed as soon as the server has answered a refresh; `keychain`: once the keychain has the successor; neither has it in login.json.
import { type Keychain, noKeychain } from '../../src/api/keychain.ts'
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import { createTokenStore } from '../../src/api/tokens.ts'
import type { Transport } from '../../src/api/transport.ts'
import { folderKeychain } from './folder-keychain.ts'

const [auth = '', url = '', folder = '', killAt = ''] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')

const transport: Transport = async (request) => {
  const answer = await nodeHttpTransport(request)
  if (killAt === 'answer') die()
  return answer
}

const kept: Keychain = folder === '' ? noKeychain('is off') : folderKeychain(folder)
const keychain: Keychain = {
  ...kept,
  change: async (change) => {
    await kept.change(change)
    if (killAt === 'keychain') die()
  },
}

const tokens = createTokenStore({ auth, url, transport, keychain })
process.stdout.write((await tokens.current(AbortSignal.timeout(30_000))) ?? 'none')
