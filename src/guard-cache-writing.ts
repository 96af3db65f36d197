import { readFileSync } from 'node:fs'
import { writeCacheFile } from './durable.ts'
import type { GuardedPattern } from './guard/decide.ts'
import {
  assetName,
  bucketOf,
  bucketText,
  type Entry,
  FORMAT,
  type GuardContent,
  guardPath,
  HEAD_BYTES,
  hashOf,
  headText,
  isOf,
  MAC_CHARS,
  MOST_BUCKETS,
  OFFSET_BYTES,
  type Place,
  parseHead,
  patternName,
} from './guard-cache.ts'
import { redactionKey } from './redaction-key.ts'
import type { Paths } from './settings.ts'

// The part of the guard's cache that only background jobs and the command line need: writing it, and looking through all of it.

/** Longer texts are cut: a reason has 600 characters. */
const TITLE_CHARS = 200
const ALTERNATIVE_CHARS = 1_000

/** Replaces what is kept for a client. @throws the system's error when it cannot be written */
export function writeGuard(paths: Paths, clientId: string | null, content: GuardContent): void {
  const entries = entriesOf(content)
  const buckets = bucketCount(entries.length)
  const lists = new Map<number, Entry[]>()
  for (const entry of entries) {
    const number = bucketOf(hashOf(entry[0]), hashOf(entry[1]), buckets)
    lists.set(number, [...(lists.get(number) ?? []), entry])
  }
  const words = Buffer.from(`\n${[...new Set(content.patterns.map(wordOf))].join('\n')}\n`)
  const named = { format: FORMAT, client: clientId, version: content.version }
  const base = { ...named, buckets, entries: entries.length, wordBytes: words.length }
  const sign = signer(paths)
  const offsets = Buffer.alloc((buckets + 1) * OFFSET_BYTES)
  const parts: Buffer[] = []
  let end = HEAD_BYTES + offsets.length + words.length
  for (let number = 0; number < buckets; number++) {
    offsets.writeUInt32LE(end, number * OFFSET_BYTES)
    const list = lists.get(number)
    if (list === undefined) continue
    const json = JSON.stringify(list)
    const part = Buffer.from(sign(bucketText(base, number, json)) + json)
    parts.push(part)
    end += part.length
  }
  offsets.writeUInt32LE(end, buckets * OFFSET_BYTES)
  const head = { ...base, bytes: end }
  const line = Buffer.from(JSON.stringify({ ...head, mac: sign(headText(head)) }).padEnd(HEAD_BYTES - 1))
  writeCacheFile(guardPath(paths, clientId), Buffer.concat([line, Buffer.from('\n'), offsets, words, ...parts]))
}

/**
 * What an everyday command holds when the pattern matches it: its program (`npm.ps1` is `npm` in PowerShell), or the operator. The way to another machine
 * is for no such command.
 */
const wordOf = ({ grain, key }: GuardedPattern): string =>
  (grain === 'syntax' ? key.slice(key.lastIndexOf(' ') + 1) : key.split(' ')[1]?.replace(/\.ps1$/, '')) ?? ''

const entriesOf = ({ patterns, assets }: GuardContent): Entry[] => [
  ...patterns.map((pattern): Entry => [...patternName(placeOf(pattern), pattern.key), cut(pattern)]),
  ...assets.flatMap(({ names, ...asset }) => names.map((name): Entry => [...assetName(name), asset])),
]

const cut = (pattern: GuardedPattern): GuardedPattern => ({
  ...pattern,
  title: pattern.title.slice(0, TITLE_CHARS),
  alternative: pattern.alternative?.slice(0, ALTERNATIVE_CHARS) ?? null,
})

/** By what `decide` looks first to tell whether a pattern holds here. */
function placeOf({ infrastructure_id, host, machine_id, system }: GuardedPattern): Place {
  if (infrastructure_id !== null) return { asset: infrastructure_id }
  if (host !== null) return { host }
  if (machine_id !== null) return { machine: machine_id }
  return system === null ? null : { system }
}

/** About two for each entry, so that what is not known is mostly seen without reading a bucket. */
function bucketCount(entries: number): number {
  let count = 1
  while (count < entries * 2 && count < MOST_BUCKETS) count *= 2
  return count
}

/** Is the file of a client as it was written, all of it? For before it is taken for what the server last said. */
export function isWhole(paths: Paths, clientId: string | null): boolean {
  try {
    const bytes = readFileSync(guardPath(paths, clientId))
    const { mac, ...head } = parseHead(bytes.subarray(0, HEAD_BYTES))
    if (!isOf(head, clientId, bytes.length)) return false
    const sign = signer(paths)
    let end = HEAD_BYTES + (head.buckets + 1) * OFFSET_BYTES + head.wordBytes
    // One behind the other, from the first byte to the last: none can be left out.
    for (let number = 0; number < head.buckets; number++) {
      const from = bytes.readUInt32LE(HEAD_BYTES + number * OFFSET_BYTES)
      if (from !== end) return false
      end = bytes.readUInt32LE(HEAD_BYTES + (number + 1) * OFFSET_BYTES)
      const text = bytes.toString('utf8', from, end)
      if (text !== '' && sign(bucketText(head, number, text.slice(MAC_CHARS))) !== text.slice(0, MAC_CHARS))
        return false
    }
    return end === head.bytes && sign(headText(head)) === mac
  } catch {
    return false // Missing, or damaged in a way that cannot be read.
  }
}

/** The same signature as a hook makes by hand, for many texts: there `node:crypto` is worth its loading. */
function signer(paths: Paths): (text: string) => string {
  const { createHmac } = process.getBuiltinModule('node:crypto')
  const key = redactionKey(paths.auth)()
  return (text) => createHmac('sha256', key).update(text).digest('hex')
}
