import { projectState } from '../../../src/contract/decisions.ts'
import { OPEN_TASK_STATUS } from '../../../src/contract/tasks.ts'
import type { FreeText } from '../../../src/contract/values.ts'
import { clip, oneLine } from '../../../src/recall/clean.ts'
import { groupFiles } from '../../../src/recall/groups.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { addProjectState, holdProject, type ProjectState } from '../knowledge/project-states.ts'
import type { SessionFacts } from './session-facts.ts'
import type { Summary } from './summary.ts'

/** Where a project stands after a session of development: what follows from the records, beside what somebody said of it. */

type State = Pick<ProjectState, 'status' | 'focus' | 'progress_pct' | 'next_actions' | 'blockers' | 'key_files' | 'env'>

const MOST_ACTIONS = 20
const MOST_FILES = 10

/**
 * What was worked on, what is next, in which files. What records do not tell (progress, blockers, versions) stays as somebody said it, and so does
 * what they said is next until a task of that name is finished. Pure.
 *
 * @param finished titles of tasks that are done or dropped
 */
export function stateAfter(
  { openTasks, files, session }: Pick<SessionFacts, 'openTasks' | 'files' | 'session'>,
  { title, openQuestions }: Pick<Summary, 'title' | 'openQuestions'>,
  before: State | undefined,
  finished: ReadonlySet<string>,
): State {
  const open = openQuestions.length
  const actions = openTasks.map((task) => oneLine(task.title, 200))
  const earlier = (before?.next_actions ?? []).filter((action) => !finished.has(action))
  const changed = groupFiles(files).map(({ path }) => oneLine(inFolder(path, session.cwd), 200))
  return {
    status: open === 0 ? 'Nothing is left open' : `${open} open ${open === 1 ? 'end' : 'ends'}`,
    focus: clip(oneLine(title, 200), 200),
    progress_pct: before?.progress_pct ?? null,
    next_actions: [...new Set([...actions, ...earlier])].slice(0, MOST_ACTIONS),
    blockers: before?.blockers ?? [],
    key_files: [...new Set([...changed, ...(before?.key_files ?? [])])].slice(0, MOST_FILES),
    env: { ...before?.env, ...(session.git_branch === null ? {} : { branch: session.git_branch }) },
  }
}

/** Below the working directory a path is short, and the same on every machine. */
const inFolder = (path: string, folder: string | null) =>
  folder !== null && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path

/**
 * Keeps the state of the project after a session of development. Equal records give no second state; late news of a session whose project has gone
 * on since change nothing.
 */
export async function keepProjectState(context: Context, facts: SessionFacts, summary: Summary): Promise<void> {
  const { session } = facts
  const { project_id } = session
  if (session.mode !== 'dev' || project_id === null) return
  await holdProject(context, project_id)
  const states = rows(context, projectState)
  const own = await states.list({ project_id, updated_in_session_id: session.id, sort: '-revision', limit: 1 })
  const [current] = (await states.list({ project_id, is_current: true, limit: 1 })).items
  const isOwn = current !== undefined && current.id === own.items[0]?.id
  const hasGoneOn = own.items.length > 0 && !isOwn
  if (hasGoneOn || (!isOwn && current !== undefined && current.created_at > endOf(facts))) return
  // A renewed account begins from the same state as the first did, so that what is no longer true does not stay.
  const [before] = isOwn
    ? (await states.list({ project_id, revision: current.revision - 1, limit: 1 })).items
    : [current]
  const finished = await finishedAmong(context, project_id, before?.next_actions ?? [])
  const after = await clean(context, stateAfter(facts, summary, before, finished), session.client_id)
  if (isOwn && isSame(current, after)) return
  await addProjectState(context, { ...after, project_id, updated_in_session_id: session.id })
}

const endOf = ({ session }: SessionFacts) => session.ended_at ?? session.last_activity_at

const FIELDS = ['status', 'focus', 'progress_pct', 'next_actions', 'blockers', 'key_files', 'env'] as const
const isSame = (one: State, other: State) =>
  FIELDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))

async function finishedAmong({ db }: Context, projectId: string, titles: readonly string[]): Promise<Set<string>> {
  if (titles.length === 0) return new Set()
  const found = await db
    .selectFrom('tasks')
    .select(['title', 'status'])
    .where('project_id', '=', projectId)
    .where('title', 'in', [...titles])
    .execute()
  const isOpen = (status: string) => (OPEN_TASK_STATUS as readonly string[]).includes(status)
  const open = new Set(found.filter(({ status }) => isOpen(status)).map(({ title }) => title))
  return new Set(found.map(({ title }) => title).filter((title) => !open.has(title)))
}

/** What is put together of clean parts may show what none of them did; and what is compared must be as it is kept. */
async function clean(context: Context, state: State, clientId: string | null): Promise<State> {
  const focus = projectState.freeTexts.focus as FreeText
  return { ...state, focus: await textWithoutSecrets(context, state.focus ?? '', focus, clientId) }
}
