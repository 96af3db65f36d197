import type { IncomingMessage, ServerResponse } from 'node:http'
import { initTRPC, TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { AppError, HTTP_STATUS } from '../../src/contract/errors.ts'
import { everyOperation } from '../../src/contract/index.ts'
import type { Caller, Origin } from '../context.ts'
import { maxBodyBytes, readJsonText } from './body.ts'
import { findOperation, type Invoke } from './invoke.ts'

interface RpcContext {
  /** The caller, or why there is none: an operation that needs no sign-in works all the same. */
  caller: Caller | undefined
  refused: AppError | undefined
  requestId: string
  origin: Origin
}

const MAX_BATCH = 20

/** The contract as tRPC procedures on the tRPC wire, so that any tRPC client can call it. */
export function createRpc(invoke: Invoke, onError: (error: AppError, requestId: string) => void) {
  const trpc = initTRPC.context<RpcContext>().create({
    errorFormatter: ({ shape, error, ctx }) => {
      const { code, message, details } = asAppError(error)
      return {
        ...shape,
        message,
        data: {
          ...shape.data,
          code,
          httpStatus: HTTP_STATUS[code],
          details,
          requestId: ctx?.requestId,
          stack: undefined,
        },
      }
    },
  })
  const call =
    (domain: string, name: string) =>
    ({ ctx, input }: { ctx: RpcContext; input: unknown }) =>
      invoke({ domain, name, input, ...ctx }).catch((error: unknown) => {
        throw asTrpcError(error as AppError)
      })
  const domains: Record<string, Record<string, ReturnType<typeof procedure>>> = {}
  // Inputs are parsed in invoke, the same for REST: here they only pass through.
  const anything = trpc.procedure.input((input: unknown) => input)
  const procedure = (kind: 'query' | 'mutation', domain: string, name: string) =>
    kind === 'query' ? anything.query(call(domain, name)) : anything.mutation(call(domain, name))
  for (const [domain, name, operation] of everyOperation())
    domains[domain] = { ...domains[domain], [name]: procedure(operation.kind, domain, name) }
  const router = trpc.router(
    Object.fromEntries(
      Object.entries(domains).map(([domain, procedures]) => [domain, trpc.router(procedures as never)]),
    ),
  )

  return async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    context: RpcContext,
  ): Promise<void> => {
    const names = path.split(',')
    if (names.length > MAX_BATCH) throw new AppError('TOO_LARGE', `A batch holds at most ${MAX_BATCH} calls.`)
    const named = names.map((name) => findOperation(...(name.split('.', 2) as [string, string])))
    // Read as for REST, so that both wires understand one message in one way.
    const body = await readJsonText(request, maxBodyBytes(named))
    return nodeHTTPRequestHandler({
      router,
      path,
      req: Object.assign(request, { body }),
      res: response,
      createContext: async () => context,
      allowMethodOverride: true,
      onError: ({ error }) => onError(asAppError(error), context.requestId),
    })
  }
}

function asAppError(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause
  if (error.code === 'NOT_FOUND')
    return new AppError('NOT_FOUND', 'There is no such operation. "msp call --list" names them all.', { cause: error })
  if (error.code === 'PAYLOAD_TOO_LARGE')
    return new AppError('TOO_LARGE', 'The body is too large. Send less at once.', { cause: error })
  if (error.code === 'UNSUPPORTED_MEDIA_TYPE')
    return new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.', { cause: error })
  if (error.code === 'METHOD_NOT_SUPPORTED')
    return new AppError('METHOD_NOT_ALLOWED', 'Call operations by POST.', { cause: error })
  if (error.code === 'INTERNAL_SERVER_ERROR')
    return new AppError('INTERNAL', 'The server could not do it. The log has the reason under this request id.', {
      cause: error,
    })
  return new AppError('INVALID_INPUT', 'The call is not well formed.', { cause: error })
}

const TRPC_CODES = {
  INVALID_INPUT: 'BAD_REQUEST',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_ALLOWED: 'METHOD_NOT_SUPPORTED',
  CONFLICT: 'CONFLICT',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<AppError['code'], TRPCError['code']>

const asTrpcError = (error: AppError) =>
  new TRPCError({ code: TRPC_CODES[error.code], message: error.message, cause: error })
