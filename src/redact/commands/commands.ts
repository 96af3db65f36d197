import { indexWithin, LETTER, lexCommand, lexScript } from '../../shell/lex.ts'
import type { Layer, Source } from '../finding.ts'
import { type Hit, nextHit } from './hits.ts'
import { readInserts } from './inserts.ts'
import { readScript } from './reader.ts'
import type { Reader, Standing } from './report.ts'
import { ruled } from './rules.ts'
import { unescapedJson } from './script.ts'
import { readVariables, variablesInCalls } from './variables.ts'

/** No command line is longer, where a text is no script as a whole. */
const MAX_COMMAND_CHARS = 8_000
/** A longer script is read line by line, as any text. */
const MAX_SCRIPT_CHARS = 30_000
const MAX_PREFIX_CHARS = 1_000
/** No text has more commands than this and one for every so many characters: what has is made to cost time. */
const FREE_HITS = 500
const CHARS_OF_HIT = 30

/**
 * Secrets in command lines, by what is known of the programs and by flags that say what they take. A script is read as a whole. In any
 * other text command lines are found by the names of programs and by such flags, wherever they stand: behind a prompt, in a log, in a string.
 */
export const commands: Layer = (source, report) => {
  ruled(source, report)
  readInserts(source, report)
  const variables = new Set<string>(variablesInCalls(source))
  const reader: Reader = {
    script: { text: source.text, place: (start, end) => [start, end] },
    ...{ standing: 'command', depth: 0, report, variable: (name) => variables.add(name) },
  }
  if (source.as === 'command' && source.text.length <= MAX_SCRIPT_CHARS) readScript(reader, lexScript(source.text))
  else readText(reader, source)
  if (variables.size > 0) readVariables(source, variables, report)
}

function readText(reader: Reader, { text, lower }: Source): void {
  let at = 0
  let hits = FREE_HITS + text.length / CHARS_OF_HIT
  for (let hit = nextHit(text, lower, at); hit && hits > 0; hit = nextHit(text, lower, at)) {
    at = Math.max(readAround(reader, hit, at), hit.end)
    hits -= 1
  }
}

