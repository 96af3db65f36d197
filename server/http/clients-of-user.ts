import type { Role } from '../../src/contract/rights.ts'

/** Which clients a user may see, as far as it does not depend on the client. An admin is denied none. */
export const clientsOf = (user: { role: Role; all_clients: number; some_denied: number | null }) => ({
  allClients: user.role === 'admin' || Boolean(user.all_clients),
  someDenied: user.role !== 'admin' && Boolean(user.some_denied),
})
