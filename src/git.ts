import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/** What a folder's repository says of itself. Fields that it does not say are left out. */
export type GitFacts = {
  /** The folder that holds the working tree. */
  root?: string
  /** The URL of `origin`, or of the only remote, without a user or password. */
  remote?: string
  branch?: string
  /** The commit that is checked out, 40 or 64 hex digits. */
  head?: string
}

/** Reads the repository around a folder from its files: a hook has no time to start git, and git may not be there. */
export function readGit(folder: string): GitFacts {
  const found = findRepository(folder)
  if (!found) return {}
  const common = commonFolder(found.gitDir)
  const remote = remoteIn(read(join(common, 'config')))
  return { root: found.root, ...(remote === undefined ? {} : { remote }), ...checkedOut(found.gitDir, common) }
}

function findRepository(folder: string): { root: string; gitDir: string } | undefined {
  let root = resolve(folder)
  for (;;) {
    const gitDir = gitDirIn(root)
    if (gitDir !== undefined) return { root, gitDir }
    const parent = dirname(root)
    if (parent === root) return undefined
    root = parent
  }
}

/** The repository of a working tree: `.git` is a folder, or in worktrees and submodules a file that names it. */
function gitDirIn(root: string): string | undefined {
  const path = join(root, '.git')
  const stats = statsOf(path)
  if (stats?.isDirectory()) return path
  if (!stats?.isFile()) return undefined
  const named = /^gitdir: (.+)$/m.exec(read(path))?.[1]?.trim()
  return named === undefined ? undefined : resolve(root, named)
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined // A folder that may not be entered: as good as no repository.
  }
}

/** A worktree keeps its HEAD to itself and the rest in the repository that it belongs to. */
function commonFolder(gitDir: string): string {
  const named = read(join(gitDir, 'commondir')).trim()
  if (named === '') return gitDir
  return isAbsolute(named) ? named : join(gitDir, named)
}

function checkedOut(gitDir: string, common: string): Pick<GitFacts, 'branch' | 'head'> {
  const head = read(join(gitDir, 'HEAD')).trim()
  if (isCommit(head)) return { head }
  const ref = /^ref: (.+)$/.exec(head)?.[1]
  if (ref === undefined) return {}
  const branch = ref.replace(/^refs\/heads\//, '')
  const commit = read(join(common, ref)).trim() || packed(common, ref)
  return isCommit(commit) ? { branch, head: commit } : { branch }
}

function packed(common: string, ref: string): string {
  const line = read(join(common, 'packed-refs'))
    .split('\n')
    .find((one) => one.endsWith(` ${ref}`))
  return line?.split(' ')[0] ?? ''
}

const isCommit = (text: string): boolean => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)

function remoteIn(config: string): string | undefined {
  const urls = new Map<string, string>()
  let remote: string | undefined
  for (const line of config.split('\n')) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1]
    if (section !== undefined) remote = /^remote "(.+)"$/.exec(section)?.[1]
    const url = /^\s*url\s*=\s*(.+?)\s*$/.exec(line)?.[1]
    if (remote !== undefined && url !== undefined && !urls.has(remote)) urls.set(remote, url)
  }
  const chosen = urls.get('origin') ?? [...urls.values()][0]
  return chosen === undefined ? undefined : withoutLogin(chosen)
}

/** Tokens are often kept in remote URLs; the user of `git@host:path` is no secret and part of the address. */
function withoutLogin(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // not there or not readable: the repository does not say it
  }
}
