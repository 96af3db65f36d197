import { homedir } from 'node:os'
import { join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import type { PasswordCost } from './crypto/passwords.ts'
import { KeyFileError, parseKeys, readKeyFile } from './key-file.ts'
import type { EmbeddingsPlace } from './search/embeddings.ts'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** `https:`, this machine, or a private address. */
function isOwnServer(url: string): boolean {
  // What is no URL at all is refused before, in other words.
  if (!URL.canParse(url)) return true
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return true
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol !== 'http:' || !(host === 'localhost' || ipaddr.isValid(host))) return false
  return (
    host === 'localhost' || ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.parse(host).range())
  )
}

const Environment = z.object({
  MSP_HOME: z.string().min(1).optional(),
  MSP_DATABASE_URL: z
    .string()
    .regex(/^(sqlite|mariadb):/, 'must start with sqlite: or mariadb:')
    .optional(),
  MSP_HOST: z.string().min(1).default('127.0.0.1'),
  MSP_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(8787),
  MSP_PUBLIC_URL: z.url('must be a URL').optional(),
  MSP_MASTER_KEY_FILE: z.string().min(1).optional(),
  MSP_MASTER_KEY: z.string().min(1).optional(),
  MSP_TRUSTED_PROXIES: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)),
      'must be addresses or ranges like 10.0.0.0/8, separated by commas',
    )
    .default([]),
  MSP_WEBHOOK_NETWORKS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)),
      'must be addresses or ranges like 127.0.0.0/8, separated by commas',
    )
    .default([]),
  MSP_REQUESTS_PER_MINUTE: z.coerce.number('must be a number').int().min(1).default(100),
  MSP_AUDIT_CHECKPOINTS: z.string().default(''),
  MSP_BACKUP_DIR: z.string().min(1).optional(),
  MSP_BACKUP_RECIPIENTS: z.string().default(''),
  MSP_EMBEDDINGS_URL: z
    .url('must be a URL like http://127.0.0.1:11434/v1/embeddings')
    .refine(isOwnServer, 'must be https, or an address of your own network: the texts of clients are sent there')
    .optional(),
  MSP_EMBEDDINGS_MODEL: z.string().min(1).max(200).default('nomic-embed-text'),
  MSP_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
})

export interface Config {
  home: string
  database: DatabaseConfig
  host: string
  port: number
  publicUrl: string
  /** 32 bytes: wraps every other key. The first of `masterKeys`. */
  masterKey: Uint8Array
  /** All that are at hand; only `masterKey` where it is left out. Which of them is in use, the database knows. */
  masterKeys?: readonly Uint8Array[]
  /** Where they were read, to be looked at again when another one is in use; none where the environment holds the key itself. */
  masterKeyFile?: string
  logLevel: (typeof LOG_LEVELS)[number]
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Private addresses and ranges that webhooks may be sent to; none when left out. */
  webhookNetworks?: readonly string[]
  /** How often one user on one machine (or one address without a login) may call. */
  requestsPerMinute: number
  /** Multiplies every other limit; tests, whose clock stands still, set it high. */
  limitFactor: number
  /** What checking a password costs. Only for tests, most of which are not about it; no variable sets it. */
  passwordCost?: PasswordCost
  /** Where signed states of the audit go: `file:/path`, `git:/path`, `syslog:host:port`. */
  checkpointPlaces: readonly string[]
  /** False: nothing is taken down for the audit. Only for measuring what it costs; no variable sets it. */
  auditing?: boolean
  /** False: webhooks, in and out, and workflows wait. Only for tests that say when they go on; no variable sets it. */
  delivering?: boolean
  /** Where `msp backup create` writes, and to whose age keys it encrypts, unless it is told otherwise. */
  backupFolder: string | undefined
  backupRecipients: readonly string[]
  /** Where texts become vectors, for a search by meaning beside the words. */
  embeddings?: EmbeddingsPlace | undefined
}

export type DatabaseConfig =
  | { kind: 'sqlite'; path: string }
  | { kind: 'mariadb'; host: string; port: number; user: string; password: string; database: string }

/** What keeps the server from starting: printed without a stack trace, names the variable or file and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once, at start. Nothing else in the server touches `process.env`.
 *
 * @throws ConfigError that names the variable.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`).join('\n')
    throw new ConfigError(`The server cannot start:\n${problems}`)
  }
  const env = parsed.data
  const home = env.MSP_HOME ?? join(homedir(), '.claudetools')
  return {
    home,
    database: parseDatabaseUrl(env.MSP_DATABASE_URL ?? `sqlite:${join(home, 'server', 'claudetools.db')}`),
    host: env.MSP_HOST,
    port: env.MSP_PORT,
    publicUrl: env.MSP_PUBLIC_URL ?? `http://${env.MSP_HOST}:${env.MSP_PORT}`,
    ...masterKeysOf(env.MSP_MASTER_KEY, env.MSP_MASTER_KEY_FILE ?? join(home, 'server', 'master.key')),
    logLevel: env.MSP_LOG_LEVEL,
    trustedProxies: env.MSP_TRUSTED_PROXIES,
    webhookNetworks: env.MSP_WEBHOOK_NETWORKS,
    requestsPerMinute: env.MSP_REQUESTS_PER_MINUTE,
    limitFactor: 1,
    embeddings:
      env.MSP_EMBEDDINGS_URL === undefined
        ? undefined
        : { url: env.MSP_EMBEDDINGS_URL, model: env.MSP_EMBEDDINGS_MODEL },
    backupFolder: env.MSP_BACKUP_DIR,
    backupRecipients: env.MSP_BACKUP_RECIPIENTS.split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    checkpointPlaces: env.MSP_AUDIT_CHECKPOINTS.split(',')
      .map((place) => place.trim())
      .filter(Boolean),
  }
}

/** `sqlite:PATH` or `mariadb://user:password@host:port/database`. The message never repeats the URL: it may hold a password. */
export function parseDatabaseUrl(url: string): DatabaseConfig {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
  if (path) return { kind: 'sqlite', path }
  const parsed = path === undefined && URL.canParse(url) ? new URL(url) : undefined
  const [user, password, database] = [parsed?.username, parsed?.password, parsed?.pathname.slice(1)].map(decoded)
  if (!parsed?.hostname || !database || user === undefined || password === undefined)
    throw new ConfigError(
      'The server cannot start:\n  MSP_DATABASE_URL must look like sqlite:/path/to/file.db or mariadb://user:password@host:3306/database; special characters in user and password are written as %40.',
    )
  return { kind: 'mariadb', host: parsed.hostname, port: Number(parsed.port || 3306), user, password, database }
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    return undefined // A bare % in it: the caller says how the whole must look.
  }
}

type MasterKeyConfig = Pick<Config, 'masterKey' | 'masterKeys' | 'masterKeyFile'>

function masterKeysOf(given: string | undefined, masterKeyFile: string): MasterKeyConfig {
  const advice =
    'Run "npm start" once: it makes a key for a new installation. For an existing database, restore the key it was made with.'
  try {
    const masterKeys = given ? parseKeys(given) : readKeyFile(masterKeyFile)
    const masterKey = masterKeys[0] as Uint8Array
    return given ? { masterKey, masterKeys } : { masterKey, masterKeys, masterKeyFile }
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    const what = given ? 'MSP_MASTER_KEY' : `MSP_MASTER_KEY_FILE: ${masterKeyFile}`
    throw new ConfigError(`The server cannot start:\n  ${what} ${error.message}. ${advice}`)
  }
}
