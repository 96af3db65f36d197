// Our server on a database of its own, with the audit or without, started from the sources: no variable switches the audit off.
import { randomBytes } from 'node:crypto'
import { parseDatabaseUrl } from '../../server/config.ts'
import { setUp, startServer } from '../../server/start.ts'
import { seed } from '../seed/seed.mjs'

process.on('disconnect', () => process.exit())

/** `{ databaseUrl, auditing, seeding }` → `{ url, email, password }` */
process.once('message', async ({ databaseUrl, auditing, seeding }) => {
  const config = configOf(databaseUrl, auditing)
  const { email, password } = await setUp(config, 'bench@example.com', 'Bench')
  await seed(databaseUrl, seeding)
  const { url } = await startServer(config)
  process.send({ url, email, password })
})

const configOf = (databaseUrl, auditing) => ({
  ...{ home: '', database: parseDatabaseUrl(databaseUrl), host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1' },
  ...{ masterKey: randomBytes(32), logLevel: 'warn', trustedProxies: [], requestsPerMinute: 1e9, limitFactor: 1e6 },
  ...{ checkpointPlaces: [], backupFolder: undefined, backupRecipients: [], auditing },
})
