import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import createRouter from 'find-my-way'
import { z } from 'zod'
import { AppError } from '../../src/contract/errors.ts'
import { everyOperation } from '../../src/contract/index.ts'
import type { Operation, Streamed } from '../../src/contract/kernel.ts'
import { maxBodyBytes, readJson } from './body.ts'

const PREFIX = '/api/v1'

export interface RestCall {
  domain: string
  name: string
  operation: Operation
  params: Record<string, string | undefined>
}

export type FindRoute = (method: string, path: string) => RestCall | undefined

/** The REST table: every operation of the contract at its route. */
export function createRoutes(): FindRoute {
  const router = createRouter({ caseSensitive: true, ignoreTrailingSlash: true, maxParamLength: 100 })
  for (const [domain, name, operation] of everyOperation()) {
    router.on(operation.rest.method, PREFIX + operation.rest.path, () => undefined, { domain, name, operation })
  }
  return (method, path) => {
    const found = router.find(method as 'GET', path)
    return found ? { ...(found.store as Omit<RestCall, 'params'>), params: found.params } : undefined
  }
}

/** True when some other method would have found the path. */
export const otherMethods = (find: FindRoute, path: string): string[] =>
  ['GET', 'POST', 'PATCH', 'DELETE'].filter((method) => find(method, path))

/**
 * The input of a REST call from path, query, body and If-Match.
 *
 * @throws AppError INVALID_INPUT when one field comes twice.
 */
export async function readRestInput(
  request: IncomingMessage,
  { operation, params }: RestCall,
  query: URLSearchParams,
): Promise<unknown> {
  const body = operation.rest.method === 'GET' ? undefined : await readJson(request, maxBodyBytes([operation]))
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body)))
    throw new AppError('INVALID_INPUT', 'The body must be a JSON object.')
  const input: Record<string, unknown> = Object.create(null)
  const take = (key: string, value: unknown) => {
    if (key in input) throw new AppError('INVALID_INPUT', `${key} is given twice.`)
    input[key] = value
  }
  for (const [key, value] of Object.entries(params)) take(key, value)
  for (const [key, value] of query) take(key, fromQuery(operation, key, value))
  for (const [key, value] of Object.entries(body ?? {})) take(key, value)
  const match = request.headers['if-match']
  if (match !== undefined) take('row_version', versionOf(match))
  return { ...input }
}

/** `If-Match: "3"`, the ETag that a read gave. */
function versionOf(header: string): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1]
  if (!version) throw new AppError('INVALID_INPUT', 'If-Match must be the ETag of the row, like "3".')
  return Number(version)
}

/** A query string has only text: numbers and booleans are read where the contract wants them. */
function fromQuery(operation: Operation, key: string, value: string): unknown {
  const shape = operation.input instanceof z.ZodObject ? operation.input.shape : {}
  let schema: unknown = Object.hasOwn(shape, key) ? shape[key] : undefined
  while (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    schema = schema.unwrap()
  if (schema instanceof z.ZodNumber && /^-?\d+$/.test(value)) return Number(value)
  if (schema instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

/** Sends JSON; a row carries its version as ETag. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const version = (body as { row_version?: unknown } | null)?.row_version
  // With its length known the body is sent as it is, not in chunks.
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(typeof version === 'number' ? { etag: `"${version}"` } : {}),
    ...headers,
  })
  response.end(bytes)
}

/**
 * Sends a file while it is read. When it breaks in the middle the connection is cut, so that nobody takes the half for the whole.
 * A client that has gone is no error: reading stops.
 */
export async function sendStream(response: ServerResponse, streamed: Streamed): Promise<void> {
  response.writeHead(200, {
    'content-type': streamed.contentType,
    'content-disposition': `attachment; filename="${streamed.filename}"`,
    'x-total-count': String(streamed.total),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  if (response.req.method === 'HEAD') {
    response.end()
    return
  }
  try {
    await pipeline(Readable.from(streamed.body), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
