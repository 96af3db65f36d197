import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countAll } from '../../server/search/counting.ts'
import type { DatabaseKind } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** The set of test/recall/data as rows of a server, written by the API as people and machines would. */

interface StoredRecord {
  id: string
  client: string
  kind: 'workItem' | 'decision' | 'solution' | 'insight' | 'snippet' | 'session' | 'task' | 'prompt'
  at: string
  technician: string
  session: string
  title: string
  text: string
  tags: string[]
  host: string | null
  supersedes?: string
}

export interface Asking {
  id: string
  client: string
  category: string
  mode: 'problem' | 'context'
  now: string
  text: string
  relevant: string[]
  not?: string[]
  filters?: { host?: string; tag?: string; technician?: string; since?: string; until?: string; kind?: string }
  split: string
}

const DATA = join(import.meta.dirname, 'data')
const lines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

export const readQuestions = (path = join(DATA, 'questions.jsonl')): Asking[] => lines<Asking>(path)

export interface RecordLibrary extends AsyncDisposable {
  msp: TestServer
  ana: TestUser
  clients: Map<string, string>
  technicians: Map<string, TestUser>
  /** The record that a found row came from. */
  recordOf(id: string): string | undefined
  clientOf: Map<string, string>
}

export async function recordLibrary(database: DatabaseKind): Promise<RecordLibrary> {
  const records = lines<StoredRecord>(join(DATA, 'records.jsonl')).sort((a, b) => (a.at < b.at ? -1 : 1))
  const names = [...new Set(records.map(({ client }) => client))]
  const msp = await testServer({ database, now: records[0]?.at as string })
  const technicians = new Map<string, TestUser>()
  for (const name of ['ana', 'ben', 'carla']) technicians.set(name, await msp.technician({ name, clients: names }))
  const clients = new Map<string, string>()
  for (const name of names) clients.set(name, await msp.client(name))
  const tags = new Map<string, string>()
  for (const slug of new Set(records.flatMap((record) => record.tags)))
    tags.set(slug, (await msp.admin.api.tags.create({ slug, name: slug })).id)
  const rowOf = new Map<string, string>()
  const recordOfRow = new Map<string, string>()
  const shelf = { msp, technicians, clients, tags, rowOf, recordOfRow, hosts: new Map<string, string>() }
  const sessions = new Map<string, string>()
  const items = new Map<string, string>()
  for (const record of records) {
    msp.clock.set(record.at)
    const key = `${record.client} ${record.session}`
    const session = sessions.get(key) ?? (await openSession(shelf, record))
    sessions.set(key, session)
    const made = await store(shelf, record, session, items.get(key))
    if (record.kind === 'workItem') items.set(key, made)
    rowOf.set(`${tableFor(record.kind)} ${record.id}`, made)
    recordOfRow.set(made, record.id)
  }
  msp.clock.set('2026-06-30T12:00:00.000Z')
  await countAll(msp.server.deps)
  return {
    ...{ msp, clients, technicians, ana: technicians.get('ana') as TestUser },
    recordOf: (id) => recordOfRow.get(id),
    clientOf: new Map(records.map(({ id, client }) => [id, client])),
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

/** Insights and snippets of the set are both kept as snippets. */
const tableFor = (kind: StoredRecord['kind']) => (kind === 'insight' ? 'snippet' : kind)

interface Shelf {
  msp: TestServer
  technicians: Map<string, TestUser>
  clients: Map<string, string>
  tags: Map<string, string>
  /** By what it is and its id in the set. */
  rowOf: Map<string, string>
  recordOfRow: Map<string, string>
  hosts: Map<string, string>
}

async function openSession(
  { msp, technicians, clients }: Shelf,
  { client, technician }: StoredRecord,
): Promise<string> {
  const who = technicians.get(technician) as TestUser
  const stream = randomUUID()
  const opened = { mode: 'msp', trigger: 'command', client_id: clients.get(client) as string } as const
  await msp.ingest(who, await msp.machine(who, `${technician}-lt`), [
    anEvent('session.opened', opened, { stream, at: msp.clock.now().toISOString() }),
  ])
  const { items } = await who.api.sessions.list({ claude_session_id: stream })
  return items[0]?.id as string
}

async function store(
  shelf: Shelf,
  record: StoredRecord,
  session_id: string,
  item: string | undefined,
): Promise<string> {
  const { technicians, clients, tags, rowOf, recordOfRow } = shelf
  const { api } = technicians.get(record.technician) as TestUser
  const client_id = clients.get(record.client) as string
  const infrastructure_id = record.host === null ? null : await hostOf(shelf, client_id, record.host)
  const { title, text } = record
  const add = record.tags.map((slug) => tags.get(slug) as string)
  // The contract links what is of one kind: a fact that a solution made untrue stays as it is.
  const older = record.supersedes === undefined ? undefined : rowOf.get(`${tableFor(record.kind)} ${record.supersedes}`)
  if (record.kind === 'workItem') {
    const { id } = await api.workItems.create({ session_id, client_id, title: title.slice(0, 120), description: text })
    if (add.length > 0) await api.workItems.tag({ id, add })
    return id
  }
  if (record.kind === 'solution') {
    let work_item_id = item
    if (work_item_id === undefined) {
      work_item_id = (await api.workItems.create({ session_id, client_id, title: title.slice(0, 120) })).id
      recordOfRow.set(work_item_id, record.id)
      if (add.length > 0) await api.workItems.tag({ id: work_item_id, add })
    }
    const { id } = await api.problemSolutions.create({ client_id, work_item_id, title, symptom: title, solution: text })
    if (older !== undefined) await api.problemSolutions.supersede({ id: older, superseded_by_id: id })
    return id
  }
  if (record.kind === 'decision') {
    if (older !== undefined) {
      return (await api.decisions.supersede({ id: older, title, decision: text })).id
    }
    const { id } = await api.decisions.create({ client_id, title, decision: text })
    await api.decisions.accept({ id })
    return id
  }
  if (record.kind === 'task')
    return (await api.tasks.create({ client_id, title, description: text, infrastructure_id })).id
  if (record.kind === 'session' || record.kind === 'prompt') {
    await api.sessions.update({ id: session_id, title, summary: text })
    return session_id
  }
  const { id } = await api.contextSnippets.create({
    client_id,
    infrastructure_id,
    kind: 'fact',
    text: `${title}. ${text}`,
  })
  for (const tag_id of add) await api.contextTags.create({ snippet_id: id, tag_id })
  if (older !== undefined) await api.contextSnippets.supersede({ id: older, superseded_by_id: id })
  return id
}

async function hostOf({ msp, hosts }: Shelf, client_id: string, hostname: string): Promise<string> {
  const key = `${client_id} ${hostname}`
  const known = hosts.get(key)
  if (known !== undefined) return known
  const { id } = await msp.admin.api.infrastructure.create({ client_id, hostname, kind: 'other' })
  hosts.set(key, id)
  return id
}
