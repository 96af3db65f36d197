import type { z } from 'zod'
import type { DateOrder } from '../../../src/contract/data.ts'
import { bare } from '../../../src/contract/entity-schemas.ts'
import { dayIn, instantIn } from './dates.ts'

/** A value for the schema of its field; why there is none; or why the field is left out, which does not stop the row. */
export type Converted = { value: unknown } | { problem: string } | { leftOut: string }

export interface Conversion {
  dateOrder: DateOrder | undefined
  /** Their word → ours, of this field. */
  words: Readonly<Record<string, string>>
  /** The file comes from another product: its own words need not be ours. */
  foreign: boolean
}

/**
 * The text of a cell as a value of the field's kind. What is in it is checked by the schema afterwards.
 *
 * @param field a field of the entity; some have forms of their own
 */
export function convertCell(field: string, schema: z.ZodType, text: string, conversion: Conversion): Converted {
  if (field === 'country') return countryIn(text)
  if (field === 'phone' || field === 'mobile') return phoneIn(text)
  if (field === 'code') return codeIn(text, schema, conversion)
  const inner = bare(schema).def as { type: string; format?: string; entries?: Record<string, string> }
  switch (inner.type) {
    case 'boolean':
      return booleanIn(text)
    case 'int':
    case 'number':
      return /^\s*-?\d+\s*$/.test(text)
        ? { value: Number(text) }
        : { problem: `"${short(text)}" is not a whole number` }
    case 'array':
      return listIn(text)
    case 'record':
      return objectIn(text)
    case 'enum':
      return wordIn(text, Object.values(inner.entries ?? {}), conversion)
  }
  if (inner.format === 'date') return dayIn(text, conversion.dateOrder)
  if (inner.format === 'datetime') return instantIn(text, conversion.dateOrder)
  return { value: text }
}

const YES = new Set(['yes', 'y', 'true', '1', 'on', 'x', 'ja'])
const NO = new Set(['no', 'n', 'false', '0', 'off', 'nein'])

export function booleanIn(text: string): Converted {
  const word = text.trim().toLowerCase()
  if (YES.has(word)) return { value: true }
  if (NO.has(word)) return { value: false }
  return { problem: `"${short(text)}" is neither yes nor no` }
}

function listIn(text: string): Converted {
  if (text.trim().startsWith('[')) {
    const list = jsonIn(text)
    if (Array.isArray(list)) return { value: list }
  }
  const items = text.split(/[;,\n]/).map((item) => item.trim())
  return { value: items.filter((item) => item !== '') }
}

function objectIn(text: string): Converted {
  const value = jsonIn(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value }
  return { problem: `"${short(text)}" is not a JSON object` }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON: the caller says what it should be.
  }
}

function wordIn(text: string, known: readonly string[], { words, foreign }: Conversion): Converted {
  const word = plainName(text)
  const ours = known.find((one) => one === text.trim() || one === word) ?? words[word]
  if (ours !== undefined && known.includes(ours)) return { value: ours }
  if (!foreign) return { problem: `"${short(text)}" is none of ${known.join(', ')}` }
  return known.includes('other')
    ? { value: 'other' }
    : { leftOut: `"${short(text)}" has no like here (${known.join(', ')})` }
}

/** A code is made from the name when theirs is none. */
function codeIn(text: string, schema: z.ZodType, { foreign }: Conversion): Converted {
  const value = foreign ? text.trim().toUpperCase() : text
  if (!foreign || schema.safeParse(value).success) return { value }
  return { leftOut: `"${short(text)}" is no code as used here` }
}

/** E.164 has a country code; which one a local number means, nobody here knows. */
function phoneIn(text: string): Converted {
  const digits = text.replace(/[^\d+]/g, '').replace(/^00/, '+')
  if (/^\+[1-9]\d{1,14}$/.test(digits)) return { value: digits }
  return { leftOut: `"${short(text)}" has no country code: write it like +15205551234` }
}

let codesByName: Map<string, string> | undefined

function countryIn(text: string): Converted {
  if (/^[A-Z]{2}$/.test(text)) return { value: text }
  codesByName ??= countryCodes()
  const code = codesByName.get(plainName(text))
  return code
    ? { value: code }
    : { leftOut: `"${short(text)}" is no country that is known by ISO 3166: write it like US` }
}

/** ISO 3166-1 codes by themselves and by their English names. */
function countryCodes(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const known = codes.flatMap((code): [string, string][] => {
    const name = names.of(code)
    return name === undefined
      ? []
      : [
          [plainName(code), code],
          [plainName(name), code],
        ]
  })
  return new Map([...known, ['usa', 'US'], ['united_states_of_america', 'US'], ['uk', 'GB'], ['great_britain', 'GB']])
}

/** `Serial Number`, `serial-number` and `SERIAL_NUMBER` are one name. */
export const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')

/** Texts of the file in a message. */
export const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text)
