import { closeSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCode, FILE_MODE, makeFolder } from '../durable.ts'
import { fileName } from '../sessions.ts'
import type { Paths } from '../settings.ts'

/**
 * Is it this process that tells the user? A notice is shown once per session, however many hooks meet the same trouble at the same time:
 * who makes the marker file says it. Where MSP_HOME cannot be written the marker goes to the system's temporary folder; where not even
 * that can be written nobody says anything, because the alternative is a line at every step.
 */
export function claimNotice(paths: Paths | undefined, sessionId: string, notice: string): boolean {
  const name = `${fileName(sessionId)}.${notice}`
  const folders = [
    ...(paths ? [join(paths.cache, 'notices')] : []),
    join(tmpdir(), `claudetools-${process.getuid?.() ?? 'notices'}`),
  ]
  for (const folder of folders) {
    const made = makeMarker(folder, name)
    if (made !== 'impossible') return made === 'made'
  }
  return false
}

function makeMarker(folder: string, name: string): 'made' | 'exists' | 'impossible' {
  try {
    makeFolder(folder)
    closeSync(openSync(join(folder, name), 'wx', FILE_MODE))
    return 'made'
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? 'exists' : 'impossible'
  }
}
