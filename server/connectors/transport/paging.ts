import { VendorError } from '../errors.ts'

/** Lists that come page by page. */

export interface PageOf<T> {
  items: readonly T[]
  /** What the next page is asked for with; undefined at the end. */
  next: string | undefined
}

/** More than any account has; beyond it a list goes in circles. */
const MOST_PAGES = 2_000
const EMPTY_PAGES = 3

/**
 * All rows of a list, read while they are walked. A row that two pages show (something was added meanwhile) comes once. A list that goes in
 * circles is not taken for a long one.
 *
 * @param read a page; undefined asks for the first
 * @throws VendorError `malformed` when pages repeat or never end
 */
export async function* allOf<T>(
  read: (page: string | undefined) => Promise<PageOf<T>>,
  idOf: (item: T) => string,
): AsyncGenerator<T> {
  const seen = new Set<string>()
  const pages = new Set<string>()
  let page: string | undefined
  let barren = 0
  for (let number = 1; number <= MOST_PAGES; number++) {
    const { items, next } = await read(page)
    const fresh = items.filter((item) => !seen.has(idOf(item)))
    for (const item of fresh) {
      if (seen.has(idOf(item))) continue
      seen.add(idOf(item))
      yield item
    }
    if (next === undefined) return
    barren = fresh.length === 0 ? barren + 1 : 0
    if (pages.has(next) || barren >= EMPTY_PAGES) break
    pages.add(next)
    page = next
  }
  throw new VendorError('malformed', 'The list does not end: its pages repeat.')
}

/** The first `most` of a list, and whether there are more. */
export async function firstOf<T>(
  list: AsyncIterable<T> | readonly T[],
  most: number,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  for await (const item of list) {
    if (items.length === most) return { items, more: true }
    items.push(item)
  }
  return { items, more: false }
}
