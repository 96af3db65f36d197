import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as people from '../../server/db/migrations/0001_people.ts'
import * as clients from '../../server/db/migrations/0002_clients.ts'
import * as work from '../../server/db/migrations/0003_work.ts'
import * as knowledge from '../../server/db/migrations/0004_knowledge.ts'
import type { Database } from '../../server/db/open.ts'

/** A database as the first release left it. */

const RELEASED = { '0001_people': people, '0002_clients': clients, '0003_work': work, '0004_knowledge': knowledge }

/** The schema of the first release, and the names of its migrations. */
export async function makeReleasedSchema({ db, dialect }: Database): Promise<void> {
  const { before, after } = dialect.schemaChange
  const all = async (connection: Kysely<unknown>, statements: string[]) => {
    for (const statement of statements) await sql.raw(statement).execute(connection)
  }
  const bound: Record<string, Migration> = {}
  for (const [name, { up }] of Object.entries(RELEASED))
    bound[name] = {
      up: async (connection) => {
        await all(connection, before)
        await up(connection as Kysely<never>, dialect)
        await all(connection, after)
      },
    }
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => bound } }).migrateToLatest()
  if (error) throw error
}

type Row = Record<string, string | number | null>

const NOW = '2026-01-12T09:00:00.000Z'
const id = (number: number) => `0195f2c0-7a53-7d1e-9c1f-${String(number).padStart(12, '0')}`
const [USER, MACHINE, CLIENT, PROJECT, SITE, SERVER, SESSION, ITEM, COMMAND, TASK, TAG] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
].map(id) as [string, string, string, string, string, string, string, string, string, string, string]
const AWKWARD = "  Ünïcode 😀 漢字, trailing spaces, 'quotes' and \\backslashes\\  "

const standard = (rowId: string): Row => ({
  id: rowId,
  created_at: NOW,
  updated_at: NOW,
  created_by: USER,
  updated_by: null,
  archived_at: null,
  row_version: 3,
})

const HASH = 'a'.repeat(64)

