import { client, project } from '../../../src/contract/clients.ts'
import type { Mode } from '../../../src/contract/events.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { machine } from '../../../src/contract/people.ts'
import { session } from '../../../src/contract/sessions.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { remoteFingerprint } from '../clients/rules.ts'

type Client = RowOf<typeof client>
type Session = RowOf<typeof session>

export interface Asked {
  claude_session_id?: string | undefined
  client_id?: string | undefined
  project_id?: string | undefined
  machine_id?: string | undefined
  git_remote?: string | undefined
  mode?: Mode | undefined
  ticket?: string | undefined
}

/** Where and for whom a block is wanted. */
export interface Placed {
  machine: RowOf<typeof machine> | null
  /** The newest stretch of the Claude Code session, when the server has heard of it. */
  session: Session | null
  mode: Mode | null
  client: Client | null
  project: RowOf<typeof project> | null
  ticket: string | null
  notices: string[]
}

/** What the caller names counts before what the session says; a session that was ended by its technician says nothing more. */
export async function findPlace(context: Context, asked: Asked): Promise<Placed> {
  const current = asked.claude_session_id ? await newestStretch(context, asked.claude_session_id) : null
  const bound = current && current.end_reason !== 'user' && !isImplicit(current) ? current : null
  const clientId = asked.client_id ?? bound?.client_id
  const projectId = asked.project_id ?? (clientId === bound?.client_id ? bound?.project_id : null)
  const found = projectId ? await rows(context, project).find(projectId) : undefined
  return {
    machine: asked.machine_id ? ((await rows(context, machine).find(asked.machine_id)) ?? null) : null,
    session: current,
    mode: asked.mode ?? bound?.mode ?? null,
    client: clientId ? await rows(context, client).get(clientId) : null,
    project: found && found.client_id === clientId ? found : null,
    ticket: asked.ticket ?? bound?.ticket ?? null,
    notices: bound?.unresolved_client
      ? [
          `Client "${bound.unresolved_client}" could not be found; what is done is recorded without a client. Create it with "msp client add", then "/msp ${bound.unresolved_client}".`,
        ]
      : [],
  }
}

/** Nobody chose a mode: it is only there to keep events. */
const isImplicit = (row: Session) => row.stretch === 0 && row.mode === 'normal'

async function newestStretch(context: Context, claudeSessionId: string): Promise<Session | null> {
  const { items } = await rows(context, session).list({
    claude_session_id: claudeSessionId,
    sort: '-started_at',
    limit: 20,
  })
  return items.reduce<Session | null>((newest, row) => (newest && newest.stretch > row.stretch ? newest : row), null)
}

const SUGGESTION_DAYS = 14

/** The client that the work is most likely for, when nobody has said it: by repository, machine, technician, team. */
export async function suggestClient(
  context: Context,
  asked: Asked,
): Promise<{ client: Client; reason: string } | null> {
  if (asked.git_remote) {
    const byRemote = await context.db
      .selectFrom('projects')
      .select('client_id')
      .where('git_remote_fingerprint', '=', remoteFingerprint(asked.git_remote))
      .where('archived_at', 'is', null)
      .where(visibleRows(project, context.caller, context.clock()))
      .limit(2)
      .execute()
    if (byRemote.length === 1)
      return {
        client: await rows(context, client).get((byRemote[0] as { client_id: string }).client_id),
        reason: 'this repository belongs to one of its projects',
      }
  }
  return (
    (await lastClient(
      context,
      { technicianId: context.caller.userId, machineId: asked.machine_id },
      'your last work on this machine was for it',
    )) ??
    (await lastClient(context, { technicianId: context.caller.userId }, 'your last work was for it')) ??
    (await lastClient(context, {}, 'your team worked for it last'))
  )
}

async function lastClient(
  context: Context,
  who: { technicianId?: string; machineId?: string | undefined },
  reason: string,
): Promise<{ client: Client; reason: string } | null> {
  if ('machineId' in who && who.machineId === undefined) return null
  const since = new Date(context.clock().getTime() - SUGGESTION_DAYS * 86_400_000).toISOString()
  const last = await context.db
    .selectFrom('sessions')
    .select('client_id')
    .where('client_id', 'is not', null)
    .where('mode', '=', 'msp')
    .where('started_at', '>', since)
    .$if(who.technicianId !== undefined, (query) => query.where('technician_id', '=', who.technicianId as string))
    .$if(who.machineId !== undefined, (query) => query.where('machine_id', '=', who.machineId as string))
    .where(visibleRows(session, context.caller, context.clock()))
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const found = last?.client_id ? await rows(context, client).find(last.client_id) : undefined
  return found && found.archived_at === null ? { client: found, reason } : null
}
