import type { Span } from '../marks.ts'
import { expanded } from './patterns.ts'

const MAX_PLACES = 20
const MAX_CHARS = 2_000

/** A variable as a command uses it: `PW`, `CREDS[1]`, `2` for the second parameter of a function. */
const ELEMENT = /^(\w+)\[["']?(\w+)["']?\]$/
const ITEM = /"([^"\r\n]{0,200})"|'([^'\r\n]{0,200})'|[^\s,;"'()]{1,200}/dg

/** The values that reach a variable otherwise than by an assignment: from a list, a loop, lines that are read, the call of a function. */
export function* carriedTo(text: string, name: string): Generator<Span> {
  const [, list, key] = ELEMENT.exec(name) ?? []
  if (list && key) yield* elements(text, list, key)
  else if (/^\d$/.test(name)) yield* parameters(text, name)
  else {
    yield* inLoop(text, name)
    yield* readFrom(text, name)
    yield* inList(text, name)
    yield* printed(text, name)
    yield* namedParameters(text, name)
  }
}

/** `CREDS=(root secret)`, `pw=([db]=secret)`, `$c = @{ db = 'secret' }` */
function* elements(text: string, list: string, key: string): Generator<Span> {
  for (const at of behind(text, String.raw`(?<![\w%!.-])\$?${list}~s=~s(?:@?[({]|(?=["'][^"'\r\n]{0,200}["']~s,))`)) {
    const end = endAt(text, at, /[({]/.test(text.charAt(at - 1)) ? /[)}]/ : /[;\r\n]/)
    const named = new RegExp(expanded(String.raw`(?<!\w)["']?${key}["']?\]?~s=~s`)).exec(text.slice(at, end))
    const from = named ? at + named.index + named[0].length : at
    const found = itemsIn(text, from, end)[named ? 0 : Number(key)]
    if (found && (named || /^\d+$/.test(key))) yield found
  }
}

