import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import type { Redactor } from '../redaction.ts'
import type { Paths } from '../settings.ts'
import { readOwn } from './own-file.ts'

declare const __dirname: string

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
   * Tries it, once a day for the same files, and writes down how it went, for all hooks until the next time.
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
      if (hasPassedLately(paths)) return works()
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

const MS_PER_DAY = 24 * 60 * 60 * 1_000
const passedIn = (paths: Paths): string => join(paths.cache, 'redactor-passed')

/** What decides how the canary fares: these files and this Node. The same give the same answer, and asking is half of a session's start. */
const tried = (): string =>
  ['hook.cjs', 'redact.cjs']
    .map((name) => statSync(join(__dirname, name)))
    .map(({ ino, size, mtimeMs, ctimeMs }) => [ino, size, mtimeMs, ctimeMs].join(' '))
    .concat(process.version, __dirname)
    .join('\n')

/** Was exactly this tried today, and passed? */
function hasPassedLately(paths: Paths): boolean {
  try {
    const path = passedIn(paths)
    const age = Date.now() - statSync(path).mtimeMs
    return age >= 0 && age < MS_PER_DAY && readOwn(path)?.toString() === tried() && !existsSync(markerOf(paths))
  } catch {
    return false // never tried, or a file is missing: it is tried then, and that tells
  }
}

function noteResult(paths: Paths, works: boolean): void {
  try {
    rmSync(works ? markerOf(paths) : passedIn(paths), { force: true })
    writeCacheFile(...(works ? ([passedIn(paths), tried()] as const) : ([markerOf(paths), ''] as const)))
  } catch {
    // The home folder cannot be written. Who tried tells the user all the same.
  }
}
