import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readGit } from '../src/git.ts'

function aFolder() {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'msp-git-')))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const git = (cwd: string, ...args: string[]): string => {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'init.defaultBranch=main']
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim()
}

function aRepository(folder: string): string {
  git(folder, 'init')
  git(folder, 'commit', '--allow-empty', '-m', 'first')
  return git(folder, 'rev-parse', 'HEAD')
}

describe('a repository read from its files', () => {
  test('tells branch, commit and the remote called origin, from any folder in it', () => {
    using folder = aFolder()
    const head = aRepository(folder.path)
    git(folder.path, 'remote', 'add', 'backup', 'https://backup.example.com/x.git')
    git(folder.path, 'remote', 'add', 'origin', 'git@git.example.com:msp/x.git')
    mkdirSync(join(folder.path, 'deep/er'), { recursive: true })

    const facts = readGit(join(folder.path, 'deep/er'))

    expect(facts).toEqual({ root: folder.path, branch: 'main', head, remote: 'git@git.example.com:msp/x.git' })
  })

  test('tells no login that is kept in the remote', () => {
    using folder = aFolder()
    aRepository(folder.path)
    git(folder.path, 'remote', 'add', 'origin', 'https://ana:ghp_secret@git.example.com/x.git')

    expect(readGit(folder.path).remote).toBe('https://git.example.com/x.git')
  })

  test('finds the commit of a packed branch and of a worktree', () => {
    using folder = aFolder()
    const main = join(folder.path, 'main')
    mkdirSync(main)
    const head = aRepository(main)
    git(main, 'worktree', 'add', '-b', 'fix/printer', join(folder.path, 'other'))
    git(main, 'pack-refs', '--all')

    expect(readGit(main)).toMatchObject({ branch: 'main', head })
    expect(readGit(join(folder.path, 'other'))).toMatchObject({ branch: 'fix/printer', head })
  })

  test('has no branch when a commit is checked out, and no commit before the first', () => {
    using folder = aFolder()
    git(folder.path, 'init')
    const empty = readGit(folder.path)
    git(folder.path, 'commit', '--allow-empty', '-m', 'first')
    git(folder.path, 'checkout', '--detach')

    expect(empty).toEqual({ root: folder.path, branch: 'main' })
    expect(readGit(folder.path)).toEqual({ root: folder.path, head: git(folder.path, 'rev-parse', 'HEAD') })
  })

  test('tells nothing where there is none, or where it is damaged', () => {
    using folder = aFolder()
    mkdirSync(join(folder.path, 'damaged'))
    writeFileSync(join(folder.path, 'damaged/.git'), 'nonsense')

    expect(readGit(folder.path)).toEqual({})
    expect(readGit(join(folder.path, 'damaged'))).toEqual({})
  })
})
