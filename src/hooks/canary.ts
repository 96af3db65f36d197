import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import type { Redactor } from '../redaction.ts'
import type { Paths } from '../settings.ts'

/**
 * What no redactor may let pass: made up for this one purpose, and found by its shape alone. A password that is named would wake every rule, which
 * takes a session's start longer than all the rest of its work; that one is for the row hook, which asks beside it, and for `msp doctor`.
 */
const CANARY = `${'gh'}p_${'cK7vR2mXq9Zt4LpWbN6sHd3fGj8yQa5eTu1x'}`

/** What is recorded in the place of a text that could not be searched. */
export const UNSEARCHED = '[WITHHELD: the redactor failed]'

/** Does the redactor still do its work? A planted secret goes through it, and must not come out. */
export function redacts({ redact }: Pick<Redactor, 'redact'>): boolean {
  try {
    return !redact(CANARY).text.includes(CANARY)
  } catch {
    return false // Told like one that lets the canary pass.
  }
}

const markerOf = (paths: Paths): string => join(paths.cache, 'redactor-failed')

export type TriedRedactor = Redactor & {
  /** Did it find the canary when a session last began, and has not failed since? */
  works: () => boolean
  /**
   * Tries it and writes down how it went, for all hooks until the next time.
   */
  tryNow: () => boolean
}

/**
 * The redactor for what is recorded: where the given one fails, a text is replaced as a whole, so that the record keeps what is no text.
 */
export function withholding(paths: Paths, redactor: Redactor): TriedRedactor {
  let hasPassed: boolean | undefined
  const works = (): boolean => {
    hasPassed ??= !existsSync(markerOf(paths))
    return hasPassed
  }
  return {
    ...redactor,
    works,
    tryNow() {
      hasPassed = redacts(redactor)
      noteResult(paths, hasPassed)
      return hasPassed
    },
    redact(text, about) {
      try {
        if (works()) return redactor.redact(text, about)
      } catch {
        hasPassed = false // and every other text of this record is withheld too
      }
      return { text: text === '' ? '' : UNSEARCHED, count: 0 }
    },
  }
}

function noteResult(paths: Paths, works: boolean): void {
  try {
    if (works) rmSync(markerOf(paths), { force: true })
    else writeCacheFile(markerOf(paths), '')
  } catch {
    // The home folder cannot be written. Who tried tells the user all the same.
  }
}
