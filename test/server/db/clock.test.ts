import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../server/config.ts'
import { refuseWrongClock } from '../../../server/db/clock.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { DATABASES, freshDatabaseUrl } from '../../support/databases.ts'

const HOUR = 3_600_000

describe('the clock of the host', () => {
  test.each(DATABASES)('that agrees with the database lets the server start, on %s', async (kind) => {
    await using fresh = await freshDatabaseUrl(kind)
    const database = await openDatabase(parseDatabaseUrl(fresh.url))

    await refuseWrongClock(database, new Date(Date.now() + 60_000))

    await database.db.destroy()
  })

  for (const kind of DATABASES.filter((one) => one === 'mariadb'))
    test.each([
      [HOUR, '60 minutes ahead of'],
      [-HOUR, '60 minutes behind'],
    ])(`that is off by %i ms does not, on ${kind}`, async (byMs, words) => {
      await using fresh = await freshDatabaseUrl(kind)
      const database = await openDatabase(parseDatabaseUrl(fresh.url))

      await expect(refuseWrongClock(database, new Date(Date.now() + byMs))).rejects.toThrow(words)

      await database.db.destroy()
    })
})
