import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, json, line, ref, text } from './values.ts'

const OPERATIONS = ['api_call', 'file', 'network', 'database', 'integration', 'tool', 'agent', 'auth'] as const
/** gRPC's canonical codes. */
const CODES = [
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const

/** A failure of something we did that is no shell command: a call of an API, a tool, a step of an agent. */
export const operationFailure = defineEntity('operation failure', {
  plural: 'operationFailures',
  belongs: 'client-or-author',
  fixed: {
    client_id: ref('clients').nullable(),
    session_id: ref('sessions').nullable(),
    work_item_id: ref('workItems').nullable(),
    operation: z.enum(OPERATIONS),
    target: line(500).nullable(),
    code: z.enum(CODES).nullable(),
    http_status: z.int().min(100).max(599).nullable(),
    message: text(),
    context: json.default({}),
    /** 1 for the first try. */
    attempt: z.int().positive().default(1),
    /** Null where nobody knows whether another try could help. */
    retryable: z.boolean().nullable(),
    occurred_at: Instant,
  },
  managed: {
    resolved: z.boolean(),
    resolution: text().nullable(),
    resolved_at: Instant.nullable(),
    pattern_id: ref('failurePatterns').nullable(),
  },
  initial: { resolved: false },
  filter: {
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    operation: z.enum(OPERATIONS),
    code: z.enum(CODES),
    resolved: z.boolean(),
    pattern_id: ref('failurePatterns'),
  },
  sort: ['occurred_at', 'created_at'],
  dated: 'occurred_at',
  searched: ['message', 'target'],
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: {
    client_id: EXAMPLE_ID,
    operation: 'api_call',
    target: 'https://graph.microsoft.com/v1.0/users',
    code: 'PERMISSION_DENIED',
    http_status: 403,
    message: 'Insufficient privileges to complete the operation.',
    retryable: false,
    occurred_at: '2026-01-12T09:00:00.000Z',
  },
})

export const operationFailures = {
  ...operationFailure.offers,
  resolve: action(operationFailure, 'resolve', 'Say how the failure of an operation was resolved', {
    input: { resolution: text().min(1) },
    example: { resolution: 'User.Read.All was granted to the app registration.' },
  }),
}
