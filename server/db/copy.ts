import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { ConfigError, type DatabaseConfig } from '../config.ts'

type MariadbConfig = Extract<DatabaseConfig, { kind: 'mariadb' }>

/** How a copy of the whole database is called: a file of SQLite's own, or statements. */
export const copyExtension = (config: DatabaseConfig): 'db' | 'sql' => (config.kind === 'sqlite' ? 'db' : 'sql')

/**
 * Writes a copy of the whole database as it is at one moment, while servers go on writing.
 *
 * @throws Error with what the database or its program said, without the password
 */
export async function copyOut(config: DatabaseConfig, path: string): Promise<void> {
  if (config.kind === 'mariadb') return dump(config, path)
  const file = new Sqlite(config.path, { readonly: true, timeout: 5_000 })
  try {
    // Unlike a copy of the file it has everything that is committed and nothing half written (SQLite, "VACUUM INTO").
    file.prepare('vacuum into ?').run(path)
  } finally {
    file.close()
  }
}

/**
 * Makes a database of a copy.
 *
 * @throws ConfigError when there is something at the target already: a restore never replaces anything
 */
export async function copyIn(config: DatabaseConfig, path: string): Promise<void> {
  if (config.kind === 'mariadb') return load(config, path)
  if (existsSync(config.path))
    throw new ConfigError(`${config.path} exists already. Name a file that does not, or move this one away.`)
  await pipeline(createReadStream(path), createWriteStream(config.path, { mode: 0o600, flags: 'wx' }))
}

/** Is the copy whole? @throws ConfigError that says what is wrong with it */
export async function checkCopy(kind: DatabaseConfig['kind'], path: string): Promise<void> {
  if (kind === 'mariadb') return checkDump(path)
  const file = new Sqlite(path, { readonly: true })
  try {
    const found = file.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new ConfigError(`The copy is damaged: ${String(found).slice(0, 200)}`)
  } finally {
    file.close()
  }
}

async function dump(config: MariadbConfig, path: string): Promise<void> {
  await withOptions(config, async (options) => {
    const flags = ['--single-transaction', '--quick', '--hex-blob', '--triggers', '--default-character-set=utf8mb4']
    const child = spawn('mariadb-dump', [options, ...flags, config.database], { stdio: ['ignore', 'pipe', 'pipe'] })
    await Promise.all([pipeline(child.stdout, createWriteStream(path, { mode: 0o600 })), ended(child, 'mariadb-dump')])
  })
  await checkDump(path)
}

async function load(config: MariadbConfig, path: string): Promise<void> {
  const connection = await createConnection({ ...addressOf(config), database: config.database })
  try {
    const [tables] = await connection.query('show tables')
    if ((tables as unknown[]).length > 0)
      throw new ConfigError(`The database ${config.database} is not empty. Name an empty one.`)
  } finally {
    await connection.end()
  }
  await withOptions(config, async (options) => {
    const child = spawn('mariadb', [options, '--default-character-set=utf8mb4', config.database], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    await Promise.all([pipeline(createReadStream(path), child.stdin), ended(child, 'mariadb')])
  })
}

const LAST_LINE = '-- Dump completed'

/** The program writes its last line only when it has written all others. */
async function checkDump(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const end = Buffer.alloc(Math.min(size, 200))
    await file.read(end, 0, end.length, size - end.length)
    if (!end.toString().includes(LAST_LINE)) throw new ConfigError('The copy is not whole: its last line is missing.')
  } finally {
    await file.close()
  }
}

const addressOf = ({ host, port, user, password }: MariadbConfig) => ({ host, port, user, password })

/** The password goes into a file that only we can read: what stands in an argument or a variable, others can see. */
async function withOptions(config: MariadbConfig, work: (option: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-database-'))
  try {
    const path = join(folder, 'options.cnf')
    const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
    const lines = Object.entries(addressOf(config)).map(([name, value]) => `${name}=${quoted(String(value))}`)
    await writeFile(path, ['[client]', ...lines, ''].join('\n'), { mode: 0o600 })
    await work(`--defaults-extra-file=${path}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function ended(child: ReturnType<typeof spawn>, program: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-500)
  })
  return new Promise((resolve, reject) => {
    child.once('error', () =>
      reject(new ConfigError(`${program} cannot be started. Install MariaDB's client programs on this host.`)),
    )
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new ConfigError(`${program} failed: ${said.trim()}`)),
    )
  })
}
