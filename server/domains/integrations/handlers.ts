import { backupAlert } from '../../../src/contract/backups.ts'
import { client } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { entities } from '../../../src/contract/index.ts'
import { externalIntegration, externalRef, integrationCredential } from '../../../src/contract/integrations.ts'
import type { AnyEntity, RowOf, Typed } from '../../../src/contract/kernel.ts'
import { ticketLink } from '../../../src/contract/tickets.ts'
import { integrationAction } from '../../../src/contract/workflows.ts'
import type { Integration } from '../../connectors/account.ts'
import { VendorError } from '../../connectors/errors.ts'
import { vendorOf } from '../../connectors/registry.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { cancelAction, queueAgain } from './actions.ts'
import { backupReportOf } from './backup-report.ts'
import { refreshBackups } from './backup-sync.ts'
import { boardOf } from './board.ts'
import { timeDifferences } from './booking.ts'
import { readBackupStatistics, readBoardPlans, readWorkOnTicket } from './queries.ts'
import { disabling, enabling, mustLinkOne, mustServe, resettingCircuit, windowOf } from './rules.ts'
import { suggest } from './suggesting.ts'
import { test } from './testing.ts'
import { ticketLookUps } from './ticket-handlers.ts'
import { ticketWrites } from './ticket-writes.ts'

type ExternalRef = RowOf<typeof externalRef>

export const externalIntegrations = {
  ...standardHandlers(externalIntegration),
  enable: (context, { id }) => decide(context, externalIntegration, id, enabling),
  disable: (context, { id }) => decide(context, externalIntegration, id, disabling),
  resetCircuit: (context, { id }) => decide(context, externalIntegration, id, resettingCircuit),
  test,
} satisfies Handlers['externalIntegrations']

/** Changes a row as a rule says; a rule that has nothing to change leaves it as it is. */
export async function decide<R extends { id: string }>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  id: string,
  rule: (before: R) => Partial<R> | undefined,
): Promise<R> {
  const before = await rows(context, entity).get(id)
  const change = rule(before)
  return change ? rows(context, entity).update(before.id, change) : before
}

export const integrationCredentials = {
  ...standardHandlers(integrationCredential),
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, integrationCredential).get(id)
    const isOther = change.credential_id !== undefined && change.credential_id !== before.credential_id
    if (isOther) await forgetToken(context, before.id)
    const rotated = isOther ? { rotated_at: context.clock().toISOString(), token_expires_at: null } : {}
    return rows(context, integrationCredential).update(
      before.id,
      { ...change, ...rotated } as Partial<typeof before>,
      row_version,
    )
  },
} satisfies Handlers['integrationCredentials']

/** A token belongs to the credential that it was got with. */
const forgetToken = (context: Context, id: string) =>
  context.db
    .updateTable('integration_credentials')
    .set({ token_ciphertext: null, token_nonce: null, token_key_id: null })
    .where('id', '=', id)
    .execute()

const REFERRED_ENTITIES: Record<ExternalRef['entity_type'], AnyEntity> = {
  client: entities.clients,
  contact: entities.contacts,
  site: entities.sites,
  infrastructure: entities.infrastructure,
  service: entities.services,
  project: entities.projects,
  user: entities.users,
  agreement: entities.agreements,
  work_type: entities.workTypes,
}

export const externalRefs = {
  ...standardHandlers(externalRef),
  create: async (context, input) => {
    const target = REFERRED_ENTITIES[input.entity_type]
    const named = await rows<{ id: string; client_id?: string | null }>(context, target as never).get(input.entity_id)
    const clientId = target.belongs === 'is-client' ? named.id : (named.client_id ?? null)
    mustServe(await rows(context, externalIntegration).get(input.integration_id), clientId)
    return rows(context, externalRef).insert({
      ...input,
      client_id: clientId,
      ...confirmed(context),
    } as Partial<ExternalRef>)
  },
  confirm: (context, { id }) =>
    move(context, externalRef, id, { from: ['suggested'], to: 'confirmed' }, () => confirmed(context)),
  suggest,
} satisfies Handlers['externalRefs']

