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
  const programs = simpleCommands(command).map(programOf)
  return programs.includes('msp') && programs.every((program) => program === 'msp' || BESIDE.has(program))
}

/** The parts of a command line between `&&`, `||`, `;`, `|`, `&` and line ends. Text in quotes is not looked into. */
function simpleCommands(command: string): string[] {
  const parts: string[] = []
  let part = ''
  let quote = ''
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at)
    if (character === '\\' && quote !== "'") {
      part += character + command.charAt(++at)
    } else if (quote === '' && /[;|&\n]/.test(character)) {
      parts.push(part)
      part = ''
    } else {
      if (quote === character) quote = ''
      else if (quote === '' && (character === '"' || character === "'")) quote = character
      part += character
    }
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '')
}

/** The name of the program without its folder and ending; `node …/msp.cjs` is `msp`. */
function programOf(command: string): string {
  const words = command.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'])+/g) ?? []
  const named = words.filter((_, index) => !isAssignment(words, index)).map(bareName)
  return named[0] === 'node' && named[1] === 'msp' ? 'msp' : (named[0] ?? '')
}

/** `NAME=value` before the program. */
function isAssignment(words: readonly string[], index: number): boolean {
  return words.slice(0, index + 1).every((word) => /^[A-Za-z_]\w*=/.test(word))
}

function bareName(word: string): string {
  const path = word.replace(/["']/g, '')
  const name = path.split(/[/\\]/).pop() ?? path
  return name.replace(/\.(cmd|cjs|exe|ps1)$/i, '')
}
