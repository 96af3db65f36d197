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

const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  main: RETRIEVES,
  'claudetools:credential-retrieval': RETRIEVES,
  'claudetools:credential-storage': [...LOOKS, 'credentials.create', 'credentials.rotate'],
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
}

/** What an agent may call; one of a kind that is not named here may look at what there is. None ever reads a secret into its context. */
export const operationsOf = (agentType: string): readonly string[] =>
  (Object.hasOwn(BY_TYPE, agentType) ? BY_TYPE[agentType] : undefined) ?? LOOKS
