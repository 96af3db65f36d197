import { createInterface } from 'node:readline'

/** May questions be asked? Only of a person who can answer. */
export const isTerminal = () => Boolean(process.stdin.isTTY && process.stdout.isTTY)

/** One step of the start: ✓ done or in order, – left out, ✗ wrong. */
export function step(mark, name, text) {
  console.log(`${mark} ${name.padEnd(10)} ${text}`)
}

/** Shows that something goes on: a dot each half second on a terminal, nothing elsewhere. @returns a function that ends it. */
export function dots(what) {
  if (!process.stderr.isTTY) return () => undefined
  process.stderr.write(what)
  const timer = setInterval(() => process.stderr.write('.'), 500)
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\u001b[2K')
  }
}

/** Asks for yes or no at the terminal; anything but yes is no. */
export function askYes(question) {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  return new Promise((resolve) => {
    lines.once('close', () => resolve(false)) // Ctrl-D and Ctrl-C; after an answer it changes nothing any more.
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^\s*y(es)?\s*$/i.test(answer))
      lines.close()
    })
  })
}
