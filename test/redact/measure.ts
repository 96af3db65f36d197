import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { findSecrets } from '../../src/redact/find.ts'

/** A line of a set: a text, and every secret that stands in it. A negative has none. */
export interface Item {
  id: string
  kind: string
  text: string
  secrets: string[]
}

export interface Measured {
  kind: string
  items: number
  /** Items of which every character of every secret was found. */
  found: number
  /** Characters of the findings, and how many of them are no secret's. */
  chars: number
  wrongChars: number
  missed: Item[]
  /** Items in which something was found that is no secret. */
  wrong: { item: Item; what: string[] }[]
}

export const readItems = (path: string): Item[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Item)

/** What the redactor finds in a set, by kind. */
export function measure(items: readonly Item[]): Measured[] {
  const kinds = new Map<string, Measured>()
  for (const item of items) {
    const measured = kinds.get(item.kind) ?? empty(item.kind)
    kinds.set(item.kind, measured)
    add(measured, item)
  }
  return [...kinds.values()]
}

export function total(kinds: readonly Measured[]): Measured {
  const sum = empty('total')
  for (const one of kinds) {
    sum.items += one.items
    sum.found += one.found
    sum.chars += one.chars
    sum.wrongChars += one.wrongChars
    sum.missed.push(...one.missed)
    sum.wrong.push(...one.wrong)
  }
  return sum
}

const empty = (kind: string): Measured => ({
  ...{ kind, items: 0, found: 0, chars: 0, wrongChars: 0 },
  missed: [],
  wrong: [],
})

function add(measured: Measured, item: Item): void {
  const isSecret = new Uint8Array(item.text.length)
  for (const secret of item.secrets) {
    const start = item.text.indexOf(secret)
    if (start === -1) throw new Error(`${item.id}: the text does not hold its secret`)
    for (let at = start; at !== -1; at = item.text.indexOf(secret, at + 1)) isSecret.fill(1, at, at + secret.length)
  }
  const findings = findSecrets(item.text)
  const isFound = new Uint8Array(item.text.length)
  const what: string[] = []
  for (const { start, end, kind } of findings) {
    isFound.fill(1, start, end)
    measured.chars += end - start
    let wrong = 0
    for (let at = start; at < end; at++) if (!isSecret[at]) wrong += 1
    measured.wrongChars += wrong
    if (wrong > 0) what.push(`${kind}: ${item.text.slice(start, end)}`)
  }
  measured.items += 1
  if (isSecret.every((secret, at) => !secret || isFound[at])) measured.found += 1
  else measured.missed.push(item)
  if (what.length > 0) measured.wrong.push({ item, what })
}

function printDetails(kinds: readonly Measured[]): void {
  const { missed, wrong } = total(kinds)
  for (const item of missed)
    console.log(`MISSED ${item.id} ${item.kind} ${JSON.stringify(item.secrets)} in ${JSON.stringify(item.text)}`)
  for (const { item, what } of wrong)
    console.log(`WRONG  ${item.id} ${item.kind} ${JSON.stringify(what)} in ${JSON.stringify(item.text)}`)
}

function printByKind(kinds: readonly Measured[]): void {
  console.log(`${'kind'.padEnd(24)} items found wrong`)
  for (const { kind, items, found, wrong } of kinds)
    console.log(
      kind.padEnd(24) + String(items).padStart(6) + String(found).padStart(6) + String(wrong.length).padStart(6),
    )
}

// node test/redact/measure.ts [--by-kind] FILE…: what is missed and what is found wrongly, or only how many of each kind.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const print = process.argv.includes('--by-kind') ? printByKind : printDetails
  for (const path of process.argv.slice(2).filter((argument) => argument !== '--by-kind')) {
    const kinds = measure(readItems(path))
    print(kinds)
    const { items, found, wrong, chars, wrongChars } = total(kinds)
    console.log(
      `${path}: ${found} of ${items} found, ${wrong.length} items with something wrong, ${wrongChars} of ${chars} characters wrong`,
    )
  }
}
