import type { Kysely } from 'kysely'
import { z } from 'zod'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { integrationWorkflow, integrationWorkflowRun } from '../../../src/contract/workflows.ts'
import { cleanLine } from '../../connectors/text.ts'
import type { Caller, Context, Deps } from '../../context.ts'
import { noChanges } from '../../crud/changes.ts'
import { fromStored } from '../../crud/stored.ts'
import type { Tables } from '../../db/tables.ts'
import { inTransaction } from '../../db/transaction.ts'
import { render, TemplateError } from './templates.ts'
import { takeStep } from './workflow-steps.ts'

/**
 * Goes on with runs of workflows. A step and the note that it is done are one transaction, which begins by taking the run from where it stands:
 * of two servers one goes on, and a killed one has done the step or has not. A step acts for whoever started the run by hand, else for who
 * changed the workflow last, as a lead at most, and for the client of its trigger only.
 */

type Run = RowOf<typeof integrationWorkflowRun>
type Workflow = RowOf<typeof integrationWorkflow>

interface Results {
  trigger: Record<string, unknown>
  steps: Record<string, unknown>[]
  /** The action in another system that the last step waits for. */
  waits_for?: string
}

const EVERY_MS = 2_000
const BATCH = 20
const LOOK_AGAIN_MS = 5_000
const TRY_AGAIN_MS = 60_000
const GIVE_UP_MS = 7 * 24 * 3_600_000

/** Goes on with what can go on. @returns how many steps were taken, or ended */
export async function runDue(deps: Deps, signal?: AbortSignal): Promise<number> {
  let all = 0
  while (!signal?.aborted) {
    const due = await deps.db
      .selectFrom('integration_workflow_runs')
      .select('id')
      .where('status', 'in', ['running', 'waiting'])
      .where('due_at', '<=', deps.clock().toISOString())
      .orderBy('due_at')
      .limit(BATCH)
      .execute()
    let moved = 0
    for (const { id } of due) {
      while (!signal?.aborted && (await goOn(deps, id))) moved++
    }
    all += moved
    if (moved === 0) break
  }
  return all
}

/** @returns what ends it; it waits for the step that is under way */
export function runNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= runDue(deps, ended.signal)
      .catch((error: unknown) => deps.log.warn({ error }, 'workflows wait; they go on later'))
      .finally(() => {
        running = undefined
      })
  }, EVERY_MS)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}

/** @returns whether it came further */
async function goOn(deps: Deps, id: string): Promise<boolean> {
  try {
    const moved = await inTransaction(deps, (db) => oneStep(deps, db, id))
    await deps.settled()
    return moved
  } catch (error) {
    const why = reasonOf(error)
    if (why === undefined) deps.log.error({ error, runId: id }, 'a step of a workflow could not be taken')
    await inTransaction(deps, (db) => afterFailure(deps, db, id, why))
    return false
  }
}

/** What a person can mend; undefined for what is worth another try. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof z.ZodError) {
    const [first] = error.issues
    return `Its input does not fit: ${first?.path.join('.')} ${first?.message}`
  }
  if (error instanceof TemplateError) return error.message
  return error instanceof AppError && error.status < 500 && error.code !== 'RATE_LIMITED' ? error.message : undefined
}

async function oneStep(deps: Deps, db: Kysely<Tables>, id: string): Promise<boolean> {
  const run = await held(db, id, deps.clock())
  if (!run) return false
  const results = run.results as unknown as Results
  if (results.waits_for !== undefined) {
    const done = await afterAction(db, results)
    if (done === 'waits') {
      const due_at = new Date(deps.clock().getTime() + LOOK_AGAIN_MS).toISOString()
      await change(deps, db, id, { status: 'waiting', due_at })
      return false
    }
    await change(deps, db, id, { status: 'running', results: JSON.stringify(done) })
    return true
  }
  const workflow = await workflowOf(db, run.workflow_id)
  if (!workflow) {
    await end(deps, db, id, 'cancelled', 'The workflow was archived.')
    return false
  }
  const step = workflow.steps[run.steps_done]
  if (!step) {
    await end(deps, db, id, 'done', null)
    return false
  }
  const context = await contextFor(deps, db, run, workflow)
  const input = render(step.input, { trigger: results.trigger, steps: results.steps })
  const of = { id, clientId: run.client_id, workflow, step: run.steps_done }
  const { gives, waitsFor } = await takeStep(context, of, step.action, input)
  noteStep(context, run, step.action)
  const next = { ...results, steps: [...results.steps, gives], ...(waitsFor ? { waits_for: waitsFor } : {}) }
  await change(deps, db, id, {
    status: waitsFor ? 'waiting' : 'running',
    steps_done: run.steps_done + 1,
    results: JSON.stringify(next),
  })
  return true
}

/** The run, which nobody else goes on with until the transaction ends; undefined when its turn is over. */
async function held(db: Kysely<Tables>, id: string, now: Date): Promise<Run | undefined> {
  const { numUpdatedRows } = await db
    .updateTable('integration_workflow_runs')
    .set((eb) => ({ steps_done: eb.ref('steps_done') }))
    .where('id', '=', id)
    .where('status', 'in', ['running', 'waiting'])
    .where('due_at', '<=', now.toISOString())
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1) return undefined
  const row = await db.selectFrom('integration_workflow_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && (fromStored(integrationWorkflowRun, row as Record<string, unknown>) as Run)
}

