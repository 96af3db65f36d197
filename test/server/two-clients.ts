import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { hashToken } from '../../server/crypto/tokens.ts'
import { EXAMPLE_STEP_UP } from '../../src/contract/auth.ts'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import { anEvent, type TestServer, type TestUser } from '../support/server.ts'
import { completeRows, type EntityName, entityNames, OF_CLIENTS, type RowIds } from './sample-rows.ts'

/** Two clients with a row of every kind each; Ana may work for both, Ben for Contoso only, as may Lena, who leads. */
export interface TwoClients {
  ana: TestUser
  ben: TestUser
  lena: TestUser
  machineId: string
  tagId: string
  /** What Ben asked for at Contoso, and waits. */
  approvalId: string
  northwind: ClientRows
  contoso: ClientRows
}

/** One row of every entity that belongs to a client, by the entity's name in the contract. */
export interface ClientRows {
  /** Stands in every text that the client's rows hold. */
  marker: string
  /** The Claude Code session in which work for both was done, and one that was for this client alone. */
  stream: string
  ownStream: string
  gitRemote: string
  rows: Record<EntityName, string>
}

/** Ana works for Northwind, switches to Contoso in the same Claude Code session, and ends without a client. */
export async function twoClients(msp: TestServer): Promise<TwoClients> {
  const ana = await msp.technician({ name: 'Ana', clients: ['Northwind zq7nw', 'Contoso zq7co'] })
  const ben = await msp.technician({ name: 'Ben', clients: ['Contoso zq7co'] })
  const lena = await msp.technician({ name: 'Lena', role: 'lead', clients: ['Contoso zq7co'] })
  const machineId = await msp.machine(ana)
  const shared = await completeRows(
    msp,
    { users: ana.id, machines: machineId },
    'zq7',
    entityNames.filter((name) => !OF_CLIENTS.includes(name)),
  )
  const who = { ana, machineId, shared, stream: randomUUID() }
  const northwind = await workFor(msp, who, { name: 'Northwind zq7nw', marker: 'zq7nw', stretch: 1 })
  const contoso = await workFor(msp, who, { name: 'Contoso zq7co', marker: 'zq7co', stretch: 2 })
  await record(msp, who, 3, [
    anEvent('session.opened', { mode: 'normal', ...after(who.stream, 2) }),
    aFailure('nothing'),
  ])
  const { id: approvalId } = await ben.api.approvals.request({
    kind: 'exec',
    credential_id: contoso.rows.credentials,
    argv: ['mariadb', '-h', 'zq7co-srv'],
    reason: contoso.marker,
  })
  await stepEverybodyUp(msp)
  return { ana, ben, lena, machineId, tagId: shared.tags as string, approvalId, northwind, contoso }
}

/** Everybody who is signed in has just proved to be there, with what the examples of the contract show for it. */
async function stepEverybodyUp(msp: TestServer): Promise<void> {
  await msp.server.deps.db
    .updateTable('logins')
    .set({ step_up_hash: hashToken(EXAMPLE_STEP_UP), stepped_up_at: msp.clock.now().toISOString() })
    .execute()
}

interface Who {
  ana: TestUser
  machineId: string
  /** Rows that belong to no client. */
  shared: RowIds
  stream: string
}

const after = (parent_stream: string, parent_stretch: number) => ({
  trigger: 'command',
  parent_stream,
  parent_stretch,
})
const aFailure = (marker: string) =>
  anEvent('command', {
    command: `ssh ${marker}-srv systemctl restart ${marker}`,
    success: false,
    exit_code: 5,
    stderr: `Unit ${marker}.service not found.`,
  })

async function record(msp: TestServer, who: Who, stretch: number, events: ReturnType<typeof anEvent>[]) {
  const at = msp.clock.now().toISOString()
  const sent = events.map((event) => ({ ...event, stream: who.stream, stretch, at }))
  const { outcomes } = await msp.ingest(who.ana, who.machineId, sent)
  const refused = outcomes.filter((outcome) => outcome.outcome !== 'accepted')
  if (refused.length > 0) throw new Error(`Events of the world were refused: ${JSON.stringify(refused)}`)
}

