/** One POST over HTTP. Everything a transport needs to know; the body is JSON. */
export interface HttpRequest {
  url: string
  headers: Record<string, string>
  body: string
  /** Aborted when the call's deadline passes. */
  signal: AbortSignal
}

export interface HttpAnswer {
  status: number
  body: string
  /** The `Retry-After` header, in seconds, where there is one. */
  retryAfter?: string | undefined
}

/**
 * Sends one request and reads the whole answer, whatever its status. Rejects with the system's error when none came.
 * `undici.ts` and `node-http.ts` have one each, so that a bundle contains only the one it imports.
 */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>

/** Longest answer that is read, in bytes: no operation of ours comes near, so a longer one is not from our server. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/** Collects the chunks of an answer, up to `MAX_ANSWER_BYTES`. */
export async function readBody(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`)
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}
