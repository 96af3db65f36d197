import { z } from 'zod'
import { action, defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, Id, Instant, line, ref, text } from './values.ts'

/**
 * How far a failure reaches. `program`: whatever it is used for, as when it is not installed. `option`: wherever that flag is given. `syntax`: wherever
 * it is written, in that shell. `shape`: whatever it is done to. `exact`: only this again.
 */
export const GRAINS = ['program', 'option', 'syntax', 'shape', 'exact'] as const
export type Grain = (typeof GRAINS)[number]

const SCOPE = ['global', 'os', 'client', 'infrastructure', 'service'] as const
const STATUS = ['candidate', 'active', 'suppressed', 'obsolete'] as const

/** What is known to fail where. Learned by the server; people correct its words and decide whether it counts. */
export const failurePattern = defineEntity('failure pattern', {
  plural: 'failurePatterns',
  belongs: 'client-or-machine',
  editable: {
    title: line(200),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    root_cause: text().nullable(),
    recommended_alternative: text().nullable(),
  },
  managed: {
    scope: z.enum(SCOPE),
    client_id: ref('clients').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    /** What the failure looks like: one pattern for each in its scope. */
    signature: line(64),
    /** Of the commands that fail so; null where no command does. */
    command_fingerprint: z.string().nullable(),
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
    occurrences: z.int().nonnegative(),
    distinct_sessions: z.int().nonnegative(),
    first_seen_at: Instant,
    last_seen_at: Instant,
    example_command_id: ref('commandsRun').nullable(),
    /** 0 to 100. */
    confidence_percent: z.int().min(0).max(100),
    status: z.enum(STATUS),
    suppress_reason: text(2_000).nullable(),
    obsolete_reason: text(2_000).nullable(),
    /** Who confirmed it, and when; null while only the server says so. */
    verified_by: ref('users').nullable(),
    verified_at: Instant.nullable(),
    /** How far the failure reaches and what would fail again; null for patterns that no command matches. */
    grain: z.enum(GRAINS).nullable(),
    match_key: line(300).nullable(),
    /** Only from this technician's machine; null for any. */
    machine_id: ref('machines').nullable(),
    /** Only against this host, as it was typed, where it is no known asset. */
    host: line(255).nullable(),
    /** Only on this system, like `windows server 2008 r2`. */
    system: line(100).nullable(),
    /** On so many machines it was seen. */
    places: z.int().nonnegative().nullable(),
    failure_category: line(30).nullable(),
    /** Hash of what was printed without numbers, ids, paths and dates. */
    error_signature: z.string().nullable(),
    error_text: line(500).nullable(),
    /** In which Claude Code session it failed last: eight digits that tell it from others and do not name it. */
    failed_in: line(8).nullable(),
    /** How likely the alternative does the same: 0 to 100; null for one that a person wrote. */
    alternative_score: z.int().min(0).max(100).nullable(),
    alternative_command_id: ref('commandsRun').nullable(),
    /** The pattern that counts in its place. */
    merged_into_id: ref('failurePatterns').nullable(),
  },
  filter: {
    scope: z.enum(SCOPE),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    status: z.enum(STATUS),
    signature: line(64),
  },
  sort: ['last_seen_at', 'created_at', 'occurrences'],
  dated: 'last_seen_at',
  searched: ['title', 'root_cause', 'recommended_alternative'],
  operations: ['list', 'get', 'update'],
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

/** A pattern as the guard of commands keeps it; the fields as `GuardedPattern` in `src/guard/decide.ts` has them. */
const GuardedPattern = z.object({
  id: Id,
  grain: z.enum(GRAINS),
  key: z.string(),
  infrastructure_id: Id.nullable(),
  host: z.string().nullable(),
  machine_id: Id.nullable(),
  system: z.string().nullable(),
  percent: z.int().min(0).max(100),
  places: z.int().nonnegative(),
  is_verified: z.boolean(),
  at: Instant,
  title: z.string(),
  alternative: z.string().nullable(),
  failed_in: z.string().nullable(),
})

const GuardedAsset = z.object({
  id: Id,
  /** Host name, full name and address, lower case. */
  names: z.array(z.string()),
  system: z.string().nullable(),
  facts: z.record(z.string(), z.string()),
  vpn: z.string().nullable(),
})

const REASON = { reason: text(2_000).min(1) }

const FailedBefore = z.object({
  id: Id,
  session_id: ref('sessions'),
  client_id: ref('clients').nullable(),
  client_name: z.string().nullable(),
  infrastructure_id: ref('infrastructure').nullable(),
  hostname: z.string().nullable(),
  command: z.string(),
  started_at: Instant,
  failure_category: z.string().nullable(),
  error_message: z.string().nullable(),
  /** The command that worked in the end; null while none did. */
  resolved_by: z.object({ id: Id, command: z.string(), started_at: Instant }).nullable(),
})

export const failurePatterns = {
  ...failurePattern.offers,
  suppress: action(failurePattern, 'suppress', 'Stop warning of a failure pattern, with the reason', {
    input: REASON,
    example: { reason: 'Only fails in the maintenance window' },
  }),
  activate: action(failurePattern, 'activate', 'Confirm a failure pattern, so that everybody is warned of it'),
  markObsolete: action(failurePattern, 'markObsolete', 'Say that a failure pattern no longer holds, and why', {
    input: REASON,
    example: { reason: 'SRV-OLD was replaced by Windows Server 2025' },
  }),
  merge: action(
    failurePattern,
    'merge',
    'Say that another failure pattern says the same and counts in the place of this one',
    {
      input: { into: ref('failurePatterns') },
      example: { into: EXAMPLE_ID },
    },
  ),
  guard: query({
    input: z.strictObject({
      /** For whom; without a client only what belongs to nobody. */
      client_id: ref('clients').optional(),
      /** As an earlier answer named itself: nothing is sent again when it has not changed. */
      version: line(64).optional(),
    }),
    output: z.object({
      version: z.string(),
      /** Nothing has changed since that version: the lists are empty. */
      is_unchanged: z.boolean(),
      /** Active ones and candidates, the last seen first. */
      patterns: z.array(GuardedPattern),
      assets: z.array(GuardedAsset),
    }),
    rest: { method: 'GET', path: '/failure-patterns/guard' },
    summary: 'What the guard of commands has to know for a client: patterns, and its machines with their limits',
    example: { client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
  match: query({
    input: z.strictObject({
      command: text(4_000).optional(),
      signature: line(64).optional(),
      /** Where it is about to run. */
      infrastructure_id: ref('infrastructure').optional(),
      client_id: ref('clients').optional(),
      client: line(200).optional(),
    }),
    output: z.object({
      command_fingerprint: z.string().nullable(),
      /** Active ones: of that place and general; of every client that the caller may see, where no place is given. */
      patterns: z.array(failurePattern.row),
      /** Failed runs of a command of the same shape, newest first: for that client, and for others. */
      here: z.array(FailedBefore),
      elsewhere: z.array(FailedBefore),
    }),
    rest: { method: 'GET', path: '/failure-patterns/match' },
    summary: 'Whether a command or signature has failed before, here or anywhere, and what worked then',
    example: { command: 'Get-LocalUser -Name ana', client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
}
