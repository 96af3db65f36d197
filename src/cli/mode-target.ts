import type { OutputOf } from '../api/client.ts'
import { type ApiError, isOutage } from '../api/errors.ts'
import type { Contract } from '../contract/index.ts'
import { type GitFacts, readGit } from '../git.ts'
import { type LocalSession, listSessions, type Named } from '../sessions.ts'
import { knownFrom, listingOf, matchClient, readKnownClients, writeKnownClients } from './client-cache.ts'
import { MODE_DEADLINE_MS } from './delivery.ts'
import type { Wish } from './mode-words.ts'
import { ambiguous, noClient, noProject, nothingToGoOn } from './names.ts'
import type { World } from './world.ts'

/** For whom the next stretch is. */
export interface Target {
  client: Named | null
  project: Named | null
  ticket: string | null
  /** How the client was found when it was not named; null when it was. */
  found: string | null
  /** Why the server was not asked; null when it was. */
  offline: ApiError | null
}

export interface Surroundings {
  session: LocalSession
  git: GitFacts
}

/** Where the session works: its folder, else ours. */
export function surroundingsOf(session: LocalSession): Surroundings {
  return { session, git: readGit(session.cwd ?? process.cwd()) }
}

/**
 * Finds the client, project and ticket that were asked for.
 *
 * @throws Failure with the candidates when the server knows no such client or several; nothing is changed then
 */
export async function mspTarget(world: World, wish: Wish, around: Surroundings): Promise<Target> {
  if (wish.words.length > 0) return namedTarget(world, wish)
  const found = await likelyTarget(world, wish, around)
  if (found === null) throw await nothingToGoOn(world)
  const project =
    wish.project === null ? found.project : await projectOf(world, wish.project, found.client, found.offline)
  return { ...found, project, ticket: wish.ticket ?? found.ticket }
}

async function namedTarget(world: World, wish: Wish): Promise<Target> {
  const { cache } = world.settings.paths
  const texts = beginningsOf(wish.words)
  const [clients, aliases, ...answers] = await world.api.batch(
    (call) => [...listingOf(call), ...texts.map(({ text }) => call.clients.resolve({ text: text.slice(0, 200) }))],
    { deadlineMs: MODE_DEADLINE_MS },
  )
  if (clients.status === 'fulfilled' && aliases.status === 'fulfilled')
    writeKnownClients(cache, knownFrom([clients.value, aliases.value], readKnownClients(cache)))
  const [first] = answers
  if (first?.status === 'rejected') {
    if (isOutage(first.reason)) return offlineTarget(world, wish, first.reason)
    throw first.reason
  }
  const resolved = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : null))
  return onlineTarget(world, wish, texts, resolved)
}

type Resolved = OutputOf<Contract['clients']['resolve']> | null

interface Beginning {
  text: string
  /** What is left of the words behind it; null when nothing is. */
  rest: string | null
}

/** No client's name is longer than this many words. */
const MAX_NAME_WORDS = 8

/** Every beginning of the words that can be a client's name, the longest first. */
function beginningsOf(words: readonly string[]): Beginning[] {
  const longest = Math.min(words.length, MAX_NAME_WORDS)
  return Array.from({ length: longest }, (_, index) => ({
    text: words.slice(0, longest - index).join(' '),
    rest: words.slice(longest - index).join(' ') || null,
  }))
}

/** The longest beginning of the words that names a client; what is left names a project of it. */
async function onlineTarget(
  world: World,
  wish: Wish,
  texts: readonly Beginning[],
  resolved: readonly Resolved[],
): Promise<Target> {
  const at = resolved.findIndex((one) => one !== null && (one.client !== null || one.candidates.length > 0))
  const hit = resolved[at]
  const beginning = texts[at]
  if (!hit || !beginning) throw noClient(wish.words.join(' '), readKnownClients(world.settings.paths.cache))
  if (hit.client === null) throw ambiguous(beginning.text, hit.candidates)
  const client = { id: hit.client.id, name: hit.client.name }
  const wanted = wish.project ?? beginning.rest
  const project = wanted === null ? null : await projectOf(world, wanted, client, null, wish.project === null)
  return { client, project, ticket: wish.ticket, found: null, offline: null }
}

