import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { root } from '../run.mjs'

/**
 * The user's own environment: npm puts the Node of `node_modules` first on the PATH, and neither `claude` nor the Node that
 * hooks will be run with may be looked for there.
 */
export function userEnvironment(environment = process.env) {
  const kept = Object.entries(environment).filter(([name]) => !/^npm_/i.test(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, name.toUpperCase() === 'PATH' ? ownPath(value) : value]))
}

const ownPath = (path) =>
  path
    .split(delimiter)
    .filter((folder) => !isFromNpm(folder))
    .join(delimiter)

function isFromNpm(folder) {
  if (/[\\/]node-gyp-bin[\\/]?$/.test(folder) || folder.startsWith(join(root, 'node_modules') + sep)) return true
  for (let above = dirname(root); ; above = dirname(above)) {
    if (folder === join(above, 'node_modules', '.bin')) return true
    if (above === dirname(above)) return false
  }
}

/** The path of a program on the PATH, or null. */
export function findProgram(name, environment) {
  const path = Object.entries(environment).find(([key]) => key.toUpperCase() === 'PATH')?.[1] ?? ''
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  const candidates = path
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((file) => join(folder, file)))
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // Not there or not ours to run: the next folder is tried.
  }
}

/**
 * Runs a program to its end.
 *
 * @param options.input what it gets on stdin; `inherit: true` gives it our own stdin and terminal instead.
 * @returns `{ code, stdout, stderr }`; the code is null when it could not be started or took longer than `timeoutMs`, and
 *   stderr then says so.
 */
export function runProgram(program, args, { env, input, inherit = false, timeoutMs = 60_000 } = {}) {
  const isShim = /\.(cmd|bat)$/i.test(program)
  return new Promise((resolve) => {
    const child = spawn(isShim ? `"${program}"` : program, isShim ? args.map((arg) => `"${arg}"`) : args, {
      env,
      shell: isShim, // Windows starts .cmd files through its shell only.
      stdio: inherit ? 'inherit' : ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...(inherit ? {} : { timeout: timeoutMs }),
    })
    const read = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name]?.setEncoding('utf8').on('data', (text) => (read[name] += text))
    child.on('error', (error) =>
      resolve({ code: null, stdout: '', stderr: `${program} did not start: ${error.message}` }),
    )
    child.on('close', (code, signal) => {
      if (signal && !inherit) read.stderr += `${program} was ended by ${signal}`
      resolve({ code, ...read })
    })
    child.stdin?.on('error', () => undefined) // It ended without reading; its exit code tells why.
    child.stdin?.end(input ?? '')
  })
}
