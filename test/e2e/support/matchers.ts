import { expect } from 'vitest'
import type { ModelRequest } from './model-request.ts'

/** Characters of a request that a failed expectation shows. */
const SHOWN = 3_000

expect.extend({
  toContainText(request: ModelRequest | undefined, wanted: string) {
    const pass = request?.text.includes(wanted) ?? false
    const found =
      request === undefined
        ? 'there was no such request'
        : `the request said, at its end:\n${request.text.slice(-SHOWN)}`
    return { pass, message: () => `expected the model ${pass ? 'not ' : ''}to be sent "${wanted}", but ${found}` }
  },
})

declare module 'vitest' {
  interface Matchers<R> {
    /** The request to the model contains a text: in its system prompt or any message. */
    toContainText(wanted: string): R
  }
}
