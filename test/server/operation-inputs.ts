import { randomUUID } from 'node:crypto'
import type { TwoClients } from './two-clients.ts'
import type { Input } from './wires.ts'

/**
 * For every operation an input that is right for Ben, who works for Contoso. The sweep puts other ids and fields into it.
 * A new operation needs its line here, or the sweep fails and names it.
 */
export function operationInputs({ ben, machineId, tagId, contoso }: TwoClients): Record<string, Record<string, Input>> {
  const { rows, stream } = contoso
  const of = { client_id: rows.clients }
  const password = 'correct horse battery staple'
  return {
    auth: {
      login: { email: ben.email, password },
      refresh: { refresh_token: 'rt_'.padEnd(46, 'x'), rotation_id: randomUUID() },
      logout: {},
      me: {},
    },
    users: {
      ...standard(ben.id),
      create: { email: 'new@example.com', name: 'New', role: 'viewer', password },
      setPassword: { id: ben.id, password },
      access: { id: ben.id },
      grant: { id: ben.id, ...of, level: 'read' },
      revoke: { id: ben.id, ...of },
    },
    machines: {
      ...standard(machineId),
      register: { hostname: 'BEN-LT1', machine_fingerprint: 'b'.repeat(64), os_type: 'linux' },
    },
    clients: { ...standard(rows.clients), create: { name: 'Fabrikam' }, resolve: { text: 'contoso' } },
    clientAliases: { ...standard(rows.clientAliases), create: { ...of, alias: 'Con' } },
    projects: {
      ...standard(rows.projects),
      create: { ...of, name: 'Another project' },
      resolve: { text: 'zq7', ...of },
      adopt: { name: 'Adopted', ...of },
    },
    sites: { ...standard(rows.sites), create: { ...of, name: 'Another site' } },
    infrastructure: {
      ...standard(rows.infrastructure),
      create: { ...of, kind: 'laptop', hostname: 'LT-9' },
    },
    sessions: {
      ...standard(rows.sessions),
      create: { ...of, machine_id: machineId, mode: 'msp', claude_session_id: randomUUID() },
      end: { id: rows.sessions },
      report: { id: rows.sessions },
      tag: { id: rows.sessions, add: [tagId] },
    },
    workItems: {
      ...standard(rows.workItems),
      create: { ...of, session_id: rows.sessions, title: 'Another item' },
      tag: { id: rows.workItems, add: [tagId] },
    },
    commandsRun: standard(rows.commandsRun),
    fileChanges: standard(rows.fileChanges),
    tasks: {
      ...standard(rows.tasks),
      create: { ...of, title: 'Another task' },
      complete: { id: rows.tasks },
      setStatus: { id: rows.tasks, status: 'blocked' },
    },
    tags: { ...standard(tagId), create: { slug: 'cabling', name: 'Cabling' } },
    conversationContexts: {
      ...standard(rows.conversationContexts),
      create: { ...of, kind: 'handoff', title: 'Handoff', dense_summary: 'All is well.' },
    },
    problemSolutions: {
      ...standard(rows.problemSolutions),
      create: { ...of, title: 'Problem', symptom: 'It stops', solution: 'Start it' },
    },
    failurePatterns: standard(rows.failurePatterns),
    context: { get: { ...of, claude_session_id: stream } },
    ingest: {
      events: {
        machine_id: machineId,
        sent_at: '2026-01-12T09:00:00.000Z',
        events: [{ epoch: 'sweep', seq: 0, event: {} }],
      },
    },
  }
}

/** The standard operations take the same; an entity that lacks one has no use for its line. */
const standard = (id: string): Record<string, Input> => ({
  list: { limit: 200, archived: true, total: true },
  get: { id },
  update: { id },
  archive: { id },
  restore: { id },
})
