import { AppError } from '../../../src/contract/errors.ts'
import { infrastructure as asset } from '../../../src/contract/infrastructure.ts'
import { service, serviceRelationship } from '../../../src/contract/services.ts'
import type { Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { forgetOldSystem } from '../failures/systems.ts'
import { listExpirations } from './expirations.ts'
import { failingWithAsset, failingWithService } from './queries.ts'
import { timelineOf } from './timeline.ts'

export { firewallRules } from './firewall-rules.ts'
export { networks } from './networks.ts'

const DEFAULT_DEPTH = 10

const ofAssets = standardHandlers(asset)

export const infrastructure = {
  ...ofAssets,
  update: async (context, input) => {
    const before = await rows(context, asset).get(input.id)
    const after = await ofAssets.update(context, input)
    await forgetOldSystem(context, before, after)
    return after
  },
  impact: async (context, { id, depth = DEFAULT_DEPTH }) => {
    const failed = await rows(context, asset).get(id)
    return { affected: await failingWithAsset(context, failed.id, depth) }
  },
  timeline: async (context, input) => timelineOf(context, (await rows(context, asset).get(input.id)).id, input),
} satisfies Handlers['infrastructure']

export const services = {
  ...standardHandlers(service),
  impact: async (context, { id, depth = DEFAULT_DEPTH }) => {
    const failed = await rows(context, service).get(id)
    return { affected: await failingWithService(context, failed.id, depth) }
  },
} satisfies Handlers['services']

const ofRelationships = standardHandlers(serviceRelationship)

export const serviceRelationships = {
  ...ofRelationships,
  create: async (context, input) => {
    if (input.from_service_id === input.to_service_id)
      throw new AppError('INVALID_INPUT', 'A service has no relationship to itself. Name two services.')
    return ofRelationships.create(context, input)
  },
} satisfies Handlers['serviceRelationships']

export const expirations = { list: listExpirations } satisfies Handlers['expirations']
