import { setTimeout as sleep } from 'node:timers/promises'
import { type Dispatcher, FormData, request } from 'undici'
import type { z } from 'zod'
import { AppError } from '../../../src/contract/errors.ts'
import type { Account } from '../account.ts'
import { mustBeClosed, noteFailure, noteOk } from '../breaker.ts'
import { VendorError } from '../errors.ts'
import { cleanLine } from '../text.ts'
import { kindOf, messagesIn, parsed, retryAfterMs } from './answers.ts'
import type { VendorAnswer, VendorLimit, VendorRequest, VendorRules } from './rules.ts'
import { inTurn } from './turns.ts'

/**
 * One call of a vendor: over TLS to its own host, signed in, within its limits, at most so long and so large, repeated where nothing can
 * happen twice, taken down for the audit, and counted for the breaker.
 */

/** Unknown fields of the answer pass. @throws VendorError for everything that is no 2xx, or not of the schema */
export type Send = <T>(request: VendorRequest, schema: z.ZodType<T>) => Promise<Answered<T>>

export interface Answered<T> extends VendorAnswer {
  data: T
}

const MOST_BYTES = 10 * 1024 * 1024
const TRIES = 3
const FIRST_PAUSE_MS = 250
/** What is waited for within a call; for longer the caller is told to come again. */
const MOST_WAIT_MS = 5_000
const DEFAULT_429_SECONDS = 30
const MESSAGE_CHARS = 600

export function createSend(account: Account, rules: VendorRules): Send {
  const { deps, integration, evenDisabled } = account

  return async (asked, schema) => {
    const until = Math.min(performance.now() + account.deadlineMs, account.endsAtMs)
    if (until <= performance.now())
      throw new VendorError('unavailable', `${integration.name} answers too slowly to wait for all of it.`)
    await mustBeClosed(deps, integration.id, evenDisabled)
    try {
      const answer = await repeated(asked, schema, until)
      await noteOk(deps, integration.id)
      return answer
    } catch (thrown) {
      if (!(thrown instanceof VendorError)) throw thrown
      const { kind, message, status, retryAfterMs, cause } = thrown
      const error = new VendorError(kind, account.hide(message), { status, retryAfterMs, cause })
      const answered = error.kind === 'not_found' || error.kind === 'forbidden' || error.kind === 'refused'
      await (answered && error.status !== undefined
        ? noteOk(deps, integration.id)
        : noteFailure(deps, integration.id, error))
      throw error
    }
  }

  async function repeated<T>(asked: VendorRequest, schema: z.ZodType<T>, until: number): Promise<Answered<T>> {
    let hasRenewed = false
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(asked, schema, until)
      } catch (error) {
        if (!(error instanceof VendorError)) throw error
        if (error.kind === 'auth_failed' && rules.renewsToken && !asked.anonymous && !hasRenewed) {
          hasRenewed = true
          await account.dropToken()
          continue
        }
        const waitMs = waitBefore(error, attempt)
        if (waitMs === undefined || performance.now() + waitMs >= until) throw error
        await sleep(waitMs)
      }
    }
  }

  async function once<T>(asked: VendorRequest, schema: z.ZodType<T>, until: number): Promise<Answered<T>> {
    const url = urlOf(account, rules, asked)
    const signedIn = asked.anonymous ? {} : await rules.signIn(account)
    await withinLimits([...rules.limits(account), ...(asked.limits ?? [])], until)
    const startedAt = performance.now()
    const sent = bodyOf(asked)
    const note = (status: number | null, error: VendorError | undefined, bytes: number) =>
      deps.audit.note(account.acting, {
        direction: 'out',
        action: readsOnly(asked) ? 'view' : 'execute',
        method: asked.method,
        path_template: `${integration.type}:${asked.path}`,
        entity_type: 'externalIntegrations',
        entity_id: integration.id,
        integration_id: integration.id,
        client_id: integration.client_id,
        ...(status === null ? {} : { status_code: status }),
        ...(error ? { error_code: error.kind.toUpperCase() } : {}),
        rate_limited: error?.kind === 'rate_limited',
        duration_ms: Math.round(performance.now() - startedAt),
        request_bytes: typeof sent.body === 'string' ? Buffer.byteLength(sent.body) : 0,
        response_bytes: bytes,
      })
    try {
      const headers = { ...sent.headers, ...signedIn, ...asked.headers }
      const go = () => exchange(url, asked, headers, sent.body, until)
      const answer = await (rules.lane
        ? inTurn(deps.outside, `${integration.id} ${rules.lane(asked)}`, until, go)
        : go())
      const { data, error } = understood(answer, asked, schema)
      note(answer.status, error, Buffer.byteLength(answer.text))
      if (error) throw error
      return { ...answer, data: data as T }
    } catch (error) {
      if (error instanceof VendorError && error.status === undefined) note(null, error, 0)
      throw error
    }
  }

  async function exchange(
    url: URL,
    { method, ...asked }: VendorRequest,
    headers: Record<string, string>,
    body: string | FormData | null,
    until: number,
  ): Promise<VendorAnswer> {
    const reads = readsOnly({ method, ...asked })
    const signal = AbortSignal.timeout(Math.max(1, Math.floor(until - performance.now())))
    try {
      const response = await request(url, {
        method,
        // Redirects are not followed: nobody else gets what signs us in.
        headers: { accept: 'application/json', 'user-agent': 'ClaudeTools', ...headers },
        body,
        signal,
        dispatcher: deps.outside.dispatcher,
      })
      const text = await readWhole(response.body, reads)
      const plain = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]),
      )
      return { status: response.statusCode, headers: plain, json: jsonOf(text), text }
    } catch (error) {
      if (error instanceof VendorError) throw error
      throw unreached(error, reads)
    }
  }

  function errorOf(answer: VendorAnswer, reads: boolean): VendorError | undefined {
    const own = rules.errorOf?.(answer, account)
    if (own) return own
    const { status, headers, json } = answer
    if (status >= 200 && status < 300) return undefined
    const kind = kindOf(status, reads)
    const said = messagesIn(json).join('; ')
    const message = cleanLine(`${integration.name} answers ${status}${said ? `: ${said}` : ''}`, MESSAGE_CHARS)
    const pause = retryAfterMs(headers['retry-after'], deps.clock())
    const wait = kind === 'rate_limited' ? (pause ?? (rules.pauseSeconds ?? DEFAULT_429_SECONDS) * 1_000) : pause
    return new VendorError(kind, message, { status, retryAfterMs: wait })
  }

  function understood<T>(
    answer: VendorAnswer,
    asked: VendorRequest,
    schema: z.ZodType<T>,
  ): { data?: T; error?: VendorError } {
    const error = errorOf(answer, readsOnly(asked))
    if (error) return { error }
    try {
      return { data: parsed(schema, answer, `${asked.method} ${asked.path}`) }
    } catch (thrown) {
      return { error: thrown as VendorError }
    }
  }

  async function withinLimits(limits: readonly VendorLimit[], until: number): Promise<void> {
    for (const { limit, who, cost } of limits) {
      for (;;) {
        const waitMs = await taken(() => deps.limits.take(limit, who, cost))
        if (waitMs === undefined) break
        if (waitMs > MOST_WAIT_MS || performance.now() + waitMs >= until)
          throw new VendorError(
            'rate_limited',
            `${integration.name} allows no more calls now. It is asked again in ${Math.ceil(waitMs / 1_000)} s.`,
            { retryAfterMs: waitMs },
          )
        await sleep(waitMs)
      }
    }
  }
}

