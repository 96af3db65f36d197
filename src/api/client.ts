import type { Contract } from '../contract/index.ts'
import { ApiError, notLoggedIn } from './errors.ts'
import type { Transport } from './transport.ts'
import { answersOf, type Call, unreachable, type WireAnswer } from './wire.ts'

/** How long a call may take unless it says otherwise, in milliseconds. */
export const DEFAULT_DEADLINE_MS = 10_000

export interface CallOptions {
  /** Milliseconds for the whole call, a token refresh included. */
  deadlineMs?: number
}

/** Where the access token of each call comes from. */
export interface TokenSource {
  /** A token that should still be good, or null when nobody is logged in. */
  current(signal: AbortSignal): Promise<string | null>
  /** Asked once after the server refused `rejected`: a newer token, or null when there is none. */
  newerThan(rejected: string, signal: AbortSignal): Promise<string | null>
}

export interface ApiOptions {
  /** The server without a path, e.g. `http://127.0.0.1:8787`. */
  url: string
  transport: Transport
  /** Without it, calls go out without a token. */
  tokens?: TokenSource
  deadlineMs?: number
}

interface Described {
  readonly input: { readonly _zod: { readonly input: unknown } }
  readonly output: { readonly _zod: { readonly output: unknown } }
}
/** What an operation takes and gives: `OutputOf<Contract['clients']['resolve']>`. */
export type InputOf<O> = O extends Described ? O['input']['_zod']['input'] : never
export type OutputOf<O> = O extends Described ? O['output']['_zod']['output'] : never

type Method<O> =
  Record<never, never> extends InputOf<O>
    ? (input?: InputOf<O>, options?: CallOptions) => Promise<OutputOf<O>>
    : (input: InputOf<O>, options?: CallOptions) => Promise<OutputOf<O>>

/** Every operation of the contract as a function: `calls.clients.resolve({ text })`. */
export type Calls = { [D in keyof Contract]: { [O in keyof Contract[D]]: Method<Contract[D][O]> } }

type Settled<T extends readonly unknown[]> = { [K in keyof T]: PromiseSettledResult<Awaited<T[K]>> }

export type Api = Calls & {
  /**
   * Sends several operations as one request and waits for all of them. One that fails does not fail the others, so the
   * results come settled, in the order of the returned list:
   * `const [me, block] = await api.batch((call) => [call.auth.me(), call.context.get({})])`
   */
  batch<const T extends readonly Promise<unknown>[]>(
    build: (call: Calls) => T,
    options?: CallOptions,
  ): Promise<Settled<T>>
  /** An operation by name (`clients.resolve`), for `msp call`. */
  call(operation: string, input: unknown, options?: CallOptions): Promise<unknown>
}

/**
 * The client of the API: the contract's operations as functions. It validates nothing (the server does) and keeps nothing.
 * Every call rejects with an `ApiError` only.
 */
export function createApi(options: ApiOptions): Api {
  const call = async (path: string, input: unknown, callOptions: CallOptions = {}): Promise<unknown> => {
    const [answer] = await send(options, [{ path, input }], callOptions)
    return valueIn(answer)
  }
  const batch = async (build: (calls: Calls) => readonly Promise<unknown>[], callOptions: CallOptions = {}) => {
    const { calls, answered } = collector()
    const results = Promise.allSettled(build(callsThrough(calls)))
    await answered((list) => send(options, list, callOptions))
    return results
  }
  const domains = callsThrough(call)
  return new Proxy(domains, {
    get: (target, name) => (name === 'batch' ? batch : name === 'call' ? call : Reflect.get(target, name)),
  }) as Api
}

function callsThrough(call: (path: string, input: unknown, options?: CallOptions) => Promise<unknown>): Calls {
  const domain = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, operation) =>
          named(operation) &&
          ((input: unknown, options?: CallOptions) => call(`${name}.${String(operation)}`, input, options)),
      },
    )
  return new Proxy({}, { get: (_, name) => named(name) && domain(name as string) }) as Calls
}

/** `then` is what `await` looks for: an operation of that name would make the client look like a promise. */
const named = (name: string | symbol): true | undefined =>
  typeof name === 'string' && name !== 'then' ? true : undefined

/** Takes calls down without sending them, then gives each its answer. */
function collector() {
  const waiting: { call: Call; settle: (answer: WireAnswer | Error) => void }[] = []
  const calls = (path: string, input: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const settle = (answer: WireAnswer | Error) => {
        if (answer instanceof Error) reject(answer)
        else if ('error' in answer) reject(answer.error)
        else resolve(answer.value)
      }
      waiting.push({ call: { path, input }, settle })
    })
  const answered = async (sendAll: (list: Call[]) => Promise<WireAnswer[]>) => {
    if (waiting.length === 0) return
    try {
      const answers = await sendAll(waiting.map(({ call }) => call))
      for (const [index, { settle }] of waiting.entries()) settle(answers[index] ?? new ApiError('INTERNAL', MISSING))
    } catch (error) {
      for (const { settle } of waiting) settle(error as Error)
    }
  }
  return { calls, answered }
}

const MISSING =
  'The server answered fewer calls than it was asked. Server and client may differ in version: run "msp doctor".'

function valueIn(answer: WireAnswer | undefined): unknown {
  if (answer === undefined) throw new ApiError('INTERNAL', MISSING)
  if ('error' in answer) throw answer.error
  return answer.value
}

async function send(options: ApiOptions, calls: Call[], { deadlineMs }: CallOptions): Promise<WireAnswer[]> {
  const limitMs = Math.ceil(deadlineMs ?? options.deadlineMs ?? DEFAULT_DEADLINE_MS)
  const signal = AbortSignal.timeout(limitMs)
  const post = (token: string | null) => postCalls(options, calls, token, signal, limitMs)
  const needsToken = calls.some(({ path }) => path !== 'auth.login' && path !== 'auth.refresh')
  const tokens = needsToken ? options.tokens : undefined
  const token = (await tokens?.current(signal)) ?? null
  if (token === null && tokens !== undefined) throw notLoggedIn('You are not logged in.')
  const answers = await post(token)
  if (token === null || tokens === undefined || !answers.every(isRefusedToken)) return answers
  const newer = await tokens.newerThan(token, signal)
  return newer === null ? answers : post(newer)
}

const isRefusedToken = (answer: WireAnswer): boolean => 'error' in answer && answer.error.code === 'UNAUTHENTICATED'

async function postCalls(
  options: ApiOptions,
  calls: Call[],
  token: string | null,
  signal: AbortSignal,
  limitMs: number,
): Promise<WireAnswer[]> {
  const url = `${options.url}/trpc/${calls.map(({ path }) => path).join(',')}?batch=1`
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token !== null) headers.authorization = `Bearer ${token}`
  const body = JSON.stringify(Object.fromEntries(calls.map(({ input }, index) => [index, input ?? {}])))
  const answer = await options.transport({ url, headers, body, signal }).catch((cause: unknown) => {
    throw unreachable(options.url, cause, signal.aborted ? limitMs : null)
  })
  return answersOf(options.url, answer, calls.length)
}
