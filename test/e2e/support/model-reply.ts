import type { ServerResponse } from 'node:http'
import type { MessagesBody, ModelRequest } from './model-request.ts'

/** What the model says: words, a tool call, or a failure of the API itself. */
export type Reply =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: Record<string, unknown> }
  | { readonly type: 'failure'; readonly status: number; readonly error: string }

let made = 0
const newId = (prefix: string): string => `${prefix}_e2e${process.pid.toString(36)}x${String(++made).padStart(6, '0')}`

/** Words of the model. */
export const text = (words: string): Reply => ({ type: 'text', text: words })

/** A tool call, e.g. `tool('Bash', { command: 'uname -a' })`. The id is made here unless a test has to know it. */
export const tool = (name: string, input: Record<string, unknown>, id: string = newId('toolu')): Reply => ({
  type: 'tool_use',
  id,
  name,
  input,
})

/** The API refuses, e.g. `failure(400, 'invalid_request_error')`. The client tries statuses 429 and 5xx again, which takes long. */
export const failure = (status: number, error: string): Reply => ({ type: 'failure', status, error })

/** What the model says where no script tells: "done", a summary, or for the client's side calls what fits their output schema. */
export function plainReply(request: ModelRequest): Reply[] {
  if (request.kind === 'compact') return [text('<summary>They worked together.</summary>')]
  return request.kind === 'aux' ? sideReply(request) : [text('done')]
}

function sideReply({ body, system }: ModelRequest): Reply[] {
  if (/hook/i.test(system) && body.output_config?.format === undefined) return [text('{"ok": true}')]
  const properties = body.output_config?.format?.schema?.properties
  if (!properties) return [text('ok')]
  const filled = Object.entries(properties).map(([name, { type, enum: choices }]) => {
    const kind = Array.isArray(type) ? type[0] : type
    const plain: Record<string, unknown> = { boolean: true, number: 0, integer: 0, array: [], object: {} }
    return [name, choices?.[0] ?? plain[kind ?? ''] ?? 'test']
  })
  return [text(JSON.stringify(Object.fromEntries(filled)))]
}

/** Sends an answer the way the client asked for it: as one document, or as server-sent events. */
export function sendReply(response: ServerResponse, body: MessagesBody, reply: readonly Reply[]): void {
  const failed = reply.find((part) => part.type === 'failure')
  if (failed) {
    sendJson(response, failed.status, {
      type: 'error',
      error: { type: failed.error, message: `scripted: ${failed.error}` },
    })
    return
  }
  const message = {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: body.model,
    content: reply,
    stop_reason: reply.some((part) => part.type === 'tool_use') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  }
  if (body.stream === true) sendEvents(response, message, reply)
  else sendJson(response, 200, message)
}

/** Answers with one JSON document. */
export function sendJson(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('req') })
  response.end(JSON.stringify(document))
}

function sendEvents(
  response: ServerResponse,
  message: { stop_reason: string; usage: Record<string, number> },
  reply: readonly Reply[],
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': newId('req') })
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  send('message_start', { message: { ...message, content: [], stop_reason: null } })
  for (const [index, part] of reply.entries()) {
    const { empty, delta } = inPieces(part)
    send('content_block_start', { index, content_block: empty })
    send('content_block_delta', { index, delta })
    send('content_block_stop', { index })
  }
  send('message_delta', { delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: message.usage })
  send('message_stop', {})
  response.end()
}

function inPieces(part: Reply): { empty: object; delta: object } {
  if (part.type === 'tool_use') {
    const delta = { type: 'input_json_delta', partial_json: JSON.stringify(part.input) }
    return { empty: { ...part, input: {} }, delta }
  }
  const words = part.type === 'text' ? part.text : ''
  return { empty: { type: 'text', text: '' }, delta: { type: 'text_delta', text: words } }
}
