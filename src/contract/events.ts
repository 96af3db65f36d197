import { z } from 'zod'
import { freeTextsOf } from './entity-schemas.ts'
import { type FreeText, recorded } from './values.ts'

/**
 * What hooks, the CLI and transcript recovery record, and what `ingest.events` accepts. Hooks import only the types from here:
 * they run without zod. Text is redacted and cut before an event is built.
 */

/** Longest excerpts that an event carries, in UTF-16 units. Longer output is cut to head and tail, with its size and hash kept. */
export const EXCERPT_CHARS = 8_000
export const COMMAND_CHARS = 20_000
export const PROMPT_CHARS = 4_000

export const MODES = ['msp', 'dev', 'normal'] as const
export type Mode = (typeof MODES)[number]

const excerpt = recorded('text', EXCERPT_CHARS + 200)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime({ precision: 3 })

/** Who inside the session did it: absent for the main conversation, set for a subagent. */
const byAgent = { agent_id: recorded('line', 100).optional(), agent_type: recorded('line', 200).optional() }

const opened = z.strictObject({
  mode: z.enum(MODES),
  client_id: z.uuid().optional(),
  /** The client as typed, when it could not be resolved offline. The server resolves it. */
  client_name: recorded('line', 200).optional(),
  project_id: z.uuid().optional(),
  project_name: recorded('line', 200).optional(),
  ticket: recorded('line', 100).optional(),
  cwd: recorded('line', 4_000).optional(),
  git_remote: recorded('line', 2_000).optional(),
  git_branch: recorded('line', 500).optional(),
  git_head: z.string().max(64).optional(),
  model: recorded('line', 100).optional(),
  /** The stretch before it, when this one goes on from another (`/clear`, a mode switch). */
  parent_stream: z.string().max(100).optional(),
  parent_stretch: z.int().nonnegative().optional(),
  trigger: z.enum(['command', 'clear', 'implicit']),
})

const closed = z.strictObject({
  reason: z.enum(['user', 'switch', 'clear', 'exit', 'crash', 'idle']),
  git_head: z.string().max(64).optional(),
})

const command = z.strictObject({
  ...byAgent,
  tool: z.enum(['bash', 'powershell', 'cmd', 'ssh', 'winrm', 'sql', 'api', 'mcp']),
  command: recorded('command', COMMAND_CHARS + 200),
  cwd: recorded('line', 4_000).optional(),
  /** Null when the client does not tell it. */
  exit_code: z.int().nullable(),
  success: z.boolean(),
  interrupted: z.boolean().optional(),
  duration_ms: z.int().nonnegative().optional(),
  stdout: excerpt.optional(),
  stderr: excerpt.optional(),
  error: excerpt.optional(),
  /** Size and hash of the whole redacted output, when the excerpt is shorter than it. */
  output_bytes: z.int().nonnegative().optional(),
  output_sha256: sha256.optional(),
  redaction_count: z.int().nonnegative().optional(),
  redactor_version: z.int().positive().optional(),
})

const file = z.strictObject({
  ...byAgent,
  path: recorded('line', 4_000).min(1),
  change: z.enum(['A', 'M', 'D', 'R', 'C', 'T']),
  lines_added: z.int().nonnegative().optional(),
  lines_removed: z.int().nonnegative().optional(),
  before_sha256: sha256.optional(),
  after_sha256: sha256.optional(),
})

const agentRun = z.strictObject({
  agent_id: recorded('line', 100).min(1),
  agent_type: recorded('line', 200),
  report: excerpt.optional(),
})

const DATA = {
  'session.opened': opened,
  'session.closed': closed,
  prompt: z.strictObject({ text: recorded('text', PROMPT_CHARS + 200) }),
  command,
  file,
  'agent.started': agentRun,
  'agent.stopped': agentRun,
  compaction: z.strictObject({ trigger: recorded('line', 50), instructions: excerpt.optional() }),
  /** The end of one answer of the model. */
  turn: z.strictObject({ text: excerpt.optional() }),
  /** The spool was damaged and records before this point may be missing. */
  gap: z.strictObject({ note: recorded('text', 500) }),
} as const
export type EventKind = keyof typeof DATA
export type EventData<K extends EventKind> = z.infer<(typeof DATA)[K]>
export const EVENT_KINDS = Object.keys(DATA) as EventKind[]
/** The fields of each kind that hold free text. */
export const EVENT_TEXTS = Object.fromEntries(
  EVENT_KINDS.map((kind) => [kind, freeTextsOf(DATA[kind].shape)]),
) as Record<EventKind, Record<string, FreeText>>

const envelope = {
  /** Unique within the stream and derived from what happened (`cmd:toolu_…`), so that capturing it twice counts once. */
  id: z.string().min(1).max(200),
  /** Claude Code's session id. */
  stream: z.string().min(1).max(100),
  /** Which of our sessions within the stream; 0 is the implicit one before any mode was chosen. */
  stretch: z.int().nonnegative().max(100_000),
  /** The machine's clock. */
  at: instant,
  source: z.enum(['hook', 'transcript', 'cli']),
}

const variants = EVENT_KINDS.map((kind) => z.strictObject({ ...envelope, kind: z.literal(kind), data: DATA[kind] }))

/** One recorded event of any kind. */
export type RecordedEvent = {
  [K in EventKind]: {
    id: string
    stream: string
    stretch: number
    at: string
    source: 'hook' | 'transcript' | 'cli'
    kind: K
    data: EventData<K>
  }
}[EventKind]
// The map above loses which kind goes with which data; the type beside it says so.
export const RecordedEvent = z.discriminatedUnion(
  'kind',
  variants as [(typeof variants)[number], ...typeof variants],
) as unknown as z.ZodType<RecordedEvent>

/** An event as it is sent: with its place in the spool file it was read from. */
export const SpooledEvent = z.strictObject({
  /** The spool file: stream, id of its first record, and when it was sealed. */
  epoch: z.string().min(1).max(320),
  /** Ordinal of the record in that file. */
  seq: z.int().nonnegative(),
  event: z.unknown(),
})
export type SpooledEvent = { epoch: string; seq: number; event: RecordedEvent }

export const MAX_BATCH_EVENTS = 200

/** What became of one event of a batch. `refused` and `conflict` go to the dead letter; they are never sent again by themselves. */
export const EventOutcome = z.object({
  id: z.string(),
  stream: z.string(),
  outcome: z.enum(['accepted', 'duplicate', 'conflict', 'refused']),
  message: z.string().optional(),
})
export type EventOutcome = z.infer<typeof EventOutcome>
