import { findSecrets, PRIVATE_KIND, type Secret } from './secrets.ts'

/** What `redact` did: the text to keep, and how many secrets it replaced. */
export type Redacted = { text: string; count: number }

/** The key of the fingerprints, asked for only when a secret was found. One per machine, so that a mark tells nothing elsewhere. */
export type FingerprintKey = () => string | Uint8Array

/** A replaced stretch may make a neighbour recognisable. Each round replaces something, and two are enough in practice. */
const MAX_ROUNDS = 5

/**
 * Replaces every secret by `[REDACTED:kind:hmac8]`, whose last part is the same for the same secret under the same key, and every
 * private stretch by `[PRIVATE]`. Redacting the result again changes nothing.
 */
export function redact(text: string, key: FingerprintKey): Redacted {
  let current = text
  let count = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const secrets = findSecrets(current)
    if (secrets.length === 0) break
    current = replaced(current, secrets, key())
    count += secrets.length
  }
  return { text: current, count }
}

function replaced(text: string, secrets: Secret[], key: string | Uint8Array): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end, kind } of secrets) {
    parts.push(
      text.slice(at, start),
      kind === PRIVATE_KIND ? '[PRIVATE]' : `[REDACTED:${kind}:${fingerprint(text.slice(start, end), key)}]`,
    )
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

// Asked for here and not imported: node:crypto costs a hook up to a quarter of its start, and most texts hold no secret.
function fingerprint(secret: string, key: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').createHmac('sha256', key).update(secret).digest('hex').slice(0, 8)
}
