import { z } from 'zod'
import { Remembered } from './contexts.ts'
import { MODES } from './events.ts'
import { action, defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, Hash, Id, Instant, json, line, ref, strings, text } from './values.ts'

/** One compressed account of a session or a part of it: at its end, before a compaction, or on demand. */
export const conversationContext = defineEntity('conversation context', {
  plural: 'conversationContexts',
  belongs: 'client-or-author',
  fixed: {
    session_id: ref('sessions').nullable(),
    client_id: ref('clients').nullable(),
    project_id: ref('projects').nullable(),
    machine_id: ref('machines').nullable(),
    kind: z.enum(['session_end', 'pre_compact', 'checkpoint', 'handoff']),
  },
  editable: {
    title: line(200),
    dense_summary: text(),
    key_points: strings.default([]),
    open_questions: strings.default([]),
    importance: z.int().min(0).max(10).default(5),
    valid_until: Instant.nullable(),
  },
  managed: { token_estimate: z.int().nonnegative(), source_hash: z.string() },
  filter: {
    session_id: ref('sessions'),
    project_id: ref('projects'),
    kind: z.enum(['session_end', 'pre_compact', 'checkpoint', 'handoff']),
  },
  sort: ['created_at', 'importance'],
  dated: 'created_at',
  searched: ['title', 'dense_summary'],
  indexed: { title: 'title', body: ['dense_summary', 'key_points', 'open_questions'] },
  example: {
    client_id: EXAMPLE_ID,
    kind: 'handoff',
    title: 'Mail migration, state on Friday',
    dense_summary: 'Mailboxes A to M are moved; N to Z follow on Monday.',
  },
})

/** Reusable knowledge: a symptom and what solved it. Without a client it is general and everyone sees it. */
export const problemSolution = defineEntity('problem with solution', {
  plural: 'problemSolutions',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable(), work_item_id: ref('workItems').nullable() },
  editable: {
    title: line(200),
    symptom: text(),
    error_text: text().nullable(),
    root_cause: text().nullable(),
    solution: text(),
    verification: text().nullable(),
    prevention: text().nullable(),
    applies_to: json.default({}),
    confidence: z.enum(['low', 'medium', 'high', 'verified']).default('medium'),
    source_url: line(2_000).nullable(),
  },
  managed: {
    /** SHA-256 of the error text with numbers, ids, paths and dates removed. */
    error_signature: z.string().nullable(),
    times_applied: z.int().nonnegative(),
    times_succeeded: z.int().nonnegative(),
    last_applied_at: Instant.nullable(),
    superseded_by_id: ref('problemSolutions').nullable(),
  },
  initial: { times_applied: 0, times_succeeded: 0 },
  filter: {
    error_signature: Hash,
    confidence: z.enum(['low', 'medium', 'high', 'verified']),
    work_item_id: ref('workItems'),
  },
  sort: ['created_at', 'times_succeeded'],
  dated: 'created_at',
  searched: ['title', 'symptom', 'error_text', 'solution'],
  indexed: { title: 'title', body: ['symptom', 'error_text', 'root_cause', 'solution'] },
  example: {
    client_id: EXAMPLE_ID,
    title: 'Print spooler stops',
    symptom: 'Error 1053 when the spooler starts',
    solution: 'Remove the stale driver package, then start the service.',
  },
})

