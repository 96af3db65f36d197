/**
 * How one record lies in a file: `\n` + CRC-32 of the JSON in 8 hex digits + space + JSON + `\n`.
 * The newline in front keeps a torn record before it from damaging this one. JSON has no raw newline, so lines are records.
 */
export function frame(json: string): { bytes: Buffer; crc: string } {
  const body = Buffer.from(json)
  const crc = hex(crc32(body))
  return { bytes: Buffer.concat([Buffer.from(`\n${crc} `), body, NEWLINE]), crc }
}

/** What a line (without its newlines) holds, or undefined when a bit of it is wrong or missing. `bytes` is the length of the JSON. */
export function unframe(line: Buffer): { value: unknown; crc: string; bytes: number } | undefined {
  if (line.length < PREFIX_BYTES || line[PREFIX_BYTES - 1] !== SPACE) return undefined
  const crc = line.toString('latin1', 0, PREFIX_BYTES - 1)
  const body = line.subarray(PREFIX_BYTES)
  if (hex(crc32(body)) !== crc) return undefined
  try {
    return { value: JSON.parse(body.toString('utf8')), crc, bytes: body.length }
  } catch {
    return undefined // a right checksum over something that we never write: as bad as a wrong one
  }
}

/** CRC-32 (ISO 3309, as in zip) of bytes. Our own, so that a hook loads nothing but node:fs for it. */
export function crc32(bytes: Uint8Array): number {
  table ??= crcTable()
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number)
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** 8 lower-case hex digits. */
export function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}

const NEWLINE = Buffer.from('\n')
const SPACE = 0x20
const PREFIX_BYTES = 9

let table: Uint32Array | undefined

function crcTable(): Uint32Array {
  const made = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    made[byte] = crc
  }
  return made
}
