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

/** Every operation of the API, by domain. The server, the clients, the CLI, the OpenAPI document and the sweep test follow from it. */
export const contract = {
  auth,
  users,
  machines,
  clients,
  clientAliases: clientAlias.offers,
  projects,
  sites: site.offers,
  infrastructure: infrastructure.offers,
  sessions,
  workItems,
  commandsRun: commandRun.offers,
  fileChanges: fileChange.offers,
  tasks,
  tags: tag.offers,
  conversationContexts: conversationContext.offers,
  problemSolutions: problemSolution.offers,
  failurePatterns: failurePattern.offers,
  context,
  ingest,
}
export type Contract = typeof contract

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
