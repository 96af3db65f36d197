import { sql } from 'kysely'
import type { TestServer } from '../../support/server.ts'

interface Logged {
  chain: string
  seq: number
  action: string
  actor_user_id: string | null
  actor_kind: string
  entity_type: string
  entity_id: string | null
  status_code: number
  user_agent: string | null
  method: string
  path_template: string
  client_id: string | null
  body: string | null
}

/** The entries of the log of calls, oldest first. */
export async function logged(msp: TestServer): Promise<Logged[]> {
  await msp.server.deps.audit.flush()
  const { rows } = await sql<Logged>`
    select l.*, b.body as body from api_audit_log l left join audit_bodies b on b.id = l.id order by l.chain, l.seq`.execute(
    msp.server.deps.db,
  )
  return rows
}
