import type { IncomingMessage } from 'node:http'
import { AppError } from '../../src/contract/errors.ts'
import type { Operation } from '../../src/contract/kernel.ts'
import { doubledKey } from './unambiguous.ts'

/** What an operation takes that says nothing else. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024

/** The longest body that any of these operations takes. */
export const maxBodyBytes = (operations: readonly (Operation | undefined)[]): number =>
  Math.max(MAX_BODY_BYTES, ...operations.map((operation) => operation?.maxBodyBytes ?? 0))

/**
 * Reads a JSON body of up to `limit` bytes.
 *
 * @returns undefined for an empty body.
 * @throws AppError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const text = await readJsonText(request, limit)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch (cause) {
    throw notJson(cause)
  }
}

/**
 * The text of a body that says it is JSON, for both wires. Whether it is JSON is found when it is parsed; that every object has each key once,
 * what no parser complains about, is found here.
 *
 * @returns undefined for an empty body.
 * @throws AppError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT.
 */
export async function readJsonText(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const bytes = await readBytes(request, limit)
  if (bytes.length === 0) return undefined
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.')
  if (request.headers['content-encoding'])
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body without a content encoding.')
  const text = decoded(bytes)
  const key = doubledKey(text)
  if (key !== undefined) throw new AppError('INVALID_INPUT', `${key.slice(0, 100)} stands twice in one object.`)
  return text
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw notJson(cause)
  }
}

const notJson = (cause: unknown) => new AppError('INVALID_INPUT', 'The body is not valid JSON in UTF-8.', { cause })

/** The bytes of a body. @throws AppError TOO_LARGE */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError('TOO_LARGE', `The body is larger than ${Math.floor(limit / 1024 / 1024)} MB. Send less at once.`)
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length > limit) throw tooLarge()
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
