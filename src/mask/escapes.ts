/** Longest sequence for a terminal that is passed over, in bytes. What is longer is text that only looks like one. */
const MAX_BYTES = 4_096

const ESC = 0x1b
const BEL = 0x07

/** What one byte is to a terminal: text, part of a sequence, or the byte at which a sequence turns out to be none. */
export type Role = 'text' | 'sequence' | 'broken'

/** Tells the sequences of a terminal (colours, cursor, titles, links; ECMA-48) from its text, byte by byte. */
export function createEscapes(): (byte: number) => Role {
  let state: 'text' | 'escape' | 'control' | 'string' | 'string end' = 'text'
  let bytes = 0
  const next = (byte: number): typeof state | 'broken' => {
    switch (state) {
      case 'text':
        return 'text'
      case 'escape':
        if (byte === 0x5b) return 'control'
        if (byte === 0x5d || byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) return 'string'
        return byte >= 0x20 && byte <= 0x2f ? 'escape' : byte >= 0x30 && byte <= 0x7e ? 'text' : 'broken'
      case 'control':
        return byte >= 0x20 && byte <= 0x3f ? 'control' : byte >= 0x40 && byte <= 0x7e ? 'text' : 'broken'
      default:
        return byte === BEL || (state === 'string end' && byte === 0x5c) ? 'text' : 'string'
    }
  }
  return (byte) => {
    const isString = state === 'string' || state === 'string end'
    if (byte === ESC) {
      bytes = state === 'text' ? 1 : bytes + 1
      state = isString ? 'string end' : 'escape'
    } else if (state === 'text') {
      return 'text'
    } else {
      const following = next(byte)
      bytes += 1
      state = following === 'broken' ? 'text' : following
      if (following === 'broken') return 'broken'
    }
    if (bytes <= MAX_BYTES) return 'sequence'
    state = 'text'
    return 'broken'
  }
}
