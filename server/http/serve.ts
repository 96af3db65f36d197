import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import { AppError, type ErrorBody } from '../../src/contract/errors.ts'
import type { Streamed } from '../../src/contract/kernel.ts'
import { ConfigError } from '../config.ts'
import type { Caller, Deps } from '../context.ts'
import type { Inbound } from '../domains/integrations/inbound.ts'
import { docsPage } from '../web/docs.ts'
import { authenticate } from './caller.ts'
import { inboundIn } from './inbound.ts'
import type { Invoke } from './invoke.ts'
import { createOpenApi } from './openapi.ts'
import { createOriginOf } from './origin.ts'
import { createRoutes, otherMethods, readRestInput, sendJson, sendStream } from './rest.ts'
import { createRpc } from './rpc.ts'
import { refuseDoubledHeaders } from './unambiguous.ts'

export interface HttpOptions {
  deps: Deps
  invoke: Invoke
  /** Whether the server can do its work: database, migrations, keys. */
  readiness: () => Promise<Record<string, boolean>>
  /** Takes what another system sent. */
  receive: (inbound: Inbound) => Promise<void>
  metrics: { registry: Registry; observe(route: string, status: number, seconds: number): void }
  version: string
  publicUrl: string
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Where the bundled script of the docs page lies. */
  scalarPath: string
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  requestId: string
  /** What metrics and log call this request: never an id or a query. */
  route: string
}

/** The HTTP server: REST, RPC, docs, health and metrics on one port. */
export function createHttp(options: HttpOptions): Server {
  const { deps, metrics } = options
  const handle = createHandler(options)
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const startedAt = performance.now()
      const exchange: Exchange = { request, response, url: urlOf(request), requestId: deps.newId(), route: 'none' }
      response.setHeader('x-request-id', exchange.requestId)
      response.on('close', () => {
        const seconds = (performance.now() - startedAt) / 1_000
        metrics.observe(exchange.route, response.statusCode, seconds)
        deps.log.debug(
          {
            requestId: exchange.requestId,
            method: request.method,
            route: exchange.route,
            status: response.statusCode,
            ms: Math.round(seconds * 1_000),
          },
          'request',
        )
      })
      handle(exchange).catch((error: unknown) => sendError(deps, exchange, error))
    },
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Not HTTP: there is nobody to explain it to.
    const status = REFUSED_MESSAGES[error.code ?? ''] ?? '400 Bad Request'
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
  })
  return server
}

/** What of HTTP itself is too much, by Node's code. */
const REFUSED_MESSAGES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function createHandler({
  deps,
  invoke,
  readiness,
  receive,
  metrics,
  version,
  publicUrl,
  scalarPath,
  trustedProxies,
}: HttpOptions) {
  const originOf = createOriginOf(trustedProxies)
  const findRoute = createRoutes()
  const document = JSON.stringify(createOpenApi(version, publicUrl))
  const rpc = createRpc(invoke, (error, requestId) => logError(deps, error, requestId))
  const script = () => readFileSync(scalarPath)

  const plain: Record<string, (exchange: Exchange) => Promise<void>> = {
    '/healthz': async ({ response }) => sendJson(response, 200, { status: 'alive', version }),
    '/readyz': async ({ response }) => {
      const checks = await readiness()
      const ready = Object.values(checks).every(Boolean)
      sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', ...checks })
    },
    '/metrics': async ({ request, response }) => {
      if (!isLoopback(request)) {
        const caller = await authenticate(deps, request.headers.authorization)
        if (!caller?.scopes.includes('msp:admin'))
          throw new AppError('FORBIDDEN', 'Metrics are for this machine or an admin.')
      }
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.registry.metrics())
    },
    '/api/openapi.json': async ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(document)
    },
    '/api/docs': async ({ response }) => docsPage(response),
    '/api/docs/scalar.js': async ({ response }) => {
      response
        .writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=3600' })
        .end(script())
    },
  }

  async function rest(exchange: Exchange): Promise<void> {
    const { request, response, url } = exchange
    // The answer to HEAD is that to GET; Node leaves its body out.
    const call = findRoute(request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'), url.pathname)
    if (!call) {
      const allowed = otherMethods(findRoute, url.pathname)
      if (allowed.length > 0) response.setHeader('allow', allowed.join(', '))
      if (allowed.length > 0) throw new AppError('METHOD_NOT_ALLOWED', `${url.pathname} takes ${allowed.join(', ')}.`)
      throw new AppError('NOT_FOUND', `There is no ${url.pathname}. See /api/docs.`)
    }
    exchange.route = `${call.domain}.${call.name}`
    const identity = await identify(deps, request)
    const input = await readRestInput(request, call, url.searchParams)
    const output = await invoke({
      domain: call.domain,
      name: call.name,
      input,
      requestId: exchange.requestId,
      origin: originOf(request),
      mayStream: true,
      ...identity,
    })
    if (call.operation.streams) return sendStream(response, output as Streamed)
    sendJson(response, call.name === 'create' ? 201 : 200, output)
  }

  return async (exchange: Exchange): Promise<void> => {
    const { request, response, url } = exchange
    refuseDoubledHeaders(request)
    const page = Object.hasOwn(plain, url.pathname) ? plain[url.pathname] : undefined
    if (page) {
      exchange.route = url.pathname
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD')
        throw new AppError('METHOD_NOT_ALLOWED', `${url.pathname} takes GET.`)
      }
      return page(exchange)
    }
    if (url.pathname.startsWith('/trpc/')) {
      const path = url.pathname.slice('/trpc/'.length)
      exchange.route = `rpc ${path.split(',').length === 1 ? path.replace(/[^\w.]/g, '').slice(0, 60) : 'batch'}`
      return rpc(request, response, path, {
        ...(await identify(deps, request, path.split(',').length)),
        origin: originOf(request),
        requestId: exchange.requestId,
      })
    }
    const inbound = await inboundIn(request, url.pathname, originOf(request).ip)
    if (inbound) {
      exchange.route = 'inbound'
      await receive(inbound)
      return sendJson(response, 202, { received: true })
    }
    return rest(exchange)
  }
}

