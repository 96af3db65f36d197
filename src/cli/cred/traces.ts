import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FILE_MODE } from '../../durable.ts'
import { isRunning } from '../../processes.ts'

/**
 * What a command leaves on this machine while it runs, and takes away whatever ends it: files with secrets, an agent for keys. `remove` is
 * synchronous, so that it can run while the process exits.
 */
export interface Traces {
  /** A folder that only its owner can enter, in memory where the system has such a place. */
  folder(): string
  /** A file with a secret. @returns its path */
  file(text: string): string
  /** Run before the folder goes. */
  also(undo: () => void): void
  remove(): void
}

const PREFIX = 'msp-cred-'
const OLD_MS = 10 * 60_000

export function createTraces(): Traces {
  const place = placeForSecrets()
  sweep(place)
  const undo: (() => void)[] = []
  const files: string[] = []
  let folder: string | undefined
  const made = () => (folder ??= mkdtempSync(join(place, `${PREFIX}${process.pid}-`)))
  const traces: Traces = {
    folder: made,
    file: (text) => {
      const path = join(made(), `secret-${files.length}`)
      files.push(path)
      write(path, Buffer.from(text), 'wx')
      return path
    },
    also: (one) => {
      undo.push(one)
    },
    remove: () => {
      for (const one of undo.splice(0)) one()
      for (const path of files.splice(0)) wipe(path)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  }
  return traces
}

/** Memory on Linux; elsewhere the user's own folder for temporary files. */
const placeForSecrets = (): string => (process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir())

function write(path: string, bytes: Uint8Array, flag: 'wx' | 'r+'): void {
  const fd = openSync(path, flag, FILE_MODE)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    if (flag === 'r+') fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function wipe(path: string): void {
  try {
    write(path, Buffer.alloc(statSync(path).size), 'r+')
  } catch {
    // The program has removed it, or the disk is failing: removing the folder is all that is left to do.
  }
}

/** Removes what a killed command has left. */
function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = Number(/^msp-cred-(\d+)-/.exec(name)?.[1])
    if (!pid || isRunning(pid)) continue
    try {
      // A container may share the place and not the process ids: a young one may be in use there.
      const path = join(place, name)
      if (Date.now() - statSync(path).mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true })
    } catch {
      // Somebody else's: theirs to remove.
    }
  }
}
