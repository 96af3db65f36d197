import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How a program ended, and all it printed. */
export interface Finished {
  /** Exit code; null when a signal ended it (then `signal` names it). */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

/** A program that runs. `finished` rejects when the time is up: a run that hangs is a failed test, whatever it printed. */
export interface Running {
  readonly finished: Promise<Finished>
  /** Everything printed on stdout so far. */
  stdout(): string
  stderr(): string
  /** Resolves when stdout or stderr contains `text`; rejects when the program ends without it. */
  seen(text: string): Promise<void>
  /** Calls `listener` with each piece of stdout. */
  onOutput(listener: (piece: string) => void): void
  write(text: string): void
  endInput(): void
  /** Signals the program itself, not what it started. Returns false when it has already gone. */
  kill(signal?: NodeJS.Signals): Promise<boolean>
}

/** How long output may still arrive after the end of the program that was started. */
const HELD_PIPES_MS = 1_000

/** What to run, and for how long at most. */
export interface Launch {
  readonly command: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
}

/** Starts a command made by `Namespace.entering`; `what` names it in messages. */
export function launch(what: string, { command, env, timeoutMs }: Launch): Running {
  const startedAt = performance.now()
  const [file = 'false', ...args] = command
  // A group of its own, so that a Ctrl-C at the test runner does not reach it before the world is closed in order.
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  // A program may end before it has read its input; that is its right, and the exit code tells the test about it.
  child.stdin.on('error', () => undefined)
  const output = { stdout: collect(child.stdout), stderr: collect(child.stderr) }
  const finished = ending(child, () => ({
    stdout: output.stdout.text(),
    stderr: output.stderr.text(),
    durationMs: performance.now() - startedAt,
  }))
  const inTime = withinTime(finished, timeoutMs, async () => {
    const tail = `${output.stdout.text()}\n${output.stderr.text()}`.slice(-2000)
    await signal(child, 'SIGKILL', 'group')
    return new Error(`${what} did not end within ${timeoutMs} ms. It printed at the end:\n${tail}`)
  })
  // The caller may await it later than it fails; without this the failure would count as unhandled.
  inTime.catch(() => undefined)
  return {
    finished: inTime,
    stdout: output.stdout.text,
    stderr: output.stderr.text,
    seen: (text) => seen(what, text, output, inTime),
    onOutput: (listener) => void child.stdout.on('data', listener),
    write: (text) => void child.stdin.write(text),
    endInput: () => void child.stdin.end(),
    kill: (name = 'SIGTERM') => signal(child, name, 'process'),
  }
}

function collect(stream: NodeJS.ReadableStream): { text(): string; onMore(listener: () => void): void } {
  const pieces: string[] = []
  stream.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece))
  return {
    text: () => pieces.join(''),
    onMore: (listener) => void stream.on('data', listener),
  }
}

function ending(child: ChildProcess, rest: () => Omit<Finished, 'code' | 'signal'>): Promise<Finished> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, name) => resolve({ code, signal: name, ...rest() }))
    // A background process may hold the pipes open long after the program itself has ended: the program's end counts.
    child.once('exit', (code, name) => setTimeout(() => resolve({ code, signal: name, ...rest() }), HELD_PIPES_MS))
  })
}

function withinTime<T>(work: Promise<T>, timeoutMs: number, late: () => Promise<Error>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => late().then(reject, reject), timeoutMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

type Collected = ReturnType<typeof collect>

function seen(what: string, text: string, output: { stdout: Collected; stderr: Collected }, end: Promise<Finished>) {
  return new Promise<void>((resolve, reject) => {
    const look = () => {
      if (output.stdout.text().includes(text) || output.stderr.text().includes(text)) resolve()
    }
    look()
    output.stdout.onMore(look)
    output.stderr.onMore(look)
    const missed = () =>
      reject(new Error(`${what} ended without printing "${text}". It printed:\n${output.stdout.text().slice(-2000)}`))
    end.then(missed, missed)
  })
}

/** The program is the child of `nsenter`: it stands in another process namespace, and only the kernel's list gives its number here. */
async function signal(child: ChildProcess, name: NodeJS.Signals, whom: 'process' | 'group'): Promise<boolean> {
  for (let attempt = 0; attempt < 100 && child.exitCode === null && child.signalCode === null; attempt++) {
    const pid = firstChild(child.pid)
    if (pid !== undefined) return sendSignal(whom === 'group' ? -pid : pid, name)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return false
}

function sendSignal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false // it ended between being found and being signalled
  }
}

function firstChild(pid: number | undefined): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return first ? Number(first) : undefined
  } catch {
    return undefined // `nsenter` itself has gone: there is nobody left to signal
  }
}