/** A row of every table, in the order in which they refer to each other. */
const ROWS: Record<string, Row> = {
  users: {
    ...standard(USER),
    email: 'Ana@example.com',
    email_key: 'ana@example.com',
    name: AWKWARD,
    role: 'admin',
    all_clients: 1,
    password_hash: 'a hash',
    epoch: 2,
  },
  logins: { id: id(20), user_id: USER, created_at: NOW, expires_at: NOW, last_used_at: NOW, revoke_reason: 'logout' },
  refresh_tokens: { token_hash: HASH, login_id: id(20), created_at: NOW },
  machines: {
    ...standard(MACHINE),
    hostname: 'ANA-LT1',
    machine_fingerprint: HASH,
    os_type: 'windows',
    tools: '{"docker":false}',
    vpn_profiles: '{}',
    is_primary: 1,
  },
  clients: {
    ...standard(CLIENT),
    name: 'Dataforth',
    name_key: 'dataforth',
    code: 'DF',
    type: 'msp_managed',
    status: 'active',
    security_level: 'sensitive',
    compliance: '["hipaa"]',
    notes: AWKWARD,
  },
  user_client_access: { user_id: USER, client_id: CLIENT, level: 'write', granted_by: USER, created_at: NOW },
  client_aliases: { ...standard(id(21)), client_id: CLIENT, alias: 'DFC', alias_key: 'dfc' },
  projects: {
    ...standard(PROJECT),
    client_id: CLIENT,
    name: 'Firewall',
    name_key: 'firewall',
    kind: 'migration',
    status: 'active',
    billing_mode: 'tm',
    budget_minor: Number.MAX_SAFE_INTEGER,
    local_paths: '{}',
  },
  sites: {
    ...standard(SITE),
    client_id: CLIENT,
    name: 'Office',
    name_key: 'office',
    public_ips: '["203.0.113.0/28"]',
    vpn_required: 0,
    hours: '{}',
    is_primary: 1,
  },
  infrastructure: {
    ...standard(SERVER),
    client_id: CLIENT,
    site_id: SITE,
    kind: 'virtual_server',
    roles: '["dc"]',
    hostname: 'SRV-OLD',
    hostname_key: 'srv-old',
    status: 'active',
    criticality: 'high',
    environmental_notes: AWKWARD,
    has_gui: 1,
    limitations: '{}',
    custom: '{}',
  },
  sessions: {
    ...standard(SESSION),
    machine_id: MACHINE,
    client_id: CLIENT,
    project_id: PROJECT,
    mode: 'msp',
    claude_session_id: 'c1',
    stretch: 1,
    ticket: '#12345',
    technician_id: USER,
    status: 'ended',
    started_at: NOW,
    last_activity_at: NOW,
    ended_at: NOW,
    end_reason: 'user',
    summary: AWKWARD,
  },
  session_events: {
    machine_id: MACHINE,
    stream: 's',
    event_id: 'e',
    session_id: SESSION,
    kind: 'prompt',
    source: 'hook',
    at: NOW,
    recorded_at: NOW,
    received_at: NOW,
    epoch: 'x',
    seq: 1,
    body_sha256: HASH,
    text: AWKWARD,
  },
  work_items: {
    ...standard(ITEM),
    session_id: SESSION,
    client_id: CLIENT,
    seq: 1,
    title: 'Spooler',
    category: 'incident',
    status: 'completed',
    outcome: 'success',
    priority: 'p2',
  },
  commands_run: {
    ...standard(COMMAND),
    session_id: SESSION,
    client_id: CLIENT,
    work_item_id: ITEM,
    machine_id: MACHINE,
    seq: 1,
    tool: 'powershell',
    command: AWKWARD,
    command_fingerprint: HASH,
    started_at: NOW,
    exit_code: -1_073_741_819,
    success: 0,
    interrupted: 0,
    failure_category: 'syntax',
    is_destructive: 0,
    redaction_count: 0,
    redactor_version: 1,
  },
  file_changes: {
    ...standard(id(22)),
    session_id: SESSION,
    client_id: CLIENT,
    machine_id: MACHINE,
    path: 'C:\\x',
    change: 'M',
    is_config: 1,
    sensitive: 0,
    changed_at: NOW,
  },
  tasks: {
    ...standard(TASK),
    client_id: CLIENT,
    kind: 'pending',
    session_id: SESSION,
    work_item_id: ITEM,
    title: 'Certificate',
    reason: 'follow_up',
    priority: 'p3',
    status: 'done',
    completed_at: NOW,
    command_id: COMMAND,
  },
  tags: { ...standard(TAG), slug: 'Printing', slug_key: 'printing', name: 'Printing', category: 'technology' },
  work_item_tags: { work_item_id: ITEM, tag_id: TAG, source: 'manual', created_at: NOW },
  session_tags: { session_id: SESSION, tag_id: TAG, source: 'auto', created_at: NOW },
  conversation_contexts: {
    ...standard(id(23)),
    session_id: SESSION,
    client_id: CLIENT,
    kind: 'session_end',
    title: 'Account',
    dense_summary: AWKWARD,
    key_points: '[]',
    open_questions: '[]',
    importance: 5,
    token_estimate: 40,
    source_hash: HASH,
  },
  problem_solutions: {
    ...standard(id(24)),
    client_id: CLIENT,
    work_item_id: ITEM,
    title: 'Queue stuck',
    symptom: AWKWARD,
    solution: 'Restart it',
    applies_to: '{}',
    confidence: 'verified',
    times_applied: 2,
    times_succeeded: 1,
  },
  failure_patterns: {
    ...standard(id(25)),
    scope: 'client',
    client_id: CLIENT,
    infrastructure_id: SERVER,
    signature: HASH,
    title: 'No systemctl',
    category: 'environment',
    severity: 'high',
    occurrences: 3,
    distinct_sessions: 2,
    first_seen_at: NOW,
    last_seen_at: NOW,
    example_command_id: COMMAND,
    confidence_percent: 90,
    status: 'active',
  },
}

/** @returns the rows as they are in the database, by table. */
export async function fillReleasedDatabase(database: Database): Promise<Record<string, Row[]>> {
  const db = database.db as unknown as Kysely<Record<string, Row>>
  const filled: Record<string, Row[]> = {}
  for (const [table, row] of Object.entries(ROWS)) {
    await db.insertInto(table).values(row).execute()
    filled[table] = await db.selectFrom(table).selectAll().execute()
  }
  return filled
}
