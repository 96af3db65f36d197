import { parseArgs } from 'node:util'
import { StartError } from './failure.mjs'

export const HELP = `npm start -- [options]: from a clone to a working system. Run again, it changes nothing.

  --port N              the server's port on this machine (default 8787, or the one used before)
  --foreground          stay, and print the server's log, until Ctrl-C
  --stop                stop the server that runs in the background
  --email E, --name N   of the first admin (default admin@claudetools.local, Admin)
  --reset-admin         give the admin (the first one, or the one of --email) a new password
  --join URL            no server here: this machine works with the one at URL
                        (asks for the sign-in at a terminal; else give --email E --password-stdin,
                        and --code C where a second factor is asked for)
  --no-plugin           leave Claude Code's plugins alone
  --at-login            start the server when you log in to this machine; --no-at-login takes that back
  --help                print this
`

const OPTIONS = {
  port: { type: 'string' },
  foreground: { type: 'boolean' },
  stop: { type: 'boolean' },
  email: { type: 'string' },
  name: { type: 'string' },
  'reset-admin': { type: 'boolean' },
  join: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  code: { type: 'string' },
  'no-plugin': { type: 'boolean' },
  'at-login': { type: 'boolean' },
  'no-at-login': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
}

/**
 * Reads the words behind `npm start --`.
 *
 * @returns what was asked for; `port` is a number, `atLogin` true, false or undefined when nothing was said.
 * @throws StartError with exit 2 for a word or a value that is not understood.
 */
export function parseOptions(args) {
  const given = parse(args)
  const { port, email, name, join, 'at-login': on, 'no-at-login': off, 'password-stdin': passwordStdin } = given
  if (port !== undefined && !isPort(port)) throw usage(`--port takes a number from 1 to 65535, not "${port}".`)
  if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    throw usage(`--email takes an e-mail address, not "${email}".`)
  if (name !== undefined && !name.trim()) throw usage('--name takes a name.')
  if (join !== undefined && !isWebAddress(join))
    throw usage(`--join takes the server's web address, as in https://msp.example.com, not "${join}".`)
  if (join !== undefined && (port !== undefined || given.foreground || given['reset-admin'] || on))
    throw usage('--join starts no server: leave --port, --foreground, --reset-admin and --at-login out.')
  if (passwordStdin && (join === undefined || email === undefined))
    throw usage('--password-stdin goes with --join URL --email E.')
  if (given.code !== undefined && join === undefined) throw usage('--code goes with --join URL.')
  if (on && off) throw usage('Give either --at-login or --no-at-login.')
  return {
    ...given,
    port: port === undefined ? undefined : Number(port),
    passwordStdin,
    resetAdmin: given['reset-admin'],
    plugin: !given['no-plugin'],
    atLogin: on ? true : off ? false : undefined,
  }
}

/** Is the text a port that a server can be told to listen on? */
export function isPort(text) {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
}

function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values
  } catch (error) {
    throw usage(`${error.message.split(/\. |\n/)[0].replace(/\.$/, '')}.`)
  }
}

function isWebAddress(text) {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol)
  } catch {
    return false // Not a URL at all; the caller says what one looks like.
  }
}

const usage = (message) => new StartError(`${message} See: npm start -- --help`, 2)
