import type { Finding, Source } from './finding.ts'

/** What stands between `<private>` and `</private>`, tags included. */
export const PRIVATE_KIND = 'private'

export function privateSpans({ text, lower }: Source): Finding[] {
  if (!lower.includes('<private>')) return []
  const spans: Finding[] = []
  let depth = 0
  let start = 0
  for (const tag of text.matchAll(/<(\/?)private>/gi)) {
    const isEnd = tag[1] === '/'
    if (!isEnd && depth++ === 0) start = tag.index
    if (isEnd && depth > 0 && --depth === 0) spans.push({ start, end: tag.index + tag[0].length, kind: PRIVATE_KIND })
  }
  // Never closed: what follows was meant to be private too.
  if (depth > 0) spans.push({ start, end: text.length, kind: PRIVATE_KIND })
  return spans
}
