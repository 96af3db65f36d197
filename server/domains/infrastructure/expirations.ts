import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { agreement } from '../../../src/contract/agreements.ts'
import { credential } from '../../../src/contract/credentials.ts'
import { certificate, domain } from '../../../src/contract/domains.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { licence } from '../../../src/contract/licences.ts'
import { m365Tenant } from '../../../src/contract/m365.ts'
import { service } from '../../../src/contract/services.ts'
import type { Context, Handlers } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { knownCredentials } from '../credentials/access.ts'
import { clientAskedFor } from './asked.ts'
import { type Branch, type Merged, mergedPage } from './merged-pages.ts'

type List = Handlers['expirations']['list']
type Input = Parameters<List>[1]
type Kind = Awaited<ReturnType<List>>['items'][number]['kind']

interface Source {
  kind: Kind
  entity: AnyEntity
  name: string
  /** Day or instant. */
  at: string
  /** Rows of which it no longer matters. */
  not?: RawBuilder<SqlBool>
}

const GONE = sql<SqlBool>`status not in ('retired', 'lost')`
const RETIRED = sql<SqlBool>`status <> 'retired'`

const SOURCES: Source[] = [
  { kind: 'agreement', entity: agreement, name: 'name', at: 'ends_on', not: sql<SqlBool>`status <> 'ended'` },
  { kind: 'certificate', entity: certificate, name: 'common_name', at: 'expires_on' },
  { kind: 'credential', entity: credential, name: 'name', at: 'expires_at' },
  { kind: 'domain', entity: domain, name: 'name', at: 'expires_on' },
  { kind: 'gdap', entity: m365Tenant, name: 'display_name', at: 'gdap_expires_on' },
  { kind: 'licence', entity: licence, name: 'name', at: 'expires_on' },
  { kind: 'os_end_of_life', entity: infrastructure, name: 'hostname', at: 'os_eol_on', not: GONE },
  { kind: 'service_licence', entity: service, name: 'name', at: 'licence_expires_on', not: RETIRED },
  { kind: 'warranty', entity: infrastructure, name: 'hostname', at: 'warranty_until', not: GONE },
]

/** What ends, the earliest first; what has ended already stands before it. */
export async function listExpirations(context: Context, input: Input): ReturnType<List> {
  const { kind, limit, cursor } = input
  const clientId = await clientAskedFor(context, input)
  const today = context.clock().toISOString().slice(0, 10)
  const branches = SOURCES.filter((source) => kind === undefined || source.kind === kind)
    // Viewers see no credentials, and so not when they end.
    .filter((source) => source.kind !== 'credential' || context.caller.role !== 'viewer')
    .map((source) => branchOf(context, source, clientId, { after: input.after, before: lastDay(input, today) }))
  type Found = Merged & { kind: Kind; name: string; client_id: string | null }
  const page = await mergedPage<Found>(context, branches, { limit, cursor, sort: 'expirations' })
  return {
    ...page,
    items: page.items.map(({ at, kind, id, client_id, name }) => {
      const expires_on = at.slice(0, 10)
      return { kind, id, client_id, name, expires_on, days_left: daysBetween(today, expires_on) }
    }),
  }
}

function branchOf(
  context: Context,
  { kind, entity, name, at, not }: Source,
  clientId: string | undefined,
  { after = '', before }: { after?: string | undefined; before: string | undefined },
): Branch {
  const column = sql.ref(at)
  return {
    kind,
    from: sql.table(entity.table),
    at: column,
    id: sql.ref('id'),
    columns: sql`client_id, ${sql.ref(name)} as name`,
    conditions: [
      ...(clientId === undefined ? [] : [sql<SqlBool>`client_id = ${clientId}`]),
      // Above the empty text: what never ends is null.
      sql<SqlBool>`${column} >= ${after}`,
      ...(before === undefined ? [] : [sql<SqlBool>`${column} <= ${`${before}T23:59:59.999Z`}`]),
      sql<SqlBool>`archived_at is null`,
      visibleRows(entity, context.caller, context.clock()),
      ...(not ? [not] : []),
      ...(kind === 'credential' ? [knownCredentials(context)] : []),
    ],
  }
}

function lastDay({ before, within_days }: Input, today: string): string | undefined {
  const ends = [before, within_days === undefined ? undefined : daysAfter(today, within_days)]
  return ends.filter((day) => day !== undefined).sort()[0]
}

const DAY = 86_400_000
const daysAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)
