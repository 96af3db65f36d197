import { homedir, hostname, userInfo } from 'node:os'

/** What makes a machine itself for us: the same person on the same computer. */
export interface Identity {
  hostname: string
  username: string
  platform: string
  home: string
}

/** Who and where this process is. An account without a name (some containers) counts by its number. */
export function readIdentity(): Identity {
  return { hostname: hostname(), username: readUsername(), platform: process.platform, home: homedir() }
}

/** The machine's fingerprint: SHA-256 in lower-case hex of `hostname|username|platform|home`. */
export function fingerprintOf({ hostname, username, platform, home }: Identity): string {
  // Loaded here: every hook has this file, few ask.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update([hostname, username, platform, home].join('|')).digest('hex')
}

function readUsername(): string {
  try {
    return userInfo().username
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}` // The account is not in the system's list of users.
  }
}
