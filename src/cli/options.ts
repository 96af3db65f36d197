import { usage } from './output.ts'

/** A whole number from 1 to `max`. @throws Failure that names the option */
export function count(option: string, text: string, max: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= max) return number
  throw usage(`${option} is a number from 1 to ${max}, not "${text}".`)
}

/** One of the given words. @throws Failure that lists them */
export function choice<const T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((one) => one === text.toLowerCase())
  if (word !== undefined) return word
  throw usage(`${option} is one of ${words.join(', ')}, not "${text}".`)
}

/** The options that were given, under the names of the API; what was not given is left out. */
export function given<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
