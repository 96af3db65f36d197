import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Download, download } from '../api/download.ts'
import { createTokenStore } from '../api/tokens.ts'
import { errorCode, FILE_MODE, renameOver, syncFolder } from '../durable.ts'
import type { Format } from './export.ts'
import { counted } from './layout.ts'
import { EXIT, Failure } from './output.ts'
import { createProgress, type Progress } from './progress.ts'
import type { World } from './world.ts'

export interface Wanted {
  path: string
  format: Format
  /** Nothing: stdout. */
  file: string | undefined
  force: boolean
  what: string
}

/** @throws Failure when the file is there already or cannot be written, or when the export breaks off */
export async function exportTo(world: World, wanted: Wanted): Promise<void> {
  const { file, force, what } = wanted
  if (file !== undefined) refuseToReplace(file, force)
  const { apiUrl: url, paths } = world.settings
  const tokens = createTokenStore({ auth: paths.auth, url, transport: world.transport, keychain: world.keychain })
  const coming = await download({ url, tokens }, wanted.path)
  const progress = createProgress(coming.total)
  const rows = rowCounter(wanted.format)
  try {
    if (file === undefined) await take(coming, rows, progress, process.stdout)
    else await writeWhole(file, force, (part) => take(coming, rows, progress, part))
  } finally {
    progress.end()
  }
  if (file !== undefined)
    world.output.show(
      { entity: what, rows: rows.count(), file },
      `✓ ${counted(rows.count(), 'row')} of ${what} in ${file}`,
    )
}

function refuseToReplace(file: string, force: boolean): void {
  if (!force && existsSync(file))
    throw new Failure(EXIT.failed, `${file} is there already. Give another name, or --force to replace it.`)
}

/** Beside the file until it is whole: nobody finds the half of an export under its name. */
async function writeWhole(file: string, force: boolean, write: (part: Writable) => Promise<void>): Promise<void> {
  const part = `${file}.part`
  try {
    await write(createWriteStream(part, { mode: FILE_MODE, flush: true }))
    refuseToReplace(file, force)
    renameOver(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    if (errorCode(error) === '' || error instanceof Failure) throw error
    throw new Failure(
      EXIT.failed,
      `${file} cannot be written (${errorCode(error)}). Choose a folder that you may write to.`,
    )
  }
}

async function take({ body }: Download, rows: RowCounter, progress: Progress, to: Writable): Promise<void> {
  async function* counting() {
    for await (const chunk of whole(body)) {
      rows.take(chunk)
      progress.at(rows.count())
      yield chunk
    }
  }
  await pipeline(counting, to, { end: to !== process.stdout })
}

/** A connection that breaks in the middle is a failure, whatever came until then. */
async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new Failure(
      EXIT.unreachable,
      `The export broke off before its end (${errorCode(cause) || (cause as Error).message}); nothing was kept of it. Try again, or see the server's log.`,
    )
  }
}

interface RowCounter {
  take(chunk: Uint8Array): void
  count(): number
}

const LINE_FEED = 0x0a
const QUOTE = 0x22

/** Rows by their line ends, while they pass. Of CSV the header is none, nor a line end in quotes; of JSON the brackets' lines are none. */
export function rowCounter(format: Format): RowCounter {
  let lines = 0
  let quoted = false
  const notRows = { csv: 1, json: 2, ndjson: 0 }[format]
  return {
    take(chunk) {
      for (const byte of chunk) {
        if (format === 'csv' && byte === QUOTE) quoted = !quoted
        else if (byte === LINE_FEED && !quoted) lines++
      }
    },
    count: () => Math.max(0, lines - notRows),
  }
}
