import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A commit of SQLite survives a power cut once its log is on the disk, and to wait for the disk takes longer than most requests. Instead of
 * waiting itself with each commit, SQLite only writes (`synchronous = NORMAL`), and before a request is answered the log is brought to the
 * disk here: one wait for all who wrote meanwhile.
 */
export interface LogSync {
  /** Something is being committed. */
  wrote(): void
  /** Resolves when all that was committed until now survives a power cut. @throws what the disk said */
  settled(): Promise<void>
  /** Resolves when nothing is being brought to the disk. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** @param logPath SQLite's write-ahead log: the database's path with `-wal` */
export function createLogSync(logPath: string): LogSync {
  let log: FileHandle | undefined
  let written = 0
  let safe = 0
  let syncing: Promise<void> | undefined

  async function sync(): Promise<void> {
    // What is committed from here on may miss this one.
    const covered = written
    log ??= await openLog(logPath)
    await log.datasync()
    safe = covered
  }

  return {
    wrote: () => void written++,
    async settled() {
      const wanted = written
      while (safe < wanted) {
        syncing ??= sync().finally(() => {
          syncing = undefined
        })
        await syncing
      }
    },
    idle: async () => syncing?.catch(() => undefined),
    close: async () => log?.close(),
  }
}

async function openLog(path: string): Promise<FileHandle> {
  const log = await open(path, 'r+')
  // The log may be new: its name must survive as well. Windows has no such thing.
  if (process.platform !== 'win32') {
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
  }
  return log
}
