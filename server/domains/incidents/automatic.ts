import { client } from '../../../src/contract/clients.ts'
import { incidentEntity, securityIncident } from '../../../src/contract/incidents.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { clients } from '../clients/handlers.ts'
import { securityIncidents } from './handlers.ts'

type Incident = RowOf<typeof securityIncident>
type Linked = Partial<
  Pick<
    RowOf<typeof incidentEntity>,
    | 'infrastructure_id'
    | 'service_id'
    | 'credential_id'
    | 'm365_tenant_id'
    | 'session_id'
    | 'machine_id'
    | 'user_id'
    | 'relation'
    | 'note'
  >
>

/** What the server noticed by itself. */
export interface Noticed extends Pick<Incident, 'title' | 'category' | 'severity'> {
  description: string
  subtype?: Incident['subtype']
  /** Whose systems; null: the MSP's own. */
  clientId?: string | null
  /** What it touched: what belongs to a client, to that one. */
  entities?: readonly Linked[]
  /** Names what was noticed: the same again within a day adds nothing. */
  dedupe?: string
}

const OWN_SYSTEMS = 'Our own systems'
const SAME_FOR_MS = 24 * 3_600_000
const MAX_REPORTER = 200
/**
 * Opens a security incident for something that the server noticed, whatever the caller may write: the server does it. In the transaction of
 * the call where there is one, else in its own.
 *
 * @returns the incident's id; of the one that is there when the same was noticed within a day
 */
export const openIncident = (context: Context, noticed: Noticed): Promise<string> =>
  inOwnTransaction(context, (inner) => open(asServer(inner), noticed))

async function open(context: Context, { clientId = null, entities = [], dedupe, ...what }: Noticed): Promise<string> {
  const client_id = clientId ?? (await ownSystems(context))
  const reporter = `The server${dedupe === undefined ? '' : ` (${dedupe})`}`.slice(0, MAX_REPORTER)
  const known = dedupe === undefined ? undefined : await sameOf(context, client_id, reporter)
  if (known) return known
  const input = securityIncident.offers.create.input.parse({ ...what, client_id, reporter })
  const made = await securityIncidents.create(context, { ...input, ...byServer(context) })
  for (const link of entities.flatMap(oneEach))
    await rows(context, incidentEntity).insert({
      ...(incidentEntity.offers.create.input.parse({ incident_id: made.id, ...link }) as Linked),
      ...byServer(context),
    })
  return made.id
}

/** A link names one thing: several that are named together become several. */
const oneEach = ({ relation, note, ...things }: Linked): Linked[] =>
  Object.entries(things)
    .filter(([, id]) => id)
    .map(([field, id]) => ({ [field]: id, ...(relation ? { relation } : {}), ...(note ? { note } : {}) }))

async function sameOf({ db, clock }: Context, clientId: string, reporter: string): Promise<string | undefined> {
  const since = new Date(clock().getTime() - SAME_FOR_MS).toISOString()
  const found = await db
    .selectFrom('security_incidents')
    .select('id')
    .where('client_id', '=', clientId)
    .where('created_at', '>', since)
    .where('reporter', '=', reporter)
    .executeTakeFirst()
  return found?.id
}

/** The MSP itself as a client, the oldest of type `internal`; made when there is none. */
async function ownSystems(context: Context): Promise<string> {
  const { db } = context
  const found = () =>
    db
      .selectFrom('clients')
      .select('id')
      .where('type', '=', 'internal')
      .where('archived_at', 'is', null)
      .orderBy('created_at')
      .executeTakeFirst()
  const known = await found()
  if (known) return known.id
  // Held, so that two who need it at once do not both make it.
  await db
    .updateTable('clients')
    .set((eb) => ({ row_version: eb.ref('row_version') }))
    .where('type', '=', 'internal')
    .execute()
  const input = client.offers.create.input.parse({ name: OWN_SYSTEMS, type: 'internal' })
  const made = await clients.create(context, { ...input, ...byServer(context) })
  return made.id
}

/** The server may write for every client; what it writes says who called, where somebody did. */
const asServer = (context: Context): Context => {
  const { onlyClient: _, agent: __, ...caller } = context.caller
  return { ...context, caller: { ...caller, role: 'admin', allClients: true, someDenied: false } }
}

/** Nobody has signed in when a login is attacked. */
const byServer = ({ caller }: Context) =>
  (caller.userId === '' ? { created_by: null, updated_by: null } : {}) as Record<never, never>
