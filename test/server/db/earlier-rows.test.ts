import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../../server/db/migrate.ts'
import { sha256 } from '../../../server/domains/work/sha256.ts'
import { errorSignature } from '../../../src/guard/error-text.ts'
import { DATABASES, freshDatabaseUrl } from '../../support/databases.ts'
import { fillReleasedDatabase, makeReleasedSchema } from '../released-database.ts'
import { opened } from '../schema.ts'

/** What was learned before there was a rule for it fits the rule after the migration. */

for (const kind of DATABASES) {
  test(`patterns that say the same become one, and solutions are found by their errors, on ${kind}`, async () => {
    await using fresh = await freshDatabaseUrl(kind)
    await using database = await opened(fresh.url)
    await makeReleasedSchema(database)
    const { failure_patterns: [pattern] = [] } = await fillReleasedDatabase(database)
    const db = database.db
    const twin = { ...pattern, id: '0195f2c0-7a53-7d1e-9c1f-000000009999' }
    const older = '2025-12-01T09:00:00.000Z'
    await db
      .insertInto('failure_patterns')
      .values({ ...twin, status: 'suppressed', occurrences: 5, first_seen_at: older } as never)
      .execute()
    await db.updateTable('problem_solutions').set({ error_text: 'Error 1053 (pid 42)' }).execute()

    await migrate(database)

    const patterns = await sql`select * from failure_patterns`.execute(db)
    const command = await db.selectFrom('commands_run').select('command_fingerprint').executeTakeFirstOrThrow()
    expect(patterns.rows).toEqual([
      expect.objectContaining({
        ...twin,
        status: 'suppressed',
        occurrences: 5,
        distinct_sessions: 2,
        first_seen_at: older,
        command_fingerprint: command.command_fingerprint,
      }),
    ])
    expect(await db.selectFrom('problem_solutions').select('error_signature').execute()).toEqual([
      { error_signature: errorSignature('Error 1053 (pid 7)', sha256) },
    ])
  })
}
