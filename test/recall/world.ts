import { createHash } from 'node:crypto'
import { commandFingerprint } from '../../src/guard/shape.ts'
import type {
  CompactFacts,
  DecisionFact,
  FailedCommand,
  HostFact,
  InsightFact,
  MachineFact,
  PatternFact,
  ResumeFacts,
  SessionFact,
  SnippetFact,
  StartFacts,
  StateFact,
  TaskFact,
} from '../../src/recall/facts.ts'

/** Rows for tests, each complete and plain; a test names only what it is about. */

export const NOW = new Date('2026-01-12T17:03:11.000Z')
export const id = (n: number) => `0195f2c0-7a53-7d1e-9c1f-3f2a${n.toString(16).padStart(8, '0')}`
export const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString()
export const words = (text: string) => text.split(/\s+/).filter(Boolean).length

export const aMachine = (own: Partial<MachineFact> = {}): MachineFact => ({
  hostname: 'ANA-LT1',
  friendly_name: null,
  os_type: 'windows',
  os_version: 'Windows 11 23H2',
  default_shell: 'powershell',
  tools: {
    docker: false,
    shells: { powershell: '5.1', bash: '5.2' },
    package_managers: ['winget', 'npm'],
    mcp_servers: [],
    skills: ['pdf'],
  },
  vpn_profiles: { profiles: ['Dataforth', 'Acme Corp'] },
  timezone: 'America/Phoenix',
  ...own,
})

export const aTask = (n: number, own: Partial<TaskFact> = {}): TaskFact => ({
  id: id(n),
  title: `Task ${n}`,
  priority: 'p3',
  status: 'todo',
  due_at: null,
  created_at: hoursAgo(48),
  updated_at: hoursAgo(48),
  ...own,
})

export const aFailure = (n: number, command: string, own: Partial<FailedCommand> = {}): FailedCommand => ({
  id: id(n),
  command,
  command_fingerprint: commandFingerprint(command, (text) => createHash('sha256').update(text).digest('hex')),
  success: false,
  interrupted: false,
  exit_code: 1,
  stderr_excerpt: null,
  error_message: null,
  failure_category: null,
  started_at: hoursAgo(n),
  resolved_by_id: null,
  host: null,
  alternative: null,
  ...own,
})

export const aPattern = (n: number, own: Partial<PatternFact> = {}): PatternFact => ({
  id: id(n),
  title: `Pattern ${n}`,
  severity: 'medium',
  occurrences: 3,
  last_seen_at: hoursAgo(50),
  root_cause: null,
  recommended_alternative: null,
  host: null,
  ...own,
})

export const aHost = (n: number, own: Partial<HostFact> = {}): HostFact => ({
  id: id(n),
  hostname: `SRV-${n}`,
  os_name: 'Windows Server 2008 R2',
  os_version: null,
  powershell_version: '2.0',
  limitations: [],
  environmental_notes: null,
  criticality: 'medium',
  last_verified_at: null,
  updated_at: hoursAgo(2_000),
  ...own,
})

export const aSession = (n: number, own: Partial<SessionFact> = {}): SessionFact => ({
  id: id(n),
  title: `Session ${n}`,
  mode: 'msp',
  status: 'ended',
  started_at: hoursAgo(n + 1),
  last_activity_at: hoursAgo(n),
  technician_name: 'Ana',
  machine_name: 'ANA-LT1',
  goal: null,
  counts: {},
  ...own,
})

export const aDecision = (n: number, own: Partial<DecisionFact> = {}): DecisionFact => ({
  id: id(n),
  title: `Decision ${n}`,
  decision: `What decision ${n} says`,
  decided_at: hoursAgo(n),
  ...own,
})

export const anInsight = (n: number, own: Partial<InsightFact> = {}): InsightFact => ({
  id: id(n),
  statement: `Statement ${n} holds`,
  priority: 5,
  known_at: hoursAgo(n),
  ...own,
})

export const aSnippet = (n: number, own: Partial<SnippetFact> = {}): SnippetFact => ({
  id: id(n),
  kind: 'gotcha',
  text: `Note ${n}`,
  relevance: 50,
  use_count: 0,
  created_at: hoursAgo(n),
  ...own,
})

export const aState = (own: Partial<StateFact> = {}): StateFact => ({
  id: id(800),
  status: 'Rules are moved, VPN is not',
  focus: 'Site-to-site tunnel to Tucson',
  progress_pct: 60,
  next_actions: ['Ask the provider for the second address'],
  blockers: [],
  key_files: [],
  created_at: hoursAgo(30),
  ...own,
})

