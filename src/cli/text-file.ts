export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A text as spreadsheets save it: by its byte order mark, else UTF-8, else what Windows saves without being asked. */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const encoding = markOf(bytes) ?? wideWithoutMark(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function markOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Text has no NUL; UTF-16 of Latin text has one in every other byte. */
function wideWithoutMark(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, 1_000)
  const zeros = (odd: number) => sample.filter((byte, at) => at % 2 === odd && byte === 0).length
  const half = sample.length / 4
  if (zeros(1) > half && zeros(0) < half) return 'utf-16le'
  return zeros(0) > half && zeros(1) < half ? 'utf-16be' : undefined
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false // The caller reads it as something else.
  }
}
