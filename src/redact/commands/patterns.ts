/** What `~x` means in a pattern; `~w` is one space, `~s` and `~S` a few, `~e` the end of the line. `§` is the backtick. */
const PARTS: Readonly<Record<string, string>> = {
  // A text in quotes, or a variable, as an argument with its comma.
  a: String.raw`(?:"[^"\r\n]{0,120}"|'[^'\r\n]{0,120}'|\$[\w.:]{1,60})[ \t]{0,4},[ \t]{0,4}`,
  q: String.raw`(?<q>["'])(?<quoted>[^"'\r\n]{1,300})\k<q>`,
  b: String.raw`["']?(?<bare>[^\s"'§};|&<>()$%][^\s"'§};|&<>]{0,300})`,
  // A text in SQL; in a shell its quotes may be escaped.
  t: String.raw`\(?[NE]?\\{0,3}(?<q>['"])(?<quoted>(?:(?!\k<q>)[^\r\n\\]|\k<q>\k<q>){1,400})`,
  g: String.raw`\s{1,20}`,
  s: String.raw`[ \t]{0,4}`,
  S: String.raw`[ \t]{1,4}`,
  l: '[^\\r\\n]',
  w: String.raw`[ \t]`,
  e: String.raw`[ \t]{0,4}(?:$|\r?\n)`,
}

const made = new Map<string, RegExp>()

/** Makes a pattern of a text when it is needed: a literal is parsed even where it never runs. */
export function patternOf(source: string): RegExp {
  let pattern = made.get(source)
  if (!pattern) {
    pattern = new RegExp(expanded(source), 'dgi')
    made.set(source, pattern)
  }
  return pattern
}

export const expanded = (source: string): string =>
  source.replace(/~(\w)/g, (_, part: string) => PARTS[part] ?? '').replaceAll('§', '`')
