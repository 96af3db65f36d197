import type { Finding, TextKind } from './redact/finding.ts'
import { findSecrets, knownIn, redact, redactingStream, replaced } from './redact/index.ts'
import { sieveNumber } from './redact/known.ts'
import { PRIVATE_KIND } from './redact/private.ts'
import type { FingerprintKey, Redacted } from './redact/redact.ts'
import type { RedactingStream } from './redact/stream.ts'
import { REDACTOR_VERSION } from './redact/version.ts'
import { redactionKey } from './redaction-key.ts'
import type { Paths } from './settings.ts'

/** What is known of a text before it is looked at. */
export type About = {
  /** `command` when all of it is a command line or a script. */
  as?: TextKind | undefined
  /** Values that were found to be secret elsewhere, each with its kind: they are secret here too, wherever they stand. */
  also?: ReadonlyMap<string, string> | undefined
  /** `<private>` says what is not to be recorded. The model may read it, without the secrets in it. */
  isForModel?: boolean | undefined
}

/** Takes secrets out of text. `version` is that of its rules. */
export type Redactor = {
  version: number
  redact: (text: string, about?: About) => Redacted
  find: (text: string, about?: About) => Finding[]
  /** What is surely secret in a text, each value with its kind: it is secret wherever else it stands, in any form. */
  valuesIn: (text: string) => Map<string, string>
  /** For a text that does not fit into memory. */
  stream: () => RedactingStream
}

export type RedactorOptions = {
  /**
   * The key of the client for whom the work is: the same secret then has the same mark on every machine. Asked when the first secret is found;
   * without an answer this machine's key is taken.
   */
  clientKey?: (() => string | undefined) | undefined
  /** Finds the values that were handed out in this session, in any of their forms. */
  known?: ((text: string) => Finding[]) | undefined
}

/** A text is often looked at twice, for the model and for the record; this much of them is remembered, in UTF-16 units. */
const REMEMBERED_CHARS = 4_000_000

/** The redactor of this machine: it names each replaced secret by a fingerprint. */
export function redactorHere(paths: Paths, { clientKey, known }: RedactorOptions = {}): Redactor {
  const machineKey = redactionKey(paths.auth)
  let chosen: string | undefined
  const key: FingerprintKey = () => {
    chosen ??= clientKey?.() ?? machineKey()
    return chosen
  }
  const remembered = new Map<string, Redacted>()
  let room = REMEMBERED_CHARS
  return {
    version: REDACTOR_VERSION,
    find: (text, { as, also } = {}) => findSecrets(text, { as, known: joined(known, also) }),
    valuesIn: (text) => valuesOf(text, findSecrets(text, { known })),
    stream: () => redactingStream(key, { known }),
    redact(text, { as = 'text', also, isForModel = false } = {}) {
      if (isForModel && PRIVATE_TAG.test(text)) {
        const untagged = text.replaceAll(PRIVATE_TAGS, (tag) => ' '.repeat(tag.length))
        const findings = findSecrets(untagged, { as, known: joined(known, also) })
        return { text: findings.length === 0 ? text : replaced(text, findings, key()), count: findings.length }
      }
      if (also !== undefined) return redact(text, key, { as, known: joined(known, also) })
      const name = `${as} ${text}`
      const before = remembered.get(name)
      if (before) return before
      const findings = findSecrets(text, { as, known })
      const redacted =
        findings.length === 0
          ? { text, count: 0 }
          : redact(text, key, { as, known: joined(known, valuesOf(text, findings)) })
      room -= text.length
      if (room > 0) remembered.set(name, redacted)
      return redacted
    },
  }
}

const PRIVATE_TAG = /<\/?private>/i
const PRIVATE_TAGS = /<\/?private>/gi

type Known = (text: string) => Finding[]

function joined(known: Known | undefined, also: ReadonlyMap<string, string> | undefined): Known | undefined {
  if (also === undefined || also.size === 0) return known
  const forms = anyFormOf(also)
  return (text) => [...(known?.(text) ?? []), ...forms(text)]
}

const SIEVE_SEED = 0

/** Finds values in any of their forms: in base64, percent-encoded, in UTF-16 and so on. */
function anyFormOf(values: ReadonlyMap<string, string>): Known {
  const numbers = new Map<number, Set<number>>()
  for (const value of values.keys()) {
    const ofLength = numbers.get(value.length) ?? new Set()
    numbers.set(value.length, ofLength.add(sieveNumber(value, SIEVE_SEED)))
  }
  return (text) => knownIn(text, { kindOf: (candidate) => values.get(candidate), sieve: { seed: SIEVE_SEED, numbers } })
}

/** What is shorter, or one word of a sentence, stands anywhere by chance. */
const SHORTEST_VALUE = 6
const MOST_VALUES = 50

function valuesOf(text: string, findings: readonly Finding[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const { start, end, kind, isGuess } of findings) {
    const value = text.slice(start, end)
    if (isGuess || kind === PRIVATE_KIND || value.length < SHORTEST_VALUE || value.includes('\n')) continue
    if (values.size < MOST_VALUES && /[^\p{L}]/u.test(value)) values.set(value, kind)
  }
  return values
}
