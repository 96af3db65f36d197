const CLASSES: Readonly<Record<string, string>> = {
  W: 'A-Za-z0-9',
  U: 'A-Za-z0-9_-',
  H: '0-9a-f',
  L: 'a-z0-9',
  C: 'A-Z0-9',
  X: '0-9A-Fa-f',
  B: 'A-Za-z0-9+/',
}

/**
 * A pattern as the tables of tokens write it. W is a letter or digit, U also `_` and `-`, B also `+` and `/`; H is a lower-case hexadecimal digit,
 * X any; L a lower-case letter or digit, C an upper-case one or digit; UUID what it says. They are read so before `{`, `*` and `)`, and as the
 * first of a class: `H{8}` → `[0-9a-f]{8}`, `[U.]{20}` → `[A-Za-z0-9_.-]{20}`. `(@…)` is the secret in what was found.
 */
export function expanded(pattern: string): string {
  return pattern
    .replaceAll('UUID', 'H{8}-H{4}-H{4}-H{4}-H{12}')
    .replaceAll('(@', '(?<bare>')
    .replace(
      /\[([WUHLCXB])(?!-[A-Z])([^\]]*)\]|(?<![A-Za-z\\])([WUHLCXB])(?=[{*)])/g,
      (_, first: string | undefined, others = '', alone = '') => classOf(first ?? alone, others),
    )
}

/** The dash goes last, where it means itself. */
function classOf(letter: string, others: string): string {
  const all = (CLASSES[letter] ?? '') + others
  const signs = all.replace(/_-|-$/g, (dash) => dash.slice(0, -1))
  return `[${signs}${signs === all ? '' : '-'}]`
}
