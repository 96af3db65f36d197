import { z } from 'zod'
import { query } from './kernel.ts'
import { Day, Id, line, ref } from './values.ts'

export const EXPIRATION_KIND = [
  'agreement',
  'certificate',
  'credential',
  'domain',
  'gdap',
  'licence',
  'os_end_of_life',
  'service_licence',
  'warranty',
] as const

export const expirations = {
  list: query({
    input: z.strictObject({
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      kind: z.enum(EXPIRATION_KIND).optional(),
      /** Only what ends on this day or after it. */
      after: Day.optional(),
      /** Only what ends on this day or before it. */
      before: Day.optional(),
      /** Only what ends by so many days from today (UTC). */
      within_days: z.int().min(0).max(3_650).optional(),
      limit: z.int().min(1).max(200).optional(),
      cursor: z.string().max(1_000).optional(),
    }),
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(EXPIRATION_KIND),
          /** Of the row that ends: an `os_end_of_life` or a `warranty` is one of infrastructure. */
          id: Id,
          client_id: Id.nullable(),
          name: z.string(),
          expires_on: Day,
          /** From today (UTC); below zero: it has ended. */
          days_left: z.int(),
        }),
      ),
      next_cursor: z.string().nullable(),
    }),
    rest: { method: 'GET', path: '/expirations' },
    summary:
      'What ends, the earliest first: domains, certificates, licences, warranties, support of systems, M365 access, credentials',
    example: { within_days: 30 },
    errors: ['NOT_FOUND'],
  }),
}
