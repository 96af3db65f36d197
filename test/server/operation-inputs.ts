import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { EXAMPLE_STEP_UP } from '../../src/contract/auth.ts'
import { everyOperation } from '../../src/contract/index.ts'
import { type EntityName, withRows } from './sample-rows.ts'
import type { TwoClients } from './two-clients.ts'
import type { Input } from './wires.ts'

/**
 * For every operation an input that is right for Ben, who works for Contoso: its example with the ids of Contoso's rows. The sweep puts
 * other ids and fields into it. What an example cannot say stands here.
 */
export function operationInputs(world: TwoClients): Record<string, Input> {
  const { rows, stream } = world.contoso
  const inputs = Object.fromEntries(
    everyOperation().map(([domain, name, { input, example }]): [string, Input] => {
      const { shape } = input as unknown as z.ZodObject
      const id = rows[domain as EntityName]
      const own = 'id' in shape && id !== undefined ? { id } : {}
      const client = 'client' in example ? { client: 'Contoso' } : {}
      // Of whichever version the row is by now.
      const { row_version: _, ...shown } = example
      return [`${domain}.${name}`, { ...withRows(shape as Record<string, z.ZodType>, shown, rows), ...own, ...client }]
    }),
  )
  return { ...inputs, ...notFromExamples(world, stream) }
}

function notFromExamples({ ben, machineId, approvalId, contoso }: TwoClients, stream: string): Record<string, Input> {
  const events = [{ epoch: 'sweep', seq: 0, event: {} }]
  return {
    'auth.login': { email: ben.email, password: 'correct horse battery staple' },
    'auth.refresh': { refresh_token: 'rt_'.padEnd(46, 'x'), rotation_id: randomUUID() },
    'users.create': { email: 'new@example.com', name: 'New', role: 'viewer', password: 'correct horse battery staple' },
    'projects.adopt': { name: 'Adopted', client_id: contoso.rows.clients },
    'sessions.create': {
      client_id: contoso.rows.clients,
      machine_id: machineId,
      mode: 'msp',
      claude_session_id: randomUUID(),
    },
    'approvals.get': { id: approvalId },
    'approvals.approve': { id: approvalId, step_up: EXAMPLE_STEP_UP },
    'approvals.refuse': { id: approvalId },
    'context.get': { client_id: contoso.rows.clients, claude_session_id: stream },
    'ingest.events': { machine_id: machineId, sent_at: '2026-01-12T09:00:00.000Z', events },
  }
}
