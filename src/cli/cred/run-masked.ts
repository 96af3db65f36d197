import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { createMasker, type Masked, type Passed, type StreamName } from '../../mask/masker.ts'
import { EXIT, Failure } from '../output.ts'

export interface MaskedRun {
  file: string
  /** The first is the name that the program is called by. */
  argv: readonly string[]
  env: NodeJS.ProcessEnv
  /** What it reads; our own stdin when not given. */
  stdin?: string | undefined
  secrets: readonly Masked[]
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Runs a program without a shell, with every secret in its output masked and signals passed on to it.
 *
 * @returns its exit code; 128 and the signal's number when a signal ended it
 */
export async function runMasked({ file, argv, env, stdin, secrets }: MaskedRun): Promise<number> {
  const [argv0 = file, ...args] = argv
  const child = spawn(file, args, {
    argv0,
    env,
    stdio: [stdin === undefined ? 'inherit' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  // A program that does not read its input may have ended already.
  child.stdin?.on('error', () => undefined).end(stdin)
  const masker = createMasker(secrets)
  const pass = ({ stdout, stderr }: Passed) => {
    forward(stdout, process.stdout, child)
    forward(stderr, process.stderr, child)
  }
  const read = (name: StreamName, stream: Readable | null) =>
    stream?.on('data', (chunk: Buffer) => pass(masker.write(name, chunk)))
  read('stdout', child.stdout)
  read('stderr', child.stderr)
  const release = passSignals(child)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(argv0, error)))
      child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    pass(masker.end())
    release()
  }
}

/** Reads no further while the receiver is full: memory must not grow with the output. */
function forward(bytes: Buffer, to: Writable, child: ChildProcess): void {
  if (bytes.length === 0 || to.write(bytes)) return
  child.stdout?.pause()
  child.stderr?.pause()
  to.once('drain', () => {
    child.stdout?.resume()
    child.stderr?.resume()
  })
}

function passSignals(child: ChildProcess): () => void {
  const handlers = PASSED_ON.map((signal) => [signal, () => void child.kill(signal)] as const)
  const stop = () => void child.kill('SIGTERM')
  for (const [signal, handler] of handlers) process.on(signal, handler)
  // Whoever read our output has gone: the program must not go on with the secret.
  process.once('exit', stop)
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
    process.off('exit', stop)
  }
}

const notStarted = (name: string, error: NodeJS.ErrnoException): Failure =>
  new Failure(
    EXIT.failed,
    `${name} cannot be started (${error.code ?? 'unknown reason'}). Try it without "msp cred exec".`,
  )
