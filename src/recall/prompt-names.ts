/** Which names of hosts, services and people a prompt holds. Pure; the same in the hook and on the server. */

/** Names of more words are not found. */
const MOST_WORDS = 5
const SHORTEST = 3
/** Of letters alone. */
const SHORTEST_WORD = 4

/** Things are called so, and so is what everybody talks of: a prompt with such a word names nothing. */
const EVERYDAY: ReadonlySet<string> = new Set(
  `access admin application archive backup backups billing business client clients cloud company computer contact core data database default
  desktop directory domain email exchange file files firewall gateway general global guest home host hosting infra infrastructure internal
  internet intranet laptop local localhost login mail main manager master monitoring network office online other phone phones portal primary
  print printer printers printing production proxy public remote root router scanner secondary security server servers service services
  shared sharepoint site software staging storage support switch system systems teams test testing user users virtual voip website webserver
  wifi windows wireless workstation`.split(/\s+/),
)

/** A name as it is compared: words in lower case, one space between them; empty for one that would be found in prompts that do not mean it. */
export function tellingName(name: string): string {
  const words = wordsIn(name)
  const [only = ''] = words
  if (words.length > MOST_WORDS || words.join('').length < SHORTEST) return ''
  if (words.length === 1 && /^\p{L}+$/u.test(only) && (only.length < SHORTEST_WORD || EVERYDAY.has(only))) return ''
  if (words.every((word) => EVERYDAY.has(word))) return ''
  return words.join(' ')
}

/** The names among `names` (as `tellingName` gives them) that the prompt holds as whole words. */
export function mentioned(prompt: string, names: Iterable<string>): Set<string> {
  const words = wordsIn(prompt)
  const held = new Set<string>()
  for (const [start, first] of words.entries()) {
    // `srv-old.dataforth.local` names srv-old, an address names only itself.
    const [label = ''] = first.split('.')
    if (label !== first && !/^\d+$/.test(label) && !first.includes('@')) held.add(label)
    for (let count = 1; count <= MOST_WORDS && start + count <= words.length; count++)
      held.add(words.slice(start, start + count).join(' '))
  }
  const found = new Set<string>()
  for (const name of names) if (held.has(name)) found.add(name)
  return found
}

/** Letters and digits, and what joins them to a name: `srv-old`, `10.0.0.9`, `ana@dataforth.com`. */
const wordsIn = (text: string): string[] => text.toLowerCase().match(WORD) ?? []
const WORD = /[\p{L}\p{N}]+(?:[._@-]+[\p{L}\p{N}]+)*/gu
