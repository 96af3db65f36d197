/**
 * A short code for a client: the initials of its words or its first letters, made unique by a number. Pure.
 * "Dataforth" → "DATAF", "Acme Steel Works" → "ASW", taken → "ASW2".
 */
export function codeFrom(name: string, isTaken: (code: string) => boolean): string {
  const words =
    name
      .normalize('NFKD')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? []
  const initials = words
    .map((word) => word[0])
    .join('')
    .slice(0, 6)
  const base = (initials.length >= 2 ? initials : (words[0] ?? '').slice(0, 5)).padEnd(2, 'X')
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}${number}`
    if (!isTaken(code)) return code
  }
}

/**
 * A git remote without what differs between two clones of it: scheme, user, port, `.git`, letter case of the host. Pure.
 * `git@github.com:acme/Site.git` and `https://github.com/acme/Site` → `github.com/acme/Site`.
 */
export function remoteFingerprint(remote: string): string {
  const withoutEnd = remote
    .trim()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.*)$/i.exec(withoutEnd)
  const scp = /^(?:[^@/]+@)?([^/:]+):(.+)$/.exec(withoutEnd)
  const [, host, path] = url ?? scp ?? []
  return (host && path ? `${host.toLowerCase()}/${path.replace(/^\/+/, '')}` : withoutEnd).slice(0, 500)
}
