import { type ApiError, isOutage } from '../api/errors.ts'
import { type CachedBlock, readBlock, writeBlock } from '../block-cache.ts'
import { refreshNames } from '../client-names.ts'
import type { Mode } from '../contract/events.ts'
import { guardedClient } from '../guard-cache.ts'
import { refreshGuard } from '../guard-refresh.ts'
import { noteInjected } from '../hooks/recalled.ts'
import { keepMarkKey } from '../mark-keys.ts'
import { type LocalSession, newSession, readSession } from '../sessions.ts'
import { currentSession } from './current-session.ts'
import { flush, MODE_DEADLINE_MS } from './delivery.ts'
import { shortId } from './layout.ts'
import { devTarget } from './mode-dev-target.ts'
import { reportText, whatFor } from './mode-report.ts'
import { endStretch, isFor, switchTo } from './mode-stretch.ts'
import { mspTarget, surroundingsOf, type Target } from './mode-target.ts'
import { parseWish, type Wish } from './mode-words.ts'
import { sentenceOf } from './output.ts'
import { takeTypedWords } from './prompt-file.ts'
import { type AddVerbs, example } from './register.ts'
import { showStatus } from './status.ts'
import type { World } from './world.ts'

interface ModeOptions {
  project?: string
  ticket?: string
  fromPrompt?: boolean
}

const ABOUT: Readonly<Record<Mode, string>> = {
  msp: 'work for a client: [CLIENT] [PROJECT or #TICKET], switch CLIENT, end, status',
  dev: 'work on a project: [PROJECT], end, status',
  normal: 'work for nobody in particular: end, status',
}

/** `msp mode msp|dev|normal|end|status` and `msp status`: what the slash commands run. */
export const addMode: AddVerbs = (program, world) => {
  const mode = program.command('mode').description('say for whom this session works, or end it')
  for (const name of ['msp', 'dev', 'normal'] as const) {
    const verb = mode.command(name).description(ABOUT[name]).argument('[words...]', 'as typed behind the slash command')
    if (name !== 'normal') verb.option('--project <name>', 'the project').option('--ticket <number>', 'the ticket')
    verb
      .option('--from-prompt', `take the words from the prompt that was just typed: /${name} …`)
      .addHelpText('after', example(...EXAMPLES[name]))
      .action((words: string[], options: ModeOptions) => runMode(world, name, words, options))
  }
  mode
    .command('end')
    .description('end the running work: summary, time, what is open')
    .addHelpText('after', example('msp mode end'))
    .action(() => end(world))
  for (const parent of [mode, program]) {
    parent
      .command('status')
      .description('mode, client, ticket, what is recorded and what still waits to be sent')
      .addHelpText('after', example('msp status --json'))
      .action(() => showStatus(world))
  }
}

const EXAMPLES: Readonly<Record<Mode, readonly string[]>> = {
  msp: ['msp mode msp Dataforth #12345', 'msp mode msp switch Acme', 'msp mode msp --ticket 12345 Dataforth'],
  dev: ['msp mode dev', 'msp mode dev claudetools'],
  normal: ['msp mode normal'],
}

/** A slash command shows what goes wrong as its body: an exit code there would only be printed around the message. */
async function runMode(world: World, mode: Mode, words: readonly string[], options: ModeOptions): Promise<void> {
  if (!options.fromPrompt) return change(world, mode, words.join(' '), options)
  try {
    await change(world, mode, takeTypedWords(world, mode), options)
  } catch (error) {
    const message = sentenceOf(error)
    world.output.show({ error: { message } }, `✗ ${message}`)
  }
}

async function change(world: World, mode: Mode, text: string, options: ModeOptions): Promise<void> {
  const wish = parseWish(text, options)
  if (wish.action === 'end') return end(world)
  if (wish.action === 'status') return showStatus(world)
  await begin(world, mode, wish)
}

async function begin(world: World, mode: Mode, wish: Wish): Promise<void> {
  const before = readSession(world.settings.paths, world.sessionId()) ?? newSession(world.sessionId())
  const target = await targetOf(world, mode, wish, before)
  const isRunning = before.open && isFor(before, mode, target)
  const session = await switchTo(world, mode, target)
  const offline = target.offline ? problemOf(target.offline) : await problemOfFlush(world)
  const [{ block, id, problem }] = await Promise.all([recall(world, session, offline), learn(world, session, offline)])
  const head = headOf(session, target, isRunning, id)
  const lines = [
    head,
    ...(problem === null ? [] : [offlineLine(problem, block)]),
    '',
    block?.text || (mode === 'normal' ? '' : 'Nothing is known here yet.'),
  ]
  const { client, project, ticket, stretch } = session
  world.output.show(
    {
      mode,
      client,
      project,
      ticket,
      stretch,
      session_id: id,
      found: target.found,
      offline: problem?.message ?? null,
      context: block?.text ?? '',
    },
    lines.join('\n'),
  )
}

