import { firewallRule } from '../../../src/contract/firewall-rules.ts'
import type { Context, Handlers } from '../../context.ts'
import { readCursor, writeCursor } from '../../crud/cursor.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { clientAskedFor } from './asked.ts'
import { type FirewallRule, findingsOf } from './firewall-findings.ts'

type Input = Parameters<Handlers['firewallRules']['findings']>[1]

const DEFAULT_LIMIT = 50
/** Rules that one call looks at: most have nothing, and a call is to stay quick. */
const MOST_READ = 2_000
const ORDER = 'id'

export const firewallRules = {
  ...standardHandlers(firewallRule),
  findings: async (context, input) => {
    const { limit = DEFAULT_LIMIT, kind, port } = input
    const read = await readEnabled(context, input, await clientAskedFor(context, input))
    const now = context.clock().toISOString()
    const judged = read.map((found) => ({ ...found, findings: findingsOf(found.rule, now, port) }))
    const asked = judged.filter(({ findings }) => {
      const kinds = findings.map((finding) => finding.kind)
      return (port === undefined || kinds.includes('touches_port')) && (kind ? kinds.includes(kind) : kinds.length > 0)
    })
    const items = asked.slice(0, limit)
    const end = asked.length > limit ? items.at(-1) : read.length === MOST_READ ? read.at(-1) : undefined
    const next_cursor = end ? writeCursor({ sort: ORDER, value: end.rule.id, id: end.rule.id }) : null
    return { items, next_cursor }
  },
} satisfies Handlers['firewallRules']

async function readEnabled(
  context: Context,
  { firewall_id, cursor }: Input,
  clientId: string | undefined,
): Promise<{ rule: FirewallRule; firewall: string }[]> {
  const found = await context.db
    .selectFrom('firewall_rules')
    .innerJoin('infrastructure', 'infrastructure.id', 'firewall_rules.firewall_id')
    .selectAll('firewall_rules')
    .select('infrastructure.hostname as firewall')
    .where('firewall_rules.enabled', '=', 1)
    .where('firewall_rules.archived_at', 'is', null)
    .where(visibleRows(firewallRule, context.caller, context.clock()))
    .$if(firewall_id !== undefined, (query) => query.where('firewall_id', '=', firewall_id as string))
    .$if(clientId !== undefined, (query) => query.where('firewall_rules.client_id', '=', clientId as string))
    .$if(cursor !== undefined, (query) => query.where('firewall_rules.id', '>', readCursor(cursor as string, ORDER).id))
    .orderBy('firewall_rules.id')
    .limit(MOST_READ)
    .execute()
  return found.map((row) => ({ rule: fromStored(firewallRule, row) as FirewallRule, firewall: row.firewall }))
}
