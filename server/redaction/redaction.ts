import type { Kysely } from 'kysely'
import type { FreeText } from '../../src/contract/values.ts'
import type { Finding } from '../../src/redact/finding.ts'
import type { Tables } from '../db/tables.ts'

/** What stands where a text stood that could not be looked through. The text itself lies in `quarantined_texts`, sealed. */
export const WITHHELD = '[WITHHELD]'

/** A text as it may be kept. */
export interface Cleaned {
  text: string
  /** How many secrets were replaced. */
  count: number
  /** The redactor failed: `text` is `WITHHELD`. */
  isWithheld: boolean
}

/** What finds and replaces secrets. Tests put in its place what fails. */
export interface Rules {
  find(text: string, options: RuleOptions): Finding[]
  replace(text: string, key: string, options: RuleOptions): { text: string; count: number }
}

export interface RuleOptions {
  as?: 'command' | 'text'
  known?: ((text: string) => Finding[]) | undefined
}

/** Redacts the texts of one client, within one call: it knows the client's secrets and the key of its marks. */
export interface TextRedactor {
  clean(text: string, kind: FreeText): Promise<Cleaned>
}

/** The redactor of the server: the last one before anything is stored. */
export interface Redaction {
  rules: Rules
  /** Goes up when old rows must be looked through again. */
  version: number
  /** True when no row is left that only older rules have seen. Until then what is read is redacted on its way out. */
  isSwept: boolean
  /** Has the job look whether there is something to do; nothing in programs that have none. */
  wake(): void
  /** @param clientId null: what belongs to no client */
  of(db: Kysely<Tables>, clientId: string | null): Promise<TextRedactor>
  /** What an operation answers, without the secrets that older rules left in it. */
  outgoing<T>(answer: T): T
}
