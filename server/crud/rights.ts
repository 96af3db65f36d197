import { AppError } from '../../src/contract/errors.ts'
import type { Operation } from '../../src/contract/kernel.ts'
import { ROLES } from '../../src/contract/rights.ts'
import type { Caller } from '../context.ts'

/**
 * May the caller call the operation at all? Of whose rows is decided row by row (`visibility.ts`).
 *
 * @throws AppError FORBIDDEN that names the scope or role it needs.
 */
export function mayCall(caller: Caller, { scope, role }: Pick<Operation, 'scope' | 'role'>, path: string): void {
  if (scope === null) return
  if (caller.agent && !caller.agent.operations.includes(path))
    throw new AppError(
      'FORBIDDEN',
      `An agent of this kind (${caller.agent.type}) may not call ${path}. Ask the user to do it.`,
    )
  if (!caller.scopes.includes(scope))
    throw new AppError('FORBIDDEN', `This needs the scope ${scope}, which your role (${caller.role}) does not have.`)
  if (ROLES.indexOf(caller.role) < ROLES.indexOf(role))
    throw new AppError('FORBIDDEN', `This needs the role ${role}; yours is ${caller.role}.`)
}
