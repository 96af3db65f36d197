import type { FreeText } from '../../src/contract/values.ts'
import { kindOfLeaf } from './create.ts'
import { mapLeaves } from './leaves.ts'
import { type TextRedactor, WITHHELD } from './redaction.ts'

/** What is known of the columns of a table that hold free text. */
export interface TextColumns {
  /** Column → how its text is redacted. */
  freeTexts: Readonly<Record<string, FreeText>>
  /** Columns that hold a list or open attributes; the others hold a text. */
  jsonColumns: ReadonlySet<string>
}

/** A text that could not be looked through, as it was given. */
export interface WithheldText {
  column: string
  /** The text, or JSON. */
  raw: string
}

export interface CleanedRow {
  /** Only the columns that hold something else than before. */
  changed: Record<string, unknown>
  count: number
  withheld: WithheldText[]
}

type Values = Readonly<Record<string, unknown>>

/**
 * The free texts of a row without their secrets. JSON values are given and returned parsed.
 *
 * @param isClean texts that went through the redactor before, in the same call
 */
export async function cleanRow(
  { freeTexts, jsonColumns }: TextColumns,
  values: Values,
  redactor: () => Promise<TextRedactor>,
  isClean: (text: string) => boolean = () => false,
): Promise<CleanedRow> {
  const result: CleanedRow = { changed: {}, count: 0, withheld: [] }
  for (const [column, value] of Object.entries(values)) {
    const kind = Object.hasOwn(freeTexts, column) ? freeTexts[column] : undefined
    if (kind === undefined || value === null || value === undefined || value === '') continue
    if (typeof value === 'string') {
      if (value === WITHHELD || isClean(value)) continue
      const { text, count, isWithheld } = await (await redactor()).clean(value, kind)
      result.count += count
      if (isWithheld) result.withheld.push({ column, raw: value })
      if (text !== value) result.changed[column] = text
    } else if (jsonColumns.has(column)) {
      const cleaned = await cleanJson(await redactor(), value)
      result.count += cleaned.count
      if (cleaned.isWithheld) {
        result.withheld.push({ column, raw: JSON.stringify(value) })
        result.changed[column] = Array.isArray(value) ? [WITHHELD] : { withheld: WITHHELD }
      } else if (cleaned.count > 0) result.changed[column] = cleaned.value
    }
  }
  return result
}

async function cleanJson(redactor: TextRedactor, value: unknown) {
  let count = 0
  let isWithheld = false
  const cleaned = await mapLeaves(value, async (text, name) => {
    // `password: hunter2` is a secret where `hunter2` alone cannot be told from a word.
    const before = name === '' ? '' : `${name}: `
    const kind = { as: kindOfLeaf(text) }
    const named = await redactor.clean(before + text, kind)
    // Where the name is a secret itself, the text stands alone.
    const found = named.text.startsWith(before)
      ? { ...named, text: named.text.slice(before.length) }
      : await redactor.clean(text, kind)
    count += found.count
    isWithheld ||= named.isWithheld
    return found.count === 0 ? text : found.text
  })
  return { value: cleaned, count, isWithheld }
}
