import type { Integration } from '../../connectors/account.ts'
import type { Connector, Made, Write } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import { cleanLine } from '../../connectors/text.ts'
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
  contentOf(sha256: string): Promise<Uint8Array | undefined>
}

/** Beside what was made: what the system said, and what changes here in the transaction that writes down that it is done. */
export interface Done extends Made {
  answer?: Record<string, unknown>
  after?(deps: Pick<Deps, 'db' | 'clock'>): Promise<void>
}

/** Stands in texts over there; short, since people see it. */
export const markerOf = (actionId: string): string => `[ref:${actionId.slice(-12)}]`

/** @throws VendorError */
export async function take(step: Step): Promise<Done> {
  const { payload, ticketLinkId } = step
  const write = { marker: markerOf(step.actionId), again: step.again, since: step.since }
  switch (payload.kind) {
    case 'note': {
      const { ticketId, body, audience } = payload
      const made = await can(step, 'addNote')({ ...write, ticketId, body, audience })
      return { ...made, after: (deps) => stamp(deps, ticketLinkId, 'note_posted_at') }
    }
    case 'time_entry':
      return book(step, payload, write)
    case 'attachment':
      return attach(step, payload, write)
    case 'status':
      return setStatus(step, payload)
    case 'message': {
      const { kind: _, ...notice } = payload
      await can(step, 'notify')(notice)
      return { id: null, url: null }
    }
  }
}

type Of<K extends Payload['kind']> = Extract<Payload, { kind: K }>

async function book(step: Step, { kind: _, billableTimeId, ...time }: Of<'time_entry'>, write: Write): Promise<Done> {
  const { billableMinutes, ...made } = await can(step, 'addTime')({ ...write, ...time })
  return {
    ...made,
    answer: { billable_minutes: billableMinutes },
    after: async (deps) => {
      await stamp(deps, step.ticketLinkId, 'time_pushed_at')
      if (billableTimeId === undefined) return
      await deps.db
        .updateTable('billable_time')
        .set((eb) => ({
          external_ref: made.id,
          external_billable_minutes: billableMinutes,
          updated_at: deps.clock().toISOString(),
          row_version: eb('row_version', '+', 1),
        }))
        .where('id', '=', billableTimeId)
        .execute()
    },
  }
}

/** As a file where the system takes it and keeps it from whom it is not for; else an internal note says where it is. */
async function attach(step: Step, payload: Of<'attachment'>, write: Write): Promise<Done> {
  const { ticketId, audience, name, file } = payload
  const { capabilities, addNote } = step.connector
  const isKept = audience !== 'internal' || capabilities.attachInternal === true
  if (isKept && ('url' in file ? capabilities.attachByUrl : capabilities.attachUpload)) {
    const mediaType = 'url' in file ? 'application/octet-stream' : file.mediaType
    const content = 'url' in file ? file : { bytes: await bytesOf(step, file.sha256, name) }
    return can(step, 'attach')({ ...write, ticketId, audience, name, mediaType, content })
  }
  if (!(addNote && capabilities.noteInternal)) throw cannot(step, 'attach')
  const body = `File: ${name}\n${'url' in file ? file.url : file.page}`
  return addNote({ ...write, ticketId, audience: 'internal', body })
}

async function bytesOf({ contentOf }: Step, sha256: string, name: string): Promise<Uint8Array> {
  const bytes = await contentOf(sha256)
  if (!bytes) throw new VendorError('refused', `The content of ${name} is gone.`)
  return bytes
}

/** A misspelt status would park a ticket where nobody looks. */
async function setStatus(step: Step, { ticketId, status }: Of<'status'>): Promise<Done> {
  const { connector, integration } = step
  const known = (await connector.statuses?.()) ?? []
  const own = known.find((one) => one.toLowerCase() === status.trim().toLowerCase())
  if (own === undefined)
    throw new VendorError(
      'refused',
      `${integration.name} has no status "${status}". It has: ${known.map((one) => cleanLine(one, 100)).join(', ')}.`,
    )
  await can(step, 'setStatus')({ ticketId, status: own })
  return { id: null, url: null, after: (deps) => cacheStatus(deps, integration.id, ticketId, own) }
}

const cannot = ({ integration }: Step, what: string) =>
  new VendorError('refused', `${integration.name} cannot do this: ${what}.`)

function can<F extends keyof Connector>(step: Step, what: F): NonNullable<Connector[F]> {
  const found = step.connector[what]
  if (found === undefined) throw cannot(step, what)
  return found as NonNullable<Connector[F]>
}

type Rows = Pick<Deps, 'db' | 'clock'>

async function stamp({ db, clock }: Rows, linkId: string | null, column: 'note_posted_at' | 'time_pushed_at') {
  if (linkId === null) return
  await db
    .updateTable('ticket_links')
    .set({ [column]: clock().toISOString() })
    .where('id', '=', linkId)
    .execute()
}

async function cacheStatus({ db, clock }: Rows, integrationId: string, ticketId: string, status: string) {
  await db
    .updateTable('ticket_links')
    .set({ status_cache: cleanLine(status, 100), last_synced_at: clock().toISOString() })
    .where('integration_id', '=', integrationId)
    .where('external_id', '=', ticketId)
    .where('last_synced_at', 'is not', null)
    .execute()
}
