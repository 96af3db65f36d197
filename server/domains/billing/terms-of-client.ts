import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Agreement, Calendar, Modifier, Period, Rate, Rule, Terms } from './engine/terms.ts'

/** All that a client's time is billed by: its own and everyone's. Whose entry is priced may see less; what it costs does not depend on that. */
export async function readTerms({ db }: Context, clientId: string): Promise<Terms> {
  const own = <R>(table: string) =>
    sql<R>`select * from ${sql.table(table)} where (client_id = ${clientId} or client_id is null) and archived_at is null`
      .execute(db)
      .then(({ rows }) => rows)
  const client = await db
    .selectFrom('clients')
    .select(['timezone', 'currency'])
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow()
  const holidays = Map.groupBy(await own<{ calendar_id: string; day: string }>('holidays'), (day) => day.calendar_id)
  const calendars = await own<Omit<Calendar, 'business_hours'> & { business_hours: string }>('calendars')
  const agreements = await own<
    Omit<Agreement, 'coverage'> & { coverage: string; overage_factor: number | boolean | null }
  >('agreements')
  return {
    clientId,
    ...client,
    rules: await own<Rule>('billing_rules'),
    rates: await own<Rate>('rates'),
    modifiers: await own<Modifier>('rate_modifiers'),
    calendars: calendars.map((calendar) => ({
      ...calendar,
      business_hours: JSON.parse(calendar.business_hours),
      holidays: new Set((holidays.get(calendar.id) ?? []).map(({ day }) => day)),
    })),
    agreements: agreements.map((agreement) => ({
      ...agreement,
      coverage: JSON.parse(agreement.coverage),
      overage_factor: Boolean(agreement.overage_factor),
    })),
  }
}

/** The periods of agreements that are not archived, by agreement and in order. */
export async function readPeriods({ db }: Context, agreementIds: readonly string[]): Promise<Period[]> {
  if (agreementIds.length === 0) return []
  return db
    .selectFrom('agreement_periods')
    .selectAll()
    .where('agreement_id', 'in', agreementIds)
    .where('archived_at', 'is', null)
    .orderBy('agreement_id')
    .orderBy('starts_on')
    .execute()
}
