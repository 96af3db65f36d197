/** A generator of whole numbers from 0 up to, not including, n: the same ones at each run (Park and Miller's minimal standard). */
export function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state * 48_271) % 2_147_483_647
    return state % n
  }
}

/** Puts a list in another order, in place (Fisher and Yates). */
export function shuffle<T>(list: T[], roll: (n: number) => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = roll(at + 1)
    ;[list[at], list[other]] = [list[other] as T, list[at] as T]
  }
}
