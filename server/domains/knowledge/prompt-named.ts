import { sql } from 'kysely'
import { contact } from '../../../src/contract/contacts.ts'
import { contextSnippet } from '../../../src/contract/contexts.ts'
import { failurePattern } from '../../../src/contract/failures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import { service } from '../../../src/contract/services.ts'
import { session } from '../../../src/contract/sessions.ts'
import {
  type FailsFact,
  failsLine,
  hostLine,
  type InsightFact,
  insightLine,
  type LastWork,
  lastWorkLine,
  notesLine,
  type SnippetFact,
  snippetLine,
} from '../../../src/recall/prompt-lines.ts'
import { mentioned, tellingName } from '../../../src/recall/prompt-names.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** What a client has that a prompt can name, and what is to be minded there. As SQL text: a technician waits for it with each such prompt. */

const MOST = { hosts: 5_000, services: 2_000, contacts: 2_000 }
/** Of one thing. */
const FEW = 3
/** A prompt that names more than this is a list; what is to be minded at each would bury what is asked. */
const MOST_NAMED = 4

export interface Host {
  kind: 'infrastructure'
  id: string
  name: string
  names: string[]
  os_name: string | null
  limitations: string
  environmental_notes: string | null
}
interface Service {
  kind: 'service'
  id: string
  name: string
  names: string[]
  about: string | null
  notes: string | null
}
interface Contact extends Omit<Service, 'kind'> {
  kind: 'contact'
}
export type Named = Host | Service | Contact

/** Every thing of the client with the names under which a prompt can mean it. */
export async function readNamed(context: Context, clientId: string): Promise<Named[]> {
  const { db, caller, clock } = context
  const { rows: hosts } = await sql<Omit<Host, 'kind' | 'name' | 'names'> & Record<'hostname', string> & Addresses>`
    select id, hostname, fqdn, primary_ip, mgmt_ip, os_name, limitations, environmental_notes from infrastructure
    where client_id = ${clientId} and archived_at is null and status not in ('retired', 'lost')
      and ${visibleRows(infrastructure, caller, clock())} order by hostname limit ${MOST.hosts}`.execute(db)
  const { rows: services } = await sql<{ id: string; name: string; vendor: string | null; notes: string | null }>`
    select id, name, vendor, notes from services
    where client_id = ${clientId} and archived_at is null and status != 'retired' and ${visibleRows(service, caller, clock())}
    order by name limit ${MOST.services}`.execute(db)
  const { rows: contacts } = await sql<
    Record<'id' | 'name', string> & Record<'title' | 'email' | 'notes', string | null>
  >`
    select id, name, title, email, notes from contacts
    where client_id = ${clientId} and archived_at is null and ${visibleRows(contact, caller, clock())}
    order by name limit ${MOST.contacts}`.execute(db)
  return [
    ...hosts.map(({ hostname, fqdn, primary_ip, mgmt_ip, ...host }): Host => {
      const names = told(hostname, fqdn, primary_ip, mgmt_ip)
      return { kind: 'infrastructure', ...host, name: hostname, names }
    }),
    ...services.map(
      ({ vendor, ...one }): Service => ({ kind: 'service', ...one, about: vendor, names: told(one.name) }),
    ),
    ...contacts.map(
      ({ title, email, ...one }): Contact => ({
        kind: 'contact',
        ...one,
        about: title,
        names: peopleNames(one.name, email),
      }),
    ),
  ]
}
type Addresses = Record<'fqdn' | 'primary_ip' | 'mgmt_ip', string | null>

/** A first name or a last name alone is too many people's, and often a word. */
const peopleNames = (name: string, email: string | null) => told(name.includes(' ') ? name : null, email)

const told = (...names: (string | null)[]): string[] => [
  ...new Set(names.flatMap((name) => (name === null ? [] : tellingName(name) || []))),
]

/** Those that a prompt names; none where it names a list of them. */
export function namedIn(prompt: string, all: readonly Named[]): Named[] {
  const found = mentioned(
    prompt,
    all.flatMap(({ names }) => names),
  )
  const named = all.filter(({ names }) => names.some((name) => found.has(name)))
  return named.length > MOST_NAMED ? [] : named
}

export interface Told {
  kind: 'insight' | 'snippet' | 'pattern' | 'infrastructure' | 'service' | 'contact' | 'session'
  id: string
  line: string
}