function offlineTarget(world: World, wish: Wish, offline: ApiError): Target {
  const known = readKnownClients(world.settings.paths.cache)
  const base = { ticket: wish.ticket, found: null, offline }
  for (const { text, rest } of beginningsOf(wish.words)) {
    const [client, ...others] = matchClient(text, known)
    if (client === undefined) continue
    if (others.length > 0) throw ambiguous(text, [client, ...others])
    return { ...base, client: { id: client.id, name: client.name }, project: typed(wish.project ?? rest) }
  }
  return { ...base, client: typed(wish.words.join(' ')), project: typed(wish.project) }
}

/** A name that nobody could look up: the server does it when it gets the event. */
const typed = (name: string | null): Named | null => (name === null ? null : { id: null, name: name.slice(0, 200) })

async function projectOf(
  world: World,
  text: string,
  client: Named | null,
  offline: ApiError | null,
  behindClient = false,
): Promise<Named | null> {
  if (offline !== null || client?.id == null) return typed(text)
  const { project, candidates } = await world.api.projects.resolve({ text, client_id: client.id })
  if (project !== null) return { id: project.id, name: project.name }
  throw noProject(text, client, candidates, behindClient)
}

/** Without a name: what the ticket, this session, the repository, this machine and this technician say, in this order. */
async function likelyTarget(world: World, { ticket }: Wish, { session, git }: Surroundings): Promise<Target | null> {
  const asked = await askAbout(world, ticket, git)
  const base = { project: null, ticket: null, offline: asked.offline }
  if (asked.byTicket !== null)
    return { ...base, client: asked.byTicket, found: `#${ticket} was worked on for it before` }
  if (session.mode === 'msp' && session.client !== null) {
    const { client, project } = session
    return { ...base, client, project, ticket: session.ticket, found: 'the client of this session' }
  }
  if (asked.byRemote !== null) return { ...base, ...asked.byRemote, found: `the project of ${git.remote}` }
  const last = lastClientHere(listSessions(world.settings.paths))
  if (last !== null) return { ...base, client: last, found: 'the last client on this machine' }
  const mine = asked.offline === null ? await lastClientOfMine(world) : null
  return mine === null ? null : { ...base, client: mine, found: 'the last client you worked for' }
}

interface Asked {
  byTicket: Named | null
  byRemote: Pick<Target, 'client' | 'project'> | null
  offline: ApiError | null
}

async function askAbout(world: World, ticket: string | null, git: GitFacts): Promise<Asked> {
  const [me, sessions, resolved] = await world.api.batch(
    (call) => [
      call.auth.me(),
      ticket === null ? Promise.resolve(null) : call.sessions.list({ q: ticket, limit: 50 }),
      git.remote === undefined
        ? Promise.resolve(null)
        : call.projects.resolve({ git_remote: git.remote.slice(0, 2_000) }),
    ],
    { deadlineMs: MODE_DEADLINE_MS },
  )
  if (me.status === 'rejected') {
    if (!isOutage(me.reason)) throw me.reason
    return { byTicket: null, byRemote: null, offline: me.reason }
  }
  const rows = sessions.status === 'fulfilled' ? (sessions.value?.items ?? []) : []
  const owners = new Set(rows.filter((row) => row.ticket === ticket).flatMap((row) => row.client_id ?? []))
  const [owner] = owners
  const byTicket = owners.size === 1 && owner !== undefined ? await clientNamed(world, owner) : null
  const project = resolved.status === 'fulfilled' ? (resolved.value?.project ?? null) : null
  if (project === null || project.kind === 'internal_product') return { byTicket, byRemote: null, offline: null }
  const client = await clientNamed(world, project.client_id)
  return { byTicket, byRemote: { client, project: { id: project.id, name: project.name } }, offline: null }
}

async function clientNamed(world: World, id: string): Promise<Named> {
  const { name } = await world.api.clients.get({ id })
  return { id, name }
}

/** The client of the newest session on this machine that had one. Pure. */
export function lastClientHere(sessions: readonly LocalSession[]): Named | null {
  const withClient = sessions.filter(({ mode, client }) => mode === 'msp' && client !== null)
  const newest = withClient.sort((a, b) => (b.opened_at ?? '').localeCompare(a.opened_at ?? ''))[0]
  return newest?.client ?? null
}

async function lastClientOfMine(world: World): Promise<Named | null> {
  const me = await world.api.auth.me()
  const { items } = await world.api.sessions.list({ technician_id: me.id, mode: 'msp', limit: 20 })
  const id = items.find(({ client_id }) => client_id !== null)?.client_id
  return id == null ? null : clientNamed(world, id)
}
