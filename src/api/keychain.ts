import { join } from 'node:path'
import type { Preferences } from '../settings.ts'

/**
 * The keychain of the system: Credential Manager, Keychain, Secret Service. What a login needs to go on for a month lies there where there is
 * one; a hook never asks it, because the access token of the hour lies in a file.
 */
export interface Keychain {
  /** Somebody chose files instead. */
  readonly isOff: boolean
  /** The secrets of these names; null where there is none. @throws KeychainError */
  read(names: readonly string[]): Promise<(string | null)[]>
  /** Keeps one secret and forgets others, in this order. @throws KeychainError */
  change(change: { set?: NamedSecret; remove?: readonly string[] }): Promise<void>
}

export interface NamedSecret {
  name: string
  secret: string
}

/** What goes to `keychain.cjs`, and what comes back. */
export interface KeychainRequest {
  set?: readonly NamedSecret[]
  remove?: readonly string[]
  read?: readonly string[]
}
export type KeychainAnswer = { read: (string | null)[] } | { error: string }

/** The keychain cannot be used. The message completes "the keychain …". */
export class KeychainError extends Error {
  override readonly name = 'KeychainError'
}

declare const __dirname: string | undefined

/** A keychain that asks its user something answers later than this, or never. */
const LIMIT_MS = 2_000

/**
 * The keychain that the settings choose: `MSP_KEYCHAIN` or the preference `auth.keychain`, each `auto` (the default) or `off`.
 */
export function keychainFor(
  { preferences }: { preferences: Preferences },
  environment: NodeJS.ProcessEnv = process.env,
): Keychain {
  if (environment.MSP_KEYCHAIN === 'off') return noKeychain('is switched off by MSP_KEYCHAIN')
  if (preferences['auth.keychain'] === 'off') return noKeychain('is switched off by the preference auth.keychain')
  // Run from the sources, as tests are, there is no addon beside the program.
  if (typeof __dirname === 'undefined') return noKeychain('is only used by what was built')
  return systemKeychain(join(__dirname, 'keychain.cjs'))
}

/** No keychain, by choice. @param why completes "the keychain …" */
export function noKeychain(why: string): Keychain {
  const refuse = () => Promise.reject(new KeychainError(why))
  return { isOff: true, read: refuse, change: refuse }
}

/**
 * The keychain behind a program that speaks to it; it is started for each request and ended when it does not answer.
 *
 * @param limitMs milliseconds for one request
 */
export function systemKeychain(program: string, limitMs = LIMIT_MS): Keychain {
  const request = (asked: KeychainRequest) => run(program, asked, limitMs)
  return {
    isOff: false,
    read: (names) => request({ read: names }),
    change: async ({ set, remove = [] }) => {
      await request({ set: set ? [set] : [], remove })
    },
  }
}

async function run(program: string, request: KeychainRequest, limitMs: number): Promise<(string | null)[]> {
  const { execFile } = await import('node:child_process')
  const output = await new Promise<string>((resolve, reject) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL', windowsHide: true } as const
    const child = execFile(process.execPath, [program], options, (error, stdout) => {
      if (!error) resolve(stdout)
      else if (error.killed) reject(new KeychainError(`did not answer within ${limitMs / 1_000} s; it may be locked`))
      else reject(new KeychainError(`cannot be reached (its program ended with ${error.signal ?? error.code})`))
    })
    // What it is asked contains secrets, so it comes this way and not as an argument. A program that has ended does not read it.
    child.stdin?.on('error', () => undefined).end(JSON.stringify(request))
  })
  const answer = parsed(output)
  if ('error' in answer) throw new KeychainError(`cannot be used here (${answer.error})`)
  return answer.read
}

function parsed(output: string): KeychainAnswer {
  try {
    return JSON.parse(output) as KeychainAnswer
  } catch {
    return { error: 'its program answered nothing that can be read' }
  }
}
