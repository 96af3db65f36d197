import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { plainReply, type Reply, sendJson, sendReply, text } from './model-reply.ts'
import { type Kind, type MessagesBody, type ModelRequest, readRequest } from './model-request.ts'

type Answer = string | Reply | readonly Reply[]

/** One step of the script: which request it answers (all that is given must hold), and how. */
export interface Turn {
  /** Any kind but a side call of the client, unless it is named here. */
  readonly kind?: Kind
  /** The home the request comes from, by host name. */
  readonly from?: string
  /** Text in what is new since the model's last answer: the prompt, a tool result, a reminder. Case counts. */
  readonly tail?: string
  /** Text in the first message: the task of a subagent. */
  readonly first?: string
  /** Text in the system prompt. */
  readonly system?: string
  /** How many requests it answers; one unless told. */
  readonly times?: number
  /** What the model says; a function may look at the request first, or do something to the world while the client waits. */
  readonly reply: Answer | ((request: ModelRequest) => Answer | Promise<Answer>)
}

/** One step of the script, as given. It exists so that a list of turns reads as one, and its fields are checked where they stand. */
export const turn = (given: Turn): Turn => given

/** The requests so far, oldest first, and by kind. */
export interface Requests extends Readonly<Record<Kind, readonly ModelRequest[]>> {
  readonly all: readonly ModelRequest[]
}

/** The scripted model: it plays turns and remembers what it was sent. */
export interface Model extends AsyncDisposable {
  readonly requests: Requests
  /** Replaces the turns that are left. The first that fits answers a request; where none fits, the model says "done". */
  script(turns: readonly Turn[]): void
  /** Turns that still wait for a request. */
  unplayed(): readonly Turn[]
}

/**
 * Serves the Messages API on a Unix socket.
 *
 * @param options.recordFile every request body goes there too, one JSON line each, to be read after a failed run.
 */
export async function startModel(options: { socket: string; recordFile?: string }): Promise<Model> {
  const played: ModelRequest[] = []
  let waiting: { turn: Turn; left: number }[] = []

  const answer = async (request: ModelRequest): Promise<readonly Reply[]> => {
    const next = waiting.find(({ turn, left }) => left > 0 && fits(turn, request))
    if (!next) return plainReply(request)
    next.left--
    const { reply } = next.turn
    return parts(typeof reply === 'function' ? await reply(request) : reply)
  }

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(incoming)
    const path = new URL(incoming.url ?? '/', 'http://model').pathname
    if (incoming.method === 'HEAD') return void response.writeHead(200).end()
    if (path === '/v1/messages/count_tokens')
      return sendJson(response, 200, { input_tokens: Math.ceil(raw.length / 4) })
    if (path !== '/v1/messages')
      return sendJson(response, 404, { type: 'error', error: { type: 'not_found_error', message: path } })
    const body = JSON.parse(raw) as MessagesBody
    const request = readRequest(body, incoming.headers)
    played.push(request)
    if (options.recordFile) appendFileSync(options.recordFile, `${JSON.stringify(request)}\n`)
    sendReply(response, body, await answer(request))
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A script that throws must fail the run visibly, not leave the client waiting; 400 is a status it does not try again.
      sendJson(response, 400, {
        type: 'error',
        error: { type: 'invalid_request_error', message: `script failed: ${error}` },
      })
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.socket, resolve))

  const ofKind = (kind: Kind) => played.filter((request) => request.kind === kind)
  return {
    requests: {
      get all() {
        return [...played]
      },
      get main() {
        return ofKind('main')
      },
      get subagent() {
        return ofKind('subagent')
      },
      get compact() {
        return ofKind('compact')
      },
      get aux() {
        return ofKind('aux')
      },
    },
    script: (turns) => {
      waiting = turns.map((turn) => ({ turn, left: turn.times ?? 1 }))
    },
    unplayed: () => waiting.filter(({ left }) => left > 0).map(({ turn }) => turn),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function fits(turn: Turn, request: ModelRequest): boolean {
  if (turn.kind === undefined ? request.kind === 'aux' : request.kind !== turn.kind) return false
  if (turn.from !== undefined && turn.from !== request.hostname) return false
  const texts = ['tail', 'first', 'system'] as const
  return texts.every((place) => request[place].includes(turn[place] ?? ''))
}

function parts(answer: Answer): readonly Reply[] {
  if (typeof answer === 'string') return [text(answer)]
  return 'type' in answer ? [answer] : answer
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
