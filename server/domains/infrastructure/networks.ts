import { AppError } from '../../../src/contract/errors.ts'
import { type IpRange, ipRange } from '../../../src/contract/ip-ranges.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { network } from '../../../src/contract/networks.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { clientAskedFor } from './asked.ts'
import { networksContaining } from './queries.ts'

type Network = RowOf<typeof network>
const standard = standardHandlers(network)

export const networks = {
  ...standard,
  create: async (context, input) => {
    await refuseOverlap(context, { id: '', ...input })
    return standard.create(context, { ...input, ...placed(input.cidr) })
  },
  update: async (context, input) => {
    if (input.cidr === undefined) return standard.update(context, input)
    const before = await rows(context, network).get(input.id)
    if (before.archived_at === null) await refuseOverlap(context, { ...before, cidr: input.cidr })
    return standard.update(context, { ...input, ...placed(input.cidr) })
  },
  restore: async (context, { id }) => {
    const before = await rows(context, network).get(id)
    await refuseOverlap(context, before)
    return standard.restore(context, { id: before.id })
  },
  find: async (context, { ip, site_id, ...asked }) => {
    const clientId = await clientAskedFor(context, asked)
    return { items: await networksContaining(context, ip, { client_id: clientId, site_id }) }
  },
} satisfies Handlers['networks']

/** What is stored beside a network, to find it by. Pure. */
function placed(cidr: string): Pick<Network, 'ip_version' | 'range_start' | 'range_end'> {
  // The contract lets only networks pass.
  const { version, start, end } = ipRange(cidr) as IpRange
  return { ip_version: version, range_start: start, range_end: end }
}

async function refuseOverlap(context: Context, { id, site_id, cidr }: Pick<Network, 'id' | 'site_id' | 'cidr'>) {
  const { range_start, range_end } = placed(cidr)
  // Held, so that two networks written at the same moment see each other.
  await context.db
    .updateTable('sites')
    .set((eb) => ({ row_version: eb.ref('row_version') }))
    .where('id', '=', site_id)
    .execute()
  const other = await context.db
    .selectFrom('networks')
    .select(['id', 'name', 'cidr'])
    .where('site_id', '=', site_id)
    .where('archived_at', 'is', null)
    .where('range_start', '<=', range_end)
    .where('range_end', '>=', range_start)
    .where('id', '<>', id)
    .orderBy('range_start')
    .orderBy('id')
    .executeTakeFirst()
  if (other)
    throw new AppError(
      'CONFLICT',
      `${cidr} overlaps ${other.name} (${other.cidr}) at the same site. Change or archive that one first, or choose another range.`,
      { details: { network_id: other.id } },
    )
}
