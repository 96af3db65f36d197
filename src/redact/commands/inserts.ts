import type { Report, Source } from '../finding.ts'
import { secretName } from './secret-names.ts'

const INSERT =
  /\b(?:insert|replace)\s{1,9}(?:ignore\s{1,9})?into\s{1,9}[^\s(]{1,100}\s{0,9}(?:\(([^()]{1,600})\)\s{0,9})?values\s{0,9}/gi
/** A value between two commas; a text in it may have any sign but its quote. */
const VALUE =
  /(?:[^,()'"]|\\?'(?:[^'\\]|''|\\[^'])*'|\\?"(?:[^"\\]|\\[^"])*"|\((?:[^()'"]|'(?:[^']|'')*'|"[^"]*")*\))+/y
const TEXT = /\\?(['"])((?:(?!\1)[^\\]|\\(?!\1).|\1\1)*)/ds
const HASHES = /^\s*(?:md5|sha[12]?|sha2|password|old_password|encrypt|crypt|pgp_sym_encrypt|aes_encrypt)\s?\(/i
const MAX_INSERTS = 100
const MAX_ROWS = 200
const MAX_VALUES = 60
const MAX_CHARS = 4_000

/** `INSERT INTO users (name, password) VALUES ('ana', 'secret'), …`: the columns count the values. */
export function readInserts({ text, has }: Source, report: Report): void {
  if (!has('values') || !has('into')) return
  let inserts = 0
  for (const { 0: head, 1: columns, index } of text.matchAll(INSERT)) {
    if (++inserts > MAX_INSERTS) return
    const secret = columns?.split(',').map((column) => isSecret(column.trim().replace(/^["'`[]|["'`\]]$/g, '')))
    readRows(text, index + head.length, secret ?? [], report)
  }
}

const isSecret = (name: string): boolean => /^(?:strong|weak)$/.test(secretName(name) ?? '') || /hash$/i.test(name)

function readRows(text: string, from: number, secret: readonly boolean[], report: Report): void {
  let at = from
  for (let row = 0; row < MAX_ROWS; row++) {
    const open = /^[\s,]{0,40}\(/.exec(text.slice(at, at + 41))?.[0].length
    if (open === undefined) return
    at += open
    let isNamed = false
    for (let column = 0; column < MAX_VALUES; column++) {
      const value = valueAt(text, at)
      // RADIUS keeps what a value is in the column before it.
      const isGiven = secret[column] || HASHES.test(value) || (isNamed && column === secret.length - 1)
      const place = isGiven ? TEXT.exec(value)?.indices?.[2] : undefined
      if (place) report(at + place[0], at + place[1], 'password')
      isNamed ||= /^\s*'[\w-]{0,20}-Password'/i.test(value)
      at += value.length
      if (text[at] !== ',') break
      at += 1
    }
    if (text[at] !== ')') return
    at += 1
  }
}

function valueAt(text: string, at: number): string {
  VALUE.lastIndex = 0
  return VALUE.exec(text.slice(at, at + MAX_CHARS))?.[0] ?? ''
}
