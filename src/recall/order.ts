/** Orders that do not depend on the machine's language, nor on the order in which rows came. */

type Key = string | number

/** Compares by each key in turn, ascending. */
export function by<T>(...keys: ((item: T) => Key)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)]
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  }
}

/** For `by`: the newest instant first. */
export const newest = (at: string) => -Date.parse(at) || 0

/** The items by key, keys and items in the order in which they came. `Map.groupBy` needs Node 21. */
export function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return groups
}
