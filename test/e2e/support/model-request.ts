import type { IncomingHttpHeaders } from 'node:http'

/** Who asks: the conversation itself, a subagent, the summary of a compaction, or a side call of the client (titles, judgements). */
export type Kind = 'main' | 'subagent' | 'compact' | 'aux'

interface ContentBlock {
  readonly type: string
  readonly text?: string
  readonly name?: string
  readonly input?: unknown
  readonly content?: string | readonly ContentBlock[]
  readonly is_error?: boolean
}

export interface Message {
  readonly role: 'user' | 'assistant' | 'system'
  readonly content: string | readonly ContentBlock[]
}

interface OutputFormat {
  readonly schema?: {
    readonly properties?: Record<string, { readonly type?: string | string[]; readonly enum?: unknown[] }>
  }
}

/** The parts of a Messages API request that tests and scripts look at. */
export interface MessagesBody {
  readonly model: string
  readonly stream?: boolean
  readonly system?: string | readonly ContentBlock[]
  readonly tools?: readonly { readonly name: string }[]
  readonly messages: readonly Message[]
  readonly metadata?: { readonly user_id?: string }
  readonly output_config?: { readonly format?: OutputFormat }
}

/** One request the client sent to the model, read the ways a test asks about it. All texts are plain, joined by line ends. */
export interface ModelRequest {
  readonly kind: Kind
  /** The home it came from, by host name. */
  readonly hostname: string
  /** Claude Code's session id. */
  readonly sessionId: string | undefined
  /** Set for requests of a subagent. */
  readonly agentId: string | undefined
  readonly body: MessagesBody
  /** The system prompt and every message. */
  readonly text: string
  readonly system: string
  /** The first message: what the conversation, or a subagent, was asked. */
  readonly first: string
  /** All after the last answer: the new prompt, tool results, reminders, what hooks injected. */
  readonly tail: string
}

/** Reads a request. The home's host name travels in the (fake) API key, because nothing else in a request tells homes apart. */
export function readRequest(body: MessagesBody, headers: IncomingHttpHeaders): ModelRequest {
  const messages = body.messages.map(messageText)
  const system = contentText(body.system ?? '')
  const tail = messages.slice(body.messages.findLastIndex((message) => message.role === 'assistant') + 1).join('\n')
  const agentId = header(headers, 'x-claude-code-agent-id')
  return {
    kind: kindOf({ body, system, tail, agentId }),
    hostname: hostnameOf(header(headers, 'x-api-key')),
    sessionId: sessionOf(body, headers),
    agentId,
    body,
    text: [system, ...messages].join('\n'),
    system,
    first: messages[0] ?? '',
    tail,
  }
}

/** The fake key of a home; long enough to pass for a real one. */
export const apiKeyOf = (hostname: string): string => `sk-ant-e2e-key-of-${hostname}`
const hostnameOf = (apiKey = '') => apiKey.replace(apiKeyOf(''), '')

/** The text of one message: its words, tool calls (name and JSON input) and tool results. */
export const messageText = (message: Message): string => contentText(message.content)

function contentText(content: string | readonly ContentBlock[]): string {
  if (typeof content === 'string') return content
  return content.map(blockText).join('\n')
}

function blockText(block: ContentBlock): string {
  if (block.type === 'tool_use') return `${block.name} ${JSON.stringify(block.input)}`
  if (block.type === 'tool_result') return contentText(block.content ?? '')
  return block.text ?? ''
}

function kindOf(seen: { body: MessagesBody; system: string; tail: string; agentId: string | undefined }): Kind {
  if (/Respond with TEXT ONLY|create a detailed summary of (the|this|our) conversation/i.test(seen.tail))
    return 'compact'
  if (/evaluating a (stop-condition )?hook|verifying a stop condition|hook condition/i.test(seen.system)) return 'aux'
  if (seen.agentId !== undefined || seen.system.includes('cc_is_subagent=true')) return 'subagent'
  const isSideCall = (seen.body.tools ?? []).length === 0 || seen.body.output_config?.format !== undefined
  return isSideCall ? 'aux' : 'main'
}

function sessionOf(body: MessagesBody, headers: IncomingHttpHeaders): string | undefined {
  const named = header(headers, 'x-claude-code-session-id')
  return named ?? /"session_id":"([0-9a-f-]{36})"/.exec(body.metadata?.user_id ?? '')?.[1]
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