export const problemSolutions = {
  ...problemSolution.offers,
  supersede: action(problemSolution, 'supersede', 'Say which solution takes the place of this one', {
    input: { superseded_by_id: ref('problemSolutions') },
    example: { superseded_by_id: EXAMPLE_ID },
  }),
  match: query({
    input: z.strictObject({
      /** As it was printed, or said: of a longer one its head and tail. */
      error_text: text(8_000).min(1),
      client_id: ref('clients').optional(),
      client: line(200).optional(),
      limit: z.int().min(1).max(20).optional(),
    }),
    output: z.object({
      error_signature: z.string(),
      items: z.array(
        z.object({
          solution: problemSolution.row,
          /** Of the same error but for numbers, ids, paths and dates; or of one that is told in like words. */
          match: z.enum(['same_error', 'similar']),
          /** The share of the error's words that it has: 0 to 1. */
          coverage: z.number(),
          /** How often it worked, of the times it was applied; null when it never was. */
          success_percent: z.int().nullable(),
          /** Since it was written or last applied. */
          age_days: z.int(),
        }),
      ),
      /** Where fewer solutions are known than were asked for: work on the like, and what was done. */
      work: z.array(
        z.object({
          id: Id,
          client_id: Id,
          title: z.string(),
          outcome: z.string(),
          /** What was done, where it was written down. */
          done: z.string().nullable(),
          coverage: z.number(),
          age_days: z.int(),
        }),
      ),
    }),
    rest: { method: 'GET', path: '/problem-solutions/match' },
    summary:
      'What solved an error like this one: the same error first, then what is told in like words; of a client before what is general',
    example: { error_text: 'Error 1053: The service did not respond in a timely fashion.', client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
}

/** One use of a solution, and whether it helped. The solution counts them. */
export const solutionApplication = defineEntity('application of a solution', {
  plural: 'solutionApplications',
  belongs: 'client-or-author',
  fixed: {
    /** For whom it was applied. */
    client_id: ref('clients').nullable(),
    solution_id: ref('problemSolutions'),
    work_item_id: ref('workItems').nullable(),
    outcome: z.enum(['success', 'failure', 'partial']),
    note: text(2_000).nullable(),
  },
  filter: {
    solution_id: ref('problemSolutions'),
    work_item_id: ref('workItems'),
    outcome: z.enum(['success', 'failure', 'partial']),
  },
  sort: ['created_at'],
  dated: 'created_at',
  searched: ['note'],
  operations: ['list', 'get', 'create'],
  example: { client_id: EXAMPLE_ID, solution_id: EXAMPLE_ID, outcome: 'success' },
})

/** How a block came about. A reduction says nothing without what was kept, so both stand here. */
const Explanation = z.object({
  budget: z.int(),
  sections: z.array(
    z.object({
      heading: z.string(),
      why: z.string(),
      /** Of what is printed of it. */
      tokens: z.int(),
      lines: z.array(
        z.object({
          text: z.string(),
          tokens: z.int(),
          /** Of all lines, the smaller is let in first. */
          rank: z.number(),
          /** Left out for want of tokens, or because no block has so many lines of the kind. */
          outcome: z.enum(['kept', 'budget', 'limit']),
        }),
      ),
    }),
  ),
  /** Without the head and the frame. */
  lines_kept: z.int(),
  lines_possible: z.int(),
  /** Of everything that was read to make the block. */
  source_tokens: z.int(),
})

export const context = {
  get: query({
    input: z.strictObject({
      /** Where it is wanted: a running Claude Code session, or a client by itself. */
      claude_session_id: line(100).optional(),
      client_id: ref('clients').optional(),
      project_id: ref('projects').optional(),
      machine_id: ref('machines').optional(),
      git_remote: line(2_000).optional(),
      /** What the machine knows of the session and the server may not have heard of yet. */
      mode: z.enum(MODES).optional(),
      ticket: line(100).optional(),
      purpose: z.enum(['start', 'resume', 'compact', 'mode']).optional(),
      /** Tokens, counted by a real tokenizer. */
      budget: z.int().min(100).max(1_500).optional(),
      /** With the key of the client's redaction marks, for a machine that redacts before it sends. Never show it. */
      marks: z.boolean().optional(),
      /** With how it came about: why each line is there, what it costs, what was left out. */
      explain: z.boolean().optional(),
    }),
    output: z.object({
      /** The block as it is injected; empty when there is nothing to say. */
      text: z.string(),
      tokens: z.int(),
      /** The knowledge in it: who injects it tells so with `contextRecalls.injected`. */
      items: z.array(Remembered),
      mode: z.enum(MODES).nullable(),
      client: z.object({ id: Id, name: z.string() }).nullable(),
      project: z.object({ id: Id, name: z.string() }).nullable(),
      /** When no session says for whom the work is: the client that it most likely is, with its block, to be shown with the first prompt. */
      suggestion: z
        .object({
          client: z.object({ id: Id, name: z.string() }),
          reason: z.string(),
          text: z.string(),
          tokens: z.int(),
          items: z.array(Remembered),
        })
        .nullable(),
      /**
       * What makes the same secret have the same mark on every machine that works for the client; null without a client. Whoever has it can try
       * guesses against the marks that they see, which is why only who may read the client's work gets it.
       */
      mark_key: z.string().nullable().optional(),
      explanation: Explanation.optional(),
    }),
    rest: { method: 'GET', path: '/context' },
    summary: 'The context block of a session or client, as Claude Code gets it at the start',
    example: { client_id: EXAMPLE_ID, budget: 1_000 },
    errors: ['NOT_FOUND'],
  }),
}
