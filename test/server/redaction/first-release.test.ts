import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { type Config, parseDatabaseUrl } from '../../../server/config.ts'
import { progressOf } from '../../../server/redaction/progress.ts'
import { startServer } from '../../../server/start.ts'
import { DATABASES, freshDatabaseUrl } from '../../support/databases.ts'
import { fillReleasedDatabase, makeReleasedSchema } from '../released-database.ts'
import { opened } from '../schema.ts'

/** What the first release stored, by rules that found less, loses its secrets after the update, without anybody asking for it. */

const CANARY = 'cK7vR2mXq9Zt4LpW'
const TOLD = `mysql --password=${CANARY} -h db1`
const CLEAN = expect.stringMatching(/^mysql --password=\[REDACTED:password:[0-9a-f]{8}\] -h db1$/)

const configOf = (url: string): Config => ({
  home: '',
  database: parseDatabaseUrl(url),
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://127.0.0.1',
  masterKey: randomBytes(32),
  logLevel: 'silent',
  trustedProxies: [],
  passwordCost: { memoryCost: 1_024, timeCost: 1 },
  requestsPerMinute: 1_000_000,
  limitFactor: 10_000,
  checkpointPlaces: [],
  backupFolder: undefined,
  backupRecipients: [],
})

for (const kind of DATABASES) {
  test(`rows of the first release are looked through after an update, on ${kind}`, { timeout: 60_000 }, async () => {
    await using fresh = await freshDatabaseUrl(kind)
    {
      await using old = await opened(fresh.url)
      await makeReleasedSchema(old)
      await fillReleasedDatabase(old)
      await old.db.updateTable('commands_run').set({ command: TOLD, stdout_excerpt: TOLD }).execute()
      await old.db.updateTable('session_events').set({ text: TOLD }).execute()
      await old.db.updateTable('clients').set({ notes: TOLD }).execute()
    }

    const server = await startServer(configOf(fresh.url))
    const { db, redaction } = server.deps
    await vi.waitFor(() => expect(redaction.isSwept).toBe(true), { timeout: 50_000, interval: 100 })

    const command = await db.selectFrom('commands_run').selectAll().executeTakeFirstOrThrow()
    const event = await db.selectFrom('session_events').selectAll().executeTakeFirstOrThrow()
    const client = await db.selectFrom('clients').selectAll().executeTakeFirstOrThrow()
    const { isFinished } = await progressOf(db, redaction.version)
    await server.stop()
    expect(command).toMatchObject({ command: CLEAN, stdout_excerpt: CLEAN, row_version: expect.anything() })
    expect([Number(command.redaction_count), Number(command.redactor_version)]).toEqual([2, redaction.version])
    expect(event.text).toEqual(CLEAN)
    expect([client.notes, Number(client.row_version)]).toEqual([CLEAN, 3])
    expect(isFinished).toBe(true)
  })
}
