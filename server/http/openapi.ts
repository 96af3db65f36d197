import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type ErrorCode, HTTP_STATUS } from '../../src/contract/errors.ts'
import { everyOperation } from '../../src/contract/index.ts'
import type { Operation, Schema, Streams } from '../../src/contract/kernel.ts'

/** What stands above the operations: enough to begin with curl alone. */
const guide = (api: string) => `The work memory of a managed service provider.

**Sign in**, then send the access token with every call; it is good for an hour:
\`\`\`sh
curl -s ${api}/auth/login -H 'content-type: application/json' -d '{"email":"ana@example.com","password":"…"}'
curl -s ${api}/clients -H "authorization: Bearer $TOKEN"
\`\`\`
**Create and find**: bodies are JSON, lists are filtered in the query. A client can be named wherever a list takes one:
\`\`\`sh
curl -s ${api}/clients -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"name":"Dataforth"}'
curl -s "${api}/sessions?client=Dataforth&date_from=2026-01-01&limit=20" -H "authorization: Bearer $TOKEN"
\`\`\`
* **Ids** are UUIDs; the last 8 characters are enough in a path. **Instants** are ISO 8601 in UTC with milliseconds, days \`YYYY-MM-DD\`.
* **Pages**: pass \`next_cursor\` as \`cursor\` until it is null.
* **Changes**: \`PATCH\` the fields that change. With the row's ETag as \`If-Match\` a change made from an old version is refused. \`DELETE\` archives; \`/restore\` brings back.
* **Errors** are \`{"error":{"code","message","details","requestId"}}\`; the message says what to do. What you may not see answers like what does not exist.`

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

const ALWAYS: ErrorCode[] = ['INVALID_INPUT', 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE']
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
      description: guide(`${url}/api/v1`),
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
        ...(operation.streams ? describeFile(operation.streams) : describeJson(operation.output)),
      },
      ...errorResponses([...ALWAYS, ...(operation.scope ? SIGNED_IN : []), ...operation.errors]),
    },
  }
}

const describeJson = (output: Schema) => ({
  content: { 'application/json': { schema: output as unknown as z.ZodType } },
})

const describeFile = ({ types }: Streams) => ({
  headers: z.object({
    'x-total-count': z.string().meta({ description: 'Rows in the file, as counted at its start.', example: '5000' }),
  }),
  content: Object.fromEntries(Object.values(types).map((type) => [type.replace(/;.*/, ''), { schema: z.string() }])),
})

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
