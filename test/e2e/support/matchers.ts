import { expect } from 'vitest'
import type { ModelRequest } from './model-request.ts'

/** Characters of a request that a failed expectation shows. */
const SHOWN = 3_000

expect.extend({
  toContainText(request: ModelRequest | undefined, wanted: string) {
    const pass = request?.text.includes(wanted) ?? false
    const found =
      request === undefined ? 'there was no such request' : `the request said:\n${tellingPart(request.text)}`
    return { pass, message: () => `expected the model ${pass ? 'not ' : ''}to be sent "${wanted}", but ${found}` }
  },
})

/** Our own block where there is one, for the client's own instructions are long; and the end. */
function tellingPart(text: string): string {
  const start = text.lastIndexOf('<claudetools-context')
  const block = start === -1 ? '' : `${text.slice(start, start + SHOWN)}\n[…]\n`
  return block + text.slice(-SHOWN / 2)
}

declare module 'vitest' {
  interface Matchers<R> {
    /** The request to the model contains a text: in its system prompt or any message. */
    toContainText(wanted: string): R
  }
}