/** A GET or what the vendor's rules call a read. */
const readsOnly = ({ method, reads }: Pick<VendorRequest, 'method' | 'reads'>) => method === 'GET' || reads === true

/** How long to wait before the same request is sent again; undefined: it must not be. Pure but for chance. */
function waitBefore(error: VendorError, attempt: number): number | undefined {
  if (attempt >= TRIES) return undefined
  const { kind, retryAfterMs: told } = error
  // Nothing was done when it says that it was too often, or when it was not reached at all.
  if (kind === 'rate_limited' && error.status === undefined) return undefined
  const repeats = kind === 'rate_limited' || kind === 'unavailable'
  if (!repeats || (told ?? 0) > MOST_WAIT_MS) return undefined
  return told ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random())
}

/** @returns how long until there is enough; undefined when it was taken */
async function taken(take: () => Promise<void>): Promise<number | undefined> {
  try {
    await take()
    return undefined
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED')
      throw new VendorError('unavailable', 'How often this was called cannot be counted now.', { cause: error })
    return Math.max(1, (error.details as { retry_after: number }).retry_after) * 1_000
  }
}

/** @throws VendorError `refused` for a place that must not get this vendor's secrets */
function urlOf(
  { baseUrl, integration }: Account,
  rules: VendorRules,
  { path, params, query, url }: VendorRequest,
): URL {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name]
    if (value === undefined || value === '' || value === '.' || value === '..')
      throw new VendorError('refused', `${name} is missing.`)
    return encodeURIComponent(value)
  })
  const whole = new URL(url ?? `${baseUrl}${filled}`)
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) whole.searchParams.append(name, String(value))
  mustBeAllowed(whole, rules.hosts, integration.name)
  return whole
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** @throws VendorError `refused` */
export function mustBeAllowed(url: URL, hosts: RegExp | undefined, name: string): void {
  const isHere = LOOPBACK.test(url.hostname)
  if (!isHere && url.protocol !== 'https:')
    throw new VendorError('refused', `${name} is called over https only, not at ${url.origin}.`)
  if (url.username !== '' || url.password !== '')
    throw new VendorError('refused', `The address of ${name} holds a user name or password.`)
  if (!isHere && hosts && !hosts.test(url.hostname))
    throw new VendorError('refused', `${url.hostname} is no host of this vendor, so it gets nothing of ${name}.`)
}

function bodyOf({ json, form, multipart }: VendorRequest): {
  body: string | FormData | null
  headers: Record<string, string>
} {
  if (json !== undefined) return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
  if (form !== undefined)
    return {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
  return { body: multipart === undefined ? null : partsOf(multipart), headers: {} }
}

function partsOf({ fields, file }: NonNullable<VendorRequest['multipart']>): FormData {
  const parts = new FormData()
  for (const [name, value] of Object.entries(fields)) parts.append(name, value)
  parts.append(file.part, new Blob([Buffer.from(file.bytes)], { type: file.mediaType }), file.name)
  return parts
}

async function readWhole(body: Dispatcher.ResponseData['body'], reads: boolean): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += (chunk as Buffer).length
    if (bytes > MOST_BYTES) {
      body.destroy()
      throw new VendorError(reads ? 'malformed' : 'uncertain', 'The answer is too large.', { status: 200 })
    }
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** Codes of what failed before anything was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

function unreached(cause: unknown, reads: boolean): VendorError {
  const { name, code } = cause as { name?: string; code?: string }
  const why =
    name === 'TimeoutError' || name === 'AbortError' ? 'did not answer in time' : `was not reached (${code ?? name})`
  const isKnown = reads || NOT_SENT.has(code ?? '')
  return new VendorError(
    isKnown ? 'unavailable' : 'uncertain',
    isKnown ? `The system ${why}.` : `The system ${why}, so it is not known whether it was done.`,
    { cause },
  )
}
