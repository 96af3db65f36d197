// Chance that repeats itself: equal seeds give equal numbers, on every machine.

/** @returns `{ next, below, between, chance, pick, share, uuid }`; all draw from one stream, so the order of calls is part of the result */
export function createRandom(seed) {
  let state = seed >>> 0
  /** 0 ≤ number < 1 (mulberry32: 32 bits of state are plenty for rows of a bench). */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (limit) => Math.floor(next() * limit)
  const digits = (count) =>
    below(16 ** count)
      .toString(16)
      .padStart(count, '0')
  return {
    next,
    /** An integer, 0 ≤ number < limit. */
    below,
    /** An integer, both ends included. */
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    /** The index of one of `total` things of which early ones come up more often: of a hundred, the first in one of ten draws. */
    share: (total) => Math.floor(total * next() ** 2),
    /** A UUIDv7 of an instant in milliseconds. */
    uuid(ms) {
      const time = ms.toString(16).padStart(12, '0')
      const variant = (8 + below(4)).toString(16)
      return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${digits(6)}${digits(6)}`
    },
  }
}
