import { type Contract, type Entities, entities } from '../../src/contract/index.ts'
import type { Handlers } from '../context.ts'
import { standardHandlers } from '../crud/standard.ts'
import { approvals } from './approvals/handlers.ts'
import { audit } from './audit/handlers.ts'
import { exportBatches } from './billing/batches.ts'
import { billableTime } from './billing/handlers.ts'
import { terms } from './billing/terms.ts'
import { deployments, infrastructureChanges } from './changes/handlers.ts'
import { clients, contacts, projects, sites } from './clients/handlers.ts'
import { credentials } from './credentials/handlers.ts'
import { credentialPermissions } from './credentials/permissions.ts'
import { dataHandlers } from './data/handlers.ts'
import { failurePatterns, operationFailures } from './failures/handlers.ts'
import { incidentEntities, securityIncidents } from './incidents/handlers.ts'
import {
  expirations,
  firewallRules,
  infrastructure,
  networks,
  serviceRelationships,
  services,
} from './infrastructure/handlers.ts'
import { environmentalInsights } from './insights/handlers.ts'
import {
  backupAlerts,
  backups,
  externalIntegrations,
  externalRefs,
  integrationActions,
  integrationCredentials,
  ticketLinks,
  tickets,
} from './integrations/handlers.ts'
import { hooks, webhookDeliveries, webhookSubscriptions } from './integrations/webhook-handlers.ts'
import { integrationWorkflowRuns, integrationWorkflows } from './integrations/workflow-handlers.ts'
import { contextLinks, contextRecalls, contextSnippets, contextTags } from './knowledge/contexts.ts'
import { decisions, projectStates } from './knowledge/decisions.ts'
import { context, conversationContexts } from './knowledge/handlers.ts'
import { problemSolutions, solutionApplications } from './knowledge/solutions.ts'
import { apiKeys } from './people/api-keys.ts'
import { auth } from './people/auth.ts'
import { machines, users } from './people/handlers.ts'
import { redaction } from './redaction/handlers.ts'
import { reports } from './reports/handlers.ts'
import { search } from './search/handlers.ts'
import { attachments } from './system/attachments.ts'
import { ingest } from './system/handlers.ts'
import { commandsRun } from './work/commands.ts'
import { workItems } from './work/items.ts'
import { sessions } from './work/sessions.ts'
import { tagRules, tags } from './work/tags.ts'
import { taskDependencies, tasks } from './work/tasks.ts'

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
  audit,
  redaction,
  clients,
  projects,
  sites,
  contacts,
  infrastructure,
  services,
  serviceRelationships,
  networks,
  firewallRules,
  expirations,
  sessions,
  workItems,
  commandsRun,
  tasks,
  taskDependencies,
  tags,
  tagRules,
  search,
  conversationContexts,
  problemSolutions,
  solutionApplications,
  failurePatterns,
  operationFailures,
  environmentalInsights,
  decisions,
  projectStates,
  contextSnippets,
  contextLinks,
  contextTags,
  contextRecalls,
  infrastructureChanges,
  deployments,
  billableTime,
  exportBatches,
  ...terms,
  reports,
  context,
  credentials,
  credentialPermissions,
  approvals,
  securityIncidents,
  incidentEntities,
  apiKeys,
  attachments,
  ingest,
  data: dataHandlers(() => handlers),
  externalIntegrations,
  integrationActions,
  integrationCredentials,
  externalRefs,
  ticketLinks,
  tickets,
  webhookSubscriptions,
  webhookDeliveries,
  hooks,
  integrationWorkflows,
  integrationWorkflowRuns,
  backupAlerts,
  backups,
}
