// What rows have in common.
import { createHash } from 'node:crypto'
import { iso } from './calendar.mjs'

export const sha256 = (text) => createHash('sha256').update(text).digest('hex')
export const range = (count) => Array.from({ length: count }, (_, number) => number)

/** The columns that every entity has. Rows of one table have the same columns in the same order. */
export function standard(id, ms, by = null) {
  const at = iso(ms)
  return { id, created_at: at, updated_at: at, created_by: by, updated_by: by, row_version: 1 }
}

/** A result for each text, worked out once. */
export function remembered(work) {
  const known = new Map()
  return (text) => {
    if (!known.has(text)) known.set(text, work(text))
    return known.get(text)
  }
}
