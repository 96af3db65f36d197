import type { Finding, Source } from './finding.ts'
import { PRIVATE_KIND } from './private.ts'

/** Of more values than this the other places are not looked for: the time would no longer be linear. */
const MAX_VALUES = 40
const MIN_CHARS = 6
/** A word of a sentence from this length on is no word of a sentence. */
const LONG_CHARS = 12

/** The other places of a text where a value stands that was found to be secret: a password that is echoed, logged or used again. */
export function spread({ text }: Source, found: readonly Finding[]): Finding[] {
  const kinds = new Map<string, Finding>()
  for (const finding of found) {
    if (kinds.size === MAX_VALUES) break
    const value = text.slice(finding.start, finding.end)
    if (finding.kind !== PRIVATE_KIND && isTelling(value) && !kinds.has(value)) kinds.set(value, finding)
  }
  return [...kinds].flatMap(([value, { kind, isGuess }]) =>
    places(text, value).map((start) => ({
      ...{ start, end: start + value.length, kind },
      ...(isGuess ? { isGuess } : {}),
    })),
  )
}

/** Words of one kind of letter stand everywhere: `PASSWORD=backup` says nothing about the backups of the rest. */
function isTelling(value: string): boolean {
  if (value.length < MIN_CHARS || value.length > 1_000) return false
  return value.length >= LONG_CHARS || (/[A-Za-z]/.test(value) && /[^A-Za-z\s]/.test(value))
}

/** Where a value stands in a text, not inside a word. */
export function places(text: string, value: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    if (isBorder(text, at - 1, at) && isBorder(text, at + value.length - 1, at + value.length)) found.push(at)
  }
  return found
}

const isBorder = (text: string, left: number, right: number): boolean =>
  !(/[A-Za-z0-9]/.test(text.charAt(left)) && /[A-Za-z0-9]/.test(text.charAt(right)))