/** What is known of the action that is waited for. @throws AppError CONFLICT when it was given up */
async function afterAction(db: Kysely<Tables>, results: Results): Promise<'waits' | Results> {
  const { waits_for, ...rest } = results
  const action = await db
    .selectFrom('integration_actions')
    .select(['status', 'external_id', 'external_url', 'error'])
    .where('id', '=', waits_for as string)
    .executeTakeFirst()
  if (action?.status === 'queued') return 'waits'
  if (action?.status !== 'done')
    throw new AppError(
      'CONFLICT',
      `What it asked of another system was not done: ${action?.error ?? 'it was cancelled'}`,
    )
  const { external_id, external_url } = action
  return { ...rest, steps: [...rest.steps.slice(0, -1), { ...rest.steps.at(-1), external_id, external_url }] }
}

async function workflowOf(db: Kysely<Tables>, id: string): Promise<Workflow | undefined> {
  const row = await db
    .selectFrom('integration_workflows')
    .selectAll()
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row && (fromStored(integrationWorkflow, row as Record<string, unknown>) as Workflow)
}

/** @throws AppError FORBIDDEN when the one it would act for may not sign in any more */
async function contextFor(deps: Deps, db: Kysely<Tables>, run: Run, workflow: Workflow): Promise<Context> {
  const userId = run.created_by ?? workflow.updated_by ?? workflow.created_by
  const user = await db
    .selectFrom('users')
    .select(['id', 'email', 'name', 'role', 'all_clients', 'some_denied'])
    .where('id', '=', userId ?? '')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (!user) throw new AppError('FORBIDDEN', 'The user for whom it would act is not there any more.')
  const isAdmin = user.role === 'admin'
  const caller: Caller = {
    userId: user.id,
    loginId: '',
    email: user.email,
    name: user.name,
    role: isAdmin ? 'lead' : user.role,
    scopes: ['msp:read', 'msp:write'],
    allClients: isAdmin || Boolean(user.all_clients),
    someDenied: !isAdmin && Boolean(user.some_denied),
    loginExpiresAt: '',
    ...(run.client_id === null ? {} : { onlyClient: run.client_id }),
  }
  return {
    ...deps,
    db,
    caller,
    origin: { ip: null, userAgent: null },
    requestId: run.id,
    changes: noChanges(),
    redactors: new Map(),
    fromWorkflow: true,
  }
}

const noteStep = (context: Context, run: Run, action: string) =>
  context.audit.note(context, {
    action: 'execute',
    method: 'WORKFLOW',
    path_template: action,
    entity_type: 'integrationWorkflowRuns',
    entity_id: run.id,
    client_id: run.client_id,
  })

async function afterFailure(deps: Deps, db: Kysely<Tables>, id: string, why: string | undefined): Promise<void> {
  const run = await held(db, id, deps.clock())
  if (!run) return
  const isOver = deps.clock().getTime() - Date.parse(run.started_at) > GIVE_UP_MS
  if (why === undefined && !isOver) {
    await change(deps, db, id, { due_at: new Date(deps.clock().getTime() + TRY_AGAIN_MS).toISOString() })
    return
  }
  const told = why ?? 'The server could not do it. Its log says why.'
  await end(deps, db, id, 'failed', cleanLine(`Step ${run.steps_done + 1}: ${told}`, 2_000))
}

const end = (
  deps: Deps,
  db: Kysely<Tables>,
  id: string,
  status: 'done' | 'failed' | 'cancelled',
  error: string | null,
) => change(deps, db, id, { status, error, ended_at: deps.clock().toISOString(), due_at: null })

const change = (
  { clock }: Deps,
  db: Kysely<Tables>,
  id: string,
  values: Partial<{
    status: Run['status']
    steps_done: number
    results: string
    error: string | null
    ended_at: string
    due_at: string | null
  }>,
) =>
  db
    .updateTable('integration_workflow_runs')
    .set((eb) => ({ ...values, updated_at: clock().toISOString(), row_version: eb('row_version', '+', 1) }) as never)
    .where('id', '=', id)
    .execute()
