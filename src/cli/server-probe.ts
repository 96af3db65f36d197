/** What `/readyz` says, and the server's clock. */
export interface Readiness {
  status: number
  body: string
  /** By how much this machine's clock is ahead of the server's, in milliseconds; null when the server does not tell its time. */
  aheadMs: number | null
}

/** Asks a server whether it is ready. Rejects with the system's error when nothing answers within `deadlineMs`. */
export async function probeServer(url: string, deadlineMs: number, now: () => number): Promise<Readiness> {
  const { get } = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const request = get(`${url}/readyz`, { signal: AbortSignal.timeout(deadlineMs) }, (response) => {
      const { date } = response.headers
      // The header has whole seconds, cut off: half a second is its middle.
      const aheadMs = date === undefined ? null : now() - (Date.parse(date) + 500)
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (body.length < 10_000) body += chunk
      })
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body, aheadMs }))
      response.once('error', reject)
    })
    request.once('error', reject)
  })
}