const confirmed = (context: Context) => ({
  status: 'confirmed' as const,
  confirmed_by: context.caller.userId,
  confirmed_at: context.clock().toISOString(),
})

export const ticketLinks = {
  ...standardHandlers(ticketLink),
  create: async (context, input) => {
    mustLinkOne(input)
    mustServe(await rows(context, externalIntegration).get(input.integration_id), input.client_id)
    return rows(context, ticketLink).insert(input as Partial<RowOf<typeof ticketLink>>)
  },
} satisfies Handlers['ticketLinks']

const MOST_WORK = 100

export const tickets = {
  work: async (context, { ticket, integration_id, client_id, limit = MOST_WORK }) => {
    const found = await readWorkOnTicket(
      context,
      { ticket, integrationId: integration_id, clientId: client_id },
      limit + 1,
    )
    return { items: found.slice(0, limit), more: found.length > limit }
  },
  ...ticketLookUps,
  ...ticketWrites,
  timeDifferences,
} satisfies Handlers['tickets']

export const integrationActions = {
  ...standardHandlers(integrationAction),
  retry: (context, { id }) => queueAgain(context, id),
  cancel: (context, { id }) => cancelAction(context, id),
} satisfies Handlers['integrationActions']

export const backupAlerts = {
  ...standardHandlers(backupAlert),
  acknowledge: (context, { id, note }) =>
    move(context, backupAlert, id, { from: ['open'], to: 'acknowledged' }, () => ({
      acknowledged_at: context.clock().toISOString(),
      acknowledged_by: context.caller.userId,
      acknowledge_note: note ?? null,
    })),
} satisfies Handlers['backupAlerts']

export const backups = {
  report: async (context, asked) => {
    const clientId = await clientIdOf(context, asked.client, asked.client_id)
    const name = clientId === undefined ? null : (await rows(context, client).get(clientId)).name
    const { from, to } = windowOf(asked.date_from, asked.date_to, context.clock())
    const items = await readBackupStatistics(context, clientId, [from, to])
    const board = boardOf(await readBoardPlans(context, clientId), context.clock(), undefined)
    return backupReportOf(name, board, { date_from: from, date_to: to, items })
  },
  refresh: async (context, { integration_id }) => {
    const which =
      integration_id === undefined ? await allOfBackups(context) : [await ofBackups(context, integration_id)]
    const items = []
    for (const integration of which)
      items.push({ integration_id: integration.id, name: integration.name, ...(await refreshed(context, integration)) })
    return { items }
  },
  board: async (context, { client, client_id, health }) =>
    boardOf(await readBoardPlans(context, await clientIdOf(context, client, client_id)), context.clock(), health),
  statistics: async (context, { client, client_id, date_from, date_to }) => {
    const { from, to } = windowOf(date_from, date_to, context.clock())
    const clientId = await clientIdOf(context, client, client_id)
    return { date_from: from, date_to: to, items: await readBackupStatistics(context, clientId, [from, to]) }
  },
} satisfies Handlers['backups']

const NOTHING_READ = { plans: 0, new_runs: 0, vanished: 0, unmatched: 0, alerts_raised: 0, alerts_resolved: 0 }

/** What one system answers, or why it does not: the others are read all the same. */
async function refreshed(context: Context, integration: Integration) {
  try {
    return { ...(await refreshBackups(context, integration, context)), error: null }
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
    return { ...NOTHING_READ, error: error.message }
  }
}

const isOfBackups = ({ type }: Integration) => vendorOf(type)?.capabilities.backupStatus === true

async function allOfBackups(context: Context): Promise<Integration[]> {
  const { items } = await rows(context, externalIntegration).list({ enabled: true, limit: 200 })
  return items.filter(isOfBackups)
}

async function ofBackups(context: Context, id: string): Promise<Integration> {
  const named = await rows(context, externalIntegration).get(id)
  if (!isOfBackups(named)) throw new AppError('CONFLICT', `${named.name} (${named.type}) tells nothing of backups.`)
  return named
}

const clientIdOf = async (context: Context, client: string | undefined, clientId: string | undefined) =>
  client === undefined ? clientId : (await findClient(context, client)).id
