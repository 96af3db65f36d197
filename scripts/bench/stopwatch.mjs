// A relay in front of the server that knows how long each call of a hook took: what a SessionStart waits for is not its own time.
import { createServer, request as send } from 'node:http'

/** @returns `{ url, take, end }`; `take` gives the milliseconds of the calls since it was last asked */
export async function createStopwatch(target) {
  let passedMs = 0
  const relay = createServer((request, response) => {
    const startedAt = performance.now()
    const { method, headers } = request
    const forward = send(new URL(request.url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
      answer.on('end', () => {
        passedMs += performance.now() - startedAt
      })
    })
    forward.on('error', () => response.destroy())
    request.pipe(forward)
  })
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const take = () => {
    const taken = passedMs
    passedMs = 0
    return taken
  }
  return { url: `http://127.0.0.1:${relay.address().port}`, take, end: () => relay.close() }
}
