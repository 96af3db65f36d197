import { hostname } from 'node:os'
import { ApiError, isOutage } from '../api/errors.ts'
import { KeychainError } from '../api/keychain.ts'
import { readLogin } from '../api/login-file.ts'
import { keyForLogin, type MachineKey } from '../api/machine-key.ts'
import { forgetLogin, loginFrom, saveLogin } from '../api/tokens.ts'
import { updateConfig } from '../settings.ts'
import { ask, askHidden, readStdin } from './ask.ts'
import { askCode, needsCode } from './code.ts'
import { enrol } from './enrol.ts'
import { facts, shortId } from './layout.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface LoginOptions {
  email?: string
  passwordStdin?: boolean
  code?: string
  url?: string
}

/** `msp login`, `logout`, `whoami`. */
export const addLogin: AddVerbs = (program, world) => {
  program
    .command('login')
    .description('sign in and enrol this machine')
    .option('--email <address>', 'who you are; asked at a terminal when not given')
    .option('--password-stdin', 'read the password from stdin')
    .option('--code <code>', 'of your authenticator, or a recovery code; asked at a terminal when it is needed')
    .option('--url <url>', 'the server, kept for later (default: what the configuration says)')
    .addHelpText('after', example('msp login --email ana@example.com --url https://msp.example.com'))
    .action((options: LoginOptions) => login(world, options))
  program
    .command('logout')
    .description('end the login of this machine')
    .option('--everywhere', 'end every login of yours, on all machines')
    .addHelpText('after', example('msp logout', 'msp logout --everywhere'))
    .action((options: { everywhere?: boolean }) => logout(world, options.everywhere === true))
  program
    .command('whoami')
    .description('who is signed in here, and what they may do')
    .addHelpText('after', example('msp whoami --json'))
    .action(() => whoami(world))
}

async function login(world: World, options: LoginOptions): Promise<void> {
  if (options.url !== undefined) {
    updateConfig(world.settings.paths, { apiUrl: options.url })
    world.forgetSettings()
  }
  const { apiUrl, paths } = world.settings
  const email = options.email ?? (await ask('E-mail: ', 'Give --email and --password-stdin.'))
  const password = options.passwordStdin
    ? (await readStdin('Pipe the password in, or leave --password-stdin out to be asked.')).replace(/\r?\n$/, '')
    : await askHidden('Password: ', 'Give --password-stdin and pipe the password in.')
  const place = { auth: paths.auth, keychain: world.keychain }
  const key = await keyForLogin(place)
  const tokens = await signIn(world, { email, password, code: options.code }, key)
  await saveLogin(place, loginFrom(apiUrl, tokens, world.now().getTime()), key)
  const machine = await enrolled(world)
  const { user } = tokens
  const where = machine ? ` This machine is ${machine.hostname} (${shortId(machine.id)}).` : ''
  world.output.show(
    { user, api_url: apiUrl, machine: machine && { id: machine.id, hostname: machine.hostname } },
    `Logged in to ${apiUrl} as ${user.name} (${user.email}, ${user.role}).${where}`,
  )
}

interface Credentials {
  email: string
  password: string
  code: string | undefined
}

/** Asks for a code when the server wants one and none was given. */
async function signIn(world: World, { email, password, code }: Credentials, key: MachineKey) {
  const input = { email, password, label: hostname().slice(0, 200), public_key: key.publicKey }
  const withCode = (given: string) => world.api.auth.login({ ...input, code: given })
  if (code !== undefined) return withCode(code)
  try {
    return await world.api.auth.login(input)
  } catch (error) {
    if (!needsCode(error)) throw error
    return withCode(await askCode())
  }
}

async function enrolled(world: World) {
  try {
    return await enrol(world)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    world.output.note(`This machine could not be enrolled: ${error.message}`)
    return null
  }
}

async function logout(world: World, everywhere: boolean): Promise<void> {
  const { paths } = world.settings
  const ended = await endOnServer(world, everywhere)
  await forgetLogin({ auth: paths.auth, keychain: world.keychain })
  const text = ended === null ? 'There was no login.' : `Logged out${ended > 1 ? ` (${ended} logins ended)` : ''}.`
  world.output.show({ logins_ended: ended ?? 0 }, text)
}

/** How many logins the server ended; null when nobody is logged in here. The local tokens go in any case. */
async function endOnServer(world: World, everywhere: boolean): Promise<number | null> {
  try {
    if (readLogin(world.settings.paths.auth) === null) return null
    const { logins_ended } = await world.api.auth.logout(everywhere ? { everywhere } : {})
    return logins_ended
  } catch (error) {
    if (!isOutage(error)) throw error
    const isOver = error.code === 'UNAUTHENTICATED' && !(error.cause instanceof KeychainError)
    if (!isOver)
      world.output.note(`The tokens of this machine are removed, but the server was not told: ${error.message}`)
    return 0
  }
}

async function whoami(world: World): Promise<void> {
  const me = await world.api.auth.me()
  const text = facts([
    ['name', `${me.name} (${me.email})`],
    ['role', me.role],
    ['scopes', me.scopes.join(' ')],
    ['clients', me.all_clients ? 'all' : 'those granted'],
    ['server', world.settings.apiUrl],
    ['login ends', me.login_expires_at],
  ])
  world.output.show(me, text)
}
