import { z } from 'zod'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { EXAMPLE_ID, Id, IdOrShort, line, ref, SLUG, text } from './values.ts'

export const tag = defineEntity('tag', {
  plural: 'tags',
  belongs: 'everyone',
  fixed: {
    slug: SLUG.max(80),
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

export const tags = {
  ...tag.offers,
  merge: action(tag, 'merge', 'Merge a tag into another: what had the one has the other, and the one is archived', {
    input: { into_id: ref('tags') },
    example: { into_id: EXAMPLE_ID },
    role: 'lead',
  }),
  usage: query({
    input: z.strictObject({ client_id: ref('clients').optional() }),
    output: z.object({
      items: z.array(
        z.object({
          id: Id,
          slug: z.string(),
          name: z.string(),
          sessions: z.int(),
          work_items: z.int(),
          contexts: z.int(),
        }),
      ),
    }),
    rest: { method: 'GET', path: '/tags/usage' },
    summary: 'How often each tag is used, of what you may see; the most used first',
    example: { client_id: EXAMPLE_ID },
  }),
}

/** A rule that gives work a tag or a category by what is seen of it, so that it is data which a lead can change. */
export const tagRule = defineEntity('tag rule', {
  plural: 'tagRules',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable() },
  editable: {
    name: line(100),
    /** What it looks at: a command line, the path of a file, the host that was worked on, or free text. */
    looks_at: z.enum(['command', 'path', 'host', 'text']),
    match_kind: z.enum(['substring', 'glob', 'regex']).default('substring'),
    /** Letter case does not count. */
    pattern: line(200),
    /** It gives one of the two. */
    tag_id: ref('tags').nullable(),
    work_category_id: ref('workCategories').nullable(),
    /** Of several categories the rule with the lowest number wins. */
    priority: z.int().min(1).max(1_000).default(100),
    is_enabled: z.boolean().default(true),
  },
  filter: {
    looks_at: z.enum(['command', 'path', 'host', 'text']),
    tag_id: ref('tags'),
    work_category_id: ref('workCategories'),
    is_enabled: z.boolean(),
  },
  sort: ['created_at', 'priority', 'name'],
  searched: ['name', 'pattern'],
  writers: 'lead',
  example: {
    client_id: EXAMPLE_ID,
    name: 'Print spooler',
    looks_at: 'command',
    pattern: 'spooler',
    tag_id: EXAMPLE_ID,
  },
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
