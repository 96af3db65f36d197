import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StartError } from './failure.mjs'

/**
 * Where everything of this installation lies, as the server and the command line will find it too.
 *
 * @returns paths; `keyFile` is null when the key comes from MSP_MASTER_KEY, `database` is null when it is not a SQLite file.
 */
export function readPlace(environment = process.env) {
  const home = homeOf(environment)
  const server = join(home, 'server')
  const url = environment.MSP_DATABASE_URL || `sqlite:${join(server, 'claudetools.db')}`
  return {
    home,
    isDefaultHome: home === join(homedir(), '.claudetools'),
    server,
    keyFile: environment.MSP_MASTER_KEY ? null : environment.MSP_MASTER_KEY_FILE || join(server, 'master.key'),
    database: url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : null,
    stateFile: join(server, 'server.json'),
    logs: join(home, 'logs'),
    log: join(home, 'logs', 'server.log'),
    config: join(home, 'config.json'),
  }
}

function homeOf(environment) {
  const named = environment.MSP_HOME?.trim()
  if (!named) return join(homedir(), '.claudetools')
  return /^~($|[\\/])/.test(named) ? join(homedir(), named.slice(1)) : resolve(named)
}

/** Makes folders of the place, for their owner only. @returns whether anything had to be made or closed to others. */
export function makeFolders(...folders) {
  return folders.map(makePrivateFolder).some(Boolean)
}

function makePrivateFolder(path) {
  try {
    const made = mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined
    const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0
    if (isOpen) chmodSync(path, 0o700)
    return made || isOpen
  } catch (error) {
    throw new StartError(`${path} cannot be used (${error.code}). Make it yours, or set MSP_HOME to another folder.`)
  }
}

/**
 * Does what two starts at the same time must not do. A start that was killed leaves its mark behind and blocks nobody.
 *
 * @throws StartError while another start is at work.
 */
export async function alone({ server }, work) {
  const mark = join(server, 'start.lock')
  if (!makeMark(mark)) {
    const pid = Number(readFileSync(mark, 'utf8'))
    if (isRunning(pid))
      throw new StartError(
        `Another "npm start" (process ${pid}) is at work. Let it finish, then look with "npm start" again. If there is none, delete ${mark}.`,
      )
    rmSync(mark, { force: true })
    makeMark(mark)
  }
  try {
    return await work()
  } finally {
    rmSync(mark, { force: true })
  }
}

function makeMark(path) {
  try {
    writeFileSync(path, `${process.pid}`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new StartError(`${path} cannot be written (${error.code}). Make its folder yours.`)
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM' // There is one, of another user.
  }
}

/**
 * Makes the master key of a new installation. An existing one is never touched.
 *
 * @returns whether a key was made.
 * @throws StartError when there is a database and its key is gone: with another key its secrets could not be opened.
 */
export function ensureMasterKey({ keyFile, database }) {
  if (keyFile === null || existsSync(keyFile)) return false
  if (database !== null && existsSync(database))
    throw new StartError(
      `There is a database (${database}) but not its master key (${keyFile}). Put the key file back from your backup. ` +
        'Without it the database cannot be used: to begin anew with an empty one, move the database away.',
    )
  const draft = `${keyFile}.${process.pid}`
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 })
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, keyFile) // Unlike a rename it never replaces the key that another start has just made.
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    renameSync(draft, keyFile) // A file system without hard links.
    return true
  } finally {
    rmSync(draft, { force: true })
  }
}

/** What config.json says; an empty object when there is none. @throws StartError when it cannot be understood. */
export function readConfig({ config }) {
  try {
    const value = JSON.parse(readFileSync(config, 'utf8').replace(/^\uFEFF/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (error.code === 'ENOENT') return {}
    if (error.code) throw new StartError(`${config} cannot be read (${error.code}). Make it yours and readable.`)
  }
  throw new StartError(`${config} is not one JSON object. Correct it, or delete it and run "npm start" again.`)
}

/** Changes some fields of config.json and keeps the rest; undefined takes a field away. */
export function updateConfig(place, change) {
  writeFileWhole(place.config, { ...readConfig(place), ...change })
}

/** Replaces a JSON file, for its owner only, so that a reader never finds a part. */
export function writeFileWhole(path, value) {
  const draft = `${path}.${process.pid}.tmp`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}

/** The port of a server on this machine, from the address in config.json; undefined when that is elsewhere or not known. */
export function portUsedBefore(place) {
  const { api_url: url } = readConfig(place)
  if (typeof url !== 'string' || !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url)) return undefined
  return Number(new URL(url).port) || undefined
}
