import { join } from 'node:path'
import { root } from '../run.mjs'
import { StartError } from './failure.mjs'
import { isPort } from './options.mjs'
import { alone, ensureMasterKey, makeFolders, portUsedBefore } from './place.mjs'
import { runProgram } from './programs.mjs'
import { dots, step } from './say.mjs'
import {
  addressOf,
  currentBuild,
  findRunning,
  lastWords,
  launchServer,
  needFreePort,
  serverEnvironment,
  stopServer,
  waitUntilReady,
} from './server-process.mjs'

const DEFAULT_PORT = 8787
const FIRST_ADMIN = { email: 'admin@claudetools.local', name: 'Admin' }

/**
 * Has a server of the present build run: nothing is done when it does.
 *
 * @param keepAdmin is told `{ email, password }` as soon as a first admin was made: the password is kept nowhere else.
 * @returns `{ url, address, isChanged, child }`; the child is there in the foreground only.
 * @throws StartError with what the server said.
 */
export async function ensureServer(place, node, options, keepAdmin) {
  const running = findRunning(place)
  const address = { host: process.env.MSP_HOST || '127.0.0.1', port: running?.port ?? choosePort(place, options) }
  if (running && options.port !== undefined && options.port !== running.port)
    throw new StartError(
      `The server runs on port ${running.port} already. To move it: npm start -- --stop, then npm start -- --port ${options.port}, ` +
        'and sign in again with msp login.',
    )
  if (running?.build === currentBuild()) return stillRunning(place, running, address)
  if (running) {
    await stopServer(place, running)
    step('✓', 'server', `the one of an older build (process ${running.pid}) is stopped`)
  }
  await needFreePort(address)
  makeFolders(place.home, place.server, place.logs)
  return await alone(place, async () => {
    const other = findRunning(place) // Started by somebody else while we looked around.
    return other ? stillRunning(place, other, address) : makeAndLaunch(place, node, address, options, keepAdmin)
  })
}

async function makeAndLaunch(place, node, address, options, keepAdmin) {
  if (ensureMasterKey(place))
    step('✓', 'key', `made ${place.keyFile}: keep a copy of it apart from the database's backups`)
  const first = [options.email ?? FIRST_ADMIN.email, options.name ?? FIRST_ADMIN.name]
  const admin = await runServerVerb(place, node, address, 'setup', first)
  if (admin.password !== null) keepAdmin(admin)
  else if (options.email !== undefined && options.email !== admin.email)
    step('–', 'admin', `${admin.email} is there already; --email and --name are for the first one`)
  return launch(place, node, address, options)
}

function choosePort(place, { port }) {
  const named = process.env.MSP_PORT
  if (port === undefined && named && !isPort(named))
    throw new StartError(`MSP_PORT must be a port from 1 to 65535, not "${named}".`)
  return port ?? (named ? Number(named) : (portUsedBefore(place) ?? DEFAULT_PORT))
}

async function stillRunning(place, running, address) {
  const url = addressOf(address)
  if (!(await waitUntilReady(url, () => findRunning(place) !== null)))
    throw new StartError(
      `The server (process ${running.pid}) does not answer at ${url}/readyz. Its log is ${place.log}. Stop it with "npm start -- --stop", then start again.`,
    )
  step('✓', 'server', `${url}, process ${running.pid} (already running)`)
  return { url, address, isChanged: false }
}

/**
 * Runs `dist/server.js setup` or `reset-admin`.
 *
 * @returns what it printed: `{ email, password }`, the password null when there was an admin already.
 */
export async function runServerVerb(place, node, address, verb, args) {
  const env = serverEnvironment(place, address)
  const { code, stdout, stderr } = await runProgram(node, [join(root, 'dist', 'server.js'), verb, ...args], { env })
  if (code !== 0) throw new StartError(stderr.trim() || `The server could not do "${verb}".`)
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

async function launch(place, node, address, { foreground: isForeground }) {
  const url = addressOf(address)
  const { child, logFrom } = launchServer(place, { node, address, isForeground })
  const done = dots('starting the server')
  const isReady = await waitUntilReady(
    url,
    () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
  )
  done()
  if (!isReady) throw await notReady(place, child, isForeground ? '' : lastWords(place, logFrom))
  step('✓', 'server', `${url}, process ${child.pid}${isForeground ? '' : `, log ${place.log}`}`)
  return { url, address, isChanged: true, child: isForeground ? child : undefined }
}

async function notReady(place, child, words) {
  const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  if (!hasEnded) await stopServer(place, { pid: child.pid })
  const what = hasEnded ? 'The server ended at once.' : 'The server was not ready within 20 s and is stopped.'
  return new StartError(`${words || what}\nIts log is ${place.log}.`)
}
