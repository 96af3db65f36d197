import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, fetch, type RequestInit, type Response } from 'undici'
import type { Finished, Running } from './processes.ts'

export interface ServerOptions {
  /** Added to (or taking from) the server's environment. */
  readonly env?: NodeJS.ProcessEnv
  /** The program; our own built server unless given. */
  readonly command?: readonly string[]
  /** Polled until it answers 200. */
  readonly readyPath?: string
  readonly timeoutMs?: number
}

/** The API server inside a world. It can be stopped or killed and started again, with the same data, at the same address. */
export interface WorldServer {
  /** Its address for programs inside. */
  readonly url: string
  /** Calls it from the test, e.g. `server.fetch('/healthz')`. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Starts it again; resolves when it is ready. */
  start(): Promise<void>
  /** Asks it to end (SIGTERM) and waits for it. */
  stop(): Promise<Finished>
  /** Ends it at once (SIGKILL). */
  kill(): Promise<Finished>
  /** What all its lives have printed. */
  log(): string
}

/** Where and how a world runs its server. */
export interface ServerPlace {
  readonly url: string
  /** The Unix socket on this side that leads to the server's port. */
  readonly socket: string
  readonly run: () => Running
}

/** Characters of a log that an error quotes. */
const LOG_SHOWN = 3_000

/** Starts a server and waits until it is ready. Throws with its log when it ends first, or is not ready in time. */
export async function startServer(place: ServerPlace, options: ServerOptions = {}): Promise<WorldServer> {
  const agent = new Agent({ connect: { socketPath: place.socket } })
  const lives: Running[] = []
  const ends: string[] = []
  const log = () => [...lives.map((life) => life.stdout() + life.stderr()), ...ends].join('\n')
  const call = (path: string, init?: RequestInit) => fetch(`${place.url}${path}`, { ...init, dispatcher: agent })
  const callAndTell = (path: string, init?: RequestInit) =>
    call(path, init).catch((cause: unknown) => {
      throw new Error(`The server does not answer. It printed at the end:\n${log().slice(-LOG_SHOWN)}`, { cause })
    })

  const start = async () => {
    const life = place.run()
    lives.push(life)
    let ended = false
    const end = () => {
      ended = true
    }
    life.finished.then(end, end)
    life.finished.then(({ code, signal: by }) => ends.push(`(ended with ${code ?? by})`), String)
    const deadline = Date.now() + (options.timeoutMs ?? 30_000)
    while (!(await isReady(call, options.readyPath ?? '/readyz'))) {
      if (ended) throw new Error(`The server ended before it was ready. It printed:\n${log()}`)
      if (Date.now() > deadline) throw new Error(`The server is not ready in time. It printed:\n${log()}`)
      await sleep(50)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    const life = lives.at(-1)
    if (!life) throw new Error('The server was never started.')
    await life.kill(signal)
    return life.finished
  }
  await start()
  return { url: place.url, fetch: callAndTell, start, stop: () => end('SIGTERM'), kill: () => end('SIGKILL'), log }
}

async function isReady(call: WorldServer['fetch'], path: string): Promise<boolean> {
  try {
    const response = await call(path)
    await response.text()
    return response.ok
  } catch {
    return false // nobody listens yet
  }
}
