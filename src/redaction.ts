import { type Redacted, redact } from './redact/redact.ts'
import { REDACTOR_VERSION } from './redact/layers.ts'
import { redactionKey } from './redaction-key.ts'
import type { Paths } from './settings.ts'

/** Takes secrets out of text. `version` is that of its rules. */
export type Redactor = { version: number; redact: (text: string) => Redacted }

/** The redactor of this machine: it names each replaced secret by a fingerprint under this machine's key. */
export function redactorHere(paths: Paths): Redactor {
  const key = redactionKey(paths.auth)
  return { version: REDACTOR_VERSION, redact: (text) => redact(text, key) }
}
