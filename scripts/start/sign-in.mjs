import { join } from 'node:path'
import { root } from '../run.mjs'
import { StartError } from './failure.mjs'
import { readConfig } from './place.mjs'
import { runProgram, userEnvironment } from './programs.mjs'
import { dots, isTerminal, step } from './say.mjs'

/** How a user calls the command line in a shell, where the plugin has not put it on the PATH. */
export const msp = join(root, 'bin', process.platform === 'win32' ? 'msp.cmd' : 'msp')

/** The exit codes of `msp` that decide something here. */
const DONE = 0
const NOT_SIGNED_IN = 4

/** Runs a verb of `msp` for this installation. MSP_API_URL would lead it to another server than the one at hand. */
export function runMsp(place, node, args, options) {
  const { MSP_API_URL: _, ...environment } = userEnvironment()
  return runProgram(node, [join(root, 'dist', 'msp.cjs'), ...args], {
    env: { ...environment, MSP_HOME: place.home },
    ...options,
  })
}

/**
 * Signs this machine in with a password that was made just now, and enrols it.
 *
 * @throws StartError with the words of `msp`.
 */
export async function signInAdmin(place, node, { url, admin }) {
  await probe(place, node)
  const args = ['login', '--email', admin.email, '--password-stdin', '--url', url]
  const { code, stderr } = await runMsp(place, node, args, { input: admin.password })
  if (code !== DONE) throw new StartError(`This machine could not be signed in: ${stderr.trim()}`)
  step('✓', 'signed in', `${admin.email} at ${url}`)
  reportMachine(place)
}

/** Is somebody signed in here, and is it this person, when one is named? */
export async function isSignedIn(place, node, email) {
  const { code, stdout } = await runMsp(place, node, ['whoami', '--json'])
  return code === DONE && (email === undefined || JSON.parse(stdout).email.toLowerCase() === email.toLowerCase())
}

/**
 * Looks whether somebody is signed in here, and enrols the machine when only that is missing.
 *
 * @returns whether anything was changed.
 */
export async function checkSignIn(place, node, hint) {
  const { code, stdout, stderr } = await runMsp(place, node, ['whoami', '--json'])
  if (code !== DONE) {
    step('–', 'signed in', code === NOT_SIGNED_IN ? `not yet. ${hint}` : stderr.trim())
    return false
  }
  step('✓', 'signed in', `${JSON.parse(stdout).email} (already)`)
  const isEnrolled = readConfig(place).machine_id !== undefined
  if (!isEnrolled) await runMsp(place, node, ['machine', 'refresh'])
  reportMachine(place, isEnrolled)
  return !isEnrolled
}

/**
 * Signs this machine in at a server elsewhere: with what comes on stdin, or asking at the terminal.
 *
 * @throws StartError when there is nobody to ask, or `msp login` failed.
 */
export async function joinServer(place, node, { url, email, passwordStdin, code: factor }) {
  if (!passwordStdin && !isTerminal())
    throw new StartError(
      'There is no terminal to ask for the sign-in at. Give --email E --password-stdin and pipe the password in.',
      2,
    )
  await probe(place, node)
  const args = [
    'login',
    '--url',
    url,
    ...(email ? ['--email', email] : []),
    ...(passwordStdin ? ['--password-stdin'] : []),
    ...(factor ? ['--code', factor] : []),
  ]
  const { code } = await runMsp(place, node, args, { inherit: true })
  if (code !== DONE)
    throw new StartError(`This machine is not signed in at ${url}: the reason is above. Then run the same again.`)
  reportMachine(place)
}

/** Finds out what this machine can do; the sign-in after it tells the server. It takes a second or two. */
async function probe(place, node) {
  const done = dots('looking at this machine')
  await runMsp(place, node, ['machine', 'refresh'])
  done()
}

function reportMachine(place, already = false) {
  const { machine_id: id } = readConfig(place)
  if (id === undefined) step('✗', 'machine', `not enrolled. Run: ${msp} machine refresh`)
  else step('✓', 'machine', `enrolled as ${id.slice(-8)}${already ? ' (already)' : ''}`)
}
