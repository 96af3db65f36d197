import { z } from 'zod'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { EXAMPLE_ID, Hash, Id, Instant, line, ref, text } from './values.ts'

const KINDS = ['fact', 'decision', 'pattern', 'preference', 'gotcha', 'command', 'pointer'] as const

/** A small piece of knowledge that is used again. Without a client it is its author's. */
export const contextSnippet = defineEntity('context snippet', {
  plural: 'contextSnippets',
  belongs: 'client-or-author',
  fixed: {
    client_id: ref('clients').nullable(),
    project_id: ref('projects').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    source_context_id: ref('conversationContexts').nullable(),
  },
  editable: {
    kind: z.enum(KINDS),
    text: text(8_000).min(1),
    /** 0 to 100. */
    relevance: z.int().min(0).max(100).default(50),
  },
  managed: {
    /** SHA-256 of the text, letter case and spaces ignored: each text is kept once for each place. */
    content_hash: z.string(),
    use_count: z.int().nonnegative(),
    last_used_at: Instant.nullable(),
    superseded_by_id: ref('contextSnippets').nullable(),
  },
  initial: { use_count: 0 },
  filter: {
    kind: z.enum(KINDS),
    project_id: ref('projects'),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    source_context_id: ref('conversationContexts'),
  },
  sort: ['created_at', 'relevance', 'use_count', 'last_used_at'],
  dated: 'created_at',
  searched: ['text'],
  indexed: { title: 'kind', body: ['text'] },
  example: {
    client_id: EXAMPLE_ID,
    kind: 'gotcha',
    text: 'The scanner of Dataforth sends mail over port 25 only; block it and invoices stop.',
  },
})

export const contextSnippets = {
  ...contextSnippet.offers,
  supersede: action(contextSnippet, 'supersede', 'Say which snippet takes the place of this one', {
    input: { superseded_by_id: ref('contextSnippets') },
    example: { superseded_by_id: EXAMPLE_ID },
  }),
}

/** A context or a snippet: exactly one of the two. Whose it is, follows from it. */
const SOURCE = {
  context_id: ref('conversationContexts').nullable(),
  snippet_id: ref('contextSnippets').nullable(),
}

/** What a context or snippet is about: exactly one of the machine, service, work item or solution. */
export const contextLink = defineEntity('context link', {
  plural: 'contextLinks',
  belongs: 'client-or-author',
  fixed: {
    ...SOURCE,
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    work_item_id: ref('workItems').nullable(),
    solution_id: ref('problemSolutions').nullable(),
  },
  managed: { client_id: ref('clients').nullable() },
  filter: {
    context_id: ref('conversationContexts'),
    snippet_id: ref('contextSnippets'),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    work_item_id: ref('workItems'),
    solution_id: ref('problemSolutions'),
  },
  sort: ['created_at'],
  dated: 'created_at',
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: { context_id: EXAMPLE_ID, infrastructure_id: EXAMPLE_ID },
})

export const contextTag = defineEntity('tag of a context', {
  plural: 'contextTags',
  belongs: 'client-or-author',
  fixed: { ...SOURCE, tag_id: ref('tags') },
  managed: { client_id: ref('clients').nullable() },
  filter: {
    context_id: ref('conversationContexts'),
    snippet_id: ref('contextSnippets'),
    tag_id: ref('tags'),
  },
  sort: ['created_at'],
  dated: 'created_at',
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: { context_id: EXAMPLE_ID, tag_id: EXAMPLE_ID },
})

const FEEDBACK = ['used', 'ignored', 'wrong'] as const