function targetOf(world: World, mode: Mode, wish: Wish, session: LocalSession): Promise<Target> | Target {
  if (mode === 'msp') return mspTarget(world, wish, surroundingsOf(session))
  if (mode === 'dev') return devTarget(world, wish, surroundingsOf(session))
  return { client: null, project: null, ticket: null, found: null, offline: null }
}

/** Why the server could not be used. */
interface Problem {
  readonly message: string
  /** Nobody is logged in any more: what was cached is not shown either. */
  readonly isRefusal: boolean
}

const problemOf = ({ code, message }: ApiError): Problem => ({ message, isRefusal: code === 'UNAUTHENTICATED' })

/** Sends the change at once, so that the server knows the session; why it could not, or null. */
async function problemOfFlush(world: World): Promise<Problem | null> {
  const { problem } = await flush(world, MODE_DEADLINE_MS)
  return problem === undefined ? null : { message: problem.message, isRefusal: problem.kind === 'unauthorised' }
}

interface Recalled {
  block: CachedBlock | null
  /** The server's id of the session, when it could be asked. */
  id: string | null
  problem: Problem | null
}

async function recall(world: World, session: LocalSession, offline: Problem | null): Promise<Recalled> {
  const { paths, machineId } = world.settings
  const cached = (problem: Problem): Recalled => ({
    block: problem.isRefusal ? null : readBlock(paths.cache, session),
    id: null,
    problem,
  })
  if (offline !== null) return cached(offline)
  const { claude_session_id, client, project, stretch } = session
  const [context, sessions] = await world.api.batch(
    (call) => [
      call.context.get({
        claude_session_id,
        purpose: 'mode',
        marks: true,
        ...(client?.id ? { client_id: client.id } : {}),
        ...(project?.id ? { project_id: project.id } : {}),
        ...(machineId ? { machine_id: machineId } : {}),
      }),
      call.sessions.list({ claude_session_id, stretch, limit: 1 }),
    ],
    { deadlineMs: MODE_DEADLINE_MS },
  )
  if (context.status === 'rejected') {
    if (isOutage(context.reason)) return cached(problemOf(context.reason))
    throw context.reason
  }
  const block = { text: context.value.text, at: world.now().toISOString() }
  writeBlock(paths.cache, session, block)
  noteInjected(paths, { claude_session_id, client_id: context.value.client?.id ?? null, items: context.value.items })
  if (client?.id && context.value.mark_key) keepMarkKey(paths, client.id, context.value.mark_key)
  const id = sessions.status === 'fulfilled' ? (sessions.value.items[0]?.id ?? null) : null
  return { block, id, problem: null }
}

/** Fetches what is known to fail for whom the session works now, so that the guard of commands knows it before the next one. It only helps. */
async function learn({ settings, api, now }: World, session: LocalSession, offline: Problem | null): Promise<void> {
  if (offline !== null) return
  const clientId = guardedClient(session)
  const limits = { now: now(), deadlineMs: MODE_DEADLINE_MS }
  await Promise.allSettled([
    refreshGuard({ settings, api, clientId, ...limits }),
    refreshNames(settings, api, clientId, limits),
  ])
}

function headOf(session: LocalSession, target: Target, isRunning: boolean, id: string | null): string {
  const name = { msp: 'MSP', dev: 'Development', normal: 'Normal' }[session.mode ?? 'normal']
  const why = target.found === null ? '' : ` (${target.found})`
  const number = id === null ? '' : `, session ${shortId(id)}`
  const what = session.mode === 'normal' ? 'research and internal work' : `${whatFor(session)}${why}`
  return `✓ ${name} mode: ${what}. ${isRunning ? 'It was on already' : 'Recording is on'}${number}.`
}

function offlineLine({ message }: Problem, block: CachedBlock | null): string {
  const shown = block?.text ? ` What follows is of ${block.at}.` : ''
  return `Offline: ${message} Work goes on and is recorded on this machine; it is sent when the server can be used.${shown}`
}

async function end(world: World): Promise<void> {
  const before = readSession(world.settings.paths, world.sessionId())
  if (!before?.open) {
    world.output.show({ ended: false, report: null, offline: null }, 'Nothing was running in this session.')
    return
  }
  const session = await endStretch(world)
  const problem = await problemOfFlush(world)
  const row = problem === null ? await currentSession(world, session) : null
  const report = row === null ? null : await world.api.sessions.report({ id: row.id })
  const head = `✓ Ended: ${whatFor(session)}.`
  const later = `${problem ? `${problem.message} ` : ''}What was recorded is on this machine; it is sent and summarised when the server can be used.`
  world.output.show(
    { ended: true, report, offline: problem?.message ?? null },
    report === null ? `${head}\nOffline: ${later}` : `${head}\n${reportText(report)}`,
  )
}