const nothingKnown = { state: null, decisions: [], insights: [], snippets: [] } as const
const nothingNew = { decisions: [], insights: [], snippets: [] } as const

export const nowhere = { machine: null, mode: null, client: null, project: null, ticket: null, notices: [] } as const
export const dataforth = {
  ...nowhere,
  machine: aMachine(),
  mode: 'msp',
  client: { id: id(900), name: 'Dataforth' },
} as const

export const aStart = (own: Partial<StartFacts> = {}): StartFacts => ({
  ...nowhere,
  purpose: 'start',
  tasks: [],
  failures: [],
  patterns: [],
  hosts: [],
  sessions: [],
  credentials: [],
  expiring: [],
  ...nothingKnown,
  ...own,
})
export const aResume = (own: Partial<ResumeFacts> = {}): ResumeFacts => ({
  ...nowhere,
  purpose: 'resume',
  since: hoursAgo(10),
  tasks: [],
  failures: [],
  patterns: [],
  sessions: [],
  ...nothingNew,
  ...own,
})
export const aCompact = (own: Partial<CompactFacts> = {}): CompactFacts => ({
  ...nowhere,
  purpose: 'compact',
  session: { id: id(700), started_at: hoursAgo(2) },
  prompts: [],
  work_items: [],
  commands: [],
  files: [],
  tasks: [],
  ...own,
})

/** A client with all that the block can tell. */
export const richStart = (): StartFacts =>
  aStart({
    ...dataforth,
    project: { id: id(901), name: 'Firewall migration' },
    ticket: '#12345',
    notices: ['Client "Datafort" could not be found; events are kept.'],
    tasks: [
      aTask(1, { title: 'Renew the certificate of mail.dataforth.com', priority: 'p1', due_at: hoursAgo(-72) }),
      aTask(2, { title: 'Ask for the firewall contract', status: 'waiting_client', due_at: hoursAgo(30) }),
      ...[3, 4, 5, 6].map((n) => aTask(n, { title: `Check backup job ${n} after the migration of the file server` })),
    ],
    failures: [
      aFailure(20, 'Get-LocalUser', {
        host: 'SRV-OLD',
        stderr_excerpt:
          "Get-LocalUser : The term 'Get-LocalUser' is not recognized as the name of a cmdlet, function, script file, or operable program.\nAt line:1 char:1",
        alternative: 'Get-WmiObject Win32_UserAccount -Filter "LocalAccount=True"',
        resolved_by_id: id(21),
      }),
      aFailure(22, 'docker ps', {
        host: null,
        exit_code: 127,
        error_message: 'Exit code 127\nbash: docker: command not found',
      }),
      aFailure(23, 'cd /srv && systemctl restart nginx', {
        host: 'web1',
        stderr_excerpt: 'Job for nginx.service failed because the control process exited with error code.',
      }),
    ],
    patterns: [
      aPattern(30, {
        title: 'Server 2008 has no SMB 3',
        host: 'SRV-OLD',
        recommended_alternative: 'robocopy /COPY:DAT',
      }),
    ],
    hosts: [
      aHost(40, {
        hostname: 'SRV-OLD',
        limitations: ['no outbound internet', 'reboot needs approval'],
        environmental_notes: 'Runs the ERP; contact Bert before a restart.',
      }),
      aHost(41, { powershell_version: null }),
    ],
    sessions: [50, 75, 99, 200, 400, 900].map((n) =>
      aSession(n, {
        title: `Moved the mailboxes of group ${n} to Exchange Online`,
        counts: { commands: n, failures: 2, unresolved_failures: 1, files: 3, work_items: 1 },
      }),
    ),
    state: aState(),
    decisions: [
      aDecision(62, { title: 'Mail goes to Exchange Online', decision: 'The local server becomes a relay.' }),
    ],
    insights: [
      anInsight(63, { statement: 'Reboots only after 18:00.', priority: 9 }),
      anInsight(64, { statement: 'The firewall blocks port 25 outbound.' }),
    ],
    snippets: [aSnippet(65, { text: 'The scanner sends mail over port 25 only; block it and invoices stop.' })],
    credentials: [{ id: id(60), name: 'Domain admin', type: 'password', last_used_at: hoursAgo(30) }],
    expiring: [{ id: id(61), kind: 'certificate', name: 'mail.dataforth.com', expires_at: hoursAgo(-280) }],
  })
