import type { InputOf, OutputOf } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { readLogin } from '../api/login-file.ts'
import { readBlock, writeBlock } from '../block-cache.ts'
import type { Contract } from '../contract/index.ts'
import { readGit } from '../git.ts'
import { keepMarkKey } from '../mark-keys.ts'
import { type LocalSession, present } from '../sessions.ts'
import { claimNotice } from './notices.ts'
import { noteInjected } from './recalled.ts'
import type { Reply } from './run.ts'
import { hooksApi } from './server.ts'
import type { Surroundings } from './surroundings.ts'

/** For the whole question, a renewed login included. Without an answer the cached block is shown. */
const BUDGET_MS = 800
/** Claude Code replaces a context of more than 10,000 characters by a file name. */
const MAX_CONTEXT_CHARS = 9_500

type ContextGet = Contract['context']['get']
export type Purpose = NonNullable<InputOf<ContextGet>['purpose']>
export type Block = Reply & { suggestion: LocalSession['suggestion'] }

/** The block that a session starts with: the server's, or the cached one with a line that says so. Never throws for a server's sake. */
export async function loadBlock(surroundings: Surroundings, session: LocalSession, purpose: Purpose): Promise<Block> {
  try {
    return shown(surroundings, session, await ask(surroundings, session, purpose))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return withoutServer(surroundings, session, error)
  }
}

/** What the technician ended says no more for whom the work is; its name is only kept so that it can go on. */
const scopeOf = ({ open, client, project }: LocalSession): Pick<LocalSession, 'client' | 'project'> =>
  open ? { client, project } : { client: null, project: null }

function ask({ settings }: Surroundings, session: LocalSession, purpose: Purpose): Promise<OutputOf<ContextGet>> {
  if (readLogin(settings.paths.auth) === null) {
    throw new ApiError('UNAUTHENTICATED', 'Nobody is logged in on this machine. Run "msp login".')
  }
  const { client, project } = scopeOf(session)
  const input = {
    claude_session_id: session.claude_session_id,
    purpose,
    marks: true,
    ...present(knownHere(session)),
    ...present({
      client_id: client?.id,
      project_id: project?.id,
      machine_id: settings.machineId,
      git_remote: session.cwd === null ? undefined : readGit(session.cwd).remote?.slice(0, 2_000),
    }),
  }
  return hooksApi(settings).context.get(input, { deadlineMs: BUDGET_MS })
}

/** A stretch that has just been opened is told to the server later: its mode and ticket are known only here. Work for nobody has neither. */
const knownHere = ({ open, mode, ticket }: LocalSession) => (open && mode !== 'normal' ? { mode, ticket } : {})

function shown(surroundings: Surroundings, session: LocalSession, answer: OutputOf<ContextGet>): Block {
  const { paths } = surroundings.settings
  // The server may know better for whom the session is (a name resolved meanwhile), so the block is kept under its words.
  const known = scopeOf(session)
  const scope = { client: answer.client ?? known.client, project: answer.project ?? known.project }
  if (answer.client && answer.mark_key) keepMarkKey(paths, answer.client.id, answer.mark_key)
  writeBlock(paths.cache, scope, { at: surroundings.now(), text: answer.text })
  const { suggestion } = answer
  const { claude_session_id } = session
  noteInjected(paths, { claude_session_id, client_id: answer.client?.id ?? null, items: answer.items })
  return {
    context: clipped(answer.text),
    suggestion: suggestion && { text: clipped(suggestion.text), client: suggestion.client },
  }
}

/** Who is not logged in any more, or may not see it any more, is not shown what was cached either. */
const REFUSALS: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'])

function withoutServer(surroundings: Surroundings, session: LocalSession, error: ApiError): Block {
  const { paths } = surroundings.settings
  const cached = REFUSALS.has(error.code) ? null : readBlock(paths.cache, scopeOf(session))
  const text = cached?.text ? cached : undefined
  const age = text && ageText(text.at, surroundings.now())
  return {
    context:
      text &&
      clipped(`(From this machine's cache, ${age} old: the ClaudeTools server cannot be reached.)\n${text.text}`),
    suggestion: null,
    ...(claimNotice(paths, session.claude_session_id, 'server') ? { notice: noticeFor(error, age) } : {}),
  }
}

function noticeFor(error: ApiError, age: string | undefined): string {
  const shownInstead = age === undefined ? '' : ` What Claude knows of the past is ${age} old.`
  return `ClaudeTools: ${error.message}${shownInstead} Work goes on and is recorded; it is delivered later.`
}

/** Whole lines up to the limit. */
function clipped(text: string): string {
  if (text.length <= MAX_CONTEXT_CHARS) return text
  const part = text.slice(0, MAX_CONTEXT_CHARS)
  return part.slice(0, part.lastIndexOf('\n') + 1 || part.length)
}

const MINUTE_MS = 60_000
const MINUTES_PER_HOUR = 60
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR

/** "5 minutes", "3 hours", "12 days": whole ones of the largest unit that there are two of. */
function ageText(from: string, to: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE_MS))
  const [minutesPerUnit, unit] =
    minutes >= 2 * MINUTES_PER_DAY
      ? [MINUTES_PER_DAY, 'day']
      : minutes >= 2 * MINUTES_PER_HOUR
        ? [MINUTES_PER_HOUR, 'hour']
        : [1, 'minute']
  const count = Math.floor(minutes / minutesPerUnit)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
