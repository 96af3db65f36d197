import { z } from 'zod'
import { MODES } from './events.ts'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { tagging } from './tags.ts'
import { EXAMPLE_ID, Id, IdOrShort, Instant, line, ref, text } from './values.ts'

export const SESSION_STATUS = ['active', 'paused', 'ended', 'abandoned'] as const

/** One stretch of work by one technician on one machine in one Claude Code session. */
export const session = defineEntity('session', {
  plural: 'sessions',
  belongs: 'client-or-author',
  fixed: {
    machine_id: ref('machines'),
    client_id: ref('clients').nullable(),
    project_id: ref('projects').nullable(),
    mode: z.enum(MODES),
    claude_session_id: line(100),
    /** A Claude Code session holds several of ours when the mode or client is switched in it; 0 is the implicit first. */
    stretch: z.int().nonnegative().default(0),
    parent_session_id: ref('sessions').nullable(),
    model: line(100).nullable(),
    ticket: line(100).nullable(),
    cwd: line(4_000).nullable(),
    git_branch: line(500).nullable(),
    git_head_start: line(64).nullable(),
  },
  editable: {
    title: line(200).nullable(),
    /** Dense Markdown. Made from what was captured when the session ends; a person or the session-summary agent may improve it. */
    summary: text().nullable(),
    is_billable: z.boolean().nullable(),
  },
  managed: {
    technician_id: ref('users'),
    status: z.enum(SESSION_STATUS),
    started_at: Instant,
    last_activity_at: Instant,
    ended_at: Instant.nullable(),
    end_reason: z.enum(['user', 'idle', 'crash', 'compaction', 'switch', 'clear', 'exit']).nullable(),
    wall_seconds: z.int().nonnegative().nullable(),
    /** Gaps between recorded events, each at most 10 minutes. */
    active_seconds: z.int().nonnegative().nullable(),
    git_head_end: line(64).nullable(),
    /** The client as it was typed, when no client could be found for it. */
    unresolved_client: line(200).nullable(),
  },
  filter: {
    technician_id: ref('users'),
    machine_id: ref('machines'),
    project_id: ref('projects'),
    mode: z.enum(MODES),
    status: z.enum(SESSION_STATUS),
    claude_session_id: line(100),
    stretch: z.int().nonnegative(),
    /** The slug of a tag that it has. */
    tag: line(80),
  },
  sort: ['started_at', 'created_at', 'ended_at'],
  dated: 'started_at',
  searched: ['title', 'summary', 'ticket'],
  indexed: { title: 'title', body: ['summary', 'ticket'] },
  operations: ['list', 'get', 'create', 'update'],
  example: {
    machine_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    mode: 'msp',
    claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01',
    stretch: 1,
  },
})

const byCategory = z.object({ label: z.string(), active_seconds: z.int() })

/** What the end of a session tells: the stored row and the figures behind its summary. */
export const SessionReport = z.object({
  session: session.row,
  client_name: z.string().nullable(),
  project_name: z.string().nullable(),
  technician_name: z.string(),
  machine_name: z.string(),
  counts: z.object({
    commands: z.int(),
    failures: z.int(),
    unresolved_failures: z.int(),
    files: z.int(),
    work_items: z.int(),
    prompts: z.int(),
    agents: z.int(),
  }),
  time: z.object({
    wall_seconds: z.int(),
    active_seconds: z.int(),
    /** Of the active time: while somebody was at it, while subagents worked, while long commands ran. */
    attended_seconds: z.int(),
    agent_seconds: z.int(),
    waiting_seconds: z.int(),
    by_activity: z.array(byCategory),
  }),
  open_tasks: z.array(z.object({ id: Id, title: z.string() })),
  /** Commits that were made in it, the oldest first. */
  commits: z.array(z.object({ hash: z.string(), branch: z.string(), message: z.string() })),
  /** An internal note for its ticket, ready for `tickets.note`; null without ticket or work. */
  ticket_note: z.string().nullable(),
  /** What it comes to for its client, day by day; empty while the session runs. */
  time_entries: z.array(
    z.object({
      id: Id,
      work_date: z.string(),
      classification: z.string(),
      raw_seconds: z.int(),
      /** Null: not computed, or without a price. */
      billable_minutes: z.int().nullable(),
      amount_minor: z.int().nullable(),
      currency: z.string().nullable(),
    }),
  ),
  /** The work, piece by piece, as it is seen from what was recorded; for a client they are work items too, which people may have corrected. */
  pieces: z.array(
    z.object({
      title: z.string(),
      category: z.string(),
      tags: z.array(z.string()),
      started_at: Instant,
      ended_at: Instant,
      active_seconds: z.int(),
    }),
  ),
})
export type SessionReport = z.infer<typeof SessionReport>

export const sessions = {
  ...session.offers,
  end: mutation({
    input: z.strictObject({ id: IdOrShort, reason: z.enum(['user', 'idle', 'crash']).optional() }),
    output: SessionReport,
    rest: { method: 'POST', path: '/sessions/:id/end' },
    summary: 'End a session: summary, time and open ends from what was captured. Ending it again changes nothing.',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
  report: query({
    input: z.strictObject({ id: IdOrShort }),
    output: SessionReport,
    rest: { method: 'GET', path: '/sessions/:id/report' },
    summary: 'What was done in a session so far: figures, time by activity, open tasks',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
  pause: action(session, 'pause', 'Put a running session aside; it stays open'),
  resume: action(session, 'resume', 'Go on with a session that was put aside'),
  tag: tagging('/sessions', 'session'),
}
