import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, json, line, ref, strings, text } from './values.ts'

const STATUS = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded'] as const
const WORDS = {
  title: line(200),
  /** Why something had to be decided. */
  context: text().nullable(),
  decision: text(),
  alternatives: strings.default([]),
  consequences: text().nullable(),
}

/** What was decided, why, and instead of what. Without a client it is the MSP's own and everyone sees it. */
export const decision = defineEntity('decision', {
  plural: 'decisions',
  table: 'decision_logs',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable(), project_id: ref('projects').nullable() },
  editable: WORDS,
  managed: {
    status: z.enum(STATUS),
    decided_by: ref('users').nullable(),
    decided_at: Instant.nullable(),
    /** The decision that this one took the place of. */
    supersedes_id: ref('decisions').nullable(),
  },
  initial: { status: 'proposed' },
  filter: { project_id: ref('projects'), status: z.enum(STATUS), supersedes_id: ref('decisions') },
  sort: ['created_at', 'decided_at'],
  dated: 'created_at',
  searched: ['title', 'decision'],
  indexed: { title: 'title', body: ['context', 'decision', 'consequences'] },
  example: {
    client_id: EXAMPLE_ID,
    title: 'Mail goes to Exchange Online',
    context: 'The licence of the local Exchange server ends in March.',
    decision: 'All mailboxes move to Exchange Online; the local server becomes a relay.',
    alternatives: ['Renew the local licence', 'Google Workspace'],
  },
})

export const decisions = {
  ...decision.offers,
  accept: action(decision, 'accept', 'Accept a proposed decision'),
  reject: action(decision, 'reject', 'Reject a proposed decision'),
  deprecate: action(
    decision,
    'deprecate',
    'Say that an accepted decision no longer holds, and nothing takes its place',
  ),
  supersede: action(
    decision,
    'supersede',
    'Decide anew: the answer is the new decision, accepted; the old one is kept',
    {
      input: {
        ...WORDS,
        context: WORDS.context.optional(),
        consequences: WORDS.consequences.optional(),
      },
      example: { title: 'Mail goes to Google Workspace', decision: 'All mailboxes move to Google Workspace.' },
    },
  ),
}

/** Where a project stands. Each new state is a revision; the older ones are its history and change no more. */
export const projectState = defineEntity('project state', {
  plural: 'projectStates',
  belongs: 'client',
  clientFrom: 'project_id',
  fixed: {
    project_id: ref('projects'),
    /** In one line: `Waiting for the provider`. */
    status: line(200),
    focus: text(2_000).nullable(),
    progress_pct: z.int().min(0).max(100).nullable(),
    next_actions: strings.default([]),
    blockers: strings.default([]),
    key_files: strings.default([]),
    /** Branch, versions, addresses: what one needs to go on. */
    env: json.default({}),
    updated_in_session_id: ref('sessions').nullable(),
  },
  managed: { client_id: ref('clients'), revision: z.int().positive(), is_current: z.boolean() },
  initial: { is_current: true },
  filter: {
    project_id: ref('projects'),
    is_current: z.boolean(),
    revision: z.int().positive(),
    updated_in_session_id: ref('sessions'),
  },
  sort: ['created_at', 'revision'],
  dated: 'created_at',
  searched: ['status', 'focus'],
  operations: ['list', 'get', 'create'],
  example: {
    project_id: EXAMPLE_ID,
    status: 'Rules are moved, VPN is not',
    focus: 'Site-to-site tunnel to Tucson',
    progress_pct: 60,
    next_actions: ['Ask the provider for the second address'],
  },
})
