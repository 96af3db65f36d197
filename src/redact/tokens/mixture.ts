/** No example (`xxxxxxxx`, `your-token-here`, `…EXAMPLE`): it has digits or both kinds of letters, and not always the same. */
export function isRandom(text: string): boolean {
  if (!/\d/.test(text) && !(/[a-z]/.test(text) && /[A-Z]/.test(text))) return false
  return new Set(text.slice(0, 40)).size >= 6 && !isExample(text)
}

/** As the documentation of AWS writes its keys. */
const isExample = (text: string): boolean => /EXAMPLE(?:KEY)?$/.test(text)

/** Digits and letters, so that no row of figures and no row of words is taken for a key. */
export const isMixed = (text: string): boolean => /\d/.test(text) && /[A-Za-z]/.test(text) && new Set(text).size >= 7

/** The same with both kinds of letters. */
export const isMixedCase = (text: string): boolean => isMixed(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)
