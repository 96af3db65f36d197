/** A vocabulary that is looked up, not searched for: a pattern of so many words costs a fresh process a millisecond to compile. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** The letters of European languages, for a class of a pattern: `\\p{L}` and its flag are dear to compile too. */
export const LETTER = 'A-Za-z\xaa\xb5\xba\xc0-\u024f\u0300-\u1fff'
