import type { Integration } from '../../connectors/account.ts'
import type { Connector, Made } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import type { Deps } from '../../context.ts'
import type { Payload } from './actions.ts'

/** One action in another system, and what it leaves in rows of ours. */

export interface Step {
  actionId: string
  integration: Integration
  connector: Connector
  payload: Payload
  ticketLinkId: string | null
  /** An earlier try may have arrived. */
  again: boolean
  since: string
}

/** Beside what was made: what changes here, in the transaction that writes down that it is done. */
export interface Done extends Made {
  after?(deps: Pick<Deps, 'db' | 'clock'>): Promise<void>
}

/** Stands in texts over there; short, since people see it. */
export const markerOf = (actionId: string): string => `[ref:${actionId.slice(-12)}]`

/** @throws VendorError */
export async function take({
  actionId,
  integration,
  connector,
  payload,
  ticketLinkId,
  again,
  since,
}: Step): Promise<Done> {
  const write = { marker: markerOf(actionId), again, since }
  switch (payload.kind) {
    case 'note': {
      const { ticketId, body, audience } = payload
      const add = can(connector, integration, 'addNote')
      return { ...(await add({ ...write, ticketId, body, audience })), after: stamp(ticketLinkId, 'note_posted_at') }
    }
    default:
      throw new VendorError('refused', `${integration.name} cannot do this: ${payload.kind}.`)
  }
}

function can<F extends keyof Connector>(
  connector: Connector,
  { name }: Integration,
  what: F,
): NonNullable<Connector[F]> {
  const found = connector[what]
  if (found === undefined) throw new VendorError('refused', `${name} cannot do this: ${what}.`)
  return found as NonNullable<Connector[F]>
}

const stamp =
  (ticketLinkId: string | null, column: 'note_posted_at' | 'time_pushed_at') =>
  async ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> => {
    if (ticketLinkId === null) return
    await db
      .updateTable('ticket_links')
      .set({ [column]: clock().toISOString() })
      .where('id', '=', ticketLinkId)
      .execute()
  }