/** Why somebody is nobody; the call is refused, and recorded, all the same. */
const REFUSALS: readonly AppError['code'][] = ['UNAUTHENTICATED', 'RATE_LIMITED']

async function identify(
  deps: Deps,
  request: IncomingMessage,
  calls = 1,
): Promise<{ caller: Caller | undefined; refused: AppError | undefined }> {
  try {
    return { caller: await authenticate(deps, request.headers.authorization, calls), refused: undefined }
  } catch (error) {
    if (error instanceof AppError && REFUSALS.includes(error.code)) return { caller: undefined, refused: error }
    throw error
  }
}

function urlOf(request: IncomingMessage): URL {
  // Only path and query count; a Host header cannot change where this is.
  return URL.canParse(request.url ?? '/', 'http://server')
    ? new URL(request.url ?? '/', 'http://server')
    : new URL('http://server/-')
}

const isLoopback = (request: IncomingMessage) =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '') &&
  !request.headers['x-forwarded-for']

function sendError(deps: Deps, { request, response, requestId }: Exchange, thrown: unknown): void {
  const error =
    thrown instanceof AppError
      ? thrown
      : new AppError('INTERNAL', 'The server could not do it. The log has the reason under this request id.', {
          cause: thrown,
        })
  logError(deps, error, requestId)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
      requestId,
    },
  }
  // What is left of an unread body is not a next request.
  const close = request.complete ? {} : { connection: 'close' }
  const { retry_after } = (error.details ?? {}) as { retry_after?: number }
  const later = retry_after === undefined ? {} : { 'retry-after': String(retry_after) }
  sendJson(response, error.status, body, { ...close, ...later })
}

function logError(deps: Deps, error: AppError, requestId: string): void {
  const level = error.status >= 500 ? 'error' : 'debug'
  deps.log[level]({ requestId, code: error.code, error: error.cause ?? error }, 'request failed')
}

/** @throws ConfigError when the port is taken or may not be used. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'is in use by another program. Stop it, or choose another port with MSP_PORT (npm start -- --port N).'
          : `cannot be used (${error.code}). Choose an address of this machine and a port above 1023.`
      const variable = error.code === 'EADDRINUSE' ? 'MSP_PORT' : 'MSP_HOST and MSP_PORT'
      reject(new ConfigError(`The server cannot start:\n  ${variable}: ${host}:${port} ${reason}`))
    })
    server.listen(port, host, () => resolve((server.address() as { port: number }).port))
  })
}
