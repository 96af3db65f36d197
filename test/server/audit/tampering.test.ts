import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { LOGS } from '../../../server/audit/chain.ts'
import { currentKey } from '../../../server/audit/epochs.ts'
import type { Report } from '../../../server/audit/verify.ts'
import { DATABASES } from '../../support/databases.ts'
import { mutate, seeded } from './mutations.ts'
import { type AuditWorld, auditWorld, someHistory } from './world.ts'

const MUTATIONS = 1_000
const DAY_MS = 86_400_000

/** What an administrator of the database does first. `await using` puts the triggers back: the schema is lent to other tests. */
async function withoutTriggers({ msp }: AuditWorld): Promise<AsyncDisposable> {
  const { db, dialect } = msp.server.deps
  for (const { table } of Object.values(LOGS))
    for (const on of ['update', 'delete']) await sql.raw(`drop trigger ${table}_frozen_${on}`).execute(db)
  return {
    async [Symbol.asyncDispose]() {
      for (const { table } of Object.values(LOGS))
        for (const on of ['update', 'delete'] as const)
          for (const statement of dialect.refuseChange(table, { on, when: '1 = 1' }))
            await sql.raw(statement).execute(db)
    },
  }
}

class Undo extends Error {}

/** What a verification says while something is changed; then it is as before. */
async function verifiedWith<T>(
  world: AuditWorld,
  change: (db: AuditWorld['msp']['server']['deps']['db']) => Promise<T>,
  options: Parameters<AuditWorld['verify']>[0] = {},
): Promise<[Report, T]> {
  let found: [Report, T] | undefined
  await world.msp.server.deps.db
    .transaction()
    .execute(async (db) => {
      const changed = await change(db)
      found = [await world.verify({ ...options, db }), changed]
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return found as [Report, T]
}

for (const database of DATABASES)
  describe(`tampering with the audit on ${database}`, () => {
    test(`D1: each of ${MUTATIONS} random changes is found, at its first place`, { timeout: 600_000 }, async () => {
      await using world = await auditWorld(database)
      const { db, keys } = world.msp.server.deps
      const escrowed = await currentKey(db, keys.masters)
      await someHistory(world, ['Dataforth', 'Northwind'], 3)
      world.msp.clock.advance(DAY_MS)
      await someHistory(world, ['Northwind'], 3)
      await using _ = await withoutTriggers(world)
      const missed: unknown[] = []

      for (let seed = 1; seed <= MUTATIONS; seed++) {
        const [report, expected] = await verifiedWith(world, (trx) => mutate(trx, seeded(seed)), { key: escrowed })
        const [first] = report.troubles
        const isFound =
          !report.intact &&
          expected.classes.includes(first?.class ?? '') &&
          (expected.chain === undefined || (first?.log === expected.log && first.chain === expected.chain)) &&
          (expected.seq === undefined || first?.seq === expected.seq)
        if (!isFound) missed.push({ seed, expected, first })
      }

      expect(missed).toEqual([])
      expect(await world.verify({ key: escrowed })).toMatchObject({ intact: true, covered: true })
    })

    test('D2: a tail that was cut off with its head shows against the state outside, and only there', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth'])
      await using _ = await withoutTriggers(world)
      const client = await world.msp.client('Dataforth')
      const cut = async (db: typeof world.msp.server.deps.db) => {
        const chain = `client:${client}`
        await sql`delete from credential_audit_log where chain = ${chain} and seq > 5`.execute(db)
        await sql`delete from audit_bodies where id not in (select id from credential_audit_log) and id not in (select id from api_audit_log)`.execute(
          db,
        )
        const last = sql`select row_hash from credential_audit_log where chain = ${chain} and seq = 5`
        await sql`update audit_heads set seq = 5, row_hash = (${last}) where chain = ${chain} and log = 'credential'`.execute(
          db,
        )
        await sql`delete from audit_checkpoints`.execute(db)
      }

      const [against] = await verifiedWith(world, cut)
      const [without] = await verifiedWith(world, cut, { outside: [] })

      expect(against.troubles[0]).toMatchObject({
        log: 'credential',
        chain: `client:${client}`,
        seq: 6,
        class: 'checkpoint',
      })
      expect(without).toMatchObject({ intact: true, covered: false, troubles: [{ class: 'tail-uncovered' }] })
    })

    test('D2: a chain that was removed as a whole shows against one state of all chains that a machine kept', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth', 'Northwind'])
      await using _ = await withoutTriggers(world)
      const client = await world.msp.client('Northwind')
      const kept = [JSON.stringify(await world.msp.server.deps.audit.newest(world.msp.server.deps.db))]

      const [report] = await verifiedWith(
        world,
        async (db) => {
          for (const table of ['credential_audit_log', 'api_audit_log', 'audit_heads', 'audit_checkpoints'])
            await sql`delete from ${sql.table(table)} where chain = ${`client:${client}`}`.execute(db)
        },
        { outside: kept },
      )

      expect(report.troubles).toContainEqual(expect.objectContaining({ class: 'checkpoint', log: 'all', seq: 1 }))
    })

    test('D2: a database that was put back to an earlier state shows against the state outside', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth'])
      const earlier = await world.outside()
      world.msp.clock.advance(DAY_MS)
      await someHistory(world, ['Dataforth'])
      await using _ = await withoutTriggers(world)
      const later = await world.outside()
      const since = '2026-01-13'

      const [report] = await verifiedWith(world, async (db) => {
        for (const table of ['credential_audit_log', 'api_audit_log', 'audit_bodies', 'audit_checkpoints'])
          await sql`delete from ${sql.table(table)} where created_at > ${since}`.execute(db)
        for (const line of earlier) {
          const { log, chain, seq, row_hash, created_at } = JSON.parse(line)
          if (log !== 'all')
            await sql`update audit_heads set seq = ${seq}, row_hash = ${row_hash}, epoch = 0, updated_at = ${created_at} where log = ${log} and chain = ${chain}`.execute(
              db,
            )
        }
      })

      expect(later.length).toBeGreaterThan(earlier.length)
      expect(report.troubles).toContainEqual(expect.objectContaining({ class: 'checkpoint', log: 'all', seq: 2 }))
      expect(report.troubles[0]).toMatchObject({ class: 'checkpoint', log: 'api' })
    })

    test('D2: a server that is at work notices that the log went back, signs nothing and opens an incident', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth'])
      const client = await world.msp.client('Dataforth')
      const before = await world.outside()
      await sql`update audit_heads set seq = 3 where chain = ${`client:${client}`} and log = 'credential'`.execute(
        world.msp.server.deps.db,
      )

      const refused = world.msp.server.deps.audit.checkpoint()

      await expect(refused).rejects.toThrow('ends at 3, and 8 was signed')
      expect(await world.outside()).toEqual(before)
      expect(await world.msp.admin.api.securityIncidents.list({})).toMatchObject({
        items: [{ severity: 'critical', title: expect.stringContaining('audit log was changed') }],
      })
    })

    test('D1: without the escrowed key the entries of earlier days are held by their hashes and the signed states', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth'])
      world.msp.clock.advance(DAY_MS)
      await someHistory(world, ['Dataforth'])

      const report = await world.verify()

      expect(report).toMatchObject({ intact: true, macs_unchecked: expect.any(Number) })
      expect(report.macs_unchecked).toBeGreaterThan(15)
    })
  })
