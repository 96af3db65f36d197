import { z } from 'zod'
import { query } from './kernel.ts'
import { Day, EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

/** What the full-text search found. */
export const SearchHit = z.object({
  /** The entity, as in the contract: `workItems`. */
  kind: z.string(),
  id: Id,
  client_id: Id.nullable(),
  client_name: z.string().nullable(),
  project_id: Id.nullable(),
  at: Instant,
  title: z.string(),
  /** The part of the text in which the words stand; at most 240 characters, on one line. */
  excerpt: z.string(),
  /** Higher is better; comparable within one answer only. */
  score: z.number(),
  /** Why it was found: "80 % of the words (spooler, 1053)". */
  why: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

const instant = z.union([Day, Instant]).optional()

export const search = {
  query: query({
    input: z.strictObject({
      q: line(500),
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      project_id: ref('projects').optional(),
      /** One entity only, as in the contract: `sessions`, `workItems`, `problemSolutions`. */
      kind: z
        .string()
        .regex(/^[a-zA-Z]+$/, 'must be the name of an entity like workItems')
        .max(50)
        .optional(),
      /** A host's name or id: what belongs to it or tells of it. */
      host: line(255).optional(),
      /** The slug of a tag. */
      tag: line(80).optional(),
      technician_id: ref('users').optional(),
      since: instant,
      until: instant,
      /** Where "yesterday" in the question is said: an IANA name. UTC without it. */
      timezone: line(100).optional(),
      limit: z.int().min(1).max(100).optional(),
    }),
    output: z.object({ items: z.array(SearchHit) }),
    rest: { method: 'GET', path: '/search' },
    summary: 'Find sessions, work, solutions, decisions, tasks and other knowledge by words; the best first',
    example: { q: 'print spooler error 1053', client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
}
