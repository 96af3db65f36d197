import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ApiError } from '../../api/errors.ts'
import { errorCode, FILE_MODE, renameOver, syncFolder } from '../../durable.ts'
import { EXIT, Failure } from '../output.ts'

/** @throws Failure for a file that is there, unless it may be replaced */
export function refuseToReplace(file: string, force: boolean): void {
  if (!force && existsSync(file))
    throw new Failure(EXIT.failed, `${file} is there already. Give another name, or --force to replace it.`)
}

/**
 * Writes parts as they come, to a file or stdout; of a file nothing is there under its name until all is.
 *
 * @throws Failure when it cannot be written
 */
export async function writeParts(
  parts: AsyncIterable<string>,
  file: string | undefined,
  force: boolean,
): Promise<void> {
  if (file === undefined) return pipeline(parts, process.stdout, { end: false })
  const part = `${file}.part`
  try {
    await pipeline(parts, createWriteStream(part, { mode: FILE_MODE, flush: true }))
    refuseToReplace(file, force)
    renameOver(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    if (errorCode(error) === '' || error instanceof Failure || error instanceof ApiError) throw error
    throw new Failure(
      EXIT.failed,
      `${file} cannot be written (${errorCode(error)}). Choose a folder that you may write to.`,
    )
  }
}
