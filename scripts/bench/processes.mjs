// Short processes: run one from start to end and tell its time, processor time and memory.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../run.mjs'

const PROBE = join(root, 'scripts', 'bench', 'probe.cjs')

/**
 * Runs a program of Node to its end.
 *
 * @param what `{ node, args, input, env, cwd }`
 * @param probed measure processor time and memory from within: costs the process a little, so its wall time is not to be used
 * @returns `{ wallMs, code, stdout, stderr }` and, when probed, `{ cpuMs, rssMb }`
 */
export function runProcess({ node, args, input = '', env, cwd }, probed = false) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn(node, [...(probed ? ['--require', PROBE] : []), ...args], {
      env,
      cwd,
      stdio: ['pipe', 'pipe', 'pipe', probed ? 'pipe' : 'ignore'],
    })
    const told = { stdout: '', stderr: '', probe: '' }
    let wallMs = 0
    child.stdout.on('data', (piece) => (told.stdout += piece))
    child.stderr.on('data', (piece) => (told.stderr += piece))
    if (probed) child.stdio[3].on('data', (piece) => (told.probe += piece))
    child.stdin.on('error', () => undefined) // A hook that has seen enough closes its end.
    child.stdin.end(input)
    child.on('error', reject)
    child.on('exit', () => {
      wallMs = performance.now() - startedAt
    })
    child.on('close', (code) => {
      const { stdout, stderr, probe } = told
      resolve({ wallMs, code, stdout, stderr, ...(probe ? JSON.parse(probe) : {}) })
    })
  })
}

/**
 * Ends the background processes that hooks of a throw-away home left behind: they would run into the next measurement. Where processes
 * cannot be looked through, waits until they are done.
 */
export async function endBackground(home) {
  if (!existsSync('/proc/self/environ')) return sleep(2_500)
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (environmentOf(pid).includes(`MSP_HOME=${home}\0`) && Number(pid) !== process.pid) kill(Number(pid))
  }
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return '' // It has ended, or is somebody else's.
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

/**
 * The Nodes that hooks run on: the one that a technician's PATH has, and the one that runs this (pinned, where the first is old).
 *
 * @returns `[{ name, path, version }]`
 */
export async function nodes() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const ours = join(root, 'node_modules')
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder && !folder.startsWith(ours))
    .map((folder) => join(folder, program))
    .find(existsSync)
  const own = { name: 'pinned', path: process.execPath, version: process.versions.node }
  if (!found) return [own]
  const { stdout } = await runProcess({ node: found, args: ['-p', 'process.versions.node'], env: process.env })
  const onPath = { name: 'path', path: found, version: stdout.trim() }
  return onPath.version === own.version ? [onPath] : [onPath, own]
}

/** Present and highest memory of a running process in MB; nulls where the system does not tell. */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const mb = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024)
    return { rss_mb: mb('VmRSS'), peak_mb: mb('VmHWM') }
  } catch {
    return { rss_mb: null, peak_mb: null } // No /proc.
  }
}

const TICK_MS = 10

/** Processor time of a process so far; NaN where there is no /proc. On a busy machine it says more than the time that passed. */
export function cpuMsOf(pid) {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return Number.NaN
  const fields = readFileSync(path, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
