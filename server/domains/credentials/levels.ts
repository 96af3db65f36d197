import type { credential, credentialPermission } from '../../../src/contract/credentials.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Role } from '../../../src/contract/rights.ts'

/** What somebody may do with a credential, each level with all before it. */
export const LEVELS = ['metadata', 'use', 'reveal', 'edit', 'manage'] as const
export type Level = (typeof LEVELS)[number]

type Credential = RowOf<typeof credential>
export type Judged = Pick<Credential, 'sensitivity' | 'owner_user_id'>
/** A permission that names this credential (or its client and type) and this principal, and stands. */
export type Grant = Pick<RowOf<typeof credentialPermission>, 'principal_type' | 'level' | 'effect'>

/** Who asks. */
export interface Principal {
  kind: 'person' | 'api_key' | 'agent'
  userId: string
  role: Role
  /** Has write access to the credential's client, or it has none and the caller sees it. */
  writes: boolean
  /** An agent that is there to put secrets away: it may change them, never read them. */
  stores?: boolean
}

const NONE = 0
const rankOf = (level: Level): number => LEVELS.indexOf(level) + 1

/**
 * The level of a caller on a credential; null: for them it does not exist. Pure.
 *
 * The highest of what the role gives and what is granted, below every denial (which takes its level and all above), and never more than
 * what this kind of caller can have at all.
 */
export function levelOf(who: Principal, credential: Judged, grants: readonly Grant[]): Level | null {
  const given = grants
    .filter((grant) => grant.effect === 'allow' && raises(who, grant))
    .map(({ level }) => rankOf(level))
  const denied = grants.filter((grant) => grant.effect === 'deny').map(({ level }) => rankOf(level) - 1)
  const rank = Math.min(Math.max(usual(who, credential), ...given), ...denied, most(who, credential))
  return LEVELS[rank - 1] ?? null
}

/** An API key has what names the key, not what its user was granted; nothing that is granted to a kind of agent widens its user's rights. */
const raises = ({ kind }: Principal, { principal_type }: Grant): boolean =>
  kind === 'api_key' ? principal_type === 'api_key' : principal_type === 'user' || principal_type === 'role'

/** What one may do where nobody said otherwise. */
function usual({ kind, userId, role, writes }: Principal, { sensitivity, owner_user_id }: Judged): number {
  if (role === 'viewer') return NONE
  if (kind === 'api_key') return rankOf('metadata')
  if (owner_user_id === userId) return rankOf('manage')
  if (!writes) return rankOf('metadata')
  if (role === 'lead' || role === 'admin') return rankOf('manage')
  return rankOf(({ normal: 'edit', high: 'use', break_glass: 'metadata' } as const)[sensitivity])
}

/** What nothing can raise. */
function most({ kind, userId, role, stores }: Principal, { sensitivity, owner_user_id }: Judged): number {
  if (owner_user_id !== null && owner_user_id !== userId)
    return role === 'lead' || role === 'admin' ? rankOf('metadata') : NONE
  if (kind === 'api_key') return rankOf('use')
  if (kind === 'person') return rankOf('manage')
  if (sensitivity === 'break_glass') return rankOf('metadata')
  return rankOf(stores ? 'edit' : 'use')
}

/** Is the level at least the one that is needed? Pure. */
export const reaches = (level: Level | null, needed: Level): boolean =>
  level !== null && rankOf(level) >= rankOf(needed)
