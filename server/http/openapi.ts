import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type ErrorCode, HTTP_STATUS } from '../../src/contract/errors.ts'
import { everyOperation } from '../../src/contract/index.ts'
import type { Operation } from '../../src/contract/kernel.ts'

const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(HTTP_STATUS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string().meta({ description: 'What is wrong, then what to do.' }),
      details: z.unknown().optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' })

const ALWAYS: ErrorCode[] = ['INVALID_INPUT', 'INTERNAL', 'UNAVAILABLE']
const SIGNED_IN: ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN']

/** The OpenAPI 3.1 document, from the contract alone. */
export function createOpenApi(version: string, url: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [domain, name, operation] of everyOperation()) {
    const path = operation.rest.path.replace(/:(\w+)/g, '{$1}')
    const method = operation.rest.method.toLowerCase()
    paths[path] = { ...paths[path], [method]: describeOperation(domain, name, operation) }
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'ClaudeTools',
      version,
      description:
        'The work memory of a managed service provider. Ids are UUIDs, instants are ISO 8601 in UTC with milliseconds.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${url}/api/v1` }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access_token that /auth/login answers with.',
        },
      },
    },
    paths: paths as ZodOpenApiPathsObject,
  })
}

function describeOperation(domain: string, name: string, operation: Operation): ZodOpenApiOperationObject {
  const shape = (operation.input as unknown as z.ZodObject).shape as Record<string, z.ZodType>
  const inPath = [...operation.rest.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string)
  const others = Object.keys(shape).filter(
    (key) => !inPath.includes(key) && !(key === 'row_version' && operation.rest.method === 'PATCH'),
  )
  const withBody = (operation.rest.method === 'POST' || operation.rest.method === 'PATCH') && others.length > 0
  const part = (keys: string[]) => z.object(Object.fromEntries(keys.map((key) => [key, shape[key] as z.ZodType])))
  const parameters = (keys: string[]) =>
    z.object(Object.fromEntries(keys.map((key) => [key, withExample(shape[key] as z.ZodType, operation.example[key])])))
  const example = (keys: string[]) =>
    Object.fromEntries(Object.entries(operation.example).filter(([key]) => keys.includes(key)))
  return {
    operationId: `${domain}.${name}`,
    summary: operation.summary,
    description: operation.scope
      ? `Needs the scope \`${operation.scope}\` and at least the role ${operation.role}.`
      : 'Needs no sign-in.',
    tags: [domain],
    ...(operation.scope ? {} : { security: [] }),
    requestParams: {
      ...(inPath.length > 0 ? { path: parameters(inPath) } : {}),
      ...(!withBody && others.length > 0 ? { query: parameters(others) } : {}),
      ...(operation.rest.method === 'PATCH'
        ? {
            header: z.object({
              'If-Match': z
                .string()
                .optional()
                .meta({ description: 'The ETag of the version that the change was made from.', example: '"1"' }),
            }),
          }
        : {}),
    },
    ...(withBody
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: z.strictObject(part(others).shape), example: example(others) } },
          },
        }
      : {}),
    responses: {
      [operation.rest.method === 'POST' && name === 'create' ? '201' : '200']: {
        description: 'Done',
        content: { 'application/json': { schema: operation.output as unknown as z.ZodType } },
      },
      ...errorResponses([...ALWAYS, ...(operation.scope ? SIGNED_IN : []), ...operation.errors]),
    },
  }
}

const withExample = (schema: z.ZodType, example: unknown): z.ZodType =>
  example === undefined ? schema : schema.meta({ param: { example } })

function errorResponses(
  codes: ErrorCode[],
): Record<string, { description: string; content: { 'application/json': { schema: z.ZodType; example: unknown } } }> {
  return Object.fromEntries(
    [...new Set(codes)].map((code) => [
      String(HTTP_STATUS[code]),
      {
        description: code,
        content: {
          'application/json': {
            schema: ErrorBody,
            example: {
              error: {
                code,
                message: 'What is wrong, then what to do.',
                requestId: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001',
              },
            },
          },
        },
      },
    ]),
  )
}
