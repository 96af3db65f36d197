import { EventEmitter, once } from 'node:events'
import type { Finished, Running } from './processes.ts'

/** A message for a running client, or a function that does something to the world first and returns the message. */
export type Said = string | (() => string | Promise<string>)

/** One run of `claude -p`. Give `prompt` for a single prompt, `messages` to talk on in the same process (`/compact` and `/clear` work there). */
export interface ClientOptions {
  readonly prompt?: string
  /** Each is sent when the one before has its result. */
  readonly messages?: readonly Said[]
  /** A session id, to go on with that session. */
  readonly resume?: string
  /** `bypass` (the default) lets every tool run; `default` asks for permission, which nobody gives in `-p`. */
  readonly permissionMode?: 'bypass' | 'default'
  /** Ends the client when its output contains a text, or after a time, or at once after both. */
  readonly kill?: { readonly signal?: NodeJS.Signals; readonly seen?: string; readonly afterMs?: number }
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Folder to run in; the home's project unless given. */
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** A line of the client's `stream-json` output. Fields vary by type; tests look at few. */
export interface ClientEvent {
  readonly type: string
  readonly subtype?: string
  readonly session_id?: string
  readonly [field: string]: unknown
}

/** What a hook did, as the client reports it. */
export interface HookRun {
  readonly event: string
  readonly name: string
  readonly exitCode: number | undefined
  readonly outcome: string
  readonly stdout: string
  readonly stderr: string
}

export interface ClientRun extends Finished {
  readonly sessionId: string
  readonly events: readonly ClientEvent[]
  /** The final text of each prompt, in order, and of the last one. */
  readonly results: readonly string[]
  readonly result: string | undefined
  readonly hooks: readonly HookRun[]
  /** The client's own account of what it loaded: tools, slash_commands, agents, plugins, plugin_errors, mcp_servers. */
  readonly init: ClientEvent | undefined
}

/** A client that runs: as any program, and its end tells what it did. */
export interface RunningClient extends Omit<Running, 'finished'> {
  readonly finished: Promise<ClientRun>
}

/** The arguments of a `claude -p` run. */
export function clientArguments(options: ClientOptions, plugin: string | undefined): string[] {
  return [
    ...['-p', '--output-format', 'stream-json', '--verbose', '--include-hook-events'],
    ...(options.messages ? ['--input-format', 'stream-json'] : []),
    ...sharedArguments(options, plugin),
    ...(options.prompt === undefined ? [] : ['--', options.prompt]),
  ]
}

/** The arguments that `-p` and interactive runs have in common. */
export function sharedArguments(
  { resume, permissionMode, args }: Pick<ClientOptions, 'resume' | 'permissionMode' | 'args'>,
  plugin: string | undefined,
): string[] {
  return [
    ...(plugin === undefined ? [] : ['--plugin-dir', plugin]),
    ...(permissionMode === 'default' ? ['--permission-mode', 'default'] : ['--dangerously-skip-permissions']),
    ...(resume === undefined ? [] : ['--resume', resume]),
    ...(args ?? []),
  ]
}

/** Plays the options' messages and its kill into a started client, and reads what it reports. */
export function driveClient(running: Running, options: ClientOptions): RunningClient {
  const talk = converse(running, options.messages ?? [])
  const end = options.kill ? killAsTold(running, options.kill) : Promise.resolve()
  const finished = Promise.all([running.finished, talk, end]).then(([run]) => readRun(run))
  // Awaited later than it may fail: without this the failure would count as unhandled.
  finished.catch(() => undefined)
  return { ...running, finished }
}

async function converse(running: Running, messages: readonly Said[]): Promise<void> {
  const answered = resultCounter(running)
  for (const [sent, said] of messages.entries()) {
    await answered.reach(sent)
    const content = typeof said === 'string' ? said : await said()
    running.write(`${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`)
  }
  await answered.reach(messages.length)
  running.endInput()
}

/** Counts the results in the client's output; `reach` also resolves when the client ends. */
function resultCounter(running: Running): { reach(count: number): Promise<void> } {
  const heard = new EventEmitter()
  const state = { results: 0, hasEnded: false, halfLine: '' }
  running.onOutput((piece) => {
    const lines = (state.halfLine + piece).split('\n')
    state.halfLine = lines.pop() ?? ''
    state.results += lines.flatMap(parseEvent).filter((event) => event.type === 'result').length
    heard.emit('more')
  })
  const end = () => {
    state.hasEnded = true
    heard.emit('more')
  }
  running.finished.then(end, end)
  return {
    async reach(count) {
      while (state.results < count && !state.hasEnded) await once(heard, 'more')
    },
  }
}

async function killAsTold(
  running: Running,
  { signal = 'SIGKILL', seen, afterMs = 0 }: NonNullable<ClientOptions['kill']>,
) {
  if (seen !== undefined) await running.seen(seen)
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  await running.kill(signal)
}

function readRun(run: Finished): ClientRun {
  const events = run.stdout.split('\n').flatMap(parseEvent)
  const init = events.find((event) => event.type === 'system' && event.subtype === 'init')
  // Early events of a resumed session carry a throw-away id: only "init" is to be trusted where there is one.
  const sessionId = (init ?? events.findLast((event) => event.session_id !== undefined))?.session_id ?? ''
  const results = events.filter((event) => event.type === 'result').map((event) => `${event.result ?? ''}`)
  return { ...run, sessionId, events, init, results, result: results.at(-1), hooks: events.flatMap(readHook) }
}

function parseEvent(line: string): ClientEvent[] {
  if (!line.startsWith('{')) return []
  try {
    return [JSON.parse(line) as ClientEvent]
  } catch {
    return [] // a killed client leaves half a line
  }
}

function readHook(event: ClientEvent): HookRun[] {
  if (event.type !== 'system' || event.subtype !== 'hook_response') return []
  const text = (field: string) => `${event[field] ?? ''}`
  const exitCode = typeof event.exit_code === 'number' ? event.exit_code : undefined
  return [
    {
      event: text('hook_event'),
      name: text('hook_name'),
      outcome: text('outcome'),
      exitCode,
      stdout: text('stdout'),
      stderr: text('stderr'),
    },
  ]
}