/** `for p in one two; do …`, `foreach ($p in 'one', 'two')` */
function* inLoop(text: string, name: string): Generator<Span> {
  for (const at of behind(text, String.raw`\bfor(?:each)?~s\(?~s[$%]{0,2}${name}~Sin~S@?\(?`))
    for (const item of itemsIn(text, at, endAt(text, at, /[;\r\n)]/)))
      if (!/[*?/\\$`{]|^\d+$|^do$/.test(text.slice(item.start, item.end))) yield item
}

/** `my ($u, $p) = ('ana', 'secret')`, `u, p = 'ana', 'secret'` */
function* inList(text: string, name: string): Generator<Span> {
  const pattern = new RegExp(
    expanded(
      String.raw`(?<![$\w])(?<!,~s)([$\w]{1,40}(?:~s,~s[$\w]{1,40}){0,4},~s\$?${name}(?![\w(])[^=\r\n]{0,40})=~s\(?`,
    ),
    'g',
  )
  for (const { 0: head, 1: names = '', index } of first(text.matchAll(pattern))) {
    const from = index + head.length
    const at = names.split(',').findIndex((one) => one.replace(/[\s$)]/g, '') === name)
    const found = itemsIn(text, from, endAt(text, from, /[;)\r\n]/))[at]
    if (found) yield found
  }
}

/** `p=$(cat <<END … END)`, `printf -v p %s secret`, `set p {secret}` of Tcl */
function* printed(text: string, name: string): Generator<Span> {
  for (const pattern of [
    String.raw`(?<![\w-])${name}=["']?\$\(cat~s<<-?~s["']?\w{1,40}["']?\r?\n`,
    String.raw`\bprintf~S-v~S${name}~S["']?%s["']?~S`,
    ...(text.includes('spawn') ? [String.raw`\bset~S${name}~S`] : []),
  ])
    for (const at of behind(text, pattern)) {
      const braced = text[at] === '{' ? 1 : 0
      const [found] = itemsIn(text, at + braced, endAt(text, at + braced, braced ? /\}/ : /[;\r\n]/))
      if (found) yield found
    }
}

/** `while read user p; do …; done <<EOF`: the same word of each line. */
function* readFrom(text: string, name: string): Generator<Span> {
  const pattern = /\bread((?:[ \t]{1,3}[-\w]{1,40}){1,6})(?=[ \t]{0,3}(?:[;\r\n]|<<(?!<)))/g
  for (const { 0: read, 1: words = '', index } of first(text.matchAll(pattern))) {
    const names = words
      .trim()
      .split(/\s+/)
      .filter((word) => !word.startsWith('-'))
    const loop = text.slice(index + read.length, index + read.length + MAX_CHARS)
    const [opening = '', , delimiter = ''] = /<<(-?)[ \t]{0,3}["']?(\w{1,40})["']?[^\r\n]{0,80}\r?\n/.exec(loop) ?? []
    if (opening === '' || !names.includes(name)) continue
    const from = index + read.length + loop.indexOf(opening) + opening.length
    const body = text.slice(from, from + MAX_CHARS).split(new RegExp(`^[ \\t]*${delimiter}\\b`, 'm'))[0] ?? ''
    const separator = /\bIFS=["']?([:,;|])/.exec(text.slice(Math.max(0, index - 20), index))?.[1]
    const field = new RegExp(separator ? `[^${separator}\\r\\n]+` : '\\S+', 'g')
    for (const { 0: line, index: at } of body.matchAll(/[^\r\n]+/g)) {
      const found = [...line.matchAll(field)][names.indexOf(name)]
      if (found) yield { start: from + at + found.index, end: from + at + found.index + found[0].length }
    }
  }
}

/** `login() { … $2 … }` and `login ana secret` */
function* parameters(text: string, number: string): Generator<Span> {
  const pattern = /(?<![\w$.-])([A-Za-z_][\w-]{0,60})[ \t]{0,3}\(\)\s{0,9}\{/g
  for (const { 0: head, 1: name = '', index } of first(text.matchAll(pattern))) {
    const from = index + head.length
    if (new RegExp(String.raw`\$\{?${number}\b`).test(text.slice(from, endAt(text, from, /\n\}|\}[ \t]*;?[ \t]*\n/))))
      yield* calls(text, name, Number(number) - 1)
  }
}

/** `function Connect-Switch($Name, $Pw) { … }` and `Connect-Switch sw1 'secret'`, `def login(host, pw):` */
function* namedParameters(text: string, variable: string): Generator<Span> {
  const pattern = /\b(?:function|def|sub)[ \t]{1,3}([A-Za-z_][\w-]{0,60})[ \t]{0,3}\(([^()\r\n]{1,200})\)/gi
  for (const { 1: name = '', 2: list = '' } of first(text.matchAll(pattern))) {
    const at = list.split(',').findIndex((one) => new RegExp(String.raw`\$?\b${variable}\b`, 'i').test(one))
    if (at >= 0) yield* calls(text, name, at)
  }
}

function* calls(text: string, name: string, parameter: number): Generator<Span> {
  for (const at of behind(text, String.raw`(?<![\w$.-])(?<!(?:function|def|sub)~S)${name}(?:~S(?![({=])|\((?!\)))`)) {
    const found = itemsIn(text, at, endAt(text, at, /[;|&)\r\n]/))[parameter]
    if (found) yield found
  }
}

/** Where a text goes on behind each place that a pattern matches. */
function behind(text: string, pattern: string): number[] {
  return first(text.matchAll(new RegExp(expanded(pattern), 'gi'))).map(({ 0: found, index }) => index + found.length)
}

const first = (matches: Iterable<RegExpExecArray>): RegExpExecArray[] => {
  const found: RegExpExecArray[] = []
  for (const match of matches) if (found.push(match) >= MAX_PLACES) break
  return found
}

function endAt(text: string, from: number, sign: RegExp): number {
  const part = text.slice(from, from + MAX_CHARS)
  const found = part.search(sign)
  return from + (found < 0 ? part.length : found)
}

function itemsIn(text: string, from: number, to: number): Span[] {
  return [...text.slice(from, to).matchAll(ITEM)].map(({ indices }) => {
    const [start, end] = indices?.[1] ?? indices?.[2] ?? indices?.[0] ?? [0, 0]
    return { start: from + start, end: from + end }
  })
}
