/** What stands where a secret stood: `[REDACTED:kind:hmac8]`, or `[PRIVATE]` where the technician said so. */
export const MARK = /\[(?:REDACTED:[a-z0-9-]{1,40}:[0-9a-f]{8}|PRIVATE)\]/g

/** No mark is longer, in UTF-16 units. */
export const MARK_CHARS = 60

export type Span = { start: number; end: number }

/** The marks that a text has already. They are never redacted again. */
export function marksIn(text: string): Span[] {
  if (!text.includes('[REDACTED:') && !text.includes('[PRIVATE]')) return []
  return [...text.matchAll(MARK)].map(({ index, 0: mark }) => ({ start: index, end: index + mark.length }))
}
