import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const MasterKey = z
  .base64('must be base64')
  .refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64')

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
  MSP_MASTER_KEY: MasterKey.optional(),
  MSP_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
})

export interface Config {
  home: string
  database: DatabaseConfig
  host: string
  port: number
  publicUrl: string
  /** 32 bytes: wraps every other key. */
  masterKey: Uint8Array
  logLevel: (typeof LOG_LEVELS)[number]
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
    masterKey: env.MSP_MASTER_KEY
      ? Buffer.from(env.MSP_MASTER_KEY, 'base64')
      : readKeyFile(env.MSP_MASTER_KEY_FILE ?? join(home, 'server', 'master.key')),
    logLevel: env.MSP_LOG_LEVEL,
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

function readKeyFile(path: string): Uint8Array {
  const advice =
    'Run "npm start" once: it makes a key for a new installation. For an existing database, restore the key it was made with.'
  let content: string
  try {
    content = readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new ConfigError(
      `The server cannot start:\n  MSP_MASTER_KEY_FILE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). ${advice}`,
    )
  }
  const parsed = MasterKey.safeParse(content)
  if (!parsed.success)
    throw new ConfigError(
      `The server cannot start:\n  MSP_MASTER_KEY_FILE: ${path} ${parsed.error.issues[0]?.message}. ${advice}`,
    )
  return Buffer.from(content, 'base64')
}
