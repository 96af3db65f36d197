/** Who may do what: roles are ceilings, scopes narrow a token. Which clients is decided per row (`server/crud/visibility.ts`). */

export type Scope = 'msp:read' | 'msp:write' | 'msp:admin'
export const ROLES = ['viewer', 'technician', 'lead', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What a role may do at most. */
const SCOPES: Record<Role, readonly Scope[]> = {
  viewer: ['msp:read'],
  technician: ['msp:read', 'msp:write'],
  lead: ['msp:read', 'msp:write'],
  admin: ['msp:read', 'msp:write', 'msp:admin'],
}

/** The scopes of a role; a token may have fewer. */
export const scopesOf = (role: Role): readonly Scope[] => SCOPES[role]
