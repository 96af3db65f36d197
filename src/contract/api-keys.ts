import { z } from 'zod'
import { action, defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref } from './values.ts'

const ScopeName = z.enum(['msp:read', 'msp:write', 'msp:admin'])

/** A key for programs: it acts as its owner, within its scopes and, where one is named, within one client. */
export const apiKey = defineEntity('API key', {
  plural: 'apiKeys',
  belongs: 'everyone',
  managed: {
    user_id: ref('users'),
    name: line(100),
    scopes: z.array(ScopeName),
    /** The only client that it opens; null: all of its owner's. */
    only_client_id: ref('clients').nullable(),
    expires_at: Instant,
    /** How the key begins, to recognise it by. */
    prefix: z.string(),
    last_used_at: Instant.nullable(),
    revoked_at: Instant.nullable(),
  },
  filter: { user_id: ref('users'), only_client_id: ref('clients') },
  sort: ['created_at', 'expires_at', 'last_used_at'],
  searched: ['name', 'prefix'],
  operations: ['list', 'get'],
  readers: 'technician',
  example: {
    user_id: EXAMPLE_ID,
    name: 'Nightly report',
    scopes: ['msp:read'],
    expires_at: '2027-01-12T09:00:00.000Z',
    prefix: 'ctk_Xb3kP0aQ',
  },
})

export const apiKeys = {
  ...apiKey.offers,
  create: mutation({
    input: z.strictObject({
      name: line(100),
      scopes: z.array(ScopeName).min(1).max(3),
      only_client_id: ref('clients').optional(),
      /** A year from now, when it is not given; two at most. */
      expires_at: Instant.optional(),
    }),
    output: z.object({ api_key: apiKey.row, key: z.string() }),
    rest: { method: 'POST', path: '/api-keys' },
    summary: 'Create an API key of your own; the key is shown this once',
    example: { name: 'Nightly report', scopes: ['msp:read'] },
  }),
  revoke: action(apiKey, 'revoke', 'End an API key at once'),
}
