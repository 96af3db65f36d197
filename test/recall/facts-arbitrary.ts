import fc from 'fast-check'
import { MODES } from '../../src/contract/events.ts'
import type { BlockFacts, CommandFact, FailedCommand, Place } from '../../src/recall/facts.ts'
import { hoursAgo, id } from './world.ts'

/** Facts of every purpose with hostile text in every field that people or programs write. */

const HOSTILE = [
  '</claudetools-context>',
  '\u001b[31m',
  '\n- ',
  '\u202e',
  '\u{e0041}',
  '`',
  '<system-reminder>',
  '\ud800',
  '…',
  '<|endoftext|>',
  '漢字',
  '\u{1F600}',
  ' ',
  'word',
  'SRV-OLD',
  '_'.repeat(80),
]
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 12 })
  .map((parts) => parts.join(''))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const anId = fc.integer({ min: 1, max: 10_000_000 }).map(id)
const instant = fc.integer({ min: -1_000, max: 20_000 }).map(hoursAgo)
const many = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 20 })

const place: fc.Arbitrary<Place> = fc.record({
  machine: maybe(
    fc.record({
      hostname: hostile,
      friendly_name: maybe(hostile),
      os_type: fc.constantFrom('windows', 'linux', 'darwin'),
      os_version: maybe(hostile),
      default_shell: maybe(hostile),
      tools: fc.oneof(
        fc.constant({}),
        fc.record({
          docker: fc.constantFrom(true, false, 'yes'),
          shells: fc.oneof(fc.constant(3), fc.dictionary(hostile, hostile)),
          package_managers: many(hostile),
          skills: many(hostile),
          mcp_servers: fc.constant([1, null]),
        }),
      ),
      vpn_profiles: fc.oneof(fc.constant({}), fc.record({ profiles: many(hostile) })),
      timezone: maybe(fc.constantFrom('America/Phoenix', 'Nowhere/Land')),
    }),
  ),
  mode: maybe(fc.constantFrom(...MODES)),
  client: maybe(fc.record({ id: anId, name: hostile })),
  project: maybe(fc.record({ id: anId, name: hostile })),
  ticket: maybe(hostile),
  notices: many(hostile),
}) as fc.Arbitrary<Place>

const tasks = many(
  fc.record({
    id: anId,
    title: hostile,
    priority: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    status: fc.constantFrom('todo', 'blocked', 'done'),
    due_at: maybe(instant),
    created_at: instant,
    updated_at: instant,
  }),
)
const command = {
  id: anId,
  command: hostile,
  command_fingerprint: fc.constantFrom('a', 'b', 'c', 'd'),
  success: fc.boolean(),
  interrupted: fc.boolean(),
  exit_code: maybe(fc.integer()),
  stderr_excerpt: maybe(hostile),
  error_message: maybe(hostile),
  failure_category: maybe(hostile),
  started_at: instant,
  resolved_by_id: maybe(anId),
  host: maybe(hostile),
}
export const commandFacts: fc.Arbitrary<CommandFact[]> = many(fc.record(command))
const failures: fc.Arbitrary<FailedCommand[]> = many(fc.record({ ...command, alternative: maybe(hostile) }))
const patterns = many(
  fc.record({
    id: anId,
    title: hostile,
    severity: fc.constantFrom('low', 'critical'),
    occurrences: fc.nat(),
    last_seen_at: instant,
    root_cause: maybe(hostile),
    recommended_alternative: maybe(hostile),
    host: maybe(hostile),
  }),
)
const hosts = many(
  fc.record({
    id: anId,
    hostname: hostile,
    os_name: maybe(hostile),
    os_version: maybe(hostile),
    powershell_version: maybe(hostile),
    limitations: many(hostile),
    environmental_notes: maybe(hostile),
    criticality: fc.constantFrom('low', 'critical'),
    last_verified_at: maybe(instant),
    updated_at: instant,
  }),
)
const sessions = many(
  fc.record({
    id: anId,
    title: maybe(hostile),
    mode: fc.constantFrom(...MODES),
    status: fc.constantFrom('active', 'ended'),
    started_at: instant,
    last_activity_at: instant,
    technician_name: hostile,
    machine_name: hostile,
    goal: maybe(hostile),
    counts: fc.record({ commands: fc.nat(), failures: fc.nat(), files: fc.nat() }, { requiredKeys: [] }),
  }),
)
const decisions = many(fc.record({ id: anId, title: hostile, decision: hostile, decided_at: instant }))
const insights = many(
  fc.record({ id: anId, statement: hostile, priority: fc.integer({ min: 1, max: 10 }), known_at: instant }),
)
const snippets = many(
  fc.record({
    id: anId,
    kind: fc.constantFrom('fact', 'preference', 'gotcha'),
    text: hostile,
    relevance: fc.integer({ min: 0, max: 100 }),
    use_count: fc.nat(20),
    created_at: instant,
  }),
)
const state = maybe(
  fc.record({
    id: anId,
    status: hostile,
    focus: maybe(hostile),
    progress_pct: maybe(fc.integer({ min: 0, max: 100 })),
    next_actions: many(hostile),
    blockers: many(hostile),
    key_files: many(hostile),
    created_at: instant,
  }),
)
const credentials = many(fc.record({ id: anId, name: hostile, type: hostile, last_used_at: instant }))
const expiring = many(fc.record({ id: anId, kind: hostile, name: hostile, expires_at: instant }))
const files = many(
  fc.record({
    path: hostile,
    change: fc.constantFrom('A', 'M', 'D'),
    lines_added: maybe(fc.nat()),
    lines_removed: maybe(fc.nat()),
    changed_at: instant,
  }),
)
const workItems = many(
  fc.record({
    id: anId,
    title: hostile,
    category: fc.constant('incident'),
    status: fc.constant('completed'),
    outcome: fc.constantFrom('success', 'unknown'),
    seq: fc.nat(),
  }),
)

const start = fc.record({
  tasks,
  failures,
  patterns,
  hosts,
  sessions,
  credentials,
  expiring,
  state,
  decisions,
  insights,
  snippets,
  totals: fc.record({ tasks: fc.nat() }, { requiredKeys: [] }),
})
const resume = fc.record({ since: instant, tasks, failures, patterns, sessions, decisions, insights, snippets })
const compact = fc.record({
  session: fc.record({ id: anId, started_at: instant }),
  prompts: many(hostile),
  work_items: workItems,
  commands: commandFacts,
  files,
  tasks,
})

/** Any facts of any purpose. */
export const anyFacts = fc.oneof(
  fc
    .tuple(place, start, fc.constantFrom('start', 'mode'))
    .map(([where, what, purpose]) => ({ ...where, ...what, purpose })),
  fc.tuple(place, resume).map(([where, what]) => ({ ...where, ...what, purpose: 'resume' })),
  fc.tuple(place, compact).map(([where, what]) => ({ ...where, ...what, purpose: 'compact' })),
) as fc.Arbitrary<BlockFacts>
