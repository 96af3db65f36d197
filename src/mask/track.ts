import type { Automaton } from './automaton.ts'
import { isTransparent, isWord } from './bytes.ts'
import { createEscapes } from './escapes.ts'
import type { Form } from './forms.ts'

/** What all tracks look for. */
export interface Search {
  automaton: Automaton
  forms: readonly Form[]
  /** Bytes of the longest form. */
  longest: number
}

/** A form was seen: bytes `start` to `end` of each stream that has part of it. */
export interface Found {
  form: Form
  ranges: { stream: number; start: number; end: number }[]
  /** It is the secret only if no letter or digit follows. */
  mustEnd: boolean
}

/** One way to read the output: as it stands, or without the sequences that a terminal takes for itself; one stream, or both in turn. */
export interface Track {
  /** @param offset of the first byte in its stream */
  feed(stream: number, bytes: Uint8Array, offset: number): Found[]
  /** Offset of the first byte of a stream that may belong to the beginning of a form; undefined when there is none. */
  heldFrom(stream: number): number | undefined
  /** Forgets a beginning that goes on for too long. */
  reset(): void
}

export function createTrack(
  { automaton, forms, longest }: Search,
  { passesOverEscapes, isJoint }: { passesOverEscapes: boolean; isJoint: boolean },
): Track {
  const role = passesOverEscapes ? createEscapes() : () => 'text' as const
  // The last bytes that count, in rings; a stream and an offset are one number, because there are millions.
  const places = new Float64Array(longest)
  const followsWord = new Uint8Array(longest)
  let count = 0
  let state = 0
  let afterWord = false
  /** The count of bytes at which the stream changed last. */
  let changedAt = 0
  let lastStream = 0

  const ring = (back: number): number => (count - back + longest) % longest
  const offsetAt = (back: number): number => Math.floor((places[ring(back)] as number) / 2)
  const isOf = (stream: number, back: number): boolean => (places[ring(back)] as number) % 2 === stream

  const rangesOf = (length: number): Found['ranges'] => {
    if (!isJoint) return [{ stream: lastStream, start: offsetAt(length), end: offsetAt(1) + 1 }]
    return [0, 1].flatMap((stream) => {
      const [start, end] = [firstOf(stream, length), lastOf(stream, length)]
      return start === undefined || end === undefined ? [] : [{ stream, start, end: end + 1 }]
    })
  }
  const firstOf = (stream: number, length: number): number | undefined => {
    for (let back = length; back > 0; back--) if (isOf(stream, back)) return offsetAt(back)
    return undefined
  }
  const lastOf = (stream: number, length: number): number | undefined => {
    for (let back = 1; back <= length; back++) if (isOf(stream, back)) return offsetAt(back)
    return undefined
  }

  const found = (): Found[] => {
    const all: Found[] = []
    for (let at = state; automaton.pattern(at) !== -1; at = automaton.shorter(at)) {
      const form = forms[automaton.pattern(at)] as Form
      const { bytes, isBordered } = form
      // What is all on one stream is found on that stream's own track.
      if (isJoint && (isBordered || count - bytes.length >= changedAt)) continue
      const begins = !isBordered || !isWord(bytes[0] as number) || followsWord[ring(bytes.length)] === 0
      const mustEnd = isBordered && isWord(bytes.at(-1) as number)
      if (begins) all.push({ form, ranges: rangesOf(bytes.length), mustEnd })
      if (!isBordered) break // what is shorter lies within it
    }
    return all
  }
  const take = (stream: number, byte: number, offset: number): readonly Found[] => {
    state = automaton.step(state, byte)
    if (state === 0) return NOTHING
    places[count % longest] = offset * 2 + stream
    followsWord[count % longest] = afterWord ? 1 : 0
    if (stream !== lastStream) changedAt = count
    lastStream = stream
    count += 1
    return automaton.pattern(state) === -1 ? NOTHING : found()
  }

  return {
    feed(stream, bytes, offset) {
      const all: Found[] = []
      for (let index = 0; index < bytes.length; index++) {
        const byte = bytes[index] as number
        const kind = isTransparent(byte) ? 'sequence' : role(byte)
        if (kind === 'broken') state = 0
        if (kind === 'text') for (const one of take(stream, byte, offset + index)) all.push(one)
        afterWord = kind === 'text' && isWord(byte)
      }
      return all
    },
    heldFrom: (stream) => firstOf(stream, automaton.depth(state)),
    reset: () => {
      state = 0
    },
  }
}

const NOTHING: readonly Found[] = []
