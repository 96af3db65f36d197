import { z } from 'zod'
import { defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, Id, IdOrShort, line, ref, text } from './values.ts'

export const tag = defineEntity('tag', {
  plural: 'tags',
  belongs: 'everyone',
  fixed: {
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
      .max(80),
  },
  editable: {
    name: line(100),
    category: z.enum(['technology', 'product', 'client_facing', 'process', 'severity', 'custom']).default('custom'),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #1f77b4')
      .nullable(),
    description: text(2_000).nullable(),
    parent_id: ref('tags').nullable(),
  },
  managed: { merged_into_id: ref('tags').nullable() },
  filter: {
    category: z.enum(['technology', 'product', 'client_facing', 'process', 'severity', 'custom']),
    slug: line(80),
  },
  sort: ['created_at', 'slug', 'name'],
  searched: ['slug', 'name'],
  named: 'slug',
  example: { slug: 'exchange-online', name: 'Exchange Online', category: 'product' },
})

/** The operation that adds tags to a row of an entity, and takes them off. */
export const tagging = (path: string, noun: string) =>
  mutation({
    input: z.strictObject({
      id: IdOrShort,
      add: z.array(ref('tags')).max(50).optional(),
      remove: z.array(ref('tags')).max(50).optional(),
    }),
    output: z.object({ tags: z.array(z.object({ id: Id, slug: z.string() })) }),
    rest: { method: 'POST', path: `${path}/:id/tag` },
    summary: `Add tags to a ${noun} and take tags off it`,
    example: { id: EXAMPLE_ID, add: [EXAMPLE_ID] },
    errors: ['NOT_FOUND'],
  })
