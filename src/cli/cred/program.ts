import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, extname, isAbsolute, join, relative, resolve } from 'node:path'
import { EXIT, Failure, usage } from '../output.ts'

/** Where systems and package managers put programs: one there is not the project's own, wherever the project lies. */
const SYSTEM = [
  '/bin',
  '/sbin',
  '/usr',
  '/opt',
  '/nix',
  '/snap',
  '/Applications',
  '/System',
  'C:\\Windows',
  'C:\\Program Files',
]
const TEMPORARY = ['/tmp', '/var/tmp', '/dev/shm']

/**
 * The file that would run, with links followed.
 *
 * @param isForModel then it may lie neither in the working folder nor among temporary files, where the model can write
 * @throws Failure when there is none, or it may not run
 */
export function findProgram(
  name: string,
  { environment, cwd, isForModel }: { environment: NodeJS.ProcessEnv; cwd: string; isForModel: boolean },
): string {
  const found = /[\\/]/.test(name) ? asNamed(resolve(cwd, name)) : onPath(name, environment)
  if (found === undefined) throw usage(`There is no program "${name}" on the PATH. Check its name, or install it.`)
  if (/^\.(?:cmd|bat|ps1)$/i.test(extname(found)))
    throw usage(
      `${found} is a script that needs a shell, which would show it the secret. Name the program that it starts.`,
    )
  if (isForModel && lies(found, cwd))
    throw new Failure(
      EXIT.notAllowed,
      `${found} lies in the working folder or among temporary files, so it gets no secret from Claude. Use an installed program, or ask the user to run it themselves.`,
    )
  return found
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const path = environment.PATH ?? environment.Path ?? ''
  // An empty or relative entry means the working folder.
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder))
  const endings = process.platform === 'win32' && extname(name) === '' ? ['.exe', '.com', '.cmd', '.bat'] : ['']
  for (const folder of folders) {
    for (const ending of endings) {
      const found = asNamed(join(folder, name + ending))
      if (found !== undefined) return found
    }
  }
  return undefined
}

function asNamed(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile() ? realpathSync(path) : undefined
  } catch {
    return undefined // Not there, or not to be run: the next folder of the PATH may have it.
  }
}

function lies(file: string, cwd: string): boolean {
  if ([tmpdir(), ...TEMPORARY].some((folder) => isInside(file, folder))) return true
  return isInside(file, cwd) && !SYSTEM.some((folder) => isInside(file, folder))
}

function isInside(file: string, folder: string): boolean {
  const way = relative(real(folder), file)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder // Not there: nothing lies in it.
  }
}
