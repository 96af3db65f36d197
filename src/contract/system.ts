import { z } from 'zod'
import { Checkpoint } from './audit.ts'
import { acting, CHAINED_EXAMPLE, chained } from './credentials.ts'
import { EventOutcome, MAX_BATCH_EVENTS, SpooledEvent } from './events.ts'
import { defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, Instant, json, line, ref, text } from './values.ts'

export const ingest = {
  events: mutation({
    input: z.strictObject({
      machine_id: ref('machines'),
      /** The machine's clock when it sent the batch: the server corrects the events' times by the difference. */
      sent_at: Instant,
      events: z.array(SpooledEvent).min(1).max(MAX_BATCH_EVENTS),
    }),
    output: z.object({
      outcomes: z.array(EventOutcome),
      /** The newest signed state of the audit: who keeps it can tell when the server goes back behind it. */
      checkpoint: Checkpoint.optional(),
    }),
    rest: { method: 'POST', path: '/ingest/events' },
    summary: 'Take a batch of spooled events; each is accepted, a duplicate, in conflict or refused by name',
    example: {
      machine_id: EXAMPLE_ID,
      sent_at: '2026-01-12T09:03:12.000Z',
      events: [
        {
          epoch: 'cmd:toolu_01',
          seq: 0,
          event: {
            id: 'cmd:toolu_01',
            stream: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01',
            stretch: 1,
            at: '2026-01-12T09:03:11.000Z',
            source: 'hook',
            kind: 'command',
            data: { tool: 'bash', command: 'hostname', exit_code: 0, success: true },
          },
        },
      ],
    },
    errors: ['NOT_FOUND'],
  }),
}

const API_ACTIONS = ['login', 'failed_login', 'add', 'modify', 'delete', 'view', 'execute'] as const

/** Every call that came in or went out. Only ever appended to. */
export const apiAuditLog = defineEntity('API audit entry', {
  plural: 'apiAuditLog',
  belongs: 'client-or-author',
  managed: {
    ...chained,
    client_id: ref('clients').nullable(),
    direction: z.enum(['in', 'out']),
    action: z.enum(API_ACTIONS),
    ...acting,
    integration_id: ref('externalIntegrations').nullable(),
    method: line(10),
    /** Without ids and query. */
    path_template: line(200),
    entity_type: line(50).nullable(),
    entity_id: z.uuid().nullable(),
    status_code: z.int().nullable(),
    error_code: line(50).nullable(),
    rate_limited: z.boolean(),
    duration_ms: z.int().nonnegative().nullable(),
    request_bytes: z.int().nonnegative().nullable(),
    response_bytes: z.int().nonnegative().nullable(),
    /** SHA-256 of what it changed, from and to, which is kept apart so that it can be erased. */
    body_hash: z.string().nullable(),
    occurred_at: Instant,
  },
  filter: {
    direction: z.enum(['in', 'out']),
    action: z.enum(API_ACTIONS),
    actor_user_id: ref('users'),
    entity_type: line(50),
    entity_id: z.uuid(),
    integration_id: ref('externalIntegrations'),
    status_code: z.int(),
    chain: line(80),
  },
  sort: ['occurred_at', 'seq'],
  dated: 'occurred_at',
  searched: ['chain', 'path_template'],
  operations: ['list', 'get'],
  readers: 'admin',
  example: {
    ...CHAINED_EXAMPLE,
    client_id: EXAMPLE_ID,
    direction: 'in',
    action: 'modify',
    actor_kind: 'human',
    method: 'PATCH',
    path_template: '/api/v1/infrastructure/:id',
    rate_limited: false,
    occurred_at: '2026-01-12T09:00:00.000Z',
  },
})

/** A setting of the whole MSP that people may change while the server runs. */
export const setting = defineEntity('setting', {
  plural: 'settings',
  belongs: 'everyone',
  fixed: {
    name: z
      .string()
      .max(100)
      .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, 'must be words in lower case, like billing.defaults'),
  },
  editable: { value: json, description: text(2_000).nullable() },
  filter: { name: z.string().max(100) },
  sort: ['created_at', 'name'],
  searched: ['name', 'description'],
  readers: 'technician',
  writers: 'admin',
  example: { name: 'sessions.idle', value: { minutes: 30 } },
})

const RUN_STATUS = ['running', 'success', 'failed'] as const

/** One run of a job of the server. */
export const jobRun = defineEntity('job run', {
  plural: 'jobRuns',
  belongs: 'everyone',
  managed: {
    job: line(100),
    status: z.enum(RUN_STATUS),
    started_at: Instant,
    finished_at: Instant.nullable(),
    /** Which server ran it. */
    server: line(200).nullable(),
    result: json,
    error: text().nullable(),
  },
  filter: { job: line(100), status: z.enum(RUN_STATUS) },
  sort: ['started_at', 'created_at'],
  dated: 'started_at',
  operations: ['list', 'get'],
  readers: 'lead',
  example: { job: 'backup', status: 'success', started_at: '2026-01-12T02:00:00.000Z', result: { files: 1 } },
})

const BACKUP_STATUS = ['running', 'success', 'failed', 'verified', 'expired'] as const

/** A backup of this server's own data. Those of clients are elsewhere. */
export const backupLog = defineEntity('backup', {
  plural: 'backupLog',
  belongs: 'everyone',
  managed: {
    kind: z.enum(['full', 'incremental', 'schema', 'keys']),
    trigger: z.enum(['scheduled', 'manual', 'migration']),
    status: z.enum(BACKUP_STATUS),
    started_at: Instant,
    finished_at: Instant.nullable(),
    size_bytes: z.int().nonnegative().nullable(),
    sha256: z.string().nullable(),
    location: text(2_000).nullable(),
    encrypted: z.boolean(),
    key_id: line(100).nullable(),
    tool_version: line(50).nullable(),
    schema_version: line(100).nullable(),
    /** Table → rows. */
    rows: json,
    verified_at: Instant.nullable(),
    restore_test_at: Instant.nullable(),
    restore_test_result: z.enum(['passed', 'failed']).nullable(),
    error: text().nullable(),
    retention_until: Instant.nullable(),
  },
  filter: { kind: z.enum(['full', 'incremental', 'schema', 'keys']), status: z.enum(BACKUP_STATUS) },
  sort: ['started_at', 'created_at'],
  dated: 'started_at',
  operations: ['list', 'get'],
  readers: 'admin',
  example: {
    kind: 'full',
    trigger: 'scheduled',
    status: 'verified',
    started_at: '2026-01-12T02:00:00.000Z',
    encrypted: true,
    rows: { clients: 12 },
  },
})
