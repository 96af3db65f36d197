import { MARK } from '../redact/marks.ts'
import type { Redactor } from '../redaction.ts'
import { object } from './input.ts'

/**
 * The output of a tool with every secret in it replaced, in the tool's own shape: Claude Code checks a replaced output against that shape and
 * takes the raw one when it does not fit. Undefined where there is nothing to replace.
 *
 * Each text is looked at with the name under which it stands (`{"password": "x"}` says what x is), and what is a secret in one text is one in
 * all the others. Pictures and other binary data stay as they are.
 */
export function redactedOutput(redactor: Redactor, output: unknown): { output: unknown } | undefined {
  const first = walked(output, undefined, (text, key) => (isWord(text, key) ? text : redactedText(redactor, text, key)))
  if (first === output) return undefined
  const also = valuesIn(redactor, output)
  if (also.size === 0) return { output: first }
  const change: Change = (text, key) =>
    isWord(text, key) ? text : redactor.redact(text, { also, isForModel: true }).text
  return { output: walked(first, undefined, change) }
}

/**
 * The output of a tool with a sentence in the place of everything that it said, in the tool's own shape: for when nobody may see it, or
 * nobody could look whether it holds a secret.
 */
export function withheldOutput(output: unknown, sentence: string): unknown {
  let isSaid = false
  const withheld = walked(output, undefined, (text, key) => {
    if (text === '' || isWord(text, key) || isPath(text, key)) return text
    const said = isSaid ? '' : sentence
    isSaid = true
    return said
  })
  return withheld
}

/** What Claude Code itself writes beside the output: it needs these to be what they are, and none of them says what the tool said. */
const isStructure = (key: string | undefined): boolean => key !== undefined && STRUCTURE.test(key)
const STRUCTURE =
  /^(?:type|status|mode|role|subtype|language|cellType|cell_type|edit_mode|cell_id|media_type|task_?type|resolvedModel|code|outputFile|\w*(?:path|Path|Id|_id|Type))$/

/** One of a tool's own words, as `type` and `status` have them: any other would not fit the shape. */
const isWord = (text: string, key: string | undefined): boolean => isStructure(key) && /^[\w-]{1,40}$/.test(text)

/** Where the client finds a file again: of an output it keeps, of one that was read. */
const isPath = (text: string, key: string | undefined): boolean =>
  isStructure(key) && /^(?:[A-Za-z]:)?[\\/][^\n]{0,4000}$/.test(text)

/** The secrets that the texts of an output hold for sure. */
function valuesIn(redactor: Redactor, output: unknown): Map<string, string> {
  const values = new Map<string, string>()
  walked(output, undefined, (text, key) => {
    const about = named(text, key) ?? text
    for (const [value, kind] of redactor.valuesIn(about)) values.set(value, kind)
    return text
  })
  return values
}

const FOR_MODEL = { isForModel: true }

/** What only its name says first: alone it may look like nothing. */
function redactedText(redactor: Redactor, text: string, key: string | undefined): string {
  const about = named(text, key)
  const redacted = about === undefined ? undefined : redactor.redact(about, FOR_MODEL)
  const value = redacted?.count ? object(parsed(redacted.text))?.[key ?? ''] : undefined
  return typeof value === 'string' ? value : redactor.redact(text, FOR_MODEL).text
}

/** Longer than this is nothing that only its name could tell. */
const LONGEST_NAMED = 300

/** Names of texts of any kind. Within quotes a text would not begin a line any more, as device configurations do. */
const SAYS_NOTHING =
  /^(?:stdout|stderr|content|text|output|result|source|\w*_source|message|error|description|prompt|oldString|newString|originalFile|body|data|value|url)$/

/** A short text with its name, as JSON has them; undefined where the name says nothing. */
function named(text: string, key: string | undefined): string | undefined {
  if (key === undefined || text.length > LONGEST_NAMED || /["\\\p{Cc}]/u.test(text + key)) return undefined
  return isStructure(key) || SAYS_NOTHING.test(key) ? undefined : `{"${key}":"${text}"}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // A mark swallowed a quote: the text is looked at alone.
  }
}

type Change = (text: string, key: string | undefined) => string

/** A copy with every text changed; the value itself where no text changes. */
function walked(value: unknown, key: string | undefined, change: Change): unknown {
  if (typeof value === 'string') return value === '' ? value : change(value, key)
  if (Array.isArray(value)) return walkedList(value, key, change)
  const fields = object(value)
  if (!fields || isBinary(fields)) return value
  const name = nameOf(fields)
  const entries = Object.entries(fields).map(([inner, one]): [string, unknown] => [
    inner,
    isBinaryField(fields, inner) ? one : walked(one, inner.toLowerCase() === 'value' ? (name ?? inner) : inner, change),
  ])
  return entries.every(([inner, one]) => one === fields[inner]) ? value : Object.fromEntries(entries)
}

function walkedList(values: readonly unknown[], key: string | undefined, change: Change): unknown {
  if (values.length > 1 && values.every((one) => typeof one === 'string')) return walkedLines(values, change)
  const changed = values.map((one) => walked(one, key, change))
  return changed.every((one, index) => one === values[index]) ? values : changed
}

/** Texts beside each other are lines of one: a private key, or a name and its value in the next line. A diff marks each line. */
function walkedLines(lines: readonly string[], change: Change): readonly string[] {
  const isDiff = lines.every((line) => /^[ +\\-]/.test(line))
  const bare = isDiff ? lines.map((line) => line.slice(1)) : lines
  const text = bare.join('\n')
  const changed = change(text, undefined)
  if (changed === text) return lines
  const result = changed.split('\n')
  return isDiff
    ? result.map((line, index) => `${result.length === lines.length ? lines[index]?.charAt(0) : ' '}${line}`)
    : result
}

/** `{"name": "DB_PASSWORD", "value": "x"}`: how containers, tasks and forms list what they are given. */
function nameOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const name = fields.name ?? fields.Name ?? fields.key ?? fields.Key
  // A mark in it names nothing, though it may say `password`.
  return typeof name === 'string' ? name.replace(MARK, '') || undefined : undefined
}

/** A picture of an MCP server or of a file, a sound, a document. */
const isBinary = (fields: Readonly<Record<string, unknown>>): boolean =>
  /^(?:image|audio|video|document|pdf|base64)$/.test(typeof fields.type === 'string' ? fields.type : '') &&
  ('data' in fields || 'source' in fields || 'file' in fields)

const isBinaryField = (fields: Readonly<Record<string, unknown>>, key: string): boolean =>
  key === 'base64' || key === 'blob' || (key === 'stdout' && fields.isImage === true)
