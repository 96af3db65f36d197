import { client, clientAlias, clients, project, projects, site } from './clients.ts'
import { failurePattern } from './failures.ts'
import { infrastructure } from './infrastructure.ts'
import type { Operation, Schema } from './kernel.ts'
import { context, conversationContext, problemSolution } from './knowledge.ts'
import { auth, machine, machines, user, users } from './people.ts'
import { session, sessions } from './sessions.ts'
import { ingest } from './system.ts'
import { tag } from './tags.ts'
import { task, tasks } from './tasks.ts'
import { commandRun, fileChange, workItem, workItems } from './work.ts'

/** Every entity by the name of its operations. */
export const entities = {
  users: user,
  machines: machine,
  clients: client,
  clientAliases: clientAlias,
  projects: project,
  sites: site,
  infrastructure,
  sessions: session,
  workItems: workItem,
  commandsRun: commandRun,
  fileChanges: fileChange,
  tasks: task,
  tags: tag,
  conversationContexts: conversationContext,
  problemSolutions: problemSolution,
  failurePatterns: failurePattern,
}
export type Entities = typeof entities

/** Every operation of the API, by domain. The server, the clients, the CLI, the OpenAPI document and the sweep test follow from it. */
export const contract = {
  ...standardOperationsOf(entities),
  // Those with operations of their own, and those that are no entities.
  auth,
  users,
  machines,
  clients,
  projects,
  sessions,
  workItems,
  tasks,
  context,
  ingest,
}
export type Contract = typeof contract

function standardOperationsOf<const E extends Record<string, { offers: object }>>(
  of: E,
): { [D in keyof E]: E[D]['offers'] } {
  return Object.fromEntries(Object.entries(of).map(([name, { offers }]) => [name, offers])) as never
}

/** `[['clients', 'list', operation], …]` in the order of the contract. */
export function everyOperation(): [domain: string, name: string, operation: Operation<Schema, Schema>][] {
  return Object.entries(contract).flatMap(([domain, operations]) =>
    Object.entries(operations).map(([name, operation]): [string, string, Operation] => [
      domain,
      name,
      operation as Operation,
    ]),
  )
}
