import type { credential } from '../../../src/contract/credentials.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { ROLES } from '../../../src/contract/rights.ts'

type Credential = RowOf<typeof credential>
export type Places = {
  [K in 'site_id' | 'infrastructure_id' | 'service_id' | 'm365_tenant_id' | 'owner_user_id']?: Credential[K] | undefined
} & { scope?: Credential['scope'] }

const SCOPE_OF_PLACE = [
  ['site_id', 'site'],
  ['infrastructure_id', 'infrastructure'],
  ['service_id', 'service'],
  ['m365_tenant_id', 'tenant'],
] as const

/**
 * What a credential opens, from the one place that it names. Pure.
 *
 * @throws AppError INVALID_INPUT where it names more than one.
 */
export function scopeOf(places: Places): Credential['scope'] {
  const named = SCOPE_OF_PLACE.filter(([column]) => (places[column] ?? null) !== null)
  if (named.length > 1)
    throw new AppError(
      'INVALID_INPUT',
      `A credential is for one place: give only one of ${named.map(([column]) => column).join(', ')}, and make another credential for the other.`,
    )
  const [place] = named
  if (place) return place[1]
  if (places.scope === 'integration') return 'integration'
  return (places.owner_user_id ?? null) === null ? 'client' : 'user'
}

/**
 * Is this a principal that can be? Pure, as far as ids go.
 *
 * @throws AppError INVALID_INPUT for a role that there is not, or an id that is none.
 */
export function checkPrincipal(type: 'user' | 'role' | 'api_key' | 'agent', id: string): void {
  if (type === 'role' && !(ROLES as readonly string[]).includes(id))
    throw new AppError('INVALID_INPUT', `principal_id must be a role: ${ROLES.join(', ')}.`)
  if ((type === 'user' || type === 'api_key') && !UUID.test(id))
    throw new AppError('INVALID_INPUT', `principal_id must be the id of ${type === 'user' ? 'a user' : 'an API key'}.`)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The seal of break-glass credentials is not taken off, which would let one person do what two have to. Pure. */
export const mayTakeSensitivity = (
  before: Credential['sensitivity'],
  after: Credential['sensitivity'] | undefined,
): boolean => before !== 'break_glass' || after === undefined || after === 'break_glass'
