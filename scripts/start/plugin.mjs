import { isAbsolute, join, relative } from 'node:path'
import { marketplace } from '../build.mjs'
import { root } from '../run.mjs'
import { findProgram, runProgram, userEnvironment } from './programs.mjs'
import { dots, step } from './say.mjs'

const PLUGIN = 'claudetools@claudetools'
const folder = join(root, marketplace)
/** The client copies the folder into its cache when it installs. */
const INSTALL_MS = 5 * 60_000

/** What a user types to install the plugin by hand. */
export const byHand = `claude plugin marketplace add "${folder}" && claude plugin install ${PLUGIN}`

/**
 * Installs the plugin into Claude Code, once. The start goes on whatever comes of it: it then says what to type.
 *
 * @returns whether anything was changed.
 */
export async function installPlugin() {
  const environment = userEnvironment()
  const claude = findProgram('claude', environment)
  if (claude === null) {
    step('–', 'plugin', `Claude Code ("claude") is not on the PATH. Once it is, type: ${byHand}`)
    return false
  }
  const run = (...args) => runProgram(claude, ['plugin', ...args], { env: environment, timeoutMs: INSTALL_MS })
  const installed = await findInstalled(run)
  if (installed) return reportInstalled(installed)
  const done = dots('installing the plugin')
  const problem = (await failure(run('marketplace', 'add', folder))) ?? (await failure(run('install', PLUGIN)))
  done()
  if (problem) step('✗', 'plugin', `not installed: ${problem} Type it yourself: ${byHand}`)
  else step('✓', 'plugin', 'installed in Claude Code; sessions that run already get it with /reload-plugins')
  return !problem
}

/** The entry of `claude plugin list --json`, or undefined: also when an old client does not know the command. */
async function findInstalled(run) {
  const { code, stdout } = await run('list', '--json')
  if (code !== 0) return undefined
  try {
    return JSON.parse(stdout).find(({ id }) => id === PLUGIN)
  } catch {
    return undefined // Not the answer we know; installing again does no harm.
  }
}

function reportInstalled({ enabled, readFromFolder }) {
  const elsewhere = readFromFolder && isOutside(readFromFolder) ? ` from ${readFromFolder}` : ''
  if (enabled === false)
    step('–', 'plugin', `installed${elsewhere} and switched off. Switch it on: claude plugin enable ${PLUGIN}`)
  else step('✓', 'plugin', `installed in Claude Code${elsewhere} (already)`)
  return false
}

function isOutside(place) {
  const path = relative(root, place)
  return path.startsWith('..') || isAbsolute(path)
}

async function failure(running) {
  const { code, stdout, stderr } = await running
  if (code === 0) return undefined
  const words = (stderr.trim() || stdout.trim()).split('\n').at(-1)
  return `${words || 'claude gave no reason'}.`.replace(/\.\.$/, '.')
}
