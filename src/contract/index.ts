import {
  agreement,
  agreementPeriod,
  billingRule,
  calendar,
  holiday,
  rate,
  rateModifier,
  workType,
} from './agreements.ts'
import { apiKey, apiKeys } from './api-keys.ts'
import { approvals } from './approvals.ts'
import { attachment, attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { backups } from './backup-health.ts'
import { backupAlert, backupAlerts, backupPlanStatus, backupRun } from './backups.ts'
import { billableTime, billableTimes, exportBatch } from './billing.ts'
import { deployment, deployments, infrastructureChange, infrastructureChanges, workItemAsset } from './changes.ts'
import { client, clientAlias, clients, project, projects, site } from './clients.ts'
import { contact } from './contacts.ts'
import { contextLink, contextRecall, contextRecalls, contextSnippet, contextSnippets, contextTag } from './contexts.ts'
import { credential, credentialAuditLog, credentialPermission, credentials } from './credentials.ts'
import { dataOperations, NEVER_EXPORTED } from './data.ts'
import { decision, decisions, projectState } from './decisions.ts'
import { certificate, domain } from './domains.ts'
import { expirations } from './expirations.ts'
import { externalTickets } from './external-tickets.ts'
import { failurePattern, failurePatterns } from './failures.ts'
import { firewallRule, firewallRules } from './firewall-rules.ts'
import { incidentEntity, securityIncident, securityIncidents } from './incidents.ts'
import { infrastructure, infrastructureOperations } from './infrastructure.ts'
import { environmentalInsight, environmentalInsights } from './insights.ts'
import {
  externalIntegration,
  externalIntegrations,
  externalRef,
  externalRefs,
  integrationCredential,
} from './integrations.ts'
import type { Operation, Schema } from './kernel.ts'
import { context, conversationContext, problemSolution, problemSolutions, solutionApplication } from './knowledge.ts'
import { licence } from './licences.ts'
import { m365Tenant } from './m365.ts'
import { network, networkInterface, networks } from './networks.ts'
import { operationFailure, operationFailures } from './operation-failures.ts'
import { machine, machines, user, users } from './people.ts'
import { redaction } from './redaction.ts'
import { reports } from './reports.ts'
import { search } from './search.ts'
import { secretOperations } from './secrets.ts'
import { service, serviceRelationship, services } from './services.ts'
import { session, sessions } from './sessions.ts'
import { apiAuditLog, backupLog, ingest, jobRun, setting } from './system.ts'
import { tag, tagRule, tags } from './tags.ts'
import { task, taskDependency, tasks } from './tasks.ts'
import { ticketLink, tickets } from './tickets.ts'
import { hooks, webhookDeliveries, webhookDelivery, webhookSubscription, webhookSubscriptions } from './webhooks.ts'
import { commandRun, commandsRun, fileChange, workCategory, workItem, workItems } from './work.ts'
import {
  integrationAction,
  integrationActions,
  integrationWorkflow,
  integrationWorkflowRun,
  integrationWorkflowRuns,
  integrationWorkflows,
} from './workflows.ts'

/** Every entity by the name of its operations. */
export const entities = {
  users: user,
  machines: machine,
  clients: client,
  clientAliases: clientAlias,
  projects: project,
  sites: site,
  infrastructure,
  contacts: contact,
  services: service,
  serviceRelationships: serviceRelationship,
  networks: network,
  networkInterfaces: networkInterface,
  firewallRules: firewallRule,
  m365Tenants: m365Tenant,
  domains: domain,
  certificates: certificate,
  licences: licence,
  sessions: session,
  workItems: workItem,
  commandsRun: commandRun,
  fileChanges: fileChange,
  workCategories: workCategory,
  tasks: task,
  taskDependencies: taskDependency,
  tags: tag,
  tagRules: tagRule,
  conversationContexts: conversationContext,
  problemSolutions: problemSolution,
  solutionApplications: solutionApplication,
  failurePatterns: failurePattern,
  operationFailures: operationFailure,
  environmentalInsights: environmentalInsight,
  decisions: decision,
  projectStates: projectState,
  contextSnippets: contextSnippet,
  contextLinks: contextLink,
  contextTags: contextTag,
  contextRecalls: contextRecall,
  infrastructureChanges: infrastructureChange,
  deployments: deployment,
  workItemAssets: workItemAsset,
  workTypes: workType,
  agreements: agreement,
  agreementPeriods: agreementPeriod,
  calendars: calendar,
  holidays: holiday,
  billingRules: billingRule,
  rates: rate,
  rateModifiers: rateModifier,
  billableTime,
  exportBatches: exportBatch,
  credentials: credential,
  credentialPermissions: credentialPermission,
  credentialAuditLog,
  apiAuditLog,
  securityIncidents: securityIncident,
  incidentEntities: incidentEntity,
  apiKeys: apiKey,
  attachments: attachment,
  settings: setting,
  jobRuns: jobRun,
  backupLog,
  externalIntegrations: externalIntegration,
  integrationCredentials: integrationCredential,
  externalRefs: externalRef,
  ticketLinks: ticketLink,
  webhookSubscriptions: webhookSubscription,
  webhookDeliveries: webhookDelivery,
  integrationActions: integrationAction,
  integrationWorkflows: integrationWorkflow,
  integrationWorkflowRuns: integrationWorkflowRun,
  backupPlanStatus,
  backupRuns: backupRun,
  backupAlerts: backupAlert,
}
export type Entities = typeof entities

/** Import, and export of every entity that has a list, but those that say where a secret is and what it opens. */
const data = dataOperations(
  Object.values(entities).flatMap(({ path, offers }) =>
    'list' in offers && !NEVER_EXPORTED.includes(path.slice(1)) ? [path.slice(1)] : [],
  ),
)

/** Every operation of the API, by domain. The server, the clients, the CLI, the OpenAPI document and the sweep test follow from it. */
export const contract = {
  // Whoever reads the documentation begins here.
  auth,
  ...standardOperationsOf(entities),
  // Those with operations of their own, and those that are no entities.
  users,
  machines,
  clients,
  projects,
  infrastructure: infrastructureOperations,
  services,
  networks,
  firewallRules,
  expirations,
  sessions,
  workItems,
  commandsRun,
  tasks,
  tags,
  search,
  infrastructureChanges,
  deployments,
  billableTime: billableTimes,
  reports,
  problemSolutions,
  failurePatterns,
  operationFailures,
  environmentalInsights,
  decisions,
  contextSnippets,
  contextRecalls,
  context,
  credentials: { ...credentials, ...secretOperations },
  approvals,
  audit,
  redaction,
  securityIncidents,
  apiKeys,
  attachments,
  ingest,
  data,
  externalIntegrations,
  externalRefs,
  tickets: { ...tickets, ...externalTickets },
  webhookSubscriptions,
  webhookDeliveries,
  integrationActions,
  hooks,
  integrationWorkflows,
  integrationWorkflowRuns,
  backupAlerts,
  backups,
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
