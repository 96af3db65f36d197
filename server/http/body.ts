import type { IncomingMessage } from 'node:http'
import { AppError } from '../../src/contract/errors.ts'
import type { Operation } from '../../src/contract/kernel.ts'

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
  const bytes = await readBytes(request, limit)
  if (bytes.length === 0) return undefined
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.')
  if (request.headers['content-encoding'])
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body without a content encoding.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('INVALID_INPUT', 'The body is not valid JSON in UTF-8.', { cause })
  }
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
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
