import { type Contract, type Entities, entities } from '../../src/contract/index.ts'
import type { Handlers } from '../context.ts'
import { standardHandlers } from '../crud/standard.ts'
import { clients, projects } from './clients/handlers.ts'
import { context, conversationContexts, problemSolutions } from './knowledge/handlers.ts'
import { auth, machines, users } from './people/handlers.ts'
import { ingest } from './system/handlers.ts'
import { sessions, tasks, workItems } from './work/handlers.ts'

/** Entities whose operations are all standard ones. */
type Plain = {
  [D in keyof Entities]: keyof Contract[D] extends keyof Entities[D]['offers'] ? D : never
}[keyof Entities]

const standard = Object.fromEntries(
  Object.entries(entities).map(([name, entity]) => [name, standardHandlers(entity as never)]),
) as unknown as Pick<Handlers, Plain>

/** A handler for every operation of the contract; a missing one does not compile. */
export const handlers: Handlers = {
  ...standard,
  auth,
  users,
  machines,
  clients,
  projects,
  sessions,
  workItems,
  tasks,
  conversationContexts,
  problemSolutions,
  context,
  ingest,
}
