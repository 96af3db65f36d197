import { failurePattern } from '../../src/contract/failures.ts'
import { infrastructure } from '../../src/contract/infrastructure.ts'
import type { Handlers } from '../context.ts'
import { standardHandlers } from '../crud/standard.ts'
import { clientAliases, clients, projects, sites } from './clients/handlers.ts'
import { context, conversationContexts, problemSolutions } from './knowledge/handlers.ts'
import { auth, machines, users } from './people/handlers.ts'
import { ingest } from './system/handlers.ts'
import { commandsRun, fileChanges, sessions, tags, tasks, workItems } from './work/handlers.ts'

/** A handler for every operation of the contract; a missing one does not compile. */
export const handlers: Handlers = {
  auth,
  users,
  machines,
  clients,
  clientAliases,
  projects,
  sites,
  infrastructure: standardHandlers(infrastructure) satisfies Handlers['infrastructure'],
  sessions,
  workItems,
  commandsRun,
  fileChanges,
  tasks,
  tags,
  conversationContexts,
  problemSolutions,
  failurePatterns: standardHandlers(failurePattern) satisfies Handlers['failurePatterns'],
  context,
  ingest,
}
