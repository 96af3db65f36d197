import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { FreeText } from '../../src/contract/values.ts'
import { clip } from '../../src/redact/clip.ts'
import { findSecrets } from '../../src/redact/find.ts'
import type { Finding } from '../../src/redact/finding.ts'
import { knownIn } from '../../src/redact/known.ts'
import { redact } from '../../src/redact/redact.ts'
import { REDACTOR_VERSION } from '../../src/redact/version.ts'
import { derive } from '../crypto/keys.ts'
import type { Vault } from '../vault/vault.ts'
import { mapTexts } from './leaves.ts'
import { type Cleaned, type Redaction, type RuleOptions, type Rules, type TextRedactor, WITHHELD } from './redaction.ts'

export const RULES: Rules = {
  find: (text, options) => findSecrets(text, options),
  replace: (text, key, options) => redact(text, () => key, options),
}

const QUIET_MS = 10_000
const SHORT_CHARS = 200

/** @param pepper what the marks are derived from that are shown before old rows have theirs */
export function createRedaction({ vault, log, pepper }: { vault: Vault; log: Logger; pepper: Uint8Array }): Redaction {
  let quietUntilMs = 0
  // One that fails fails at everything: that need not fill the log.
  const failed = (error: unknown) => {
    if (performance.now() < quietUntilMs) return
    quietUntilMs = performance.now() + QUIET_MS
    log.error({ error }, 'the redactor failed; its texts are withheld')
  }
  const shownKey = derive(pepper, 'claudetools: marks until the sweep').toString('hex')
  const redaction: Redaction = {
    rules: RULES,
    version: REDACTOR_VERSION,
    isSwept: false,
    wake: () => undefined,
    async of(db, clientId) {
      const known = await vault.knownSecrets(db, clientId)
      const find = known && ((text: string) => knownIn(text, known))
      // Without the keys what is recorded is still recorded, only that its marks tell nothing.
      const key = () =>
        vault.markKey(db, clientId).catch((error: unknown) => {
          log.warn({ error }, 'the key of redaction marks is not at hand; marks of this text stand alone')
          return randomBytes(32).toString('hex')
        })
      return createTextRedactor(() => redaction.rules, { known: find, key, failed })
    },
    outgoing<T>(answer: T): T {
      return mapTexts(answer, (text) => {
        const as = kindOfLeaf(text)
        try {
          const found = told(redaction.rules.find(text, { as: 'text' }), as)
          return found.length === 0 ? text : redaction.rules.replace(text, shownKey, { as: 'text' }).text
        } catch (error) {
          failed(error)
          return WITHHELD
        }
      }) as T
    },
  }
  return redaction
}

interface Parts {
  known: ((text: string) => Finding[]) | undefined
  key: () => Promise<string>
  failed: (error: unknown) => void
}

function createTextRedactor(rules: () => Rules, { known, key: makeKey, failed }: Parts): TextRedactor {
  let markKey: Promise<string> | undefined
  // Folders, agents and commands come again and again in one batch.
  const innocent = new Set<string>()
  return {
    async clean(text, { as, maxChars }): Promise<Cleaned> {
      const options: RuleOptions = { as: as === 'command' ? 'command' : 'text', known }
      const key = text.length <= SHORT_CHARS ? `${as} ${text}` : undefined
      if (key !== undefined && innocent.has(key)) return { text, count: 0, isWithheld: false }
      try {
        if (told(rules().find(text, options), as).length === 0) {
          if (key !== undefined) innocent.add(key)
          return { text, count: 0, isWithheld: false }
        }
        markKey ??= makeKey()
        const replaced = rules().replace(text, await markKey, options)
        return { text: fitting(replaced.text, maxChars), count: replaced.count, isWithheld: false }
      } catch (error) {
        failed(error)
        return { text: WITHHELD.slice(0, maxChars), count: 0, isWithheld: true }
      }
    },
  }
}

/** A mark may be longer than what it replaced, and the column no longer than it is. */
const fitting = (text: string, maxChars = Number.POSITIVE_INFINITY): string =>
  clip(text, maxChars) || '*'.repeat(Math.min(maxChars, WITHHELD.length))

/** In a name or a title what only looks like a password may be the name itself. */
const told = (found: Finding[], as: FreeText['as']): Finding[] =>
  as === 'line' && found.every(({ isGuess }) => isGuess) ? [] : found

/** Of a text without its column: one word is a name, an id or a path. */
export const kindOfLeaf = (text: string): FreeText['as'] => (/\s/.test(text) ? 'text' : 'line')
