import type { Mode } from '../contract/events.ts'
import { readGit } from '../git.ts'
import { redactorHere } from '../redaction.ts'
import { changeSession, closing, type LocalSession, type Named, opening } from '../sessions.ts'
import { append } from '../spool/append.ts'
import type { Target } from './mode-target.ts'
import type { World } from './world.ts'

/**
 * Makes `target` what the session works for: ends the running stretch and opens the next one, both as events in the spool. When it
 * is that already, nothing is opened; a client that could be looked up by now gets its id.
 */
export function switchTo(world: World, mode: Mode, wanted: Target): Promise<LocalSession> {
  const { paths } = world.settings
  const target = withoutSecrets(world, wanted)
  const at = world.now().toISOString()
  return changeSession(paths, world.sessionId(), (session) => {
    if (session.open && isFor(session, mode, target)) return withIds(session, target)
    const cwd = session.cwd ?? process.cwd()
    const { remote, branch, head } = readGit(cwd)
    let before = session
    if (session.open) {
      const closed = closing(session, { reason: 'switch', at, source: 'cli', gitHead: head })
      append(paths.spool, closed.event)
      before = closed.session
    }
    const opened = opening(before, {
      mode,
      trigger: 'command',
      at,
      source: 'cli',
      client: target.client,
      project: target.project,
      ticket: target.ticket,
      cwd: cwd.slice(0, 4_000),
      git: { ...cut('remote', remote, 2_000), ...cut('branch', branch, 500), ...cut('head', head, 64) },
      ...(session.stretches.length > 0
        ? { parent: { stream: session.claude_session_id, stretch: session.stretch } }
        : {}),
    })
    append(paths.spool, opened.event)
    return opened.session
  })
}

/** What was typed may be anything, a password in the wrong place included. What the server named is kept as it is. */
function withoutSecrets(world: World, target: Target): Target {
  const { redact } = redactorHere(world.settings.paths)
  const clean = (text: string) => redact(text).text
  const named = (one: Named | null) =>
    one === null || one.id !== null ? one : { id: null, name: clean(one.name).slice(0, 200) }
  const ticket = target.ticket === null ? null : clean(target.ticket).slice(0, 100)
  return { ...target, client: named(target.client), project: named(target.project), ticket }
}

/** Ends the running stretch. The state says whether there was one: compare `open` before and after. */
export function endStretch(world: World): Promise<LocalSession> {
  const { paths } = world.settings
  const at = world.now().toISOString()
  return changeSession(paths, world.sessionId(), (session) => {
    if (!session.open) return undefined
    const { head } = readGit(session.cwd ?? process.cwd())
    const closed = closing(session, { reason: 'user', at, source: 'cli', gitHead: head })
    append(paths.spool, closed.event)
    return closed.session
  })
}

/** Is the open stretch for the same? A name that could not be looked up is the same as the client it turned out to be. */
export function isFor(session: LocalSession, mode: Mode, { client, project, ticket }: Target): boolean {
  return (
    session.mode === mode &&
    isSame(session.client, client) &&
    isSame(session.project, project) &&
    session.ticket === ticket
  )
}

function isSame(one: Named | null, other: Named | null): boolean {
  if (one === null || other === null) return one === other
  if (one.id !== null && other.id !== null) return one.id === other.id
  return one.name.toLowerCase() === other.name.toLowerCase()
}

function withIds(session: LocalSession, { client, project }: Target): LocalSession | undefined {
  const learned = (old: Named | null, found: Named | null) => (old?.id === null && found?.id != null ? found : old)
  const after = { ...session, client: learned(session.client, client), project: learned(session.project, project) }
  return after.client === session.client && after.project === session.project ? undefined : after
}

function cut<K extends string>(key: K, text: string | undefined, characters: number): { [P in K]?: string } {
  return (text === undefined ? {} : { [key]: text.slice(0, characters) }) as { [P in K]?: string }
}
