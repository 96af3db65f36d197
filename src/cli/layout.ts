/** Rows as columns of equal width, two spaces apart, without a frame: for people, and for `awk`. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heads, ...rows]
  const widths = heads.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}

/** Label and value per line; lines without a value are left out. */
export function facts(lines: readonly (readonly [label: string, value: string | null | undefined])[]): string {
  const told = lines.filter((one): one is readonly [string, string] => Boolean(one[1]))
  const widest = Math.max(...told.map(([label]) => label.length))
  return told.map(([label, value]) => `${`${label}:`.padEnd(widest + 2)}${value}`).join('\n')
}

/** The last 8 characters of an id: what the API takes back, and short enough to type. */
export const shortId = (id: string): string => id.slice(-8)

/** `1 command`, `3 commands`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

function width(text: string): number {
  return [...text].length
}
