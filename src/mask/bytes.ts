/**
 * Bytes that may stand anywhere inside a secret without hiding it: line breaks, because a terminal or `base64` wraps at any column, and
 * NUL, because UTF-16 has one beside every Latin letter.
 */
export const isTransparent = (byte: number): boolean => byte === 0 || byte === 10 || byte === 13

/** Letters, digits, `_`, and every part of a character beyond ASCII: between two of them there is no border of a token. */
export const isWord = (byte: number): boolean => WORD[byte] === 1

const WORD = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || /[A-Za-z0-9_]/.test(String.fromCharCode(byte)) ? 1 : 0,
)