/** One thing that was remembered for a session, and whether it helped: the only measure of what recall is worth. */
export const contextRecall = defineEntity('context recall', {
  plural: 'contextRecalls',
  belongs: 'client-or-author',
  clientFrom: 'session_id',
  fixed: {
    session_id: ref('sessions'),
    /** What was remembered: exactly one. */
    context_id: ref('conversationContexts').nullable(),
    snippet_id: ref('contextSnippets').nullable(),
    solution_id: ref('problemSolutions').nullable(),
    insight_id: ref('environmentalInsights').nullable(),
    pattern_id: ref('failurePatterns').nullable(),
    decision_id: ref('decisions').nullable(),
    /** SHA-256 of what was asked. */
    query_hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex'),
    /** 1 for the best. */
    rank: z.int().positive(),
    /** 0 to 1,000. */
    score: z.int().min(0).max(1_000),
    tokens: z.int().nonnegative(),
    /** False when it was found and left out. */
    injected: z.boolean().default(true),
  },
  managed: {
    client_id: ref('clients').nullable(),
    feedback: z.enum(FEEDBACK).nullable(),
  },
  filter: {
    session_id: ref('sessions'),
    context_id: ref('conversationContexts'),
    snippet_id: ref('contextSnippets'),
    solution_id: ref('problemSolutions'),
    insight_id: ref('environmentalInsights'),
    pattern_id: ref('failurePatterns'),
    decision_id: ref('decisions'),
    query_hash: Hash,
    injected: z.boolean(),
    feedback: z.enum(FEEDBACK),
  },
  sort: ['created_at', 'score', 'rank'],
  dated: 'created_at',
  operations: ['list', 'get', 'create'],
  example: {
    session_id: EXAMPLE_ID,
    snippet_id: EXAMPLE_ID,
    query_hash: '0'.repeat(64),
    rank: 1,
    score: 870,
    tokens: 24,
  },
})

/** What can be said for a prompt. Of hosts, contacts, work and sessions no recall is kept: they are no knowledge that feedback could rank. */
const PROMPT_ITEM = [
  'solution',
  'insight',
  'snippet',
  'work_item',
  'pattern',
  'infrastructure',
  'service',
  'contact',
  'session',
] as const

/** Knowledge of which it is kept where it was told and whether it helped. */
export const Remembered = z.object({
  kind: z.enum(['insight', 'snippet', 'decision', 'pattern']),
  id: Id,
  /** Of its line. */
  tokens: z.int().nonnegative(),
})

export const contextRecalls = {
  ...contextRecall.offers,
  feedback: action(contextRecall, 'feedback', 'Say whether what was remembered was used, ignored or wrong', {
    input: { feedback: z.enum(FEEDBACK) },
    example: { feedback: 'used' },
  }),
  forPrompt: mutation({
    input: z.strictObject({
      claude_session_id: line(100),
      /** The prompt without its secrets. */
      text: text(4_000).min(1),
      /** For whom the machine knows the session to work, null for nobody; left out, the server's own record of the session says it. */
      client_id: ref('clients').nullable().optional(),
      /** What this session was given before the server had heard of it. */
      shown: z.array(Id).max(200).optional(),
    }),
    output: z.object({
      /** As it is injected; empty when nothing is worth saying. */
      text: z.string(),
      tokens: z.int(),
      items: z.array(
        z.object({
          kind: z.enum(PROMPT_ITEM),
          id: Id,
          /** 0 to 1,000. */
          score: z.int().min(0).max(1_000),
          /** The share of the question that it has: 0 to 1. */
          coverage: z.number(),
        }),
      ),
    }),
    // The search takes longer than the writing of what was told, which has a transaction of its own.
    transaction: false,
    rest: { method: 'POST', path: '/context-recalls/for-prompt' },
    summary:
      'What is to be known for a prompt that describes an error or names a host, service or contact; mostly nothing',
    example: { claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01', text: 'The spooler fails with error 1053' },
    errors: ['NOT_FOUND'],
  }),
  injected: mutation({
    input: z.strictObject({
      claude_session_id: line(100),
      /** For whom the machine knows the session to work, null for nobody; left out, the server's own record of the session says it. */
      client_id: ref('clients').nullable().optional(),
      /** What `context.get` told, in its order. */
      items: z.array(Remembered).min(1).max(100),
    }),
    output: z.object({
      /** False: the server has not heard of the session yet. Tell it again later. */
      is_known: z.boolean(),
      /** So many were written down; each piece of knowledge once for each session. */
      kept: z.int(),
    }),
    rest: { method: 'POST', path: '/context-recalls/injected' },
    summary: 'Write down which knowledge a session was given with its context block',
    example: {
      claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01',
      items: [{ kind: 'insight', id: EXAMPLE_ID, tokens: 31 }],
    },
    errors: ['NOT_FOUND', 'INVALID_INPUT'],
  }),
  names: query({
    input: z.strictObject({ client_id: ref('clients') }),
    output: z.object({ names: z.array(z.string()) }),
    rest: { method: 'GET', path: '/context-recalls/names' },
    summary: "The names of a client's hosts, services and contacts for which a prompt is looked through, in lower case",
    example: { client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
}
