// The real Claude Code client for the end-to-end tests: pinned, in .cache, never a dependency of the plugin.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** The only version the end-to-end tests are written for. */
export const CLIENT_VERSION = '2.1.330'

const PACKAGE = '@anthropic-ai/claude-code'
const INSTALL_LIMIT_MS = 10 * 60_000

/**
 * Finds the client, or installs it into .cache (about 360 MB, once).
 *
 * @returns {{ path: string } | { missing: string }} the program, or why there is none.
 */
export function ensureClient() {
  const given = process.env.MSP_TEST_CLAUDE
  if (given)
    return existsSync(given) ? { path: given } : { missing: `MSP_TEST_CLAUDE names ${given}, which does not exist` }
  const folder = join(root, '.cache', 'claude-code', CLIENT_VERSION)
  const path = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'claude.cmd' : 'claude')
  if (existsSync(path)) return { path }
  const problem = install(folder)
  return problem ? { missing: problem } : { path }
}

/** Installs beside the final folder and renames, so that a broken-off download is never taken for a client. */
function install(folder) {
  console.log(`installing ${PACKAGE}@${CLIENT_VERSION} into .cache (once) …`)
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  // npm 12 runs the install script, which puts the program in place, only where it is allowed by name.
  const manifest = { private: true, dependencies: { [PACKAGE]: CLIENT_VERSION }, allowScripts: { [PACKAGE]: true } }
  writeFileSync(join(draft, 'package.json'), JSON.stringify(manifest))
  const problem = npmInstall(draft) ?? asksItsVersion(draft)
  // Another test run may have been quicker; both installed the same version.
  if (!problem && !existsSync(folder)) renameSync(draft, folder)
  rmSync(draft, { recursive: true, force: true })
  return problem
}

function npmInstall(folder) {
  const flags = [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--prefer-offline',
    '--loglevel=error',
  ]
  // Inside an npm script npm_execpath is the very npm that runs it.
  const npm = process.env.npm_execpath
  const options = {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    env: { ...process.env, npm_config_fetch_retries: '1' },
  }
  const result = npm
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' })
  if (result.status === 0) return undefined
  return `the registry did not give ${PACKAGE}@${CLIENT_VERSION}: ${lastWords(result.stderr) || result.error?.message || 'npm failed'}`
}

function asksItsVersion(folder) {
  const path = join(folder, 'node_modules', '.bin', 'claude')
  const result = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
  })
  if (result.status === 0 && result.stdout.includes(CLIENT_VERSION)) return undefined
  return `${PACKAGE}@${CLIENT_VERSION} is installed but does not start: ${lastWords(result.stderr) || result.error?.message || result.stdout}`
}

/** What npm or the client said last, in one line and without npm's pointer to its log file. */
function lastWords(text) {
  const lines = (text ?? '').split('\n').filter((line) => line.trim() && !line.includes('complete log'))
  return lines.slice(-3).join(' ').slice(0, 300)
}
