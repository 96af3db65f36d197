import { counted } from './layout.ts'

const WIDTH = 24
const FIRST_MS = 1_000
const EVERY_MS = 200

/** A bar on stderr for what takes longer than a second, at a terminal; nothing elsewhere. */
export interface Progress {
  /** @param done of the total, in rows. */
  at(done: number): void
  /** Takes the bar away again. */
  end(): void
}

export function createProgress(total: number, stderr: NodeJS.WriteStream = process.stderr, now = Date.now): Progress {
  if (stderr.isTTY !== true) return { at: () => undefined, end: () => undefined }
  let next = now() + FIRST_MS
  let shown = false
  return {
    at(done) {
      if (now() < next) return
      next = now() + EVERY_MS
      shown = true
      stderr.write(`\r${barOf(done, total)}`)
    },
    end() {
      if (shown) stderr.write('\r\u001b[K')
    },
  }
}

/** `████████░░░░  1,200 of 5,000 rows`. Rows may have been added since they were counted. */
export function barOf(done: number, total: number): string {
  const part = total === 0 ? 1 : Math.min(1, done / total)
  const full = Math.round(part * WIDTH)
  const figures = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}  ${figures} ${counted(total, 'row').replace(/^\d+ /, '')}`
}
