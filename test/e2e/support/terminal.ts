import type { Finished, Running } from './processes.ts'

/** Columns and rows of the pseudo-terminal: wide enough that the client does not break what tests look for. */
const SIZE = { columns: 160, rows: 50 }

/** How long the screen must stand still before the client is taken to wait for keys. */
const STILL_MS = 700

/** What the client draws where it takes keys: before its input line and before the chosen line of a menu. */
const PROMPT = '❯'

/** An interactive client on a pseudo-terminal. The screen is compared without spaces, since the client moves the cursor instead of printing them. */
export interface Terminal {
  /** Resolves when `text` has appeared since the last keys; rejects after `timeoutMs` with what the screen showed. */
  sees(text: string, timeoutMs?: number): Promise<void>
  /** Types when the screen stands still. */
  types(text: string): Promise<void>
  /** Presses keys at once, while the client works and its screen moves. */
  presses(keys: string): void
  /** Types and presses Enter. */
  enters(text: string): Promise<void>
  /** All that was shown since the start, without control sequences. */
  screen(): string
  /** Closes the window: the client gets SIGHUP, as when a terminal program is quit. */
  close(): Promise<void>
  readonly finished: Promise<Finished>
}

/** The command that runs `command` on a pseudo-terminal. It is util-linux's `script`, so that tests need no native module. */
export function onTerminal(command: readonly string[]): string[] {
  const line = `stty rows ${SIZE.rows} cols ${SIZE.columns}; exec ${command.map(quoted).join(' ')}`
  return ['script', '--quiet', '--flush', '--return', '--command', line, '/dev/null']
}

/** Drives a program started with `onTerminal`. */
export function driveTerminal(running: Running): Terminal {
  let shown = ''
  let seenUpTo = 0
  let changedAt = Date.now()
  running.onOutput((piece) => {
    shown += piece
    changedAt = Date.now()
    // The client asks the terminal what it is and waits for an answer.
    if (ASKS_WHO.test(piece)) running.write('\x1b[?62c')
  })
  // Keys sent before the prompt is there, or before the last keys have been drawn, are lost or taken for one paste.
  const takesKeys = () => shown.includes(PROMPT) && shown.length > seenUpTo && Date.now() - changedAt > STILL_MS
  const press = async (keys: string) => {
    await until(takesKeys, 30_000, () => `The client never waits for keys. It shows:\n${tail(shown)}`)
    seenUpTo = shown.length
    running.write(keys)
  }
  return {
    finished: running.finished,
    screen: () => withoutControls(shown),
    sees: (text, timeoutMs = 30_000) =>
      until(
        () => bare(shown.slice(seenUpTo)).includes(bare(text)),
        timeoutMs,
        () => `The screen never shows "${text}". It shows:\n${tail(shown)}`,
      ),
    types: press,
    presses: (keys) => {
      seenUpTo = shown.length
      running.write(keys)
    },
    async enters(text) {
      await press(text)
      await press('\r')
    },
    async close() {
      await running.kill('SIGKILL')
    },
  }
}

async function until(condition: () => boolean, timeoutMs: number, message: () => string): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(message())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these expressions describe a terminal's control sequences
const ASKS_WHO = /\x1b\[(?:c|0c|>c|>0c|>0q)/
const CONTROLS =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[()][0-9A-B]|[=>78cDEHM])/g
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: ends the range above

const withoutControls = (shown: string) => shown.replaceAll(CONTROLS, ' ')
const bare = (text: string) => withoutControls(text).replaceAll(/\s+/g, '')
const tail = (shown: string) =>
  withoutControls(shown)
    .replaceAll(/[ \t]+/g, ' ')
    .slice(-2000)
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`
