import type { Kysely } from 'kysely'
import { addColumns, createTable, run } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/**
 * What computing amounts needs: whether a factor multiplies the overage rate too, a rate that a lead gives to one entry, and a row for each
 * client that one transaction at a time holds while it computes. Released: never edited.
 */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'agreements', { columns: { overage_factor: 'boolean' } })
  await addColumns(db, dialect, 'billable_time', {
    columns: { rate_override_minor: 'integer', rate_override_currency: 'line(3)' },
    indexes: [['ticket_link_id']],
  })
  const overridden = ['rate_override_minor', 'rate_override_currency'].map(
    (column) => `coalesce(new.${column}, '') <> coalesce(old.${column}, '')`,
  )
  const refused = { on: 'update', when: `old.locked_at is not null and (${overridden.join(' or ')})` } as const
  // The trigger of the other columns has the usual name.
  const statements = dialect.refuseChange('billable_time', refused)
  await run(
    db,
    statements.map((statement) => statement.replace('billable_time_frozen_update', 'billable_time_frozen_override')),
  )
  await createTable(db, dialect, 'billing_locks', { columns: { client_id: 'id!' }, primaryKey: ['client_id'] })
}
