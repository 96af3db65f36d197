import { randomUUID } from 'node:crypto'
import { contract } from '../../src/contract/index.ts'
import type { Operation } from '../../src/contract/kernel.ts'

/** Both wires without a client of ours in between: what is sent is what stands here, and every answer is looked at whole. */

export type Input = Record<string, unknown>

/** `error` as REST has it, or undefined for a success. */
export interface Answer {
  status: number
  code: string | undefined
  /** The output, or the error without what differs from call to call. */
  body: unknown
}

export const operationOf = (path: string): Operation => {
  const [domain = '', name = ''] = path.split('.')
  return (contract as unknown as Record<string, Record<string, Operation>>)[domain]?.[name] as Operation
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

/** Calls `clients.list` over RPC, as a batch of one. */
export async function overRpc(url: string, token: string | undefined, path: string, input: unknown): Promise<Answer> {
  const [answer] = await rpcBatch(url, token, [[path, input]])
  return answer as Answer
}

/** One RPC request with several calls. A text is sent as it is: JSON that no object of ours would give. */
export async function rpcBatch(
  url: string,
  token: string | undefined,
  calls: readonly (readonly [path: string, input: unknown])[],
): Promise<Answer[]> {
  const inputs = calls.map(
    ([, input], index) => `"${index}":${typeof input === 'string' ? input : JSON.stringify(input)}`,
  )
  const answer = await fetch(`${url}/trpc/${calls.map(([path]) => path).join(',')}?batch=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: `{${inputs.join(',')}}`,
  })
  const parsed = (await answer.json()) as { result?: { data: unknown }; error?: RpcError }[] | { error: RestError }
  if (!Array.isArray(parsed)) return calls.map(() => restAnswer(answer.status, parsed))
  return parsed.map(({ result, error }) =>
    error
      ? {
          status: error.data.httpStatus,
          code: error.data.code,
          body: withoutRequest({ code: error.data.code, message: error.message, details: error.data.details }),
        }
      : { status: 200, code: undefined, body: result?.data },
  )
}

interface RpcError {
  message: string
  data: { code: string; httpStatus: number; details?: unknown; requestId: string }
}
interface RestError {
  code: string
  message: string
  details?: unknown
  requestId: string
}

/** Calls the same operation by its REST route. */
export async function overRest(url: string, token: string | undefined, path: string, input: Input): Promise<Answer> {
  const { rest } = operationOf(path)
  const left = { ...input }
  const route = rest.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = left[key]
    delete left[key]
    return encodeURIComponent(String(value))
  })
  const hasBody = rest.method === 'POST' || rest.method === 'PATCH'
  const query = hasBody
    ? ''
    : `?${new URLSearchParams(Object.entries(left).map(([key, value]): [string, string] => [key, String(value)]))}`
  const answer = await fetch(`${url}/api/v1${route}${query}`, {
    method: rest.method,
    headers: { ...(hasBody ? { 'content-type': 'application/json' } : {}), ...bearer(token) },
    ...(hasBody ? { body: JSON.stringify(left) } : {}),
  })
  return restAnswer(answer.status, (await answer.json()) as { error: RestError })
}

/** By its status: a row may have a column of that name. */
const restAnswer = (status: number, body: { error?: RestError }): Answer =>
  status >= 400 && body.error
    ? { status, code: body.error.code, body: withoutRequest(body.error) }
    : { status, code: undefined, body }

const withoutRequest = ({ code, message, details }: Omit<RestError, 'requestId'>) => ({
  code,
  message,
  ...(details === undefined ? {} : { details }),
})

/** An id that no row has. */
export const noSuchId = (): string => randomUUID()
