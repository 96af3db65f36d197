import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from './api/client.ts'
import { ApiError, type ApiErrorCode } from './api/errors.ts'
import { writeCacheFile } from './durable.ts'
import { fileName } from './sessions.ts'
import type { Paths } from './settings.ts'

/**
 * The names of a client's hosts, services and contacts on this machine, one a line, under `MSP_HOME/cache/names`: a prompt that holds none of them
 * and tells of no error is never sent anywhere. They decide only whether the server is asked, so whoever changes the file makes us ask
 * too often or too seldom, and no more.
 */
export function readNames(paths: Paths, clientId: string): string[] {
  try {
    return readFileSync(pathOf(paths, clientId), 'utf8').split('\n').filter(Boolean)
  } catch {
    return [] // not fetched yet, or damaged: nothing is asked for a name's sake
  }
}

/** Names change seldom; a host that was added today may wait so long. */
const FRESH_MS = 15 * 60_000

/** Should the server be asked again? By the file's time alone, for hooks. */
export function areNamesOld(paths: Paths, clientId: string | null, now: number): boolean {
  if (clientId === null) return false
  const writtenMs = statSync(pathOf(paths, clientId), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return !(now - writtenMs >= 0 && now - writtenMs < FRESH_MS)
}

/** Who may not see them any more does not keep them either. */
const REFUSALS: ReadonlySet<ApiErrorCode> = new Set(['FORBIDDEN', 'NOT_FOUND'])

/**
 * Fetches the names of a client where that was last done a while ago. Without a server all stays as it is.
 *
 * @throws the system's error when they cannot be written
 */
export async function refreshNames(
  { paths }: { paths: Paths },
  api: Pick<Api, 'contextRecalls'>,
  clientId: string | null,
  { now, deadlineMs }: { now: Date; deadlineMs: number },
): Promise<void> {
  if (clientId === null || !areNamesOld(paths, clientId, now.getTime())) return
  try {
    const { names } = await api.contextRecalls.names({ client_id: clientId }, { deadlineMs })
    writeCacheFile(pathOf(paths, clientId), `${names.filter((name) => !name.includes('\n')).join('\n')}\n`)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (REFUSALS.has(error.code)) rmSync(pathOf(paths, clientId), { force: true })
  }
}

const pathOf = (paths: Paths, clientId: string): string => join(paths.cache, 'names', fileName(clientId))
