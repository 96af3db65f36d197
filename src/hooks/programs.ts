/** Commands that only prepare or show something: beside `msp` they are no work of their own. */
const BESIDE = new Set([
  'cd',
  'echo',
  'printf',
  'cat',
  'true',
  ':',
  'export',
  'set',
  'head',
  'tail',
  'grep',
  'jq',
  'sleep',
])

/**
 * Is this command only a call of our own CLI? Such calls are never recorded as work: they are how work is recorded. A command that does
 * anything else beside it is recorded.
 */
export function isOwnCommand(command: string): boolean {
  const programs = commandParts(command).map(({ text }) => programIn(text))
  return programs.includes('msp') && programs.every((program) => program === 'msp' || BESIDE.has(program))
}

/** A stretch of a command line; offsets in UTF-16 units, `end` exclusive. */
export type Part = { text: string; start: number; end: number }

/** The parts of a command line between `&&`, `||`, `;`, `|`, `&` and line ends. Text in quotes is not looked into. */
export function commandParts(command: string): Part[] {
  const parts: Part[] = []
  let start = 0
  let quote = ''
  const cut = (end: number) => {
    const text = command.slice(start, end)
    const trimmed = text.trim()
    const from = start + text.indexOf(trimmed)
    if (trimmed !== '') parts.push({ text: trimmed, start: from, end: from + trimmed.length })
    start = end + 1
  }
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at)
    if (character === '\\' && quote !== "'") at++
    else if (quote === '' && /[;|&\n]/.test(character)) cut(at)
    else if (quote === character) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
  }
  cut(command.length)
  return parts
}

/** The words of a simple command as they are written, quotes included. */
export const wordsOf = (part: string): Part[] =>
  [...part.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'])+/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }))

/** The name of the program of a simple command; `node …/msp.cjs` is `msp`. */
function programIn(part: string): string {
  const words = wordsOf(part).map(({ text }) => text)
  const named = words.filter((_, index) => !isAssignment(words, index)).map(programOf)
  return named[0] === 'node' && named[1] === 'msp' ? 'msp' : (named[0] ?? '')
}

/** `NAME=value` before the program. */
function isAssignment(words: readonly string[], index: number): boolean {
  return words.slice(0, index + 1).every((word) => /^[A-Za-z_]\w*=/.test(word))
}

/** The name of a program without its folder and ending. */
export function programOf(word: string): string {
  const path = word.replace(/["']/g, '')
  const name = path.split(/[/\\]/).pop() ?? path
  return name.replace(/\.(cmd|cjs|exe|ps1)$/i, '')
}
