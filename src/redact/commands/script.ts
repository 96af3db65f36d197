import { type Body, type Lexed, placeIn, type Token, type Word } from '../../shell/lex.ts'

/** A text that is read as commands, and where each stretch of it stands in the text that is redacted. */
export interface Script {
  readonly text: string
  readonly place: (start: number, end: number) => readonly [start: number, end: number]
}

/** One command with its words and what is fed to it. */
export interface Command {
  words: Word[]
  /** Here-strings. */
  inputs: Word[]
  /** Here-documents. */
  bodies: Body[]
  /** What is piped into it. */
  from: Command | undefined
  /** The commands in brackets in it. */
  inner: Command[]
}

/** The stretch of a text as a script of its own. */
export const partOf = (script: Script, start: number, end: number): Script => ({
  text: script.text.slice(start, end),
  place: (from, to) => script.place(start + from, start + to),
})

/** The commands of a script, in the order in which they begin. */
export function commandsOf({ tokens, bodies }: Lexed): Command[] {
  const all: Command[] = []
  const open: Command[] = []
  const begun = (from?: Command): Command => {
    const command: Command = { words: [], inputs: [], bodies: [], from, inner: [] }
    all.push(command)
    open.at(-1)?.inner.push(command)
    return command
  }
  let current = begun()
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.kind === 'word') current.words.push(token)
    else if (token.kind === 'redirect') {
      const target = tokens[at + 1]
      if (target?.kind === 'word') {
        at += 1
        if (token.text === '<<<') current.inputs.push(target)
        if (token.text.startsWith('<<')) current.bodies.push(...bodies.filter(({ redirect }) => redirect === at - 1))
      }
    } else if (/[({]$/.test(token.text)) {
      open.push(current)
      current = begun()
    } else if (token.text === ')' || token.text === '}') current = open.pop() ?? begun()
    else if (token.text === ';' && isFlag(tokens[at + 1])) continue
    else current = begun(token.text === '|' ? current : undefined)
  }
  return all
}

/** No command begins with a flag: in `bcp … -t; -S sql02` the sign is a value, as `cmd` reads it. */
const isFlag = (token: Token | undefined): boolean => token?.kind === 'word' && /^-[A-Za-z]/.test(token.text)

/** The text of a word as a shell hands it on: what was escaped for the quotes around it is so no longer. */
export function unescaped(script: Script, word: Word): Script {
  const [only] = word.pieces
  if (word.pieces.length === 1 && only && !/[\\`]/.test(word.text)) return partOf(script, only[0], only[1])
  return mapped(script, word.text, (offset) => placeIn(word, offset, offset + 1).start, unescapedChars(word.text))
}

/** The text of a string in JSON. */
export function unescapedJson(script: Script, start: number, end: number): Script {
  const text = script.text.slice(start, end)
  return mapped(script, text, (offset) => start + offset, jsonChars(text))
}

type Char = readonly [text: string, start: number, end: number]

function* unescapedChars(text: string): Generator<Char> {
  for (let at = 0; at < text.length; at++) {
    const isEscape = text[at] === '\\' || text[at] === '`'
    if (isEscape && /["'`$\\]/.test(text.charAt(at + 1)) && escapesQuote(text, at)) {
      yield [text.charAt(at + 1), at, at + 2]
      at += 1
    } else yield [text.charAt(at), at, at + 1]
  }
}

/** Backslashes are escapes only in front of a quote: `\\server\share` has none. */
function escapesQuote(text: string, at: number): boolean {
  if (text[at + 1] !== '\\') return true
  let end = at
  while (text[end] === '\\' && end - at < 40) end += 1
  return /["$`]/.test(text.charAt(end))
}

const JSON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' }

function* jsonChars(text: string): Generator<Char> {
  for (let at = 0; at < text.length; at++) {
    const meant = text[at] === '\\' ? JSON_ESCAPES[text.charAt(at + 1)] : undefined
    if (meant !== undefined) {
      yield [meant, at, at + 2]
      at += 1
    } else yield [text.charAt(at), at, at + 1]
  }
}

function mapped(script: Script, text: string, at: (offset: number) => number, chars: Iterable<Char>): Script {
  const starts: number[] = []
  const ends: number[] = []
  let made = ''
  for (const [char, start, end] of chars) {
    made += char
    starts.push(start)
    ends.push(end)
  }
  const first = (index: number) => at(starts[index] ?? text.length)
  const last = (index: number) => at((ends[index] ?? text.length) - 1) + 1
  return { text: made, place: (start, end) => script.place(first(start), end > start ? last(end - 1) : first(start)) }
}
