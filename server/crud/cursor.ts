import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { AppError } from '../../src/contract/errors.ts'

/** Where a page ended: the sort, the last row's value of it, and its id. */
const Cursor = z.strictObject({
  sort: z.string().max(100),
  value: z.union([z.string(), z.number(), z.null()]),
  id: z.uuid(),
})
export type Cursor = z.infer<typeof Cursor>

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws AppError INVALID_INPUT for one that this server did not write, or that belongs to another sort order. */
export function readCursor(text: string, sort: string): Cursor {
  try {
    const cursor = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (cursor.sort === sort) return cursor
  } catch (cause) {
    throw new AppError('INVALID_INPUT', 'cursor is not one of this list. Take it from next_cursor, or leave it out.', {
      cause,
    })
  }
  throw new AppError(
    'INVALID_INPUT',
    `cursor belongs to another sort order than ${sort}. Start again without a cursor.`,
  )
}

/** Rows after the cursor. Nulls come first in ascending order, last in descending, on both databases. */
export function afterCursor(
  column: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  cursor: Cursor,
  descending: boolean,
): RawBuilder<SqlBool> {
  const next = descending ? sql`<` : sql`>`
  if (cursor.value === null) {
    const sameValue = sql<SqlBool>`(${column} is null and ${id} ${next} ${cursor.id})`
    return descending ? sameValue : sql<SqlBool>`(${column} is not null or ${sameValue})`
  }
  const further = sql<SqlBool>`(${column} ${next} ${cursor.value} or (${column} = ${cursor.value} and ${id} ${next} ${cursor.id}))`
  return descending ? sql<SqlBool>`(${further} or ${column} is null)` : further
}
