import { usage } from './output.ts'

/** Asks for a line at the terminal. @throws Failure when there is no terminal: `instead` says what to give then */
export async function ask(question: string, instead: string): Promise<string> {
  needTerminal(instead)
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true })
  return new Promise((resolve) => {
    lines.question(question, (answer) => {
      lines.close()
      resolve(answer.trim())
    })
  })
}

/** Asks for a secret: what is typed is not shown. Ctrl-C ends the program as anywhere else. */
export function askHidden(question: string, instead: string): Promise<string> {
  needTerminal(instead)
  const { stdin } = process
  stdin.setRawMode(true).setEncoding('utf8').resume()
  // Only now: what is typed ahead of the question would be shown.
  process.stderr.write(question)
  return new Promise((resolve) => {
    let typed = ''
    const take = (chunk: string) => {
      for (const key of chunk) {
        if (key === '\u0003') finish(() => process.kill(process.pid, 'SIGINT'))
        else if (key === '\r' || key === '\n' || key === '\u0004') return finish(() => resolve(typed))
        else if (key === '\u007f' || key === '\b') typed = typed.slice(0, -1)
        else typed += key
      }
    }
    const finish = (then: () => void) => {
      stdin.off('data', take).setRawMode(false).pause()
      process.stderr.write('\n')
      then()
    }
    stdin.on('data', take)
  })
}

/** Everything on stdin as text. @throws Failure at a terminal, where it would wait for ever: `instead` says how to give it */
export async function readStdin(instead: string, maxBytes = 1_000_000): Promise<string> {
  if (process.stdin.isTTY) throw usage(instead)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    bytes += (chunk as Buffer).length
    if (bytes > maxBytes) throw usage(`What comes on stdin is longer than ${maxBytes} bytes. Shorten it.`)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function needTerminal(instead: string): void {
  if (!process.stdin.isTTY) throw usage(`There is no terminal to ask at. ${instead}`)
}
