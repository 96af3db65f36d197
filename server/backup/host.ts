import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { version } from '../../package.json'
import { type Config, ConfigError, parseDatabaseUrl } from '../config.ts'
import { createBackup, restoreBackup, verifyBackup } from './backup.ts'

const OPTIONS = {
  to: { type: 'string' },
  recipient: { type: 'string', multiple: true },
  plain: { type: 'boolean' },
  identity: { type: 'string', multiple: true },
  into: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `backup create|verify|restore`, as `msp backup` calls it. @returns the exit code */
export async function backup(config: Config, [verb, ...words]: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  const identities = await identitiesIn(values.identity ?? [])
  const into = values.into === undefined ? undefined : parseDatabaseUrl(values.into)
  if (verb === 'create') return create(config, values)
  const [path] = positionals
  if (path === undefined) throw new ConfigError('Name the backup: msp backup verify FILE.')
  if (verb === 'verify') {
    const manifest = await verifyBackup(path, config, { identities, into })
    return say(
      values.json,
      manifest,
      `${path} of ${manifest.created_at} is whole and opens with the master key of this host.`,
    )
  }
  if (verb !== 'restore') throw new ConfigError('Say create, verify or restore.')
  if (into === undefined) throw new ConfigError('Say where to: --into sqlite:/new/path.db, or an empty database.')
  const manifest = await restoreBackup(path, into, { identities })
  return say(
    values.json,
    manifest,
    `Restored the backup of ${manifest.created_at}. Start a server on it with the master key of that time.`,
  )
}

async function create(config: Config, options: { to?: string; recipient?: string[]; plain?: boolean; json?: boolean }) {
  const folder = options.to ?? config.backupFolder
  if (!folder) throw new ConfigError('Say where to: --to FOLDER, or set MSP_BACKUP_DIR.')
  const recipients = options.recipient ?? config.backupRecipients
  if (recipients.length === 0 && !options.plain)
    throw new ConfigError(
      'A backup holds the data of all clients: encrypt it with --recipient age1… (of "age-keygen", more than one), or say --plain.',
    )
  process.stderr.write('Copying the database …\n')
  const given = { folder, recipients: options.plain ? [] : recipients, version, now: new Date() }
  const { path, manifest } = await createBackup(config, given)
  const total = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
  return say(
    options.json,
    { path, ...manifest },
    `${path}: ${total} rows, ${(manifest.size_bytes / 1e6).toFixed(1)} MB, ${manifest.encrypted ? 'encrypted' : 'NOT encrypted'}. Prove it with "msp backup verify".`,
  )
}

/** Of files that `age-keygen` made: comments, and a line for each secret key. */
async function identitiesIn(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map((path) =>
      readFile(path, 'utf8').catch(() => {
        throw new ConfigError(`${path} cannot be read. It must be a file that "age-keygen" made.`)
      }),
    ),
  )
  return files.flatMap((text) => text.split(/\r?\n/).filter((line) => line.startsWith('AGE-SECRET-KEY-')))
}

function say(json: boolean | undefined, data: unknown, text: string): number {
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`)
  return 0
}