/** What is to be minded at one thing, what fails there first. */
export async function mindedAt(
  context: Context,
  clientId: string,
  named: Named,
  ownSessions: ReadonlySet<string>,
): Promise<Told[]> {
  if (named.kind === 'contact') return notesOf(named)
  const place = named.kind === 'service' ? sql.ref('service_id') : sql.ref('infrastructure_id')
  const [now, here] = [context.clock(), sql`${place} = ${named.id} and client_id = ${clientId}`]
  const patterns = await readFailing(context, named, clientId)
  const insights = await readInsights(context, here)
  const snippets = await readSnippets(context, here)
  const last = named.kind === 'infrastructure' ? await readLastWork(context, clientId, named.id, ownSessions) : []
  return [
    ...patterns.map((one): Told => ({ kind: 'pattern', id: one.id, line: failsLine(one, named.name, now) })),
    ...notesOf(named),
    ...insights.map((one): Told => ({ kind: 'insight', id: one.id, line: insightLine(one, now) })),
    ...snippets.map((one): Told => ({ kind: 'snippet', id: one.id, line: snippetLine(one, now) })),
    ...last.map((one): Told => ({ kind: 'session', id: one.id, line: lastWorkLine(one, named.name, now) })),
  ]
}

function notesOf(named: Named): Told[] {
  if (named.kind !== 'infrastructure')
    return named.notes === null
      ? []
      : [{ kind: named.kind, id: named.id, line: notesLine({ ...named, notes: named.notes }) }]
  const { id, name: hostname, os_name: system, environmental_notes } = named
  const line = hostLine({
    ...{ id, hostname, system, environmental_notes },
    limitations: JSON.parse(named.limitations) as string[],
  })
  return line === undefined ? [] : [{ kind: 'infrastructure', id, line }]
}

async function readFailing(context: Context, named: Host | Service, clientId: string): Promise<FailsFact[]> {
  const there =
    named.kind === 'service'
      ? sql`service_id = ${named.id}`
      : named.names.length === 0
        ? sql`infrastructure_id = ${named.id}`
        : sql`(infrastructure_id = ${named.id} or host in (${sql.join(named.names)}))`
  const { rows } = await sql<FailsFact>`
    select id, title, recommended_alternative, last_seen_at from failure_patterns
    where client_id = ${clientId} and status = 'active' and archived_at is null and ${there}
      and ${visibleRows(failurePattern, context.caller, context.clock())}
    order by recommended_alternative is null, last_seen_at desc, id limit ${FEW}`.execute(context.db)
  return rows
}

async function readInsights(context: Context, here: ReturnType<typeof sql>): Promise<InsightFact[]> {
  const { rows } = await sql<Omit<InsightFact, 'is_current'>>`
    select id, statement, last_confirmed_at, valid_from from environmental_insights
    where ${here} and is_current = 1 and archived_at is null
      and ${visibleRows(environmentalInsight, context.caller, context.clock())}
    order by priority desc, confidence_percent desc, id desc limit ${FEW}`.execute(context.db)
  return rows.map((row) => ({ ...row, is_current: true }))
}

async function readSnippets(context: Context, here: ReturnType<typeof sql>): Promise<SnippetFact[]> {
  const { rows } = await sql<SnippetFact>`
    select id, kind, text, created_at, superseded_by_id from context_snippets
    where ${here} and superseded_by_id is null and archived_at is null
      and ${visibleRows(contextSnippet, context.caller, context.clock())}
    order by relevance desc, created_at desc, id limit ${FEW}`.execute(context.db)
  return rows
}

/** The session, other than this one, in which something was last run there. */
async function readLastWork(
  context: Context,
  clientId: string,
  hostId: string,
  ownSessions: ReadonlySet<string>,
): Promise<LastWork[]> {
  const others = ownSessions.size === 0 ? sql`` : sql`and session_id not in (${sql.join([...ownSessions])})`
  const { rows } = await sql<Omit<LastWork, 'title'> & { title: string | null; goal: string | null }>`
    with latest as (
      select session_id, started_at from commands_run
      where client_id = ${clientId} and infrastructure_id = ${hostId} ${others}
      order by started_at desc limit 1
    )
    select sessions.id, sessions.title, latest.started_at as at, users.name as technician, (
      select text from session_events where session_id = sessions.id and kind = 'prompt' order by at limit 1) as goal
    from latest join sessions on sessions.id = latest.session_id join users on users.id = sessions.technician_id
    where ${visibleRows(session, context.caller, context.clock())}`.execute(context.db)
  return rows.flatMap(({ title, goal, ...one }) => {
    const what = title ?? goal
    return what ? [{ ...one, title: what }] : []
  })
}
