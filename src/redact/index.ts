/**
 * What hooks and CLI use of the redactor, functions only. Built as a file of its own, `dist/redact.cjs`, which all of them share and which is loaded
 * when the first of these functions is called: it is the largest part of what a hook loads.
 */
export { findSecrets } from './find.ts'
export { hmacSha256 } from './hmac.ts'
export { knownIn } from './known.ts'
export { redact, replaced } from './redact.ts'
export { redactingStream } from './stream.ts'
export { tokensIn } from './tokens/tokens.ts'
