/** Bytes `start` to `end` of a stream hold a secret. */
export interface Range {
  start: number
  end: number
  mark: string
}

/** What came of one stream and is not passed on yet. Offsets count from its first byte. */
export interface HeldStream {
  /** Offset of the byte that comes next. */
  readonly end: number
  append(chunk: Uint8Array): void
  /** The byte at an offset, or undefined when it has not come yet. */
  byteAt(offset: number): number | undefined
  hide(range: Range): void
  /** The bytes before `offset`, with a mark in place of each secret; they are forgotten. */
  release(offset: number): Buffer
}

export function createHeldStream(): HeldStream {
  let held: Buffer = Buffer.alloc(0)
  let base = 0
  /** Sorted and apart; the first may have begun in what was passed on already, and then its mark is there. */
  let ranges: (Range & { isTold?: boolean })[] = []

  return {
    get end() {
      return base + held.length
    },
    append(chunk) {
      held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
    },
    byteAt: (offset) => held[offset - base],
    hide(range) {
      const last = ranges.at(-1)
      if (last && range.start >= last.start && range.start < last.end) last.end = Math.max(last.end, range.end)
      else ranges.push({ ...range })
    },
    release(offset) {
      const parts: Buffer[] = []
      let at = base
      ranges = joined(ranges)
      const later: typeof ranges = []
      for (const range of ranges) {
        if (range.start >= offset) {
          later.push(range)
          continue
        }
        parts.push(held.subarray(at - base, range.start - base))
        if (!range.isTold) parts.push(Buffer.from(range.mark))
        at = Math.min(range.end, offset)
        // A secret that repeats for ever must not be held for ever.
        if (range.end > offset) later.push({ ...range, start: offset, isTold: true })
      }
      parts.push(held.subarray(at - base, offset - base))
      held = held.subarray(offset - base)
      base = offset
      ranges = later
      return Buffer.concat(parts)
    },
  }
}

/** Ranges that overlap as one. */
function joined<T extends Range>(ranges: readonly T[]): T[] {
  const sorted = [...ranges].sort((one, other) => one.start - other.start)
  const all: T[] = []
  for (const range of sorted) {
    const last = all.at(-1)
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end)
    else all.push({ ...range })
  }
  return all
}