async function workFor(
  msp: TestServer,
  who: Who,
  { name, marker, stretch }: { name: string; marker: string; stretch: number },
): Promise<ClientRows> {
  const { api } = who.ana
  const clients = await msp.client(name)
  const of = { client_id: clients }
  const gitRemote = `git@git.example.com:${marker}/site.git`
  const { id: clientAliases } = await api.clientAliases.create({ ...of, alias: `${marker} alias` })
  const { id: projects } = await api.projects.create({
    ...of,
    name: `${marker} project`,
    git_remote_fingerprint: `git.example.com/${marker}/site`,
  })
  const { id: sites } = await api.sites.create({ ...of, name: `${marker} site` })
  const { id: infrastructure } = await api.infrastructure.create({
    ...of,
    site_id: sites,
    kind: 'virtual_server',
    hostname: `${marker}-srv`,
    environmental_notes: marker,
  })
  await record(msp, who, stretch, [
    anEvent('session.opened', {
      mode: 'msp',
      client_id: clients,
      project_id: projects,
      ...after(who.stream, stretch - 1),
    }),
    anEvent('prompt', { text: `${marker} prompt` }),
    aFailure(marker),
    anEvent('file', { path: `/etc/${marker}.conf`, change: 'M' }),
    anEvent('compaction', { trigger: 'manual' }),
    anEvent('session.closed', { reason: 'switch' }),
  ])
  const ownStream = randomUUID()
  await record(msp, { ...who, stream: ownStream }, 1, [
    anEvent('session.opened', { mode: 'msp', client_id: clients, trigger: 'command' }),
  ])
  const found = async (table: string) =>
    (
      await sql<{
        id: string
      }>`select id from ${sql.table(table)} where client_id = ${clients} order by created_at, id`.execute(
        msp.server.deps.db,
      )
    ).rows[0]?.id as string
  const sessions = (await api.sessions.list({ claude_session_id: who.stream, stretch })).items[0]?.id as string
  const { id: workItems } = await api.workItems.create({ ...of, session_id: sessions, title: `${marker} work` })
  const { id: tasks } = await api.tasks.create({ ...of, session_id: sessions, work_item_id: workItems, title: marker })
  const { id: problemSolutions } = await api.problemSolutions.create({
    ...of,
    work_item_id: workItems,
    title: marker,
    symptom: marker,
    solution: marker,
  })
  const tagId = who.shared.tags as string
  await api.sessions.tag({ id: sessions, add: [tagId] })
  await api.workItems.tag({ id: workItems, add: [tagId] })
  const recorded = {
    ...who.shared,
    clients,
    clientAliases,
    projects,
    sites,
    infrastructure,
    sessions,
    workItems,
    tasks,
    problemSolutions,
    commandsRun: await found('commands_run'),
    fileChanges: await found('file_changes'),
    conversationContexts: await found('conversation_contexts'),
  }
  const rows = (await completeRows(msp, recorded, marker, OF_CLIENTS)) as Record<EntityName, string>
  for (const name of OF_CLIENTS) await plant(msp, entities[name], clients, marker)
  return { marker, stream: who.stream, ownStream, gitRemote, rows }
}

/** Names are made with the marker in them; the stream is an id; what is computed from other columns stays what it is. */
const NOT_PLANTED = /^(failure_category|claude_session_id|signature|tz|timezone|range_\w+)$|hash|sha256|fingerprint/

/** Writes the marker into every column of the client's rows that holds free text, lists and objects included. */
async function plant(msp: TestServer, entity: AnyEntity & { row: unknown }, clientId: string, marker: string) {
  const shape = (entity.row as z.ZodObject).shape as Record<string, z.ZodType>
  const owner = entity.belongs === 'is-client' ? 'id' : 'client_id'
  for (const [column, schema] of Object.entries(shape)) {
    const value = planted(schema, marker)
    if (value === undefined || column === entity.named || NOT_PLANTED.test(column)) continue
    // What is only ever added to, or held to a rule, keeps what it was made with.
    await sql`update ${sql.table(entity.table)} set ${sql.ref(column)} = ${value} where ${sql.ref(owner)} = ${clientId}`
      .execute(msp.server.deps.db)
      .catch((error: unknown) => {
        if (!['frozen', 'check', 'unique'].includes(msp.server.deps.dialect.refusal(error) ?? '')) throw error
      })
  }
}

function planted(schema: z.ZodType, marker: string): string | undefined {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema
  if (inner instanceof z.ZodRecord) return JSON.stringify({ [marker]: marker })
  if (inner instanceof z.ZodArray) return JSON.stringify([marker])
  // A pattern or a format leaves no room for a marker.
  return inner instanceof z.ZodString && inner.format === null ? marker : undefined
}

/** The ids of every row of a client, whatever the table, and the short forms that a block prints. */
export async function idsOf(msp: TestServer, clientId: string): Promise<string[]> {
  const ids = [clientId]
  for (const name of OF_CLIENTS.filter((entity) => entity !== 'clients')) {
    const { rows } = await sql<{
      id: string
    }>`select id from ${sql.table(entities[name].table)} where client_id = ${clientId}`.execute(msp.server.deps.db)
    ids.push(...rows.map((row) => row.id))
  }
  return [...ids, ...ids.map((id) => id.slice(-8))]
}
