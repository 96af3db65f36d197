import { type FindOptions, findSecrets } from './find.ts'
import type { Finding } from './finding.ts'
import { hmacSha256 } from './hmac.ts'
import { PRIVATE_KIND } from './private.ts'

/** What `redact` did: the text to keep, and how many secrets it replaced. */
export type Redacted = { text: string; count: number }

/** The key of the fingerprints, asked for only when a secret was found. */
export type FingerprintKey = () => string | Uint8Array

/** A replaced stretch may make a neighbour recognisable. Each round replaces something, and two are enough in practice. */
const MAX_ROUNDS = 5

/** A text grows at most by this factor. */
const MAX_GROWTH = 2

/**
 * Replaces every secret by `[REDACTED:kind:hmac8]`, whose last part is the same for the same secret under the same key, and every
 * private stretch by `[PRIVATE]`. Redacting the result again changes nothing. The result is at most twice as long: where a text is so short
 * that a mark does not fit, the secret is covered by asterisks.
 */
export function redact(text: string, key: FingerprintKey, options: Omit<FindOptions, 'depth'> = {}): Redacted {
  const mayBe = text.length * MAX_GROWTH
  let current = text
  let count = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const secrets = findSecrets(current, options)
    if (secrets.length === 0) break
    current = replaced(current, secrets, key(), mayBe)
    count += secrets.length
  }
  return { text: current, count }
}

/**
 * A text with a mark in the place of each finding, and asterisks where it would grow beyond `mayBe` UTF-16 units.
 *
 * @param findings in order and apart
 */
export function replaced(
  text: string,
  findings: readonly Finding[],
  key: string | Uint8Array,
  mayBe = text.length * MAX_GROWTH,
): string {
  const markOf = marksUnder(key)
  const parts: string[] = []
  let room = mayBe - text.length
  let at = 0
  for (const { start, end, kind } of findings) {
    const mark = markOf(text.slice(start, end), kind)
    const growth = mark.length - (end - start)
    const fits = growth <= room
    if (fits) room -= growth
    parts.push(text.slice(at, start), fits ? mark : '*'.repeat(end - start))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** Each mark is made once: a text may hold the same secret a thousand times. */
function marksUnder(key: string | Uint8Array): (secret: string, kind: string) => string {
  const known = new Map<string, string>()
  return (secret, kind) => {
    if (kind === PRIVATE_KIND) return '[PRIVATE]'
    const hmac8 = known.get(secret) ?? hmacSha256(key, secret).slice(0, 8)
    known.set(secret, hmac8)
    return `[REDACTED:${kind}:${hmac8}]`
  }
}
