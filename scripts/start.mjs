// npm start: from a clone to a working system, in the background, without a question where there is no terminal.
// Everything is done only where it is missing, so that a second run, also after an interrupted first one, is safe.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isFresh } from './build.mjs'
import { pickNode, root } from './run.mjs'
import { startAtLogin } from './start/at-login.mjs'
import { ensureServer, runServerVerb } from './start/ensure-server.mjs'
import { StartError } from './start/failure.mjs'
import { HELP, parseOptions } from './start/options.mjs'
import { makeFolders, readConfig, readPlace, updateConfig } from './start/place.mjs'
import { installPlugin } from './start/plugin.mjs'
import { runProgram } from './start/programs.mjs'
import { dots, step } from './start/say.mjs'
import { findRunning, stopServer } from './start/server-process.mjs'
import { checkSignIn, isSignedIn, joinServer, msp, runMsp, signInAdmin } from './start/sign-in.mjs'

/** A password made in this run. It is kept nowhere, so it is printed however this run ends. */
let unshown = null

async function main(args) {
  const options = parseOptions(args)
  if (options.help) return console.log(HELP)
  const place = readPlace()
  if (options.stop) return stop(place)
  needModules()
  const node = pickNode()
  const isJoined = options.join !== undefined || readConfig(place).joined === true
  const isBuilt = await buildIfStale(node)
  if (isJoined) return joinOther(place, node, options, isBuilt)
  return serve(place, node, options, isBuilt)
}

async function stop(place) {
  const running = findRunning(place)
  if (running === null) return console.log(`No server of ${place.home} is running.`)
  await stopServer(place, running)
  console.log(`The server on port ${running.port} (process ${running.pid}) is stopped. Start it again with: npm start`)
}

function needModules() {
  const has = (name) => existsSync(join(root, 'node_modules', name))
  // After `npm ci --omit=dev` there is no bundler, and none is needed where dist/ is in order.
  if (has('better-sqlite3') && (has('esbuild') || isFresh())) return
  throw new StartError(
    'The packages that ClaudeTools is made of are missing. Run "npm ci" first, then "npm start" again.',
  )
}

async function buildIfStale(node) {
  if (isFresh()) return false
  const done = dots('building')
  const built = await runProgram(node, [join(root, 'scripts', 'build.mjs')], { env: process.env, timeoutMs: 300_000 })
  done()
  if (built.code !== 0) throw new StartError(`The build failed:\n${built.stderr.trim()}`)
  step('✓', 'built', join(root, 'dist'))
  return true
}

async function serve(place, node, options, isBuilt) {
  const changes = [isBuilt]
  const isNew = !existsSync(place.server)
  const { url, address, isChanged, child } = await ensureServer(place, node, options, keepAdmin)
  changes.push(isChanged)
  if (options.resetAdmin && unshown === null)
    keepAdmin(await runServerVerb(place, node, address, 'reset-admin', options.email ? [options.email] : []))
  if (unshown) await signInAdmin(place, node, { url, admin: unshown })
  else changes.push(await checkSignIn(place, node, `Run: ${msp} login. Password lost: npm start -- --reset-admin`))
  if (process.env.MSP_API_URL && process.env.MSP_API_URL !== url)
    step('–', 'server', `MSP_API_URL is set: hooks and msp will use ${process.env.MSP_API_URL} instead`)
  if (options.plugin) changes.push(await installPlugin())
  if (!child) changes.push(await startAtLogin(place, node, { wanted: options.atLogin, isNew }))
  await finish(place, node, { isChanged: unshown !== null || changes.includes(true) })
  if (child) await stay(place, child)
}

function keepAdmin(admin) {
  unshown = admin
}

async function joinOther(place, node, options, isBuilt) {
  const { api_url: known, joined } = readConfig(place)
  if (options.join === undefined && (options.port || options.foreground || options.resetAdmin || options.atLogin))
    throw new StartError(`This machine works with the server at ${known} and runs none. ${toServeHere(place)}`, 2)
  const url = (options.join ?? known).replace(/\/+$/, '')
  const changes = [isBuilt, makeFolders(place.home)]
  step('–', 'server', `${url}; none runs here. ${toServeHere(place)}`)
  const own = findRunning(place)
  if (own)
    step('–', 'server', `the one of this machine still runs on port ${own.port}; stop it with: npm start -- --stop`)
  if (options.join === undefined || (joined && known === url && (await isSignedIn(place, node, options.email))))
    changes.push(await checkSignIn(place, node, `Run: ${msp} login`))
  else {
    await joinServer(place, node, { ...options, url })
    updateConfig(place, { joined: true })
    changes.push(true)
  }
  if (options.plugin) changes.push(await installPlugin())
  await finish(place, node, { isChanged: changes.includes(true) })
}

const toServeHere = ({ config }) => `To run one here, take "joined" out of ${config}.`

async function finish(place, node, { isChanged }) {
  const { stdout, stderr } = await runMsp(place, node, ['doctor'])
  console.log(`\nmsp doctor\n${(stdout || stderr).trimEnd()}`)
  showAdmin()
  if (isChanged) console.log(NEXT)
  else console.log('\nEverything was set up already; nothing was changed.')
}

const NEXT = `
Next
  claude                        start Claude Code in any project, then type: /msp CLIENT
  ${msp} client add NAME
                                make a client; "user add E-MAIL --name N" gives a colleague a sign-in
  npm start -- --stop           stop the server; "npm start" starts it again`

function showAdmin() {
  if (unshown === null) return
  console.log(
    `\nThe admin's sign-in. It is shown this once and kept nowhere:\n  e-mail    ${unshown.email}\n  password  ${unshown.password}`,
  )
  unshown = null
}

/** In the foreground: stays until the server ends, and ends like it. */
async function stay(place, child) {
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // A terminal sends Ctrl-C to the server too; a second signal would cut its stopping short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  const ended = () => child.exitCode !== null || child.signalCode !== null
  if (!ended()) await new Promise((resolve) => child.once('exit', resolve))
  rmSync(place.stateFile, { force: true })
  process.exitCode = child.exitCode ?? 1
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    showAdmin()
    process.exit(130)
  })
}

// Whoever reads the output may stop reading (npm start | head); what was begun is finished all the same.
process.stdout.on('error', () => undefined)

try {
  await main(process.argv.slice(2))
} catch (error) {
  showAdmin()
  // pickNode, too, throws sentences for people, as a plain Error; anything else is a mistake of ours.
  const isSentence = error instanceof StartError || (error.constructor === Error && error.code === undefined)
  console.error(isSentence ? error.message : `npm start failed: ${error.message}. Please report it.`)
  process.exitCode = error.exit ?? 1
}