/** Reads the command line around a hit, and says where it ends. */
function readAround(reader: Reader, hit: Hit, from: number): number {
  const { text } = reader.script
  const lineStart = lineStartBefore(text, hit.start, from)
  const opener = quoteAround(text, lineStart, hit.start)
  const limit = hit.start + MAX_COMMAND_CHARS
  const standing = standingAt(text.slice(lineStart, opener ?? hit.start))
  if (opener === undefined)
    return readFrom(reader, pipeStart(text, lineStart, hit.start), backtickLimit(text, hit.start, limit), standing)
  const end = quoteEnd(text, text.charAt(opener), hit.start, limit)
  const following = text.slice(end, end + 40)
  if (/^["'],[ \t]*\r?\n?\s*["']/.test(following))
    return readFrom(reader, opener, listLimit(text, end, limit), 'command')
  // Only the program stands in quotes, or one flag with its value.
  if (end <= hit.end || (hit.isFlag && hit.start === opener + 1 && /[=:]/.test(text.charAt(hit.end))))
    return readFrom(reader, opener, limit, standing)
  if (!isJson(text, opener, end)) return readFrom(reader, opener, limit, standing)
  readScript({ ...reader, script: unescapedJson(reader.script, opener + 1, end), standing: 'line' })
  return end
}

/** A string in JSON, where a backslash always escapes: in `"C:\\tools\\net.exe"` of a log it does not. */
const isJson = (text: string, opener: number, end: number): boolean =>
  text[opener] === '"' &&
  /[:,[{]\s{0,9}$/.test(text.slice(Math.max(0, opener - 10), opener)) &&
  /^"\s{0,9}(?:[,}\]]|$)/.test(text.slice(end, end + 12))

/** With what is piped into the program, and what is set for it. */
function pipeStart(text: string, lineStart: number, start: number): number {
  const before = text.slice(Math.max(lineStart, start - 300), start)
  const bare = beforePath(before).trimEnd()
  if (bare.endsWith('|'))
    return lineStart + (/^[^|'"]{0,100}[$#>:`][ \t]{1,4}/.exec(text.slice(lineStart, lineStart + 110))?.[0].length ?? 0)
  const bracket = /(?:\$?\(|\{)[ \t]{0,9}$/.exec(before.slice(-12))
  if (bracket) return start - bracket[0].length
  if (!before.includes('=')) return start
  // What is set for the command only.
  return start - (/(?:(?<![\w$])[A-Za-z_]\w{0,60}=[^\s"']{0,100}[ \t]{1,4}){1,6}$/.exec(before)?.[0].length ?? 0)
}

/** Without the folder that ends it. */
function beforePath(text: string): string {
  if (!/[\\/]$/.test(text)) return text
  let end = text.length
  while (end > 0 && /[\w.\\/~%:-]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

function readFrom(reader: Reader, start: number, limit: number, standing: Standing): number {
  const lexed = lexCommand(reader.script.text, start, limit)
  readScript({ ...reader, standing }, lexed)
  return lexed.end
}

/** Where the line begins, or what was not read before. */
function lineStartBefore(text: string, at: number, from: number): number {
  const earliest = Math.max(from, at - MAX_PREFIX_CHARS, 0)
  return earliest + text.slice(earliest, at).lastIndexOf('\n') + 1
}

/** The quote that is open at `at`, if any. An apostrophe in a word opens none. */
function quoteAround(text: string, from: number, at: number): number | undefined {
  let open: number | undefined
  for (let index = from; index < at; index++) {
    const char = text[index]
    if (char === '\\') index += 1
    else if (open !== undefined) {
      if (char === text[open]) open = undefined
    } else if (char === '"' || (char === "'" && !LETTER.test(text.charAt(index - 1)))) open = index
  }
  return open
}

function quoteEnd(text: string, quote: string, from: number, limit: number): number {
  const line = indexWithin(text, '\n', from, limit)
  const last = Math.min(text.length, limit, line < 0 ? text.length : line)
  for (let at = from; at < last; at++) {
    if (text[at] === '\\' && quote === '"') at += 1
    else if (text[at] === quote) return at
  }
  return last
}

/** A list of words (`["mysql", "-psecret"]`) may go on over lines. */
function listLimit(text: string, from: number, limit: number): number {
  const bracket = text.slice(from, Math.min(limit, from + 2_000)).search(/[\])}]/)
  const line = indexWithin(text, '\n', from, limit)
  if (bracket >= 0) return from + bracket
  return line < 0 ? limit : line
}

/** Code in the text of a document: `net user …` between backticks. */
function backtickLimit(text: string, start: number, limit: number): number {
  const isCode = /`[\w.:\\/~-]{0,80}$/.test(text.slice(Math.max(0, start - 80), start))
  const end = isCode ? indexWithin(text, '`', start, limit) : -1
  const line = indexWithin(text, '\n', start, limit)
  return end > 0 && (line < 0 || end < line) ? Math.min(end, limit) : limit
}

/** What may end what stands before a command: the sign of a prompt, a word that runs one. */
const SIGNS = '$#%>❯➜»+|;&({!:=`"\'[,'
const WORDS =
  ' sudo doas exec run ran running execute executed using via then do else time nohup start call cmd /c /k -c -- env xargs watch eval command' +
  ' commando befehl commande typed uitgevoerd voer with did tried try '

function standingAt(prefix: string): Standing {
  const before = beforePath(prefix.slice(-200)).trim()
  if (before === '') return 'line'
  const words = before.toLowerCase().split(/\s+/).slice(-4)
  const last = words.at(-1) ?? ''
  const runs =
    SIGNS.includes(before.charAt(before.length - 1)) ||
    WORDS.includes(` ${last} `) ||
    /^\w{1,60}=/.test(last) ||
    (last === before && /^(?:[-*•]|\d{1,6}[.)]?)$/.test(last)) ||
    /^(?:.* )?if(?: not)? (?:exist|defined|errorlevel) \S+$/.test(words.join(' '))
  return runs ? 'command' : 'sentence'
}
