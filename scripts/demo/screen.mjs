const isColoured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR
const colour = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text)
const bold = colour(1)
const dim = colour(2)
const green = colour(32)
const red = colour(31)
const cyan = colour(36)

const WIDTH = 120

/** A new part of the story. */
export const heading = (text) => console.log(`\n${bold(`── ${text} `.padEnd(WIDTH, '─'))}`)

/** A sentence of the narrator. */
export const tell = (text) => console.log(dim(text))

/** What a technician types into Claude Code. */
export const typed = (text) => console.log(`${cyan('>')} ${text}`)

/** What they see: indented, wrapped at words. */
export function shown(text) {
  for (const line of text.trimEnd().split('\n')) for (const part of wrapped(line)) console.log(`  ${part}`)
}

function wrapped(line) {
  const parts = line.match(new RegExp(`.{1,${WIDTH}}(?:\\s+|$)|\\S+`, 'g')) ?? ['']
  return parts.map((part, index) => (index === 0 ? part : `    ${part}`).trimEnd())
}

/** A tool call of Claude and how it ended. */
export function ran(what, outcome, isGood = true) {
  console.log(`  $ ${what}`)
  console.log(`    ${isGood ? green('✓') : red('✗')} ${outcome}`)
}

/** A claim about the story, and whether it holds. */
export const checked = (isTrue, text) => console.log(`${isTrue ? green('✓') : red('✗')} ${text}`)
