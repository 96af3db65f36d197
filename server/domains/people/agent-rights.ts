/** What agents may call with their token, by the type that Claude Code gives them: the least that their work needs. */

/** `main` is the conversation itself. */
const RETRIEVES = [
  'credentials.list',
  'credentials.get',
  'credentials.use',
  'credentials.totp',
  'approvals.request',
  'approvals.get',
]
const LOOKS = ['credentials.list', 'credentials.get']

/** Names on a command line, and what they mean. */
const NAMES = ['clients.resolve', 'projects.resolve', 'users.list', 'users.get']
const SEARCHES = ['search.query']
const SESSIONS = ['sessions.list', 'sessions.get', 'sessions.report']

const COMMANDS = ['commandsRun.list', 'fileChanges.list']
const PATTERNS = ['failurePatterns.list', 'failurePatterns.get', 'failurePatterns.match', 'failurePatterns.guard']
const TICKETS = ['tickets.search', 'tickets.show']
const FACTS = ['infrastructure.list', 'infrastructure.get', 'environmentalInsights.list', 'clients.get']

const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  main: RETRIEVES,
  'claudetools:credential-retrieval': [...RETRIEVES, 'clients.resolve'],
  'claudetools:credential-storage': [
    ...[...LOOKS, 'credentials.create', 'credentials.rotate'],
    ...['clients.resolve', 'clients.get', 'clientAliases.list'],
  ],
  'claudetools:historical-search': [...NAMES, ...SEARCHES, ...SESSIONS, 'workItems.get'],
  'claudetools:problem-pattern-matching': [
    ...['clients.resolve', 'problemSolutions.match', 'problemSolutions.get'],
    ...SEARCHES,
  ],
  'claudetools:database-query': [...NAMES, 'reports.figures', 'reports.clientMonth'],
  'claudetools:context-recovery': [
    ...['clients.resolve', 'projects.resolve', 'context.get', 'tasks.list', 'tasks.open'],
    ...[...SEARCHES, ...SESSIONS, 'failurePatterns.list', 'failurePatterns.get', 'credentials.list'],
  ],
  'claudetools:environment-context': ['clients.resolve', ...PATTERNS, ...FACTS, 'commandsRun.list'],
  'claudetools:machine-detection': ['machines.list', 'machines.get', 'machines.register'],
  'claudetools:failure-analysis': [
    ...['clients.resolve', ...PATTERNS, ...FACTS, 'commandsRun.list'],
    ...['activate', 'update', 'merge', 'markObsolete', 'suppress'].map((verb) => `failurePatterns.${verb}`),
  ],
  'claudetools:integration-search': [
    ...['clients.resolve', ...TICKETS, 'externalIntegrations.list', 'integrationActions.list'],
    ...['backups.board', 'backups.statistics'],
  ],
  'claudetools:integration-workflow': [
    ...['clients.resolve', ...TICKETS, ...SESSIONS, 'externalIntegrations.list'],
    ...['link', 'note', 'time', 'attach', 'status'].map((verb) => `tickets.${verb}`),
    ...['attachments.create', 'backups.report'],
  ],
  'claudetools:session-summary': [...SESSIONS, 'sessions.update', 'workItems.list', ...COMMANDS],
  'claudetools:work-categorization': [
    ...['sessions.list', 'sessions.get', 'workItems.list', 'workItems.get', 'workItems.categorize'],
    ...['tags.list', 'workCategories.list', ...COMMANDS],
  ],
}

/** Does an operation reach more of the credentials than their names? */
export const reachesSecrets = (operation: string): boolean => /^credentials\.(?!list$)/.test(operation)

/** Is all that an agent may call about the technician's machines, which are of no client? */
export const isOfMachines = (operations: readonly string[]): boolean =>
  operations.every((operation) => operation.startsWith('machines.'))

/** How long after the end of its session an agent may still work on its records. */
export const AFTER_END_MS = 15 * 60_000

/** What an agent may call; one of a kind that is not named here may look at what there is. None ever reads a secret into its context. */
export const operationsOf = (agentType: string): readonly string[] =>
  (Object.hasOwn(BY_TYPE, agentType) ? BY_TYPE[agentType] : undefined) ?? LOOKS
