import { z } from 'zod'
import { defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref, text } from './values.ts'

const SCOPE = ['global', 'os', 'client', 'infrastructure', 'service'] as const
const STATUS = ['candidate', 'active', 'suppressed', 'obsolete'] as const

/** What is known to fail where. Learned by the server; people read it here. */
export const failurePattern = defineEntity('failure pattern', {
  plural: 'failurePatterns',
  belongs: 'client-or-everyone',
  fixed: {},
  editable: {},
  managed: {
    scope: z.enum(SCOPE),
    client_id: ref('clients').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    signature: line(64),
    title: line(200),
    category: z.enum([
      'compatibility',
      'syntax',
      'permission',
      'missing_dependency',
      'network',
      'auth',
      'environment',
      'resource',
      'timing',
      'logic',
    ]),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    occurrences: z.int().nonnegative(),
    distinct_sessions: z.int().nonnegative(),
    first_seen_at: Instant,
    last_seen_at: Instant,
    example_command_id: ref('commandsRun').nullable(),
    root_cause: text().nullable(),
    recommended_alternative: text().nullable(),
    /** 0 to 100. */
    confidence_percent: z.int().min(0).max(100),
    status: z.enum(STATUS),
    obsolete_reason: text(2_000).nullable(),
    verified_by: ref('users').nullable(),
  },
  filter: {
    scope: z.enum(SCOPE),
    infrastructure_id: ref('infrastructure'),
    status: z.enum(STATUS),
    signature: line(64),
  },
  sort: ['last_seen_at', 'created_at', 'occurrences'],
  dated: 'last_seen_at',
  searched: ['title', 'root_cause', 'recommended_alternative'],
  operations: ['list', 'get'],
  example: {
    scope: 'infrastructure',
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    signature: 'Get-LocalUser NotInstalled',
    title: 'Get-LocalUser does not exist on PowerShell 2.0',
    category: 'compatibility',
    severity: 'medium',
    occurrences: 3,
    distinct_sessions: 2,
    first_seen_at: '2026-01-05T09:00:00.000Z',
    last_seen_at: '2026-01-12T09:00:00.000Z',
    example_command_id: EXAMPLE_ID,
    recommended_alternative: 'Get-WmiObject Win32_UserAccount',
    confidence_percent: 90,
    status: 'active',
  },
})
