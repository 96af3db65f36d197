import type { IncomingMessage } from 'node:http'
import { AppError } from '../../src/contract/errors.ts'
import type { Inbound } from '../domains/integrations/inbound.ts'
import { readBytes } from './body.ts'

/** The one route whose body is taken as it came: a signature is over its bytes. */

const PATH = /^\/api\/v1\/integrations\/([0-9a-f-]{36})\/inbound(?:\/([\w-]{16,200}))?$/
const MOST_BYTES = 1024 * 1024

/** What a request to an integration brings; undefined for any other path. @throws AppError METHOD_NOT_ALLOWED, TOO_LARGE */
export async function inboundIn(
  request: IncomingMessage,
  path: string,
  ip: string | null,
): Promise<Inbound | undefined> {
  const [, integrationId, pathSecret] = PATH.exec(path) ?? []
  if (integrationId === undefined) return undefined
  if (request.method !== 'POST') throw new AppError('METHOD_NOT_ALLOWED', 'Messages are sent here by POST.')
  const body = await readBytes(request, MOST_BYTES)
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { integrationId, pathSecret, ip, body, header }
}
