import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { EventKind, RecordedEvent } from '../../src/contract/events.ts'
import { fingerprintOf, readIdentity } from '../../src/machine/fingerprint.ts'
import { writeRecord } from '../../src/machine/record.ts'
import { type LocalSession, readSession } from '../../src/sessions.ts'
import { type Paths, pathsOf } from '../../src/settings.ts'
import { readRecords } from '../../src/spool/read.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
export const fixtures = join(root, 'test/hooks/fixtures')

export const SESSION = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'

export type HookRun = {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  durationMs: number
}

export type HookOptions = {
  /** Replaces the environment that the machine gives a hook. */
  env?: NodeJS.ProcessEnv
  /** Do not end stdin. */
  keepOpen?: boolean
  /** Another build of the hooks. */
  program?: string
}

/** A technician's machine: a home of its own, and the built hooks as processes. */
export type Machine = {
  dir: string
  project: string
  paths: Paths
  /** Runs a hook with what Claude Code would send: common fields are filled in, text is sent as it is. */
  hook(event: string, input: Record<string, unknown> | string, options?: HookOptions): Promise<HookRun>
  /** Runs the background job of a hook to its end. */
  background(after: string, env?: NodeJS.ProcessEnv): Promise<HookRun>
  /** The spooled events of every session, in the order of the disk. */
  events(): RecordedEvent[]
  session(id?: string): LocalSession | undefined
  /** Ends with the folder and everything in it. */
  [Symbol.asyncDispose](): Promise<void>
}

/** Nobody answers here: a hook's background jobs must not reach a server of whoever runs the tests. */
const NO_SERVER = 'http://127.0.0.1:9'

export function aMachine({ apiUrl = NO_SERVER, pid = process.pid }: { apiUrl?: string; pid?: number } = {}): Machine {
  const dir = mkdtempSync(join(tmpdir(), 'msp-hooks-'))
  const project = join(dir, 'project')
  mkdirSync(project)
  const paths = pathsOf({ MSP_HOME: join(dir, 'msp') })
  const env = { PATH: process.env.PATH, HOME: dir, MSP_HOME: paths.home, MSP_API_URL: apiUrl, CLAUDE_PID: `${pid}` }
  // Else each start would probe the machine.
  const registration = {
    hostname: 'TEST',
    machine_fingerprint: fingerprintOf({ ...readIdentity(), home: dir }),
    os_type: 'linux',
  } as const
  writeRecord(paths.cache, { probed_at: new Date().toISOString(), registration })
  const common = { session_id: SESSION, transcript_path: join(dir, 'transcript.jsonl'), cwd: project }
  return {
    dir,
    project,
    paths,
    hook: (event, input, options = {}) => {
      const text =
        typeof input === 'string' ? input : `${JSON.stringify({ ...common, hook_event_name: event, ...input })}\n`
      return runNode(
        [options.program ?? join(root, 'dist/hook.cjs'), event],
        text,
        { env: options.env ?? env, cwd: project },
        options.keepOpen,
      )
    },
    background: (after, added = {}) => {
      const job = JSON.stringify({ after, sessionId: SESSION })
      const program = [join(root, 'dist/hook-background.cjs'), job]
      return runNode(program, '', { env: { ...env, ...added } })
    },
    events: () => once(spooled(paths.spool)),
    session: (id = SESSION) => readSession(paths, id),
    async [Symbol.asyncDispose]() {
      await backgroundEnds(paths.home)
      await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

/** Waits for the jobs that hooks have left behind: they would make the folder anew. Only Linux tells whose a process is. */
async function backgroundEnds(home: string): Promise<void> {
  const runs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`MSP_HOME=${home}\0`)
    } catch {
      return false // gone meanwhile, or somebody else's
    }
  }
  const pids = () => (existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [])
  for (let tries = 0; tries < 1_000 && pids().some(runs); tries++) await sleep(50)
}

/** An event that was appended while its file was being sealed is there twice, by design: the server counts it once. */
const once = (events: RecordedEvent[]) => [
  ...new Map(events.map((event) => [`${event.stream} ${event.id}`, event])).values(),
]

/** The events of one kind. */
export function ofKind<K extends EventKind>(events: RecordedEvent[], kind: K): Extract<RecordedEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<RecordedEvent, { kind: K }> => event.kind === kind)
}

/** A Bash call as PostToolUse tells it. */
export function aCommand(command: string, id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const tool_response = { stdout: '', stderr: '', interrupted: false, isImage: false, ...more }
  return { tool_name: 'Bash', tool_use_id: id, tool_input: { command }, tool_response, duration_ms: 12 }
}

/** A Bash call as PostToolUseFailure tells it. */
export function aFailure(command: string, id: string, error: string, more: Record<string, unknown> = {}) {
  return {
    tool_name: 'Bash',
    tool_use_id: id,
    tool_input: { command },
    error,
    is_interrupt: false,
    duration_ms: 12,
    ...more,
  }
}

/** What a hook printed, as the client would read it. */
export function said(run: HookRun): { context?: string; notice?: string; decision?: string; reason?: string } {
  if (run.stdout === '') return {}
  const { hookSpecificOutput, systemMessage } = JSON.parse(run.stdout)
  return {
    ...(hookSpecificOutput?.additionalContext && { context: hookSpecificOutput.additionalContext }),
    ...(hookSpecificOutput?.permissionDecision && {
      decision: hookSpecificOutput.permissionDecision,
      reason: hookSpecificOutput.permissionDecisionReason,
    }),
    ...(systemMessage && { notice: systemMessage }),
  }
}

/** Everything that is in the files of a folder, to look for what must not be there. */
export function textIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['ballast', 'reserve'].includes(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

/** A login that is good for an hour at this server. */
export function logIn({ paths }: Machine, url: string): void {
  mkdirSync(paths.auth, { recursive: true, mode: 0o700 })
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const login = {
    api_url: url,
    user: { id: 'u', email: 'ana@example.com', name: 'Ana', role: 'technician' },
    access_token: 'access',
    access_expires_at: inAnHour,
    refresh_token: 'refresh',
    refresh_expires_at: inAnHour,
  }
  writeFileSync(join(paths.auth, 'login.json'), JSON.stringify(login), { mode: 0o600 })
}

/** A background job may put a file aside between the listing and the reading: then it is all read again. */
function spooled(folder: string): RecordedEvent[] {
  for (;;) {
    const names = spoolFiles(folder)
    const events = names.flatMap((name) =>
      [...readRecords(join(folder, name))].flatMap((part) => (part.kind === 'record' ? [part.event] : [])),
    )
    if (spoolFiles(folder).join() === names.join()) return events
  }
}

/** Sealed files were put aside before the open one was begun. */
const spoolFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.(jsonl|sealed)$/.test(name))
    .sort((a, b) => Number(a.endsWith('.jsonl')) - Number(b.endsWith('.jsonl')) || (a < b ? -1 : 1))

function runNode(args: string[], input: string, options: SpawnOptions, keepOpen = false): Promise<HookRun> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, stdio: 'pipe' })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (piece) => (output.stdout += piece))
    child.stderr.setEncoding('utf8').on('data', (piece) => (output.stderr += piece))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...output, durationMs: performance.now() - started }))
    // A hook that has seen enough closes its end.
    child.stdin.on('error', () => undefined)
    child.stdin.write(input)
    if (!keepOpen) child.stdin.end()
  })
}
