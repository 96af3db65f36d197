import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../server/config.ts'
import { startServer } from '../../../server/start.ts'
import { DATABASES, type DatabaseKind } from '../../support/databases.ts'
import { auditWorld } from './world.ts'

const WRITERS = 50
const EVENTS = 10_000

/** Several servers where they can share a database. */
const SERVERS: Record<DatabaseKind, number> = { sqlite: 1, mariadb: 3 }

for (const database of DATABASES)
  describe(`writing the audit on ${database}`, () => {
    test(`D3: ${WRITERS} writers on ${SERVERS[database]} servers leave chains without a gap or a fork`, {
      timeout: 300_000,
    }, async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const config = {
        ...{ home: '', host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', logLevel: 'silent' as const },
        ...{ database: parseDatabaseUrl(msp.databaseUrl), masterKey: msp.masterKey, trustedProxies: [] },
        ...{ requestsPerMinute: 1e6, limitFactor: 1e4, checkpointPlaces: [] },
        ...{ backupFolder: undefined, backupRecipients: [] },
      }
      const more = await Promise.all(
        Array.from({ length: SERVERS[database] - 1 }, () => startServer(config, () => msp.clock.now())),
      )
      const servers = [msp.server, ...more]
      const clients = [
        null,
        ...(await Promise.all(['Dataforth', 'Northwind', 'Contoso'].map((name) => msp.client(name)))),
      ]
      await msp.server.deps.audit.flush()
      const before = (await world.verify()).entries
      let refused = 0

      const write = async (writer: number) => {
        const { deps } = servers[writer % servers.length] as (typeof servers)[0]
        const context = { ...world.context(), ...deps }
        for (let number = 0; number < EVENTS / WRITERS; number++) {
          const clientId = clients[(writer + number) % clients.length] ?? null
          // Two in three are reads, as in a day's work.
          if (number % 3 !== 0)
            deps.audit.note(context, { action: 'view', method: 'GET', path_template: '/x', client_id: clientId })
          else
            await deps.audit
              .credential(context, { action: 'use', outcome: 'intent', clientId, credentialId: null })
              .catch(() => refused++)
        }
      }
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
      await Promise.all(servers.map(({ deps }) => deps.audit.flush()))

      const report = await world.verify()
      for (const server of more) await server.stop()
      expect(report).toMatchObject({ intact: true, entries: before + EVENTS })
      expect(refused).toBe(0)
    })

    test('D4: where a login cannot be taken down nobody is signed in', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      await using _ = await brokenLog(world, 'api_audit_log')

      const answer = await fetch(`${msp.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: msp.admin.email, password: msp.admin.password }),
      })

      expect(answer.status).toBe(503)
      expect(await answer.text()).not.toContain('access_token')
    })

    test('D4: where a change of role cannot be taken down it does not happen, and reads go on', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const ana = await msp.technician()
      {
        await using _ = await brokenLog(world, 'api_audit_log')

        const refused = await msp.admin.rest('PATCH', `/users/${ana.id}`, { role: 'admin' })
        const read = await msp.admin.rest('GET', '/clients')

        expect([refused.status, read.status]).toEqual([503, 200])
      }
      expect((await msp.admin.api.users.get({ id: ana.id })).role).toBe('technician')
    })

    test('D4: a credential entry that cannot be written is refused, and nothing is kept of what was to be done with it', async () => {
      await using world = await auditWorld(database)
      await using _ = await brokenLog(world, 'credential_audit_log')

      const refused = world.msp.server.deps.audit.credential(world.context(), {
        ...{ action: 'reveal', outcome: 'intent', clientId: null, credentialId: null },
      })

      await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })

    test('entries of reads that cannot be written wait, up to a bound, and what was lost is told in the log itself', async () => {
      await using world = await auditWorld(database)
      const { audit } = world.msp.server.deps
      const read = { action: 'view', method: 'GET', path_template: '/x', client_id: null } as const
      {
        await using _ = await brokenLog(world, 'api_audit_log')
        for (let number = 0; number < 10_100; number++) audit.note(world.context(), read)
        await audit.flush()
        expect(audit.figures()).toMatchObject({ waiting: 10_000, lost: expect.any(Number) })
        expect(audit.figures().lost).toBeGreaterThanOrEqual(100)
      }

      await audit.flush()
      await audit.flush()

      expect(audit.figures().waiting).toBe(0)
      const { rows } = await sql<{ body: string }>`select b.body from api_audit_log l join audit_bodies b on b.id = l.id
        where l.path_template = '/audit/lost'`.execute(world.msp.server.deps.db)
      expect(rows.map(({ body }) => JSON.parse(body).entries_lost)).toEqual([audit.figures().lost])
      expect(await world.verify()).toMatchObject({ intact: true })
    })
  })

/** The table is away, as after a mistake of somebody, and comes back. */
async function brokenLog({ msp }: Awaited<ReturnType<typeof auditWorld>>, table: string): Promise<AsyncDisposable> {
  const { db, audit } = msp.server.deps
  await audit.flush()
  await sql.raw(`alter table ${table} rename to away`).execute(db)
  return {
    [Symbol.asyncDispose]: async () => void (await sql.raw(`alter table away rename to ${table}`).execute(db)),
  }
}
