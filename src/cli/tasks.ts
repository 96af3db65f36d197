import { isOutage } from '../api/errors.ts'
import { age, due } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { readSession } from '../sessions.ts'
import { currentSession, type SessionRow } from './current-session.ts'
import { shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface AddOptions {
  client?: string
  priority?: string
  due?: string
  description?: string
}
interface ListOptions {
  client?: string
  all?: boolean
  limit?: string
}

/** `msp task add|list|done`. */
export const addTasks: AddVerbs = (program, world) => {
  const task = program.command('task').description('what is still to be done')
  task
    .command('add')
    .description('note something to be done')
    .argument('<title>', 'what, at most 200 characters')
    .option('--client <client>', 'for this client (default: the one of this session)')
    .option('--priority <priority>', 'p1 (highest) to p5')
    .option('--due <instant>', 'by when, as in 2026-01-31 or 2026-01-31T15:00:00Z')
    .option('--description <text>', 'the details, Markdown')
    .addHelpText(
      'after',
      example('msp task add "Renew the certificate of mail.dataforth.com" --priority p2 --due 2026-02-01'),
    )
    .action((title: string, options: AddOptions) => add(world, title, options))
  task
    .command('list')
    .description('what is open, most urgent first')
    .option('--client <client>', 'of this client only')
    .option('--all', 'finished and cancelled ones as well, newest first')
    .option('--limit <number>', 'at most so many, up to 200', '50')
    .addHelpText('after', example('msp task list --client Dataforth'))
    .action((options: ListOptions) => list(world, options))
  task
    .command('done')
    .description('mark a task as done')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp task done 3f2a9c1e'))
    .action((id: string) => done(world, id))
}

async function add(world: World, title: string, options: AddOptions): Promise<void> {
  const session = await sessionIfAny(world)
  const { client_id = session?.client_id ?? null } = await clientFilter(world, options.client)
  const task = await world.api.tasks.create({
    client_id,
    title,
    ...given({
      session_id: session && session.client_id === client_id ? session.id : undefined,
      priority:
        options.priority === undefined
          ? undefined
          : choice('--priority', options.priority, ['p1', 'p2', 'p3', 'p4', 'p5']),
      due_at: options.due === undefined ? undefined : instant(options.due),
      description: options.description,
    }),
  })
  world.output.show(task, `✓ Task ${shortId(task.id)}: ${oneLine(task.title, 150)}`)
}

async function list(world: World, options: ListOptions): Promise<void> {
  const filter = {
    ...(await clientFilter(world, options.client)),
    limit: count('--limit', options.limit ?? '50', 200),
  }
  const page = options.all ? await world.api.tasks.list(filter) : await world.api.tasks.open(filter)
  const now = world.now()
  const rows = page.items.map((task) => [
    shortId(task.id),
    task.priority,
    task.status,
    age(task.created_at, now),
    task.due_at === null ? '' : due(task.due_at, now),
    oneLine(task.title, 80),
  ])
  const none = options.all ? 'No tasks.' : 'No open tasks.'
  world.output.show(page, rows.length === 0 ? none : table(['id', 'prio', 'status', 'age', 'due', 'title'], rows))
}

async function done(world: World, id: string): Promise<void> {
  const session = await sessionIfAny(world)
  const task = await finish(world, id, session)
  world.output.show(task, `✓ Done: ${oneLine(task.title, 150)}`)
}

function finish(world: World, id: string, session: SessionRow | null) {
  return world.api.tasks.complete({ id, ...given({ session_id: session?.id }) })
}

/** The session that this is done in, when there is one that the server knows. A task does not need it. */
async function sessionIfAny(world: World): Promise<SessionRow | null> {
  const id = world.sessionIdIfAny()
  const local = id === null ? undefined : readSession(world.settings.paths, id)
  if (!local?.open) return null
  try {
    return await currentSession(world, local)
  } catch (error) {
    if (!isOutage(error)) throw error
    return null // The call that follows meets the same outage and reports it.
  }
}

function instant(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}
