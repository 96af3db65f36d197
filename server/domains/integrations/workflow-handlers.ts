import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { integrationWorkflow, integrationWorkflowRun } from '../../../src/contract/workflows.ts'
import type { Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { decide } from './handlers.ts'

type Run = RowOf<typeof integrationWorkflowRun>

export const integrationWorkflows = {
  ...standardHandlers(integrationWorkflow),
  enable: (context, { id }) => decide(context, integrationWorkflow, id, setting({ enabled: true })),
  disable: (context, { id }) => decide(context, integrationWorkflow, id, setting({ enabled: false })),
  run: async (context, { id, trigger, session_id, trigger_id }) => {
    const workflow = await rows(context, integrationWorkflow).get(id)
    const started = `hand:${trigger_id ?? context.newId()}`
    const known = await context.db
      .selectFrom('integration_workflow_runs')
      .select('id')
      .where('workflow_id', '=', workflow.id)
      .where('trigger_id', '=', started)
      .executeTakeFirst()
    if (known) {
      const run = await rows(context, integrationWorkflowRun).find(known.id)
      if (!run) throw new AppError('CONFLICT', 'This trigger_id is in use already. Choose another.')
      return run
    }
    const now = context.clock().toISOString()
    return rows(context, integrationWorkflowRun).insert({
      workflow_id: workflow.id,
      client_id: workflow.client_id,
      session_id: session_id ?? null,
      trigger_id: started,
      status: 'running',
      steps_done: 0,
      results: { trigger, steps: [] },
      started_at: now,
      due_at: now,
    } as Partial<Run>)
  },
} satisfies Handlers['integrationWorkflows']

export const integrationWorkflowRuns = standardHandlers(
  integrationWorkflowRun,
) satisfies Handlers['integrationWorkflowRuns']

const setting =
  ({ enabled }: { enabled: boolean }) =>
  (before: { enabled: boolean }) =>
    before.enabled === enabled ? undefined : { enabled }
