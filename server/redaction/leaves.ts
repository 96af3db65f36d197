/** Texts inside values that are kept as JSON. */

/** The same value with every text in it changed; the same object where none was. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) {
    const changed = value.map((one) => mapTexts(one, change))
    return changed.every((one, at) => one === value[at]) ? value : changed
  }
  const entries = Object.entries(value)
  const changed = entries.map(([name, one]): [string, unknown] => [name, mapTexts(one, change)])
  return changed.every(([, one], at) => one === entries[at]?.[1]) ? value : Object.fromEntries(changed)
}

/** One text of a JSON value; what it is called there tells what it is. */
export type CleanLeaf = (text: string, name: string) => Promise<string>

/** The same for what takes time, with the name of each text. Names of attributes are texts too; a number may be a PIN. */
export async function mapLeaves(value: unknown, clean: CleanLeaf, name = ''): Promise<unknown> {
  if (typeof value === 'string') return clean(value, name)
  if (typeof value === 'number' && Number.isInteger(value)) {
    const text = String(value)
    const cleaned = await clean(text, name)
    return cleaned === text ? value : cleaned
  }
  if (Array.isArray(value)) {
    const all: unknown[] = []
    for (const one of value) all.push(await mapLeaves(one, clean, name))
    return all
  }
  if (value === null || typeof value !== 'object') return value
  const all: [string, unknown][] = []
  for (const [key, one] of Object.entries(value)) all.push([await clean(key, ''), await mapLeaves(one, clean, key)])
  return Object.fromEntries(all)
}
