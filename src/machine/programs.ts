import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'

/** How long one program may take to answer. A hanging Docker or VPN client must not hold up the others. */
const PROBE_MS = 4_000

/**
 * What a program prints, or null when it is not there, fails or takes longer than `PROBE_MS`. Never throws: a machine without
 * the program is a fact like any other.
 */
export async function outputOf(program: string, args: readonly string[]): Promise<string | null> {
  if (findProgram(program) === null) return null
  const done = await execa(program, args, {
    reject: false,
    timeout: PROBE_MS,
    stdin: 'ignore',
    windowsHide: true,
    env: { LC_ALL: 'C' },
  })
  return done.failed ? null : done.stdout
}

/** The first version number (`5.2.15`) in what a program prints; null when it has none or is not there. */
export async function versionOf(program: string, args: readonly string[] = ['--version']): Promise<string | null> {
  const output = await outputOf(program, args)
  return output === null ? null : (/\d+(?:\.\d+)+/.exec(output)?.[0] ?? null)
}

/** The names that are programs on the PATH, in the order given. */
export function programsAmong(names: readonly string[]): string[] {
  return names.filter((name) => findProgram(name) !== null)
}

/** The path of a program, or null. Looked up in files, so that asking runs nothing. */
export function findProgram(name: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const key = Object.keys(environment).find((one) => one.toUpperCase() === 'PATH') ?? 'PATH'
  const endings = process.platform === 'win32' ? (environment.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';') : ['']
  for (const folder of (environment[key] ?? '').split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, `${name}${ending}`)
      if (isProgram(path)) return path
    }
  }
  return null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // Not there, or not for us to run: the same for whoever asks.
  }
}
