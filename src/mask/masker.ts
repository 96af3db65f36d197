import { buildAutomaton } from './automaton.ts'
import { isWord } from './bytes.ts'
import { type Form, formsOf, SHORT_CHARS } from './forms.ts'
import { createHeldStream, type HeldStream } from './stream.ts'
import { createTrack, type Found, type Search, type Track } from './track.ts'

/** A secret, and what is to stand in its place. */
export interface Masked {
  value: string
  mark: string
}

const NAMES = ['stdout', 'stderr'] as const
export type StreamName = (typeof NAMES)[number]
/** What may be passed on now, of each stream. */
export type Passed = Record<StreamName, Buffer>

/**
 * Takes secrets out of what a program prints. Looks for each secret as it is, in base64 and base64url, hexadecimal, percent-encoded,
 * escaped for JSON, HTML and shells, and in UTF-16; wrapped at any column, with colours inside, in any chunks, and also where its parts
 * went to stdout and stderr in turn. Everything else passes unchanged, byte for byte.
 *
 * Held back is only what may be the beginning of a form, until it goes on differently or the output ends: nothing waits for a clock.
 * Time grows with the length of the output, memory not.
 *
 * It cannot find what a program computes from a secret: reversed, encrypted, compressed, character by character between other text, in
 * another base, the grouped digits of `xxd`. The order of stdout and stderr is the one in which they are read.
 */
export interface Masker {
  write(stream: StreamName, chunk: Uint8Array): Passed
  /** The rest. Nothing may be written afterwards. */
  end(): Passed
}

/** Is a secret so short that it is masked only where it stands alone? */
export const isShort = (value: string): boolean => [...value].length < SHORT_CHARS

export function createMasker(secrets: readonly Masked[]): Masker {
  const { search, marks } = prepared(secrets)
  const streams = NAMES.map(createHeldStream)
  const tracks = [0, 1].map(() => pair(search, false))
  const joint = pair(search, true)
  /** Short secrets of which the byte that follows is not known. */
  let waiting: Found[] = []

  const hide = ({ form, ranges }: Found) => {
    for (const { stream, start, end } of ranges)
      at(streams, stream).hide({ start, end, mark: marks.get(form) as string })
  }
  const settle = (isEnd: boolean) => {
    waiting = waiting.filter((found) => {
      const { stream, end } = at(found.ranges, 0)
      const next = at(streams, stream).byteAt(end)
      if (next === undefined && !isEnd) return true
      if (next === undefined || !isWord(next)) hide(found)
      return false
    })
  }
  const read = (stream: number, chunk: Uint8Array) => {
    const offset = at(streams, stream).end
    at(streams, stream).append(chunk)
    for (const track of [...at(tracks, stream), ...joint]) {
      for (const found of track.feed(stream, chunk, offset)) {
        if (found.mustEnd) waiting.push(found)
        else hide(found)
      }
    }
    settle(false)
  }

  return {
    write(name, chunk) {
      const stream = NAMES.indexOf(name)
      const passed = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        read(stream, chunk.subarray(from, from + PIECE_BYTES))
        for (const index of [0, 1]) passed[at(NAMES, index)].push(release(index))
      }
      return { stdout: Buffer.concat(passed.stdout), stderr: Buffer.concat(passed.stderr) }
    },
    end() {
      settle(true)
      const rest = (stream: HeldStream) => stream.release(stream.end)
      return { stdout: rest(at(streams, 0)), stderr: rest(at(streams, 1)) }
    },
  }

  function release(index: number): Buffer {
    const stream = at(streams, index)
    const oldest = stream.end - MAX_SPREAD * search.longest - SLACK_BYTES
    let until = stream.end
    for (const track of [...at(tracks, index), ...joint]) {
      const from = track.heldFrom(index)
      if (from !== undefined && from < oldest) track.reset()
      else if (from !== undefined) until = Math.min(until, from)
    }
    for (const { ranges } of waiting) if (at(ranges, 0).stream === index) until = Math.min(until, at(ranges, 0).start)
    return stream.release(until)
  }
}

/** A large chunk is read piece by piece, so that memory does not grow with it. */
const PIECE_BYTES = 64 * 1024
/** A secret with so many bytes of colours and line breaks for each of its own is not looked for any longer. */
const MAX_SPREAD = 32
const SLACK_BYTES = 8 * 1024

/** As it stands, for a secret right behind an escape sequence; and without the sequences, for one with colours inside. */
const pair = (search: Search, isJoint: boolean): Track[] => [
  createTrack(search, { passesOverEscapes: false, isJoint }),
  createTrack(search, { passesOverEscapes: true, isJoint }),
]

function prepared(secrets: readonly Masked[]): { search: Search; marks: Map<Form, string> } {
  const given = secrets.map(({ value, mark }) => ({ mark, forms: formsOf(value) }))
  const forms = given.flatMap((one) => one.forms)
  const longest = forms.reduce((length, { bytes }) => Math.max(length, bytes.length), 1)
  const marked = given.map((one) => ({ forms: one.forms, mark: safeMark(one.mark, forms) }))
  const marks = new Map(marked.flatMap((one) => one.forms.map((form) => [form, one.mark] as const)))
  return { search: { automaton: buildAutomaton(forms.map(({ bytes }) => bytes)), forms, longest }, marks }
}

/** A mark that neither holds a secret nor can make one together with what stands beside it. */
function safeMark(mark: string, forms: readonly Form[]): string {
  const isSafe = (text: string) => {
    const bytes = Buffer.from(text)
    const [first, last] = [bytes[0] as number, bytes.at(-1) as number]
    return forms.every(
      (form) => !bytes.includes(Buffer.from(form.bytes)) && !form.bytes.includes(first) && !form.bytes.includes(last),
    )
  }
  return [mark, '***', '###', '<masked>', '~~~', '███'].find(isSafe) ?? '███'
}

const at = <T>(list: readonly T[], index: number): T => list[index] as T
