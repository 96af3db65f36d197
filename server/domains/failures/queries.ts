import { sql } from 'kysely'
import { failurePattern } from '../../../src/contract/failures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { commandRun } from '../../../src/contract/work.ts'
import { isFailureOfKnowledge } from '../../../src/guard/failures.ts'
import type { Context } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** Where a command is about to run; nulls where nobody said. */
export interface Place {
  clientId: string | null
  infrastructureId: string | null
}

const MOST = { patterns: 20, runs: 10 }
/** So many are read for those that are shown: some failures are only answers, like a search without a hit. */
const READ_FOR_RUNS = 50

/** @throws AppError NOT_FOUND. */
export async function findPlace(
  context: Context,
  asked: { infrastructure_id?: string | undefined; client_id?: string | undefined; client?: string | undefined },
): Promise<Place> {
  if (asked.infrastructure_id !== undefined) {
    const { id, client_id } = await rows(context, infrastructure).get(asked.infrastructure_id)
    return { clientId: client_id, infrastructureId: id }
  }
  const named = asked.client === undefined ? null : (await findClient(context, asked.client)).id
  return { clientId: asked.client_id ?? named, infrastructureId: null }
}

/** Active patterns of that place and general ones, the narrowest first; without a place all that the caller may see. */
export async function readPatterns(
  context: Context,
  { signature, fingerprint, keys }: { signature: string | null; fingerprint: string | null; keys: readonly string[] },
  { clientId, infrastructureId }: Place,
): Promise<RowOf<typeof failurePattern>[]> {
  const signatures = [signature, fingerprint].filter((one) => one !== null)
  const found = await context.db
    .selectFrom('failure_patterns')
    .selectAll()
    .where('status', '=', 'active')
    .where('archived_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('signature', 'in', signatures),
        eb('command_fingerprint', '=', fingerprint),
        ...(keys.length === 0 ? [] : [eb('match_key', 'in', [...new Set(keys)])]),
      ]),
    )
    .$if(clientId !== null, (query) =>
      query.where((eb) => eb.or([eb('client_id', 'is', null), eb('client_id', '=', clientId)])),
    )
    .$if(infrastructureId !== null, (query) =>
      query.where((eb) => eb.or([eb('infrastructure_id', 'is', null), eb('infrastructure_id', '=', infrastructureId)])),
    )
    .where(visibleRows(failurePattern, context.caller, context.clock()))
    .orderBy(
      sql`case when infrastructure_id is not null or service_id is not null then 0 when client_id is not null then 1 else 2 end`,
    )
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .limit(MOST.patterns)
    .execute()
  return found.map((row) => fromStored(failurePattern, row) as RowOf<typeof failurePattern>)
}

/** Failed runs of commands of one shape, newest first, each with the command that worked in the end. */
export async function readFailedRuns(
  context: Context,
  fingerprint: string,
  { clientId, infrastructureId }: Place,
  whose: 'here' | 'elsewhere',
) {
  const { caller } = context
  const now = context.clock()
  const found = await context.db
    .selectFrom('commands_run')
    .leftJoin('clients', 'clients.id', 'commands_run.client_id')
    .leftJoin('infrastructure', 'infrastructure.id', 'commands_run.infrastructure_id')
    .leftJoin('commands_run as answer', (join) =>
      join
        .onRef('answer.id', '=', 'commands_run.resolved_by_id')
        .on(visibleRows(commandRun, caller, now, 'read', 'answer')),
    )
    .selectAll('commands_run')
    .select(['clients.name as client_name', 'infrastructure.hostname'])
    .select(['answer.command as answer_command', 'answer.started_at as answer_at'])
    .where('commands_run.command_fingerprint', '=', fingerprint)
    .where('commands_run.success', '=', 0)
    .$if(whose === 'here', (query) => query.where('commands_run.client_id', '=', clientId))
    .$if(whose === 'elsewhere' && clientId !== null, (query) =>
      query.where((eb) =>
        eb.or([eb('commands_run.client_id', 'is', null), eb('commands_run.client_id', '!=', clientId)]),
      ),
    )
    .where(visibleRows(commandRun, caller, now))
    .$if(whose === 'here' && infrastructureId !== null, (query) =>
      query.orderBy(sql`case when commands_run.infrastructure_id = ${infrastructureId} then 0 else 1 end`),
    )
    .orderBy('commands_run.started_at', 'desc')
    .orderBy('commands_run.id', 'desc')
    .limit(READ_FOR_RUNS)
    .execute()
  return found
    .filter((row) => isFailureOfKnowledge(fromStored(commandRun, row) as RowOf<typeof commandRun>))
    .slice(0, MOST.runs)
    .map((row) => ({
      id: row.id,
      session_id: row.session_id,
      client_id: row.client_id,
      client_name: row.client_name,
      infrastructure_id: row.infrastructure_id,
      hostname: row.hostname,
      command: row.command,
      started_at: row.started_at,
      failure_category: row.failure_category,
      error_message: row.error_message,
      resolved_by:
        row.resolved_by_id === null || row.answer_command === null || row.answer_at === null
          ? null
          : { id: row.resolved_by_id, command: row.answer_command, started_at: row.answer_at },
    }))
}
