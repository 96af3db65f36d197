import { hash } from 'node:crypto'

/** SHA-256 of a text, letter case, width and spaces ignored. Of a text without its secrets: who has the hash can try guesses. */
export const contentHash = (text: string): string =>
  hash('sha256', text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
