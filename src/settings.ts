import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { errorCode, writeFileAtomic } from './durable.ts'

/** Where the server listens when nobody says otherwise: this machine, started by `npm start`. */
export const DEFAULT_API_URL = 'http://127.0.0.1:8787'

/** The files and folders of this machine's state. Whoever writes makes the folder (0700) and the file (0600). */
export type Paths = { home: string; config: string; spool: string; cache: string; auth: string; logs: string }

export type Preferences = Readonly<Record<string, unknown>>

export type Settings = {
  /** Without a slash at the end. */
  apiUrl: string
  /** Given by the server when this machine was enrolled; absent before. */
  machineId?: string
  preferences: Preferences
  paths: Paths
}

/** The settings cannot be used. The message names the file or variable, what is wrong with it and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/**
 * Reads environment and `config.json`, once, at start. A missing file means defaults.
 *
 * @throws SettingsError when the file cannot be read or does not say what it should
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const paths = pathsOf(environment)
  const config = parseConfig(readConfig(paths.config), paths.config)
  return settingsFrom(config, paths, environment)
}

/**
 * The same for hooks, which must go on whatever the file says: defaults, and the problem as a sentence for the user.
 *
 * @throws never for a bad file or URL; SettingsError when there is no home folder at all
 */
export function readSettingsLeniently(environment: NodeJS.ProcessEnv = process.env): {
  settings: Settings
  problem?: string
} {
  try {
    return { settings: readSettings(environment) }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const settings = { apiUrl: DEFAULT_API_URL, preferences: {}, paths: pathsOf(environment) }
    return { settings, problem: error.message }
  }
}

/** Changes some fields of `config.json` and keeps the rest, also fields that this version does not know. */
export function updateConfig(
  paths: Paths,
  change: { apiUrl?: string; machineId?: string; preferences?: Preferences },
): void {
  const config = parseConfig(readConfig(paths.config), paths.config)
  if (change.apiUrl !== undefined) config.api_url = checkedUrl(change.apiUrl, 'The API URL')
  if (change.machineId !== undefined) config.machine_id = change.machineId
  if (change.preferences !== undefined) config.preferences = { ...config.preferences, ...change.preferences }
  writeFileAtomic(paths.config, `${JSON.stringify(config, null, 2)}\n`)
}

/**
 * The paths under MSP_HOME (default: `.claudetools` in the user's home or, on Windows, profile folder).
 *
 * @throws SettingsError when neither MSP_HOME nor a home folder is known
 */
export function pathsOf(environment: NodeJS.ProcessEnv = process.env): Paths {
  const home = homeOf(environment)
  const inside = (name: string) => join(home, name)
  return {
    home,
    config: inside('config.json'),
    spool: inside('spool'),
    cache: inside('cache'),
    auth: inside('auth'),
    logs: inside('logs'),
  }
}

function homeOf(environment: NodeJS.ProcessEnv): string {
  const named = environment.MSP_HOME?.trim()
  if (!named) return join(userFolder(environment), '.claudetools')
  // A settings file passes "~/x" on as it stands; only shells expand it.
  if (named === '~' || named.startsWith('~/') || named.startsWith('~\\'))
    return join(userFolder(environment), named.slice(1))
  return resolve(named)
}

function userFolder(environment: NodeJS.ProcessEnv): string {
  const named = process.platform === 'win32' ? environment.USERPROFILE : environment.HOME
  if (named) return named
  try {
    return homedir()
  } catch (error) {
    throw new SettingsError(
      'This account has no home folder. Set MSP_HOME to a folder that ClaudeTools may write to.',
      { cause: error },
    )
  }
}

type Config = { api_url?: string; machine_id?: string; preferences?: Preferences; [other: string]: unknown }

function readConfig(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '{}'
    throw new SettingsError(
      `${path} cannot be read (${errorCode(error)}). Make it a file that you may read, or set MSP_HOME to another folder.`,
      { cause: error },
    )
  }
}

function parseConfig(text: string, path: string): Config {
  const wrong = (what: string, cause?: unknown) =>
    new SettingsError(`${path} ${what}. Correct it, or delete it and run "msp doctor" to have it made again.`, {
      cause,
    })
  let value: unknown
  try {
    // Editors on Windows put a byte order mark at the start.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw wrong('is not valid JSON', error)
  }
  if (!isObject(value)) throw wrong('must hold one JSON object')
  const { api_url, machine_id, preferences } = value
  if (api_url !== undefined && typeof api_url !== 'string') throw wrong('has an "api_url" that is not a string')
  if (machine_id !== undefined && (typeof machine_id !== 'string' || machine_id === ''))
    throw wrong('has a "machine_id" that is not a string')
  if (preferences !== undefined && !isObject(preferences)) throw wrong('has "preferences" that are not an object')
  return value as Config
}

function settingsFrom(config: Config, paths: Paths, environment: NodeJS.ProcessEnv): Settings {
  const named = environment.MSP_API_URL?.trim()
  const apiUrl = named
    ? checkedUrl(named, 'MSP_API_URL')
    : checkedUrl(config.api_url ?? DEFAULT_API_URL, `"api_url" in ${paths.config}`)
  const machine = config.machine_id === undefined ? {} : { machineId: config.machine_id }
  return { apiUrl, ...machine, preferences: config.preferences ?? {}, paths }
}

function checkedUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new SettingsError(`${where} is not a web address. Give it as in ${DEFAULT_API_URL}.`)
  }
  // A login in the URL would be written to logs by every tool on the way.
  if (url.username || url.password)
    throw new SettingsError(`${where} must not contain a user or password. Remove them and run "msp login".`)
  return text.replace(/\/+$/, '')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
