import { z } from 'zod'
import { action, defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, IdOrShort, Instant, json, line, ref } from './values.ts'

const CATEGORIES = [
  'os',
  'shell',
  'software_version',
  'network',
  'access',
  'policy',
  'custom_install',
  'performance',
  'business_rule',
  'contact',
  'quirk',
] as const
const SOURCES = ['observed', 'stated', 'inferred', 'imported'] as const

/**
 * A durable fact about a client, or about one machine, service or site of it. There is one current fact for each key of such
 * a place; a new one ends it, and it stays as history.
 */
export const environmentalInsight = defineEntity('environmental insight', {
  plural: 'environmentalInsights',
  belongs: 'client',
  fixed: {
    client_id: ref('clients'),
    /** What it is about, at most one of the three; without them the client as a whole. */
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    site_id: ref('sites').nullable(),
    /** Like `powershell.version`. */
    key: line(100),
    value: json.default({}),
    /** One sentence for a model to read. */
    statement: line(1_000),
    evidence_command_id: ref('commandsRun').nullable(),
    source: z.enum(SOURCES).default('stated'),
    /** 0 to 100. */
    confidence_percent: z.int().min(0).max(100).default(70),
  },
  editable: {
    category: z.enum(CATEGORIES),
    /** 10 is the highest. */
    priority: z.int().min(1).max(10).default(5),
  },
  managed: {
    is_current: z.boolean(),
    valid_from: Instant,
    valid_to: Instant.nullable(),
    last_confirmed_at: Instant.nullable(),
    /** The fact that this one took the place of. */
    contradicts_id: ref('environmentalInsights').nullable(),
    times_recalled: z.int().nonnegative(),
    times_helpful: z.int().nonnegative(),
  },
  initial: { is_current: true, times_recalled: 0, times_helpful: 0 },
  filter: {
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    site_id: ref('sites'),
    category: z.enum(CATEGORIES),
    key: line(100),
    source: z.enum(SOURCES),
    is_current: z.boolean(),
  },
  sort: ['created_at', 'priority', 'last_confirmed_at', 'valid_from'],
  dated: 'valid_from',
  searched: ['key', 'statement'],
  indexed: { title: 'key', body: ['statement'] },
  example: {
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    category: 'shell',
    key: 'powershell.version',
    value: { version: '2.0' },
    statement: 'SRV-OLD has PowerShell 2.0: no Get-LocalUser, no ConvertFrom-Json.',
    source: 'observed',
    priority: 8,
  },
})

export const environmentalInsights = {
  ...environmentalInsight.offers,
  confirm: action(environmentalInsight, 'confirm', 'Say that a fact still holds, which makes it more certain'),
  end: action(environmentalInsight, 'end', 'Say that a fact no longer holds; it stays as history'),
  history: query({
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({ items: z.array(environmentalInsight.row) }),
    rest: { method: 'GET', path: '/environmental-insights/:id/history' },
    summary: 'What was known under the same key of the same place, newest first',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
}
